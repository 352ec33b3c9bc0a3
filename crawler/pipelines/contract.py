"""The last step: the item that feed exports and later pipelines see."""

from __future__ import annotations

from typing import Any, Self

from scrapy.crawler import Crawler

from crawler.items import RecordItem, article_item


class ContractPipeline:
    """Turn a RecordItem into an ArticleItem in schema v1."""

    def __init__(self, sample: bool) -> None:
        self._sample = sample

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build as Scrapy does."""
        return cls(crawler.settings.getbool("SAMPLE"))

    def process_item(self, item: Any) -> Any:
        """Convert; other items pass."""
        return article_item(item, sample=self._sample) if isinstance(item, RecordItem) else item
