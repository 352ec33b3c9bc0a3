"""What passes between spider, pipelines and feed exports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from crawler.dedup import Prepared, article_id
from crawler.model import Page, Record
from crawler.reading import PageSketch
from crawler.schema import record_to_json
from crawler.store import Fetch


@dataclass(slots=True)
class PageItem:
    """A fetched article page on its way to the recipe; ``requested`` is the URL asked for, before redirects."""

    page: Page
    requested: str
    fetch: Fetch


@dataclass(slots=True)
class RecordItem:
    """The same page with what the recipe read from it."""

    page: Page
    requested: str
    fetch: Fetch
    record: Record
    profile_version: str | None = None
    sketch: PageSketch | None = None
    prepared: Prepared | None = None


@dataclass(slots=True)
class ArticleItem:
    """What feed exports write: an article in schema v1 (the contract of ``scrapy extract``), and where it came from."""

    id: str
    url: str | None
    schema: str
    title: str | None
    published: str | None
    published_basis: str | None
    source: str | None
    author: list[dict[str, Any]]
    text: str
    script: str
    repairs: list[dict[str, Any]]
    relevant: bool
    reprinted_from: str | None
    attachments: list[dict[str, Any]]
    warnings: list[str]
    events: list[dict[str, Any]]
    figures: list[dict[str, Any]]
    portal: str | None = None
    fetched_at: str | None = None
    sample: bool = False


def article_item(item: RecordItem, *, sample: bool) -> ArticleItem:
    """The export form of a read page; ``sample`` marks harvests of the bundled sample web."""
    page, record = item.page, item.record
    return ArticleItem(
        **record_to_json(record, article_id(record.article.url)),
        portal=page.portal,
        fetched_at=page.fetched_at.strftime("%Y-%m-%dT%H:%M:%SZ") if page.fetched_at else None,
        sample=sample,
    )
