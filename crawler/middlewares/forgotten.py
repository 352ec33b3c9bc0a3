"""Pages that were forgotten on purpose are not asked for again."""

from __future__ import annotations

from time import monotonic
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

from crawler.extensions.ledger import Ledger

_TRUSTED = 1.0  # seconds for which a database that forgot no page is not asked again


class ForgottenMiddleware:
    """Drop requests for pages with a tombstone, however they came up: lists, redirects, ``-a url=``.

    The archive asks again when the answer came: nothing is kept of a page that is forgotten while the crawl runs.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._clear_until = 0.0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build as Scrapy does."""
        ledger = crawler.get_extension(Ledger)
        assert ledger is not None
        return cls(ledger)

    async def process_request(self, request: Request) -> None:
        """Let pass all but forgotten pages."""
        if not self._ledger.is_open or monotonic() < self._clear_until:
            return
        if not await self._ledger.look(self._ledger.store.forgets_pages):
            self._clear_until = monotonic() + _TRUSTED
            return
        asked = [request.url, request.cb_kwargs.get("requested") or request.url]
        if await self._ledger.look(self._ledger.store.forgotten, asked):
            raise IgnoreRequest(f"{request.url}: was forgotten on purpose")
