"""Pages of spiders that are not ours: what they yield becomes what the recipe reads."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any, Self

from itemadapter import ItemAdapter
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.http import Response

from crawler.extensions.ledger import Ledger
from crawler.items import PageItem
from crawler.model import Page
from crawler.store import Fetch, StoreError


class TakePages:
    """Open the books of a spider that keeps none, and take a ``Response``, or an item with ``url`` and ``body``.

    ``body`` is a page's bytes or its decoded HTML; an item may have ``headers`` (a mapping) and ``home`` (adcode) too.
    A spider's attribute ``home`` is the publisher's jurisdiction of all its pages. Other items pass.
    """

    def __init__(self, crawler: Crawler) -> None:
        ledger = crawler.get_extension(Ledger)
        assert ledger is not None, "the Ledger extension is switched off; leave it in EXTENSIONS"
        self._crawler, self._ledger = crawler, ledger

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build as Scrapy does."""
        return cls(crawler)

    async def open_spider(self) -> None:
        """Open the store; a database that cannot be used ends the crawl with one line."""
        spider = self._crawler.spider
        assert spider is not None
        try:
            await self._ledger.open(spider.name, {})
        except StoreError as error:
            spider.logger.error("%s", error)
            self._ledger.count("lost")
            raise CloseSpider("database") from error

    def process_item(self, item: Any) -> Any:
        """Turn a page into a PageItem."""
        home = getattr(self._crawler.spider, "home", None)
        if isinstance(item, Response):
            headers = tuple((k.decode("latin-1"), v.decode("latin-1")) for k, vs in item.headers.items() for v in vs)
            return self._taken(item.url, item.body, headers, home, item.status)
        if not ItemAdapter.is_item(item) or isinstance(item, PageItem):
            return item
        fields = ItemAdapter(item)
        url, body = fields.get("url"), fields.get("body")
        if not isinstance(url, str) or not isinstance(body, bytes | str) or not body:
            return item
        headers = tuple((str(k), str(v)) for k, v in dict(fields.get("headers") or {}).items())
        return self._taken(url, body, headers, fields.get("home") or home, 200)

    def _taken(
        self, url: str, body: bytes | str, headers: tuple[tuple[str, str], ...], home: str | None, status: int
    ) -> PageItem:
        page = Page(url, body, "html", headers, datetime.now(UTC), home, self._ledger.portal)
        content = body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass")
        return PageItem(page, url, Fetch(status, content_hash=hashlib.sha256(content).hexdigest()))
