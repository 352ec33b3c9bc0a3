"""A Scrapy add-on: an existing project's spiders get reading, events and store with one line in its settings.

``ADDONS = {"crawler.addon.Duikou": 500}``; see docs/plugins.md.
"""

from __future__ import annotations

from scrapy.settings import BaseSettings

from crawler import settings as ours
from crawler.extensions.disk import DiskGuard
from crawler.extensions.ledger import Ledger
from crawler.extensions.sites import Sites
from crawler.extensions.vitals import Vitals
from crawler.pipelines import ContractPipeline, ReadPipeline, StorePipeline, TakePages

_DEFAULTS = (
    "DATABASE_URL", "READ_WORKERS", "READ_TIME_LIMIT", "KEEP_PRIVATE_NAMES", "DISK_FREE_MIN_MB", "CONCURRENT_ITEMS",
    "REVISIT_AFTER", "REVISIT_DAYS", "REVISIT_LIMIT",
)  # fmt: skip
_PIPELINES = {TakePages: 290, ReadPipeline: 300, StorePipeline: 500, ContractPipeline: 700}
_EXTENSIONS = {Ledger: 0, Sites: 1, Vitals: 2, DiskGuard: 5}


class Duikou:
    """Add our pipelines and what they stand on; what the project sets itself, it keeps."""

    def update_settings(self, settings: BaseSettings) -> None:
        """Fill in what the project has not set."""
        for name in _DEFAULTS:
            settings.set(name, getattr(ours, name), priority="addon")
        for pipeline, priority in _PIPELINES.items():
            settings.setdefault_in_component_priority_dict("ITEM_PIPELINES", pipeline, priority)
        for extension, priority in _EXTENSIONS.items():
            settings.setdefault_in_component_priority_dict("EXTENSIONS", extension, priority)
