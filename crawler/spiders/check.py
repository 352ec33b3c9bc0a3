"""The first look at a live site: one list page, one article, and what was found, field by field."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from scrapy import Request
from scrapy.http import Response

from crawler.lists import Listing
from crawler.model import Page, Record
from crawler.portals import Portal, origin
from crawler.reading import ReadingError
from crawler.recipe import recipe
from crawler.spiders.failures import explain
from crawler.spiders.portal import PortalSpider
from crawler.spiders.responses import headers_of


@dataclass
class Findings:
    """What a check saw; ``problems`` holds a line for each thing that was expected and not there."""

    portal: Portal
    list_url: str = ""
    listing: Listing | None = None
    article_url: str = ""
    record: Record | None = None
    problems: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether list and article held what an article must hold."""
        return not self.problems and self.record is not None

    def lines(self) -> Iterator[str]:
        """The report."""
        yield f"{self.portal.name}  {self.portal.title}"
        if self.listing:
            yield from self._list_lines(self.listing)
        if self.record:
            yield from self._article_lines(self.record)
        for problem in self.problems:
            yield f"  problem: {problem}"
        if self.good:
            today = datetime.now(UTC).date()
            package = origin(self.portal.name)
            module = f"the declaration in {package}" if package else f"crawler/portals/{self.portal.name}.py"
            yield f"  all found; if it is also right, write into {module}: verified=date({today:%Y, %-m, %-d})"

    def _list_lines(self, listing: Listing) -> Iterator[str]:
        yield f"  list       {self.list_url}"
        dated = sum(link.date is not None for link in listing.articles)
        yield f"  articles   {len(listing.articles)} by {listing.basis}, {dated} with a date"
        for link in listing.articles[:3]:
            yield f"             {link.date or '----------'} {link.title[:40]} {link.url}"
        yield f"  next page  {listing.next or 'none found'}"

    def _article_lines(self, record: Record) -> Iterator[str]:
        article = record.article
        yield f"  article    {self.article_url}"
        yield f"  title      {article.title or 'none found'}"
        yield f"  published  {article.published or 'none found'} ({article.published_basis or 'no basis'})"
        yield f"  source     {article.source or 'none found'}"
        yield f"  author     {'、'.join(b.name for b in article.author) or 'none found'}"
        yield f"  encoding   {article.encoding or 'unknown'}, {article.replacement_chars} characters lost"
        start, end = (" ".join(part.split()) for part in (article.text[:40], article.text[-40:]))
        yield f"  body       {len(article.text)} characters: {start} … {end}"
        yield f"  events     {len(record.events)}{'' if record.relevant else ' (not relevant)'}"


def check_spider(portal: Portal) -> type[PortalSpider]:
    """A spider that fetches one list page and its first article, without a store."""

    class CheckSpider(PortalSpider):
        """Check one portal."""

        shareable = False
        custom_settings: dict[str, Any] | None = {"ITEM_PIPELINES": {}}  # noqa: RUF012  # as Scrapy types it

        def __init__(self, findings: Findings, **given: Any) -> None:
            self.portal = portal
            self.findings = findings
            super().__init__(f"check-{portal.name}", **given)

        async def start(self) -> AsyncIterator[Any]:
            """Ask for the first list page."""
            yield self.list_request(portal.start_urls[0])

        async def parse_list(
            self, response: Response, requested: str, barren: int = 0, depth: int = 0
        ) -> AsyncIterator[Request]:
            """Note the list and ask for its first article."""
            self.findings.list_url, self.findings.listing = requested, (listing := self.read_list(response))
            if listing.basis != "shape" and listing.basis != "json":
                self.findings.problems.append(f"no link on the list looks like {portal.article}")
            for link in listing.articles[:1]:
                yield self.article_request(link.url)

        async def parse_article(
            self, response: Response, requested: str, content_hash: str | None = None
        ) -> AsyncIterator[Any]:
            """Read the article as the harvest would."""
            self.findings.article_url = response.url
            if response.status != 200:
                self.findings.problems.append(f"{response.url}: HTTP {response.status}")
                return
            page = Page(response.url, response.body, headers=headers_of(response), home=portal.home, portal=portal.name)
            try:
                self.findings.record = record = recipe(page)
            except ReadingError as error:
                self.findings.problems.append(str(error))
                return
            for name in ("title", "published", "text"):
                if not getattr(record.article, name):
                    self.findings.problems.append(f"the article has no {name}")
            return
            yield  # an async generator that has nothing to hand on

        async def failed(self, failure: Any) -> None:
            """Note what could not be fetched."""
            self.findings.problems.append(f"{failure.request.url}: {explain(failure.value, self.settings).reason}")

    return CheckSpider
