"""What a run cost and how whole its articles were: figures for the run ledger beside those the crawl counts itself."""

from __future__ import annotations

import resource
import sys
from datetime import UTC, datetime
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler

from crawler.extensions.ledger import Ledger
from crawler.items import ArticleItem
from crawler.monitors import Tally

_ASKED = ("lists", "pages", "unchanged", "gone", "dead_links", "lost")


class Vitals:
    """Enter ``bytes`` (received, headers included), ``peak_mb`` (of this process), ``asked`` (pages that had an answer
    or were lost), and what ``Tally`` counts of new and changed articles.
    """  # fmt: skip

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self.tally = Tally()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Listen to the crawl from its start."""
        vitals = cls(crawler)
        crawler.signals.connect(vitals._opened, signals.spider_opened)
        crawler.signals.connect(vitals._scraped, signals.item_scraped)
        return vitals

    def enter(self, usual_length: float | None) -> None:
        """Close the tally and enter it; ``usual_length`` of the portal's articles in characters, if known."""
        self.tally.close(usual_length)
        for name, value in self.tally.counts.items():
            self._crawler.stats.set_value(f"duikou/{name}", value)

    def _opened(self) -> None:
        self._ledger().at_close(self._enter_cost)

    def _scraped(self, item: Any) -> None:
        if isinstance(item, ArticleItem):
            self.tally.add(
                item.url or "",
                title=item.title,
                published=item.published,
                source=item.source,
                text=item.text,
                events=item.events,
                repairs=item.repairs,
                fetched=datetime.fromisoformat(item.fetched_at) if item.fetched_at else datetime.now(UTC),
            )

    def _enter_cost(self) -> None:
        stats = self._crawler.stats
        stats.set_value("duikou/bytes", stats.get_value("downloader/response_bytes", 0))
        stats.set_value("duikou/peak_mb", peak_mb())
        stats.set_value("duikou/asked", sum(stats.get_value(f"duikou/{name}", 0) for name in _ASKED))

    def _ledger(self) -> Ledger:
        ledger = self._crawler.get_extension(Ledger)
        assert ledger is not None
        return ledger


def peak_mb() -> int:
    """The most memory this process has held so far, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak >> 20 if sys.platform == "darwin" else peak >> 10  # macOS counts bytes, Linux KB
