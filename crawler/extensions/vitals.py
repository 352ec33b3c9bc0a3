"""What a run cost and how whole its articles were: figures for the run ledger beside those the crawl counts itself."""

from __future__ import annotations

import resource
import sys
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler

from crawler.extensions.ledger import Ledger
from crawler.items import ArticleItem


class Vitals:
    """Enter ``bytes`` (received, headers included), ``peak_mb`` (of this process) and articles that lack a field.

    ``without/title``, ``without/date`` and ``without/text`` count new and changed articles only.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Listen to the crawl from its start."""
        vitals = cls(crawler)
        crawler.signals.connect(vitals._opened, signals.spider_opened)
        crawler.signals.connect(vitals._scraped, signals.item_scraped)
        return vitals

    def _opened(self) -> None:
        self._ledger().at_close(self._enter)

    def _scraped(self, item: Any) -> None:
        if not isinstance(item, ArticleItem):
            return
        ledger = self._ledger()
        ledger.count("judged")
        for field, value in (("title", item.title), ("date", item.published), ("text", item.text.strip())):
            if not value:
                ledger.count(f"without/{field}")

    def _enter(self) -> None:
        stats = self._crawler.stats
        stats.set_value("duikou/bytes", stats.get_value("downloader/response_bytes", 0))
        stats.set_value("duikou/peak_mb", peak_mb())

    def _ledger(self) -> Ledger:
        ledger = self._crawler.get_extension(Ledger)
        assert ledger is not None
        return ledger


def peak_mb() -> int:
    """The most memory this process has held so far, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak >> 20 if sys.platform == "darwin" else peak >> 10  # macOS counts bytes, Linux KB
