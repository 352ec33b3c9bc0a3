"""Mentions, each one article's telling; the events they make together; what people said of them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, Integer, String, Table, Text

from crawler.store.schema.columns import flag, id_, json, metadata

mentions = Table(
    "mentions",
    metadata,
    Column("mention", Integer, primary_key=True, autoincrement=True),
    Column("article_id", String(64), ForeignKey("articles.article_id"), nullable=False, index=True),
    Column("mention_id", String(64), nullable=False),
    Column("type", String(16), nullable=False),
    Column("status", String(16), nullable=False),
    Column("date_start", String(16)),
    Column("date_end", String(16)),
    Column("background", Boolean, nullable=False, default=False),
    json("data"),
    json("stated"),
    flag("sample"),
)

mention_keys = Table(
    "mention_keys",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("mention", Integer, ForeignKey("mentions.mention"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

mention_subjects = Table(
    "mention_subjects",
    metadata,
    Column("mention", Integer, ForeignKey("mentions.mention"), primary_key=True),
    Column("key", BigInteger, primary_key=True, autoincrement=False, index=True),
    Column("subject", Text, primary_key=True),
)

mention_links = Table(
    "mention_links",
    metadata,
    Column("a", Integer, ForeignKey("mentions.mention"), primary_key=True),
    Column("b", Integer, ForeignKey("mentions.mention"), primary_key=True, index=True),
    Column("score", Float, nullable=False),
    flag("spare"),
)

events = Table(
    "events",
    metadata,
    id_("event_id", key=True),
    Column("type", String(16), nullable=False),
    Column("status", String(16), nullable=False),
    Column("date_start", String(16), index=True),
    Column("date_end", String(16)),
    Column("date_precision", String(16), nullable=False),
    json("supporting"),
    json("supported"),
    json("from_places"),
    json("to_places"),
    json("organizations"),
    json("amounts"),
    Column("amount_cny", Float),
    json("pairs"),
    Column("tie_label", String(16), nullable=False),
    Column("tie_scheme", Text),
    Column("confidence", String(16), nullable=False),
    flag("background"),
    json("conflicts"),
    Column("articles", Integer, nullable=False),
    Column("independent", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("merged_into", String(64)),
    Column("first_run", Integer, index=True),
    Column("changed_run", Integer),
    Column("created_at", String(32), nullable=False),
    Column("updated_at", String(32), nullable=False),
    Column("review", String(16)),
    flag("sample"),
)

event_sources = Table(
    "event_sources",
    metadata,
    Column("mention", Integer, ForeignKey("mentions.mention"), primary_key=True),
    Column("event_id", String(64), ForeignKey("events.event_id"), nullable=False, index=True),
    Column("article_id", String(64), ForeignKey("articles.article_id"), nullable=False, index=True),
)

event_links = Table(
    "event_links",
    metadata,
    Column("earlier", String(64), ForeignKey("events.event_id"), primary_key=True),
    Column("later", String(64), ForeignKey("events.event_id"), primary_key=True, index=True),
    Column("score", Float, nullable=False),
    json("evidence"),
)

event_persons = Table(
    "event_persons",
    metadata,
    id_("event_id", "events.event_id", key=True),
    Column("position", Integer, primary_key=True),
    Column("name", Text, nullable=False, index=True),
    Column("title", Text),
    Column("side", String(16)),
    Column("role", String(16), nullable=False),
)

event_places = Table(
    "event_places",
    metadata,
    id_("event_id", "events.event_id", key=True),
    Column("position", Integer, primary_key=True),
    Column("role", String(16), nullable=False),
    Column("name", Text, nullable=False, index=True),
    Column("code", String(16)),
)

reviews = Table(
    "reviews",
    metadata,
    Column("review", Integer, primary_key=True, autoincrement=True),
    Column("event_id", String(64), nullable=False, index=True),
    Column("article_id", String(64), nullable=False, index=True),
    Column("verdict", String(16), nullable=False),
    json("changes"),
    json("mention"),
    Column("reviewer", Text, nullable=False),
    Column("note", Text),
    Column("at", String(32), nullable=False),
)
