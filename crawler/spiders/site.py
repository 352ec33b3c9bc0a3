"""Any news site: its sitemap, else its feed, else the list pages it leads to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError

from crawler.lists import Listing, columns, feed_links, read_list
from crawler.portals import Portal
from crawler.spiders.arguments import ArgumentError, Arguments
from crawler.spiders.failures import explain
from crawler.spiders.portal import PortalSpider
from crawler.spiders.responses import text_of

_MAX_SECTIONS = 60
_MAX_MAPS = 20


class SiteSpider(PortalSpider):
    """Harvest a news site that is not declared: ``-a url=https://…`` (its front page or one of its columns)."""

    name = "site"

    def __init__(self, name: str | None = None, **given: Any) -> None:
        host = urlsplit(str(given.get("url") or "")).hostname or ""
        other = host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"
        self.portal = Portal(
            "site", host, (host, other), (), article=r"(?!)", listing=r"(?!)", home=str(given.get("home") or "") or None
        )
        super().__init__(name, **given)
        self.check_arguments(self.arguments)
        self._site = self.arguments.url or ""
        self.page = None  # the url argument names a site here, not one page

    @classmethod
    def check_arguments(cls, arguments: Arguments) -> None:
        """A site must be named."""
        if not arguments.url:
            raise ArgumentError("the spider site needs a site: scrapy crawl site -a url=https://www.example.gov.cn/")

    @property
    def ledger_name(self) -> str:
        """Each site keeps its own books."""
        return f"site:{self.portal.hosts[0].removeprefix('www.')}"

    @property
    def no_articles_hint(self) -> str:
        """What to do about a list page without articles."""
        return "if it should have some, name a column of the site with -a url=…"

    async def first_lists(self) -> AsyncIterator[Request]:
        """The site's own list for machines if it has one, else the pages that list articles."""
        for url in self.arguments.lists:
            yield self.list_request(url)
        try:
            front = await self._ask(self._site)
        except Exception as error:  # without its front page a site cannot be read, whatever the cause
            self.logger.error("%s: %s", self._site, explain(error, self.settings).reason)
            self.ledger.count("lost")
            return
        for url in await self._machine_lists(front) or self._pages(front):
            yield self.list_request(url)

    def read_list(self, response: Response) -> Listing:
        """Articles by the structure of the page; there is no declared shape."""
        return read_list(response.body, text_of(response), response.url)

    async def _machine_lists(self, front: Response) -> list[str]:
        """Sitemaps or feeds that name articles; asked only when the whole site is wanted, not one of its columns."""
        text = text_of(front)
        feeds = list(feed_links(text, front.url))
        if urlsplit(self._site).path in ("", "/"):
            maps = [*await self._robots_maps(), urljoin(self._site, "/sitemap.xml")]
            for candidates in (list(dict.fromkeys(maps))[:_MAX_MAPS], feeds):
                useful = [url for url in candidates if await self._names_articles(url)]
                if useful:
                    return useful
        return []

    async def _robots_maps(self) -> list[str]:
        robots = await self._get(urljoin(self._site, "/robots.txt"))
        lines = text_of(robots).splitlines() if robots else []
        found = (line.partition(":")[2].strip() for line in lines if line.lower().startswith("sitemap:"))
        return [urljoin(self._site, url) for url in found if url]

    async def _names_articles(self, url: str) -> bool:
        answer = await self._get(url)
        if answer is None:
            return False
        listing = self.read_list(answer)
        return listing.basis in ("sitemap", "feed") and bool(listing.lists or listing.articles)

    def _pages(self, front: Response) -> list[str]:
        """The page itself, and for a front page the columns it leads to."""
        found = columns(text_of(front), front.url) if urlsplit(self._site).path in ("", "/") else ()
        return [self._site, *(column.url for column in found[:_MAX_SECTIONS])]

    async def _get(self, url: str) -> Response | None:
        """One page outside the schedule; None when it cannot be had."""
        try:
            return await self._ask(url)
        except Exception as error:  # a probe: whatever is wrong, the next address is tried
            self.logger.debug("%s: %s", url, error)
            return None

    async def _ask(self, url: str) -> Response:
        """One page outside the schedule. Raises what the download raises, and HttpError for a status other than 200."""
        response: Response = await self.crawler.engine.download_async(Request(url, meta={"kind": "probe"}))
        if response.status != 200:
            raise HttpError(response, f"HTTP {response.status}")
        return response
