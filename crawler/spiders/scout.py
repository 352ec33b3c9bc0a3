"""A first look at a site that is not declared: its front page or a column, two lists, a few articles."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any, TypeVar
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response

from crawler.model import Page
from crawler.portals import Portal
from crawler.scouting import MAX_ARTICLES, ListPage, Survey, best_articles, best_columns, is_front, listed
from crawler.spiders.failures import explain, status_phrase
from crawler.spiders.portal import PortalSpider

T = TypeVar("T")


class ScoutSpider(PortalSpider):
    """Fill a survey, without a store; robots.txt, pace, bounds and guarded addresses are those of a harvest."""

    custom_settings: dict[str, Any] | None = {"ITEM_PIPELINES": {}}  # noqa: RUF012  # as Scrapy types it

    def __init__(self, survey: Survey, **given: Any) -> None:
        host = urlsplit(survey.url).hostname or ""
        nothing = r"(?!)"
        # lists of one host may name articles of another: none is offsite, and each has its robots.txt asked
        self.portal = Portal(survey.name, host, (host,), (survey.url,), article=nothing, listing=nothing, mirrors=True)
        self.survey = survey
        super().__init__(f"scout-{survey.name}", **given)
        self._asked = [survey.url]  # in this order the survey is kept, whatever that of the answers
        self._at: dict[int, int] = {}
        self._behind: dict[str, str] = {}
        self._left = MAX_ARTICLES

    async def start(self) -> AsyncIterator[Any]:
        """Ask for the page that was named."""
        yield self.list_request(self.survey.url)

    async def parse_list(
        self, response: Response, requested: str, barren: int = 0, depth: int = 0
    ) -> AsyncIterator[Request]:
        """A front page leads to its best columns, a list to its second page and some articles, a script to its data."""
        page = self._page(response)
        if requested == self.survey.url and is_front(response.url):
            self.survey.front = page
            if columns := best_columns(page):
                self._asked += columns
                for url in columns:
                    yield self.list_request(url)
                return
        found = ListPage(page, listed(page), self._behind.get(requested))
        if not depth and not found.listing.articles and found.listing.lists and not found.behind:
            endpoint = found.listing.lists[0]  # a script fills the list from there
            self._behind[endpoint] = page.url
            self._asked.append(endpoint)
            yield self.list_request(endpoint)
            return
        if depth:
            first = next(one for one in self.survey.lists if one.listing.next == requested)
            self.survey.seconds[first.page.url] = found
            return
        self._keep(self.survey.lists, requested, found)
        if following := found.listing.next:
            yield self.list_request(following, depth=1)
        for request in self._some_articles(found):
            yield request

    async def parse_article(
        self, response: Response, requested: str, content_hash: str | None = None
    ) -> AsyncIterator[Any]:
        """Keep the page."""
        if response.status == 200:
            self._keep(self.survey.articles, requested, self._page(response))
        else:
            said = f"HTTP {response.status} ({status_phrase(response.status)})"
            self.survey.problems.append(f"{response.url}: {said}")
        return
        yield  # an async generator that has nothing to hand on

    async def failed(self, failure: Any) -> None:
        """Note what could not be fetched."""
        self.survey.problems.append(f"{failure.request.url}: {explain(failure.value, self.settings).reason}")

    def _some_articles(self, found: ListPage) -> Iterator[Request]:
        for url in best_articles(found.listing.articles):
            if self._left and url not in self._asked:
                self._left -= 1
                self._asked.append(url)
                yield self.article_request(url)

    def _keep(self, kept: list[T], requested: str, one: T) -> None:
        """Add to lists or articles, in the order in which they were asked for."""
        self._at[id(one)] = self._asked.index(requested)
        kept.append(one)
        kept.sort(key=lambda other: self._at[id(other)])

    def _page(self, response: Response) -> Page:
        page = self.page_item(response, response.url, "").page
        return replace(page, home=None, portal=None)
