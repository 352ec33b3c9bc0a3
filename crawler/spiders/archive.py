"""Harvest from web archives: WARC and WACZ files, or the captures a CDX index knows of a host."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response

from crawler.archive import (
    ArchiveError,
    Capture,
    CaptureName,
    CdxRow,
    archive_files,
    capture_request,
    count_query,
    decoded,
    is_wayback,
    newest_unlike,
    page_count,
    parse_page,
    query,
    read_file,
    read_member,
)
from crawler.items import PageItem
from crawler.model import Page
from crawler.portals import Portal, owner
from crawler.reading import looks_like_html
from crawler.spiders.arguments import ArchiveArguments, ArgumentError, Arguments
from crawler.spiders.portal import PortalSpider
from crawler.spiders.responses import headers_of
from crawler.store import Fetch, UrlRow

_NAME = "archive"
_MAX_FILE = 2 << 30  # bytes of a WARC or WACZ file asked for by URL; it is held in memory


class ArchiveSpider(PortalSpider):
    """Arguments: ``path=FILE|FOLDER|URL`` (WARC, WACZ), or ``index=URL host=NAME`` (a CDX index).

    Indexes speak the dialect of the Wayback Machine or of Common Crawl. ``since=`` and ``until=`` are ISO dates of
    capture; ``data=URL`` is where an index's WARC files lie (known for Common Crawl). ``home=`` is the publisher's
    jurisdiction, else that of the declared portal the page belongs to. What comes out of an archive is not archived
    again.
    """

    name = _NAME
    portal = Portal(_NAME, "web archives", hosts=(), start_urls=(), article="", listing="", mirrors=True)

    takes = ArchiveArguments
    shareable = False  # local files are one machine's, and the captures of one page are asked for in order
    arguments: ArchiveArguments

    def __init__(self, name: str | None = None, **given: Any) -> None:
        super().__init__(name, **given)
        self.check_arguments(self.arguments)
        self.since = None  # here a bound on captures, not on what is published
        self._in_line: dict[str, list[CaptureName]] = {}

    @classmethod
    def check_arguments(cls, arguments: Arguments) -> None:
        """One source is needed, and an index needs a host."""
        assert isinstance(arguments, ArchiveArguments)
        if bool(arguments.path) == bool(arguments.index):
            raise ArgumentError("give -a path=FILE_OR_FOLDER_OR_URL, or -a index=URL -a host=NAME; one of the two")
        if arguments.index and not arguments.host:
            raise ArgumentError("-a index needs -a host=NAME: the host whose captures are wanted")
        if arguments.path and "://" not in arguments.path and not Path(arguments.path).exists():
            raise ArgumentError(f"-a path={arguments.path}: no such file or folder")

    async def start(self) -> AsyncIterator[Any]:
        """Pages of local files at once; requests for everything else."""
        await self._open()
        arguments = self.arguments
        if arguments.path and "://" in arguments.path:
            yield Request(
                arguments.path,
                self.parse_file,
                errback=self.failed,
                cb_kwargs={"requested": arguments.path},
                meta={"dont_archive": True, "download_maxsize": _MAX_FILE, "download_warnsize": 0},
            )
        elif arguments.path:
            for path in archive_files(Path(arguments.path)):
                async for item in self._pages(path):
                    yield item
        elif arguments.index and arguments.host:
            for row in await self.ledger.pending():
                yield self.resumed_request(row)
            asked = self._query() if is_wayback(arguments.index) else count_query(arguments.index, arguments.host)
            yield self._index_request(asked)

    async def parse_file(self, response: Response, requested: str) -> AsyncIterator[PageItem]:
        """Read a WARC or WACZ file fetched by URL."""
        with TemporaryDirectory(prefix="duikou-") as folder:
            local = Path(folder) / "archive"  # what the address calls it is no name for a file of ours
            local.write_bytes(response.body)
            async for item in self._pages(local):
                yield item

    async def parse_index(self, response: Response, requested: str) -> AsyncIterator[Request]:
        """Ask for the captures an index page names, then for the next page."""
        index = self.arguments.index
        assert index is not None
        try:
            if "showNumPages=true" in requested:
                for number in range(page_count(response.body)):
                    yield self._index_request(self._query(page=number))
                return
            page = parse_page(response.body)
            rows = [row for row in newest_unlike(page.rows) if self._wanted(row)]
            named = [
                CaptureName(row.url, row.timestamp, *capture_request(row, index, self.arguments.data)) for row in rows
            ]
        except ArchiveError as error:
            await self.ledger.lost(requested, "index", f"{error}; the next run tries again")
            return
        onwards = [self._query(resume_key=page.resume_key)] if page.resume_key else []
        known = await self.ledger.known(map(str, named))
        await self.ledger.found(requested, [str(name) for name in named], onwards)
        for name in named:
            if (str(name) not in known or self.full) and (request := self._next_in_line(name)):
                yield request
        for url in onwards:
            yield self._index_request(url)

    async def parse_capture(self, response: Response, requested: str) -> AsyncIterator[Any]:
        """Hand on one capture: the page itself, or the WARC record that holds it."""
        name = CaptureName.parse(requested)
        if response.status in (404, 410):
            await self.ledger.gone(requested, response.status)
        else:
            try:
                body, headers = _content(response, requested)
            except ArchiveError as error:
                await self.ledger.lost(requested, "archive", str(error), final=True)
            else:
                if looks_like_html(body, headers):
                    moment = datetime.strptime(name.timestamp[:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
                    yield self._item(requested, name.url, body, headers, moment)
                else:
                    await self.ledger.skipped(requested, "type", "not a web page; skipped")
        for request in self._done(name):
            yield request

    async def failed(self, failure: Any) -> Any:
        """Enter what could not be had, and go on with the next capture of the page."""
        await super().failed(failure)
        requested = failure.request.cb_kwargs.get("requested", "")
        return list(self._done(CaptureName.parse(requested))) if requested.startswith("capture:") else None

    def resumed_request(self, row: UrlRow) -> Request:
        """Ask again for what an interrupted run left; the address carries what is needed."""
        if row.kind == "list":
            return self._index_request(row.found_url)
        return self._capture_request(CaptureName.parse(row.found_url))

    def _next_in_line(self, name: CaptureName) -> Request | None:
        """The captures of one page are asked for one after the other: its history must be told in order."""
        if (waiting := self._in_line.get(name.url)) is not None:
            waiting.append(name)
            return None
        self._in_line[name.url] = []
        return self._capture_request(name)

    def _done(self, name: CaptureName) -> Iterator[Request]:
        waiting = self._in_line.get(name.url)
        if waiting:
            yield self._capture_request(waiting.pop(0))
        else:
            self._in_line.pop(name.url, None)

    async def _pages(self, path: Path) -> AsyncIterator[PageItem]:
        try:
            for location, capture in read_file(path):
                if capture.status != 200:
                    continue
                try:
                    body = decoded(capture)
                except ArchiveError as error:
                    self.ledger.count("lost")
                    self.logger.error("%s", error)
                    continue
                if self._is_page(capture, body):
                    name = f"warc://{location.file}/{location.offset}"
                    self.ledger.count("captures")
                    yield self._item(name, capture.url, body, capture.headers, capture.fetched_at)
        except ArchiveError as error:
            self.ledger.count("lost")
            self.logger.error("%s", error)

    def _is_page(self, capture: Capture, body: bytes) -> bool:
        if not looks_like_html(body, capture.headers) or self._too_early(f"{capture.fetched_at:%Y-%m-%d}"):
            return False
        portal = owner(capture.url)
        return portal.is_article(capture.url) if portal else not urlsplit(capture.url).path.endswith("/robots.txt")

    def _item(self, requested: str, url: str, body: bytes, headers: Any, moment: datetime) -> PageItem:
        portal = owner(url)
        home = self.arguments.home or (portal.home if portal else None)
        page = Page(url, body, headers=headers, fetched_at=moment, home=home, portal=portal.name if portal else _NAME)
        return PageItem(page, requested, Fetch(200, content_hash=hashlib.sha256(body).hexdigest()))

    def _wanted(self, row: CdxRow) -> bool:
        assert self.arguments.index is not None
        if row.revisit and not is_wayback(self.arguments.index):
            return False  # a record without a payload; the Wayback Machine gives that of the capture it refers to
        pages = ("text/html", "application/xhtml+xml", "warc/revisit", "unk", "")
        if row.status not in (200, None) or row.mime.split(";")[0] not in pages:
            return False
        portal = owner(row.url)
        return portal.is_article(row.url) if portal else not row.url.endswith("/robots.txt")

    def _too_early(self, day: str) -> bool:
        since, until = self.arguments.since, self.arguments.until
        return bool(since and day < since) or bool(until and day > until)

    def _query(self, *, page: int | None = None, resume_key: str | None = None) -> str:
        arguments = self.arguments
        assert arguments.index is not None
        assert arguments.host is not None
        return query(
            arguments.index, arguments.host, since=arguments.since, until=arguments.until, page=page,
            resume_key=resume_key,
        )  # fmt: skip

    def _index_request(self, url: str) -> Request:
        return Request(
            url, self.parse_index, errback=self.failed, cb_kwargs={"requested": url}, dont_filter=True, priority=-10,
            meta={"kind": "list", "dont_archive": True, "handle_httpstatus_list": [404]},
        )  # fmt: skip

    def _capture_request(self, name: CaptureName) -> Request:
        return Request(
            name.fetch,
            self.parse_capture,
            errback=self.failed,
            headers={"Range": name.span} if name.span else {},
            cb_kwargs={"requested": str(name)},
            dont_filter=True,  # many captures lie in one WARC file
            meta={"kind": "article", "dont_archive": True, "handle_httpstatus_list": [404, 410]},
        )


def _content(response: Response, requested: str) -> tuple[bytes, Any]:
    if response.status == 206 or response.body.startswith(b"\x1f\x8b"):
        capture = read_member(response.body, requested)
        return decoded(capture), capture.headers
    return response.body, headers_of(response)
