"""Stop before the disk is full: a clean stop that the next run goes on from."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from crawler.extensions.ledger import Ledger
from crawler.middlewares.archive import archive_folder

_EVERY = 20
"""Responses between two looks at the disk."""


class DiskGuard:
    """End the crawl with reason ``disk`` when less than ``DISK_FREE_MIN_MB`` are left beside database and archive."""

    def __init__(self, crawler: Crawler, folder: Path, wanted: int) -> None:
        self._crawler, self._folder, self._wanted = crawler, folder, wanted
        self._seen = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build from the settings; 0 MB switches the guard off."""
        folder, wanted = archive_folder(crawler.settings), crawler.settings.getint("DISK_FREE_MIN_MB")
        if folder is None or not wanted:
            raise NotConfigured("nothing to guard")
        guard = cls(crawler, folder, wanted)
        crawler.signals.connect(guard._look, signals.spider_opened)
        crawler.signals.connect(guard._count, signals.response_received)
        return guard

    def _count(self) -> None:
        self._seen += 1
        if self._seen % _EVERY == 0:
            self._look()

    def _look(self) -> None:
        existing = next(
            parent for parent in (self._folder.resolve(), *self._folder.resolve().parents) if parent.exists()
        )
        free = shutil.disk_usage(existing).free >> 20
        if free < self._wanted:
            ledger = self._crawler.get_extension(Ledger)
            assert ledger is not None
            ledger.stop(
                "disk",
                f"{existing}: {free} MB free, DISK_FREE_MIN_MB asks for {self._wanted}; free space and run again, "
                "it goes on where it stopped",
            )
