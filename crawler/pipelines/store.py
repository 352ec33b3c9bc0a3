"""Record in, rows out: article, events, figures and ledger state in one transaction."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from crawler.extensions.ledger import Ledger
from crawler.extensions.sites import Sites
from crawler.items import RecordItem
from crawler.store import ForgottenError, StoreError


class StorePipeline:
    """Save each record; what the store has already, word for word, is not exported again unless asked for."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        ledger = crawler.get_extension(Ledger)
        sites = crawler.get_extension(Sites)
        assert ledger is not None
        assert sites is not None
        self._ledger, self._sites = ledger, sites

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build as Scrapy does."""
        return cls(crawler)

    async def process_item(self, item: Any) -> Any:
        """Save a RecordItem and hand it on; other items pass."""
        if not isinstance(item, RecordItem):
            return item
        ledger, page = self._ledger, item.page
        try:
            saved = await ledger.write(
                ledger.store.save,
                item.record,
                run_id=ledger.run_id,
                portal=ledger.portal,
                url=item.requested,
                fetched_at=page.fetched_at,
                fetch=item.fetch,
                profile_version=item.profile_version,
                sketch=item.sketch,
                prepared=item.prepared,
            )
        except ForgottenError as error:
            ledger.count("skipped/forgotten")
            raise DropItem(str(error), log_level="DEBUG") from error
        except StoreError as error:
            ledger.broken(error)
            raise DropItem(f"not stored: {item.requested}", log_level="DEBUG") from error
        ledger.saved(saved)
        if item.sketch is not None:
            await self._sites.learn(item.sketch)
        record = saved.record or item.record
        ledger.count("events", len(record.events))
        if saved.outcome == "unchanged" and not getattr(self._crawler.spider, "exports_unchanged", True):
            raise DropItem(f"unchanged: {item.requested}", log_level="DEBUG")
        return replace(item, record=record)  # what is exported has forgotten names covered too
