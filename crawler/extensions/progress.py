"""Live progress: a table that renews itself on a terminal, now and then a plain line elsewhere, JSON for a parent."""

from __future__ import annotations

import json
import sys
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.table import Table
from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import AsyncioLoopingCall, create_looping_call

COLUMNS = (
    ("lists", "lists"),
    ("pages", "pages"),
    ("new", "new"),
    ("changed", "changed"),
    ("unchanged", "unchanged"),
    ("duplicate", "copies"),
    ("gone", "gone"),
    ("lost", "lost"),
    ("new_events", "events"),
)


class Board:
    """The progress of one or more crawls that run together in this process."""

    def __init__(self, console: Console | None = None, interval: float = 5.0) -> None:
        self.console = console or Console(stderr=True)
        self._interval = interval if not self.console.is_terminal else 0.25
        self._crawlers: dict[str, Crawler] = {}
        self._state: dict[str, str] = {}
        self._live: Live | None = None
        self._clock: AsyncioLoopingCall | None = None
        self._said: dict[str, str] = {}

    def watch(self, crawler: Crawler) -> None:
        """Show this crawler's figures from its start to its end."""
        crawler.signals.connect(self._opened, signals.spider_opened)
        crawler.signals.connect(self._closed, signals.spider_closed)

    def _opened(self, spider: Spider) -> None:
        self._crawlers[spider.name] = spider.crawler
        self._state[spider.name] = "running"
        if self._clock is None:
            if self.console.is_terminal:
                self._live = Live(self._table(), console=self.console, auto_refresh=False, transient=True)
                self._live.start()
            self._clock = create_looping_call(self._tick)  # type: ignore[assignment]  # the asyncio reactor is ours
            self._clock.start(self._interval, now=False)  # type: ignore[union-attr]

    def _closed(self, spider: Spider, reason: str) -> None:
        self._state[spider.name] = reason
        if not self.console.is_terminal:
            self._say(spider.name)
        if all(state != "running" for state in self._state.values()):
            self._stop()

    def _tick(self) -> None:
        if self._live is not None:
            self._live.update(self._table(), refresh=True)
            return
        for name, state in self._state.items():
            if state == "running":
                self._say(name)

    def _stop(self) -> None:
        if self._clock is not None:
            self._clock.stop()
            self._clock = None
        if self._live is not None:
            self._live.stop()
            self._live = None

    def _say(self, name: str) -> None:
        figures = ", ".join(f"{label} {n}" for key, label in COLUMNS if (n := self._figure(name, key)))
        line = f"{name}: {self._state[name]}: {figures or 'nothing yet'}"
        if self._said.get(name) != line:
            self._said[name] = line
            self.console.print(line, highlight=False, markup=False, soft_wrap=True)

    def _table(self) -> Table:
        table = Table("portal", *(label for _, label in COLUMNS), "", box=None, pad_edge=False, padding=(0, 1))
        for column in table.columns[1:-1]:
            column.justify = "right"
        for name, state in self._state.items():
            table.add_row(name, *(str(self._figure(name, key) or "") for key, _ in COLUMNS), state)
        return table

    def _figure(self, name: str, key: str) -> int:
        return int(self._crawlers[name].stats.get_value(f"duikou/{key}", 0))


class Teller:
    """The figures of a crawl for the process that started it: on stderr, every second, a line of JSON."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._clock = create_looping_call(self._tell)
        crawler.signals.connect(self._opened, signals.spider_opened)
        crawler.signals.connect(self._closed, signals.spider_closed)

    def _opened(self) -> None:
        self._clock.start(1.0, now=False)

    def _closed(self) -> None:
        self._clock.stop()
        self._tell()

    def _tell(self) -> None:
        stats = self._crawler.stats
        figures = {key: stats.get_value(f"duikou/{key}", 0) for key, _ in COLUMNS}
        print(json.dumps({"progress": figures}), file=sys.stderr, flush=True)


class Progress:
    """Show a board for a single crawl (``PROGRESS``: ``auto`` = on a terminal; yes, no; json = for a parent)."""

    def __init__(self, teller: Teller | None = None) -> None:
        self._teller = teller  # kept: signals hold it weakly

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Watch the crawler, if progress is wanted."""
        wanted = str(crawler.settings.get("PROGRESS", "no")).lower()
        if wanted in ("no", "0", "false", "off", "") or (wanted == "auto" and not sys.stderr.isatty()):
            raise NotConfigured
        if wanted == "json":
            return cls(Teller(crawler))
        Board().watch(crawler)
        return cls()
