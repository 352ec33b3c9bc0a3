"""The one spider behind every portal: lists to articles, with the ledger as the truth about what is left to do."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from scrapy.settings import BaseSettings

from crawler import __version__
from crawler.archive import Location
from crawler.dedup import canonical_url
from crawler.downloads import RENDER
from crawler.extensions.fleet import Fleet
from crawler.extensions.ledger import Ledger
from crawler.guard import TrapRule, Traps
from crawler.items import PageItem
from crawler.lists import Link, Listing, read_list
from crawler.middlewares.archive import ARCHIVED, READ_AT
from crawler.middlewares.hosts import JUDGED
from crawler.model import Page
from crawler.portals import Portal
from crawler.reading import may_go_on, next_page
from crawler.spiders.arguments import Arguments, read_arguments
from crawler.spiders.failures import Failed, explain
from crawler.spiders.responses import headers_of, other_kind, text_of
from crawler.spiders.sightings import SharedSightings, Sightings
from crawler.store import Fetch, StoreError, UrlRow, Validators
from crawler.store.joint import DoneMeanwhileError

_LIST, _ARTICLE = -10, 0  # articles of the pages read so far come before the next list page
_MAX_BARREN = 3  # list pages in a row without an article this run had not seen
_NEWS_LISTS = 3  # list pages deep that a run for news goes
_MAX_PARTS = 50  # pages of one article
_GONE = frozenset({404, 410})


class PortalSpider(Spider):
    """Harvest a declared portal. Arguments: ``full=1``, ``since=2020-06-23``, ``url=…`` (one page), ``lists=…,…``."""

    portal: Portal
    traps: Traps
    takes: type[Arguments] = Arguments
    """The arguments the spider takes."""
    shareable = True
    """Whether several crawlers can work at one run of the spider (``CLUSTER_URL``)."""

    def __init__(self, name: str | None = None, **given: Any) -> None:
        super().__init__(name)
        self.arguments = read_arguments(given, self.takes)
        self.full, self.since = self.arguments.full, self.arguments.since
        self.page = self.arguments.url
        self._lists: set[str] = set()
        self._sightings: Sightings | SharedSightings = Sightings()
        if not self.portal.mirrors:
            asked = [urlsplit(u).hostname or "" for u in (self.arguments.url or "", *self.arguments.lists) if u]
            self.allowed_domains = [*self.portal.hosts, *asked]

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> PortalSpider:
        """Build as Scrapy does, and listen for redirects to pages already seen."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        settings = crawler.settings
        rule = TrapRule(*(settings.getint(f"TRAP_{name}") for name in ("BUDGET", "LINKS", "DEPTH")))
        spider.traps = Traps(rule, datetime.now(UTC).date())
        crawler.signals.connect(spider._dropped, signals.request_dropped)
        return spider

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Name the contact of the settings in the user agent."""
        super().update_settings(settings)
        if contact := settings.get("CONTACT"):
            settings.set("USER_AGENT", f"duikou/{__version__} (+{contact})", priority="spider")
        if settings.get("CLUSTER_URL") and cls.shareable:
            settings.set("SCHEDULER", "crawler.cluster.scheduler.FleetScheduler", priority="spider")

    @classmethod
    def check_arguments(cls, arguments: Arguments) -> None:
        """Raise ArgumentError when the spider cannot run with these arguments."""

    @property
    def ledger(self) -> Ledger:
        """The run's books."""
        ledger = self.crawler.get_extension(Ledger)
        assert ledger is not None, "the Ledger extension is switched off; leave it in EXTENSIONS"
        return ledger

    @property
    def exports_unchanged(self) -> bool:
        """Whether articles that the store has already, word for word, are exported too."""
        return self.full or self.page is not None

    @property
    def ledger_name(self) -> str:
        """Under which name the ledger keeps this spider's URLs."""
        return self.portal.name

    async def start(self) -> AsyncIterator[Any]:
        """What an interrupted run left, then the newest list pages, then articles to look at again."""
        await self._open()
        if not self.settings["CONTACT"] and not self.settings.getbool("SAMPLE"):
            self.logger.warning("CONTACT is not set, so no site can reach you; add -s CONTACT=you@example.org")
        if await self.ledger.seeds():
            async for request in self._beginning():
                yield request
            await self.ledger.seeded()

    async def _beginning(self) -> AsyncIterator[Request]:
        if self.page:
            await self.ledger.found(None, [self.page], [])
            yield self.article_request(self.page)
            return
        part = self.arguments.part
        left = await self.ledger.pending()
        if part == "news":
            left = [row for row in left if row.kind == "article" and row.depth <= _NEWS_LISTS]
        if left:
            self.logger.info("going on with %d pages an earlier run left", len(left))
        for row in left:
            yield self.shared_request(row) if self.ledger.crew else self.resumed_request(row)
        if part != "rest":
            async for request in self.first_lists():
                yield request
        if not self.full and part != "news":
            for request in self._again(await self.ledger.due()):
                yield request

    async def first_lists(self) -> AsyncIterator[Request]:
        """The list pages a run begins with."""
        for url in (*self.portal.start_urls, *self.arguments.lists):
            yield self.list_request(url)

    def list_request(self, url: str, barren: int = 0, depth: int = 0) -> Request:
        """Ask for a list page, ``depth`` pages behind the first of its list.

        ``barren`` pages before it in the same list named nothing that this run had not seen.
        """
        return Request(
            url,
            self.parse_list,
            errback=self.failed,
            priority=_LIST,
            cb_kwargs={"requested": url, "barren": barren, "depth": depth},
            meta={"kind": "list", **self._built},
        )

    def article_request(self, url: str, seen: Validators | None = None, content_hash: str | None = None) -> Request:
        """Ask for an article; with ``seen`` only if it changed since."""
        headers = {}
        if seen and seen.etag:
            headers["If-None-Match"] = seen.etag
        if seen and seen.last_modified:
            headers["If-Modified-Since"] = seen.last_modified
        return Request(
            url,
            self.parse_article,
            errback=self.failed,
            headers=headers,
            priority=_ARTICLE,
            cb_kwargs={"requested": url, "content_hash": content_hash},
            meta={
                "kind": "article",
                "home": self.arguments.home or self.portal.home,
                "handle_httpstatus_list": [304, *_GONE],
                **self._built,
            },
        )

    def shared_request(self, row: UrlRow) -> Request:
        """What any crawler of a shared run may ask for: the page of a ledger row."""
        if row.kind == "list":
            return self.list_request(row.found_url, depth=row.depth)
        if row.state != "stored":
            return self.article_request(row.found_url)
        return self.article_request(row.found_url, Validators(row.etag, row.last_modified), row.content_hash)

    def resumed_request(self, row: UrlRow) -> Request:
        """Ask for a page an interrupted run left: from the archive when its bytes are there already."""
        if row.kind == "list":
            return self.list_request(row.found_url)
        request = self.article_request(row.found_url)
        if row.state == "archived" and (place := row.archive):
            request.meta.update({READ_AT: place, "dont_obey_robotstxt": True})
        return request

    async def parse_list(
        self, response: Response, requested: str, barren: int = 0, depth: int = 0
    ) -> AsyncIterator[Request]:
        """Record what a list page names, then ask for what is new on it, and for the next page unless all is known."""
        listing = self.read_list(response)
        self.ledger.count("lists")
        if not listing.articles and not listing.lists and listing.basis != "json":  # where a JSON list ends is no fault
            self.logger.warning("%s: a list page without articles; %s", requested, self.no_articles_hint)
            self.ledger.count("lists_empty")
            self.ledger.example("lists_empty", requested)
        links = [link for link in listing.articles if not self._too_old(link)]
        urls = self._worth_asking(requested, links, listing.basis)
        known = await self.ledger.known(urls)
        seen = await self._sightings.of(urls)
        barren = 0 if any(url not in seen for url in urls) else barren + 1
        onwards = self._lists_worth_asking(requested, self._onwards(listing, urls, known, seen, barren), depth)
        news_only = self.arguments.part == "news"
        asked = [self.article_request(url) for url in urls if url not in known or self.full]
        if not self.full and not news_only:
            asked += self._again(await self.ledger.due(known))
        if not news_only or depth + 1 < _NEWS_LISTS:  # the ledger keeps the pages after this for the quiet hours
            asked += [self.list_request(url, barren, depth + 1) for url in onwards]
        await self.ledger.found(requested, urls, onwards, asked)
        self._sightings.enter(urls, known)
        self.ledger.count("found", len(urls) - len(known))
        for request in asked:
            yield request

    async def parse_article(
        self, response: Response, requested: str, content_hash: str | None = None
    ) -> AsyncIterator[PageItem | Request]:
        """Hand an article page on to the recipe, unless it is gone, unchanged or no web page at all."""
        if response.status == 304:
            await self.ledger.unchanged(requested)
        elif response.status in _GONE:
            await self.ledger.gone(requested, response.status)
        elif response.url != requested and urlsplit(response.url).path in ("", "/"):
            await self.ledger.gone(requested, 404)  # deleted articles often lead to the front page
        elif kind := other_kind(response):
            await self.ledger.skipped(requested, "type", f"not a web page but {kind}; skipped")
        elif content_hash == (digest := hashlib.sha256(response.body).hexdigest()) and not self.full:
            await self.ledger.unchanged(requested)
        else:
            yield self._item_or_next(response, self.page_item(response, requested, digest))

    async def parse_further(
        self, response: Response, item: PageItem, requested: str
    ) -> AsyncIterator[PageItem | Request]:
        """Put the next page of an article to the ones read before."""
        further = self.page_item(response, requested, "").page
        page = replace(item.page, further=(*item.page.further, further))
        yield self._item_or_next(response, replace(item, page=page))

    def _item_or_next(self, response: Response, item: PageItem) -> PageItem | Request:
        """The article when it is whole, else the request for its next page."""
        url = response.url
        follows = next_page(text_of(response), url) if may_go_on(response.body, url) else None
        seen = {item.page.url, *(page.url for page in item.page.further)}
        if follows is None or follows in seen or len(seen) >= _MAX_PARTS:
            return item
        # A part that cannot be had leaves the whole article to the next run: its own URL is what fails.
        return Request(
            follows,
            self.parse_further,
            errback=self.failed,
            cb_kwargs={"item": item, "requested": item.requested},
            meta={"kind": "part", **self._built},
            dont_filter=True,
        )

    def page_item(self, response: Response, requested: str, digest: str) -> PageItem:
        """A fetched article as the recipe takes it."""
        page = Page(
            url=response.url,
            content=response.body,
            headers=headers_of(response),
            fetched_at=datetime.now(UTC),
            home=self.arguments.home or self.portal.home,
            portal=self.ledger_name,
            judged=response.meta.get(JUDGED, False),
        )
        etag, modified = (self._header(response, name) for name in ("ETag", "Last-Modified"))
        place: Location | None = response.meta.get(ARCHIVED)
        at = (place.file, place.offset, place.length) if place else ()
        return PageItem(page, requested, Fetch(response.status, etag, modified, digest, *at))

    def read_list(self, response: Response) -> Listing:
        """The articles of a list page by the portal's URL shape, by the structure of the page where that finds none."""
        return read_list(response.body, text_of(response), response.url, self.portal.is_article)

    async def failed(self, failure: Any) -> None:
        """Say in one line why a page could not be had, and enter it in the ledger."""
        request: Request = failure.request
        cause: Failed = explain(failure.value, self.settings)
        url = request.cb_kwargs.get("requested", request.url)
        if cause.left:
            self.logger.log(logging.ERROR if cause.lost else logging.DEBUG, "%s: %s", url, cause.reason)
            self.ledger.count("left")
            if cause.lost:
                self.ledger.count("lost")
                self.ledger.count(f"lost/{cause.stage}")
        elif cause.lost:
            await self.ledger.lost(url, cause.stage, cause.reason, status=cause.status, final=cause.final)
        else:
            await self.ledger.skipped(url, cause.stage, cause.reason)

    @property
    def _built(self) -> dict[str, bool]:
        """What has a browser build the page, for portals that declare it."""
        return {RENDER: True} if self.portal.render else {}

    @property
    def no_articles_hint(self) -> str:
        """What to do about a list page without articles."""
        return f"if the site has changed, scrapy portals --check {self.portal.name} says how"

    async def _open(self) -> None:
        if self.portal.render and find_spec("scrapy_playwright") is None:
            self.logger.error("%s needs a browser: pip install 'duikou[render]'", self.portal.name)
            self.ledger.count("lost")
            raise CloseSpider("rendering")
        try:
            await self.ledger.open(self.ledger_name, self.arguments.shown())
        except DoneMeanwhileError as error:
            self.logger.info("%s; nothing is left to do", error)
            raise CloseSpider("finished") from error
        except StoreError as error:
            self.logger.error("%s", error)
            self.ledger.count("lost")
            raise CloseSpider("database") from error
        fleet = self.crawler.get_extension(Fleet)
        shared = self.ledger.crew is not None and fleet is not None
        self._sightings = SharedSightings(self.ledger, fleet) if shared and fleet else Sightings()

    def _onwards(
        self, listing: Listing, urls: list[str], known: set[str], seen: Mapping[str, bool], barren: int
    ) -> list[str]:
        """The list pages to go on with.

        None when all articles of this page were known before this run, or are too old, or when the list goes round in
        circles: some last pages still offer a next one.
        """
        if (listing.articles and not urls) or barren >= _MAX_BARREN:
            return []
        if urls and not self.full and all(url in known and not seen.get(url, False) for url in urls):
            return []
        return [url for url in dict.fromkeys((listing.next, *listing.lists)) if url]

    def _worth_asking(self, page: str, links: list[Link], basis: str) -> list[str]:
        """The addresses of the links, each article once whatever session it is linked with, but for traps."""
        urls = list({canonical_url(link.url): link.url for link in reversed(links)}.values())[::-1]
        if basis not in ("sitemap", "feed"):  # whose own standard bounds them
            urls = urls[: len(urls) - self.traps.too_many(len(urls))]
        return self._told_traps(page, list(self.traps.follow(urls)))

    def _lists_worth_asking(self, page: str, urls: list[str], depth: int) -> list[str]:
        """The list pages to go on with, but for traps and those this run has asked for under another session."""
        self._lists.add(canonical_url(page))
        fresh = [url for url in urls if canonical_url(url) not in self._lists]
        self._lists.update(map(canonical_url, fresh))
        if fresh and self.traps.too_deep(depth):
            fresh = []
        return self._told_traps(page, list(self.traps.follow(fresh, lists=True)))

    def _told_traps(self, page: str, followed: list[str]) -> list[str]:
        for reason, count in self.traps.left_out.items():
            if count:
                self.ledger.count(f"traps/{reason}", count)
                self.logger.warning("%s: %d links not followed (%s); see docs/hostile.md", page, count, reason)
        self.traps.left_out.clear()
        return followed

    def _too_old(self, link: Link) -> bool:
        return self.since is not None and link.date is not None and link.date < self.since

    def _again(self, due: Iterable[tuple[str, Validators, str | None]]) -> Iterator[Request]:
        for url, seen, content_hash in due:
            yield self.article_request(url, seen, content_hash)

    def _header(self, response: Response, name: str) -> str | None:
        value = response.headers.get(name)
        return value.decode("latin-1") if value else None

    def _dropped(self, request: Request) -> None:
        """A redirect to a page that this run has asked for already: its old address is done with."""
        if request.meta.get("redirect_urls") and request.meta.get("kind") == "article":
            self.ledger.moved(request.cb_kwargs["requested"], request.url)
