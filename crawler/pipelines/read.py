"""Page in, record out: the recipe, kept off the reactor."""

from __future__ import annotations

import asyncio
import logging
import os
from typing import Any, Self
from weakref import WeakValueDictionary

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from crawler.extensions.ledger import Ledger
from crawler.extensions.sites import Sites
from crawler.items import PageItem, RecordItem
from crawler.pool import PageLostError, RecipePool, release, share
from crawler.reading import ReadingError, SiteProfile

logger = logging.getLogger(__name__)


class ReadPipeline:
    """Run the recipe on each page; what cannot be read is named, recorded as lost and dropped.

    All crawlers of the process share one pool of ``READ_WORKERS`` processes (None = one per core, 0 = a thread of this
    process); ``READ_TIME_LIMIT`` is seconds per page.
    """

    def __init__(self, crawler: Crawler) -> None:
        ledger, sites = crawler.get_extension(Ledger), crawler.get_extension(Sites)
        assert ledger is not None
        assert sites is not None
        self._crawler, self._ledger, self._sites = crawler, ledger, sites
        self._pool: RecipePool | None = None
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build as Scrapy does, and see when the first article is asked for."""
        pipeline = cls(crawler)
        crawler.signals.connect(pipeline._expect, signals.request_reached_downloader)
        return pipeline

    def open_spider(self) -> None:
        """Take part in the process's pool; its workers start when the first article is asked for."""
        workers = self._crawler.settings.get("READ_WORKERS")
        count = len(os.sched_getaffinity(0)) if workers in (None, "", "None") else int(workers)
        settings = self._crawler.settings
        keep = settings.getbool("KEEP_PRIVATE_NAMES")
        self._pool = share(count, settings.getfloat("READ_TIME_LIMIT"), keep_private=keep)

    async def close_spider(self) -> None:
        """Read again what the sites' profiles would read otherwise now, and give the pool back."""
        if self._pool is not None:
            try:
                await self._sites.settle(self._pool)
            finally:
                await asyncio.get_running_loop().run_in_executor(None, release, self._pool)

    def _expect(self, request: Request) -> None:
        if self._pool is not None and request.meta.get("kind") == "article":
            self._pool.start()

    async def process_item(self, item: Any) -> Any:
        """Turn a PageItem into a RecordItem; other items pass."""
        if not isinstance(item, PageItem):
            return item
        # captures of one page tell its history and must arrive in order
        turn = self._turns.setdefault(item.page.url, asyncio.Lock())
        async with turn:
            return await self._read(item)

    async def _read(self, item: PageItem) -> RecordItem:
        assert self._pool is not None
        version: str | None = None

        async def known() -> SiteProfile | None:
            nonlocal version
            profile, version = await self._sites.profile(item.page.url)
            return profile

        try:
            record, sketch, prepared = await self._pool.learn(item.page, known)
        except ReadingError as error:
            await self._ledger.lost(item.requested, "read", error.reason, final=True)
            raise DropItem(f"not readable: {item.requested}", log_level="DEBUG") from error
        except PageLostError as error:
            hint = "scrapy replay --quarantine --apply reads it again"
            await self._ledger.lost(item.requested, error.stage, f"{error.cause}; {hint}")
            raise DropItem(f"not readable: {item.requested}", log_level="DEBUG") from error
        self._ledger.count("pages")
        since = getattr(self._crawler.spider, "since", None)
        published = record.article.published
        if since and published and published[:4].isdigit() and published < since[: len(published)]:
            await self._ledger.skipped(item.requested, "since", f"published {published}, before {since}; skipped")
            raise DropItem(f"too old: {item.requested}", log_level="DEBUG")
        return RecordItem(item.page, item.requested, item.fetch, record, version, sketch, prepared)
