"""Articles with their revisions and figures; contents, which several articles share, and how they copy one another."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, String, Table, Text

from crawler.store.schema.columns import flag, id_, json, metadata

sources = Table("sources", metadata, Column("name", Text, primary_key=True), Column("first_article", String(64)))

contents = Table(
    "contents",
    metadata,
    Column("content", Integer, primary_key=True, autoincrement=True),
    Column("content_id", String(64), nullable=False, unique=True),
    json("anchors"),
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
    id_("article_id", key=True),
    Column("url", Text, nullable=False, unique=True),
    Column("found_url", Text, nullable=False),
    id_("portal"),
    Column("title", Text),
    Column("published", String(16)),
    Column("published_basis", Text),
    Column("published_precision", String(16), nullable=False),
    Column("source", Text),
    Column("source_basis", Text),
    Column("reprinted_from", Text),
    json("author"),
    Column("script", String(16), nullable=False),
    Column("encoding", Text),
    Column("replacement_chars", Integer, nullable=False),
    json("repairs"),
    json("attachments"),
    json("breadcrumb"),
    json("warnings"),
    flag("relevant"),
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
    flag("sample"),
    Index("ix_articles_portal", "portal", "published"),
)

revisions = Table(
    "revisions",
    metadata,
    id_("article_id", "articles.article_id", key=True),
    Column("revision", Integer, primary_key=True),
    Column("text_id", String(64), ForeignKey("texts.text_id"), nullable=False),
    json("data"),
    Column("original", Text),
    Column("http", JSON),
    Column("run_id", Integer),
    Column("fetched_at", String(32), nullable=False),
    Column("code_version", Text, nullable=False),
    flag("sample"),
)

content_links = Table(
    "content_links",
    metadata,
    Column("a", Integer, ForeignKey("contents.content"), primary_key=True),
    Column("b", Integer, ForeignKey("contents.content"), primary_key=True, index=True),
    Column("kind", String(16), nullable=False),
    Column("score", Float, nullable=False),
    Column("reworded", Integer, index=True),
    json("evidence"),
)

bands = Table(
    "bands",
    metadata,
    Column("band", BigInteger, primary_key=True, autoincrement=False),
    Column("content", Integer, ForeignKey("contents.content"), primary_key=True),
    sqlite_with_rowid=False,
)

figures = Table(
    "figures",
    metadata,
    id_("article_id", "articles.article_id", key=True),
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
    flag("sample"),
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
    json("detail"),
)

tombstones = Table(
    "tombstones",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("at", String(32), nullable=False),
    Column("reason", Text),
)
