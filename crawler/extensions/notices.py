"""After a run: the watchlists' feed renewed, findings and hits told; none of it can fail the harvest."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler

from crawler.extensions.ledger import Ledger
from crawler.extensions.monitors import Monitors
from crawler.notices import ChannelError, Send, channels, deliver, post
from crawler.store.ledger import now
from crawler.watch import MOST_ENTRIES, Watch, WatchError, atom, hits, read_watches, write_feed

logger = logging.getLogger(__name__)


class Notices:
    """Tell through ``NOTIFY_…`` what monitors found and what hit ``WATCHLIST``; write ``WATCH_FEED``."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Wait for the end of the run."""
        notices = cls(crawler)
        crawler.signals.connect(notices._opened, signals.spider_opened)
        return notices

    def _opened(self) -> None:
        self._ledger.after_end(self._tell)

    def _tell(self) -> None:
        """In the store's thread, when the run is entered."""
        try:
            self._told()
        except Exception as error:
            logger.error("nothing told of this run: %s", type(error).__name__)

    def _told(self) -> None:
        ledger, settings = self._ledger, self._crawler.settings
        store, watches = ledger.store, self._watches()
        ways = self._channels()
        monitors = self._crawler.get_extension(Monitors)
        if ways:
            opened, closed = (monitors.opened, monitors.closed) if monitors else ([], [])
            with store.write() as connection:
                new = [hit for hit in hits(connection, watches, run_id=ledger.run_id) if hit.new]
                post(connection, list(ways), opened, closed, new)
        if watches and (file := settings.get("WATCH_FEED")):
            name = Path(settings["WATCHLIST"])
            with store.read() as connection:
                feed = atom(hits(connection, watches, limit=MOST_ENTRIES), name.name, f"duikou: {name.stem}", now())
            try:
                write_feed(Path(file), feed)
            except OSError as error:
                logger.error("%s: the feed cannot be written (%s)", file, error.strerror)
        if ways:
            deliver(store, ways)

    def _watches(self) -> list[Watch]:
        if not (file := self._crawler.settings.get("WATCHLIST")):
            return []
        try:
            return read_watches(Path(file))
        except WatchError as error:
            logger.error("%s; nothing is watched in this run", error)
            return []

    def _channels(self) -> dict[str, Send]:
        try:
            return channels(self._crawler.settings.get)
        except ChannelError as error:
            logger.error("%s; nothing is sent in this run", error)
            return {}

    @property
    def _ledger(self) -> Ledger:
        ledger = self._crawler.get_extension(Ledger)
        assert ledger is not None
        return ledger
