"""Every table of the store, for SQLite and PostgreSQL alike; docs/schema.md explains each column.

Times are UTC ISO strings ending in Z, dates of articles and events the ISO strings of ``crawler.model``.
"""

from crawler.store.schema.articles import (
    articles,
    bands,
    changes,
    content_links,
    contents,
    figures,
    revisions,
    sources,
    texts,
    tombstones,
)
from crawler.store.schema.columns import metadata
from crawler.store.schema.crawling import (
    archive_files,
    captures,
    crawlers,
    incidents,
    meta,
    notices,
    portals,
    profiles,
    replays,
    runs,
    sketches,
    urls,
)
from crawler.store.schema.events import (
    event_links,
    event_persons,
    event_places,
    event_sources,
    events,
    mention_keys,
    mention_links,
    mention_subjects,
    mentions,
    reviews,
)

SCHEMA_REVISION = "0012"
"""The Alembic revision this code reads and writes."""

__all__ = [
    "SCHEMA_REVISION",
    "archive_files",
    "articles",
    "bands",
    "captures",
    "changes",
    "content_links",
    "contents",
    "crawlers",
    "event_links",
    "event_persons",
    "event_places",
    "event_sources",
    "events",
    "figures",
    "incidents",
    "mention_keys",
    "mention_links",
    "mention_subjects",
    "mentions",
    "meta",
    "metadata",
    "notices",
    "portals",
    "profiles",
    "replays",
    "reviews",
    "revisions",
    "runs",
    "sketches",
    "sources",
    "texts",
    "tombstones",
    "urls",
]
