"""Every table of the store, for SQLite and PostgreSQL alike; docs/schema.md explains each column.

Times are UTC ISO strings ending in Z, dates of articles and events the ISO strings of ``crawler.model``.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

SCHEMA_REVISION = "0009"
"""The Alembic revision this code reads and writes."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False, default=False)


def _json(name: str) -> Column[object]:
    return Column(name, JSON, nullable=False)


def _id(name: str, target: str | None = None, *, key: bool = False, null: bool = False) -> Column[str]:
    link = [ForeignKey(target)] if target else []
    return Column(name, String(64), *link, primary_key=key, nullable=null)


meta = Table("meta", metadata, Column("key", String(64), primary_key=True), Column("value", Text, nullable=False))

portals = Table(
    "portals",
    metadata,
    _id("name", key=True),
    Column("first_run", Integer),
    Column("last_run", Integer),
)

sources = Table("sources", metadata, Column("name", Text, primary_key=True), Column("first_article", String(64)))

runs = Table(
    "runs",
    metadata,
    Column("run_id", Integer, primary_key=True, autoincrement=True),
    _id("portal"),
    _json("arguments"),
    _flag("sample"),
    Column("code_version", Text, nullable=False),
    Column("started_at", String(32), nullable=False),
    Column("ended_at", String(32)),
    Column("reason", Text),
    Column("counts", JSON),
)

crawlers = Table(
    "crawlers",
    metadata,
    Column("crawler", String(255), primary_key=True),
    Column("run_id", Integer, nullable=False, index=True),
    Column("joined_at", String(32), nullable=False),
    Column("alive_until", String(32), nullable=False),
    Column("left_at", String(32)),
    Column("seeding", String(16)),
    Column("closing", Boolean, nullable=False, default=False),
    Column("reason", Text),
    Column("counts", JSON),
)

urls = Table(
    "urls",
    metadata,
    Column("url", Text, primary_key=True),
    Column("found_url", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    _id("portal"),
    Column("state", String(16), nullable=False),
    Column("depth", Integer, nullable=False, default=0),
    Column("position", Integer, nullable=False, default=0),
    Column("list_url", Text),
    Column("discovered_at", String(32), nullable=False),
    Column("found_run", Integer),
    Column("done_run", Integer),
    Column("queued_run", Integer, index=True),
    Column("lease_owner", Text),
    Column("attempts", Integer, nullable=False, default=0),
    Column("status", Integer),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("content_hash", String(64)),
    Column("fetched_at", String(32)),
    Column("archive_file", Text),
    Column("archive_offset", BigInteger),
    Column("archive_length", BigInteger),
    Column("error_stage", String(32)),
    Column("error", Text),
    Column("next_due", String(32)),
    Column("redirected_to", Text),
    _id("article_id", null=True),
    Index("ix_urls_portal_state", "portal", "state", "kind", "depth", "position"),
    Index("ix_urls_article_id", "article_id"),
)

contents = Table(
    "contents",
    metadata,
    Column("content", Integer, primary_key=True, autoincrement=True),
    Column("content_id", String(64), nullable=False, unique=True),
    _json("anchors"),
)

texts = Table(
    "texts",
    metadata,
    Column("text_id", String(64), primary_key=True),
    Column("content", Integer, ForeignKey("contents.content"), nullable=False, index=True),
    Column("text", Text, nullable=False),
)

articles = Table(
    "articles",
    metadata,
    _id("article_id", key=True),
    Column("url", Text, nullable=False, unique=True),
    Column("found_url", Text, nullable=False),
    _id("portal"),
    Column("title", Text),
    Column("published", String(16)),
    Column("published_basis", Text),
    Column("published_precision", String(16), nullable=False),
    Column("source", Text),
    Column("source_basis", Text),
    Column("reprinted_from", Text),
    _json("author"),
    Column("script", String(16), nullable=False),
    Column("encoding", Text),
    Column("replacement_chars", Integer, nullable=False),
    _json("repairs"),
    _json("attachments"),
    _json("breadcrumb"),
    _json("warnings"),
    _flag("relevant"),
    Column("content", Integer, ForeignKey("contents.content"), nullable=False, index=True),
    Column("text_id", String(64), ForeignKey("texts.text_id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("article_hash", String(64), nullable=False),
    Column("record_hash", String(64), nullable=False),
    Column("mirror_key", String(32), index=True),
    Column("original_id", String(64), nullable=False, index=True),
    Column("relation", String(16)),
    Column("relation_score", Float),
    Column("state", String(16), nullable=False),
    Column("first_run", Integer),
    Column("changed_run", Integer, index=True),
    Column("gone_run", Integer),
    Column("first_seen", String(32), nullable=False),
    Column("last_seen", String(32), nullable=False),
    Column("gone_at", String(32)),
    Column("code_version", Text, nullable=False),
    Column("profile_version", Text),
    _flag("sample"),
    Index("ix_articles_portal", "portal", "published"),
)

revisions = Table(
    "revisions",
    metadata,
    _id("article_id", "articles.article_id", key=True),
    Column("revision", Integer, primary_key=True),
    Column("text_id", String(64), ForeignKey("texts.text_id"), nullable=False),
    _json("data"),
    Column("original", Text),
    Column("http", JSON),
    Column("run_id", Integer),
    Column("fetched_at", String(32), nullable=False),
    Column("code_version", Text, nullable=False),
    _flag("sample"),
)

content_links = Table(
    "content_links",
    metadata,
    Column("a", Integer, ForeignKey("contents.content"), primary_key=True),
    Column("b", Integer, ForeignKey("contents.content"), primary_key=True, index=True),
    Column("kind", String(16), nullable=False),
    Column("score", Float, nullable=False),
    Column("reworded", Integer, index=True),
    _json("evidence"),
)

bands = Table(
    "bands",
    metadata,
    Column("band", BigInteger, primary_key=True, autoincrement=False),
    Column("content", Integer, ForeignKey("contents.content"), primary_key=True),
    sqlite_with_rowid=False,
)

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
    _json("data"),
    _json("stated"),
    _flag("sample"),
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
)

events = Table(
    "events",
    metadata,
    _id("event_id", key=True),
    Column("type", String(16), nullable=False),
    Column("status", String(16), nullable=False),
    Column("date_start", String(16), index=True),
    Column("date_end", String(16)),
    Column("date_precision", String(16), nullable=False),
    _json("supporting"),
    _json("supported"),
    _json("from_places"),
    _json("to_places"),
    _json("organizations"),
    _json("amounts"),
    Column("amount_cny", Float),
    _json("pairs"),
    Column("tie_label", String(16), nullable=False),
    Column("tie_scheme", Text),
    Column("confidence", String(16), nullable=False),
    _flag("background"),
    _json("conflicts"),
    Column("articles", Integer, nullable=False),
    Column("independent", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("merged_into", String(64)),
    Column("first_run", Integer, index=True),
    Column("changed_run", Integer),
    Column("created_at", String(32), nullable=False),
    Column("updated_at", String(32), nullable=False),
    Column("review", String(16)),
    _flag("sample"),
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
    _json("evidence"),
)

event_persons = Table(
    "event_persons",
    metadata,
    _id("event_id", "events.event_id", key=True),
    Column("position", Integer, primary_key=True),
    Column("name", Text, nullable=False, index=True),
    Column("title", Text),
    Column("side", String(16)),
    Column("role", String(16), nullable=False),
)

event_places = Table(
    "event_places",
    metadata,
    _id("event_id", "events.event_id", key=True),
    Column("position", Integer, primary_key=True),
    Column("role", String(16), nullable=False),
    Column("name", Text, nullable=False, index=True),
    Column("code", String(16)),
)

figures = Table(
    "figures",
    metadata,
    _id("article_id", "articles.article_id", key=True),
    Column("position", Integer, primary_key=True),
    Column("value", Float, nullable=False),
    Column("unit", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("period", Text),
    Column("cumulative", Boolean, nullable=False),
    Column("approx", Boolean, nullable=False),
    Column("meaning", Text),
    Column("quote", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    _flag("sample"),
)

changes = Table(
    "changes",
    metadata,
    Column("change", Integer, primary_key=True, autoincrement=True),
    Column("at", String(32), nullable=False),
    Column("run_id", Integer),
    Column("subject", String(16), nullable=False),
    Column("subject_id", String(64), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    _json("detail"),
)

archive_files = Table(
    "archive_files",
    metadata,
    Column("file", String(255), primary_key=True),
    Column("committed", BigInteger, nullable=False),
    Column("opened_at", String(32), nullable=False),
)

captures = Table(
    "captures",
    metadata,
    Column("capture", Integer, primary_key=True, autoincrement=True),
    Column("url", Text, nullable=False),
    Column("ledger_url", Text, index=True),
    Column("kind", String(16), nullable=False),
    _id("portal"),
    Column("home", Text),
    Column("run_id", Integer),
    Column("status", Integer, nullable=False),
    Column("digest", String(64), nullable=False, index=True),
    Column("record_type", String(16), nullable=False),
    Column("file", String(255), ForeignKey("archive_files.file"), nullable=False, index=True),
    Column("offset", BigInteger, nullable=False),
    Column("length", BigInteger, nullable=False),
    Column("fetched_at", String(32), nullable=False),
)

replays = Table(
    "replays",
    metadata,
    Column("replay", Integer, primary_key=True, autoincrement=True),
    Column("code_version", Text, nullable=False),
    Column("applied", Boolean, nullable=False),
    Column("quarantine", Boolean, nullable=False),
    Column("last_capture", Integer, nullable=False),
    _json("counts"),
    Column("started_at", String(32), nullable=False),
    Column("ended_at", String(32)),
)

tombstones = Table(
    "tombstones",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("at", String(32), nullable=False),
    Column("reason", Text),
)

profiles = Table(
    "profiles",
    metadata,
    Column("host", String(255), primary_key=True),
    Column("version", String(16)),
    Column("settled", Boolean, nullable=False),
)

sketches = Table(
    "sketches",
    metadata,
    Column("host", String(255), primary_key=True),
    Column("layout", String(16), primary_key=True),
    Column("key", String(16), primary_key=True),
    Column("seen", String(16), nullable=False),
    _json("lines"),
    Column("body", BigInteger, nullable=False),
    Column("container", Text, nullable=False),
)

incidents = Table(
    "incidents",
    metadata,
    Column("incident", Integer, primary_key=True, autoincrement=True),
    _id("portal"),
    Column("cause", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("message", Text, nullable=False),
    Column("folder", Text),
    Column("first_run", Integer, nullable=False),
    Column("last_run", Integer, nullable=False),
    Column("opened_at", String(32), nullable=False),
    Column("seen_at", String(32), nullable=False),
    Column("closed_at", String(32)),
    Column("closed_run", Integer),
    Index("ix_incidents_portal_closed_at", "portal", "closed_at"),
)

notices = Table(
    "notices",
    metadata,
    Column("notice", Integer, primary_key=True, autoincrement=True),
    Column("channel", String(16), nullable=False),
    Column("subject", String(255), nullable=False),
    _json("message"),
    Column("created_at", String(32), nullable=False),
    Column("claimed_until", String(32)),
    Column("attempts", Integer, nullable=False),
    Column("sent_at", String(32)),
    Column("error", Text),
    UniqueConstraint("channel", "subject"),
)

reviews = Table(
    "reviews",
    metadata,
    Column("review", Integer, primary_key=True, autoincrement=True),
    Column("event_id", String(64), nullable=False, index=True),
    Column("article_id", String(64), nullable=False, index=True),
    Column("verdict", String(16), nullable=False),
    _json("changes"),
    _json("mention"),
    Column("reviewer", Text, nullable=False),
    Column("note", Text),
    Column("at", String(32), nullable=False),
)
