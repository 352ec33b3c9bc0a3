"""How late the event loop of a crawl wakes: an add-on that bench_crawl.py gives to ``scrapy crawl``."""

from __future__ import annotations

import asyncio
import time
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

EVERY = 0.02  # seconds between looks


class Lag:
    """Prints one line at the end: the share of looks that came late, by how much."""

    def __init__(self) -> None:
        self._late: list[float] = []
        self._watch: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Watch from the spider's start to its end."""
        lag = cls()
        crawler.signals.connect(lag._start, signals.spider_opened)
        crawler.signals.connect(lag._stop, signals.spider_closed)
        return lag

    def _start(self) -> None:
        self._watch = asyncio.ensure_future(self._look())

    async def _look(self) -> None:
        while True:
            due = time.perf_counter() + EVERY
            await asyncio.sleep(EVERY)
            self._late.append(time.perf_counter() - due)

    def _stop(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
        late = sorted(self._late) or [0.0]
        p50, p99 = (1000 * late[int(share * (len(late) - 1))] for share in (0.5, 0.99))
        print(f"lag p50 {p50:.0f} ms, p99 {p99:.0f} ms, max {1000 * late[-1]:.0f} ms", flush=True)


class Watch:
    """The add-on."""

    def update_settings(self, settings: BaseSettings) -> None:
        """Join the project's own extensions."""
        settings["EXTENSIONS"][Lag] = 900
