"""What a crawl keeps its books in: runs, crawlers, the URL ledger, the archive's captures, sites, incidents."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from crawler.store.schema.columns import flag, id_, json, metadata

meta = Table("meta", metadata, Column("key", String(64), primary_key=True), Column("value", Text, nullable=False))

portals = Table(
    "portals",
    metadata,
    id_("name", key=True),
    Column("first_run", Integer),
    Column("last_run", Integer),
)

runs = Table(
    "runs",
    metadata,
    Column("run_id", Integer, primary_key=True, autoincrement=True),
    id_("portal"),
    json("arguments"),
    flag("sample"),
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
    id_("portal"),
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
    id_("article_id", null=True),
    Index("ix_urls_portal_state", "portal", "state", "kind", "depth", "position"),
    Index("ix_urls_article_id", "article_id"),
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
    id_("portal"),
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
    json("counts"),
    Column("started_at", String(32), nullable=False),
    Column("ended_at", String(32)),
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
    json("lines"),
    Column("body", BigInteger, nullable=False),
    Column("container", Text, nullable=False),
)

incidents = Table(
    "incidents",
    metadata,
    Column("incident", Integer, primary_key=True, autoincrement=True),
    id_("portal"),
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
    json("message"),
    Column("created_at", String(32), nullable=False),
    Column("claimed_until", String(32)),
    Column("attempts", Integer, nullable=False),
    Column("sent_at", String(32)),
    Column("error", Text),
    UniqueConstraint("channel", "subject"),
)
