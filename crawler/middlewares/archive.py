"""Every response's bytes to WARC before anything is decoded or parsed; pages a killed run had archived from there."""

from __future__ import annotations

import logging
import socket
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from scrapy.settings import BaseSettings
from sqlalchemy.engine import make_url

from crawler.archive import ArchiveError, Capture, Location, WarcWriter, Written, read_place, recover
from crawler.extensions.ledger import Ledger
from crawler.spiders.failures import status_phrase
from crawler.store import ForgottenError, StoreError, failpoint
from crawler.store.archiving import Arrival
from crawler.store.erasing import cover

logger = logging.getLogger(__name__)

ARCHIVED = "archived"
"""Key of ``request.meta``: the Location the response was archived at."""

READ_AT = "read_at"
"""Key of ``request.meta``: the Location in the archive the response is to be read from instead of the network."""


class ArchiveMiddleware:
    """Archive each response as it came over the wire (``ARCHIVE_DIR``; empty switches it off).

    The WARC record is on disk before the ledger says so. A request with a Location in ``meta["read_at"]`` is answered
    from the archive. ``ARCHIVE_MAX_BYTES`` rotates files, ``ARCHIVE_KEEP_DAYS`` removes old ones at the end of a run.
    """

    def __init__(self, crawler: Crawler, folder: Path) -> None:
        ledger = crawler.get_extension(Ledger)
        assert ledger is not None
        self._crawler, self._ledger, self._folder = crawler, ledger, folder
        self._keep_days = crawler.settings.getint("ARCHIVE_KEEP_DAYS")
        self._max_bytes = crawler.settings.getint("ARCHIVE_MAX_BYTES")
        self._writer: WarcWriter | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build from the settings; close with the run, after its last page."""
        folder = archive_folder(crawler.settings)
        if folder is None:
            raise NotConfigured("no ARCHIVE_DIR or no DATABASE_URL: nothing is archived")
        middleware = cls(crawler, folder)
        middleware._ledger.at_close(middleware._close)
        return middleware

    async def process_request(self, request: Request) -> Response | None:
        """Answer from the archive what was archived before."""
        place: Location | None = request.meta.get(READ_AT)
        if place is None:
            return None
        request.meta[ARCHIVED] = place
        capture = await self._ledger.call(read_place, self._folder, place)
        return _response(capture, request)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Write the response to the archive and book it; an archive that cannot be written ends the crawl."""
        unwanted = ARCHIVED in response.flags or request.meta.get("dont_archive") or not self._ledger.is_open
        if unwanted or response.status == 304:
            return response
        try:
            written = await self._archive(request, response)
        except ForgottenError as error:
            raise IgnoreRequest(str(error)) from error
        except ArchiveError as error:
            self._ledger.stop("disk", str(error))
            raise  # the page counts as failed: the next run asks again
        except StoreError as error:
            self._ledger.broken(error)
            raise
        request.meta[ARCHIVED] = written.location
        return response

    async def _archive(self, request: Request, response: Response) -> Written:
        moment = datetime.now(UTC)
        requested = request.cb_kwargs.get("requested")
        kind = request.meta.get("kind", "other")
        capture = Capture(
            url=response.url,
            status=response.status,
            headers=_pairs(response.headers),
            payload=response.body,
            fetched_at=moment,
            reason=status_phrase(response.status),
            method=request.method,
            request_headers=_pairs(request.headers),
            fields=(("portal", self._ledger.portal), ("kind", kind), ("requested", requested or request.url)),
        )
        home = request.meta.get("home")
        arrival = Arrival(
            response.url, requested, kind, self._ledger.portal, response.status, moment, home, self._ledger.run_id
        )
        written: Written = await self._ledger.write_after(
            partial(self._append, capture, requested), self._sync, partial(self._ledger.store.archived, arrival)
        )
        self._ledger.count("archived")
        self._ledger.count("archived_bytes", written.location.length)
        return written

    def _append(self, capture: Capture, requested: str | None) -> Written:
        writer = self._writer or self._opened()
        return writer.append(self._without_forgotten(capture, requested))

    def _sync(self) -> None:
        if self._writer is not None:
            self._writer.sync()
            failpoint("archive:written")

    def _without_forgotten(self, capture: Capture, requested: str | None) -> Capture:
        """Keep out what was forgotten, also while this crawl runs."""
        store = self._ledger.store
        if buried := store.forgotten([capture.url, requested or capture.url]):
            raise ForgottenError(f"{min(buried)}: was forgotten on purpose")
        mask = store.mask()
        payload = cover(capture, mask) if mask else None
        if payload is None:
            return capture
        untrue = ("content-encoding", "content-length")
        headers = tuple((name, value) for name, value in capture.headers if name.lower() not in untrue)
        return replace(capture, payload=payload, headers=headers)

    def _opened(self) -> WarcWriter:
        try:
            return self._open()
        except OSError as error:  # or robots.txt, the first page to be archived, would count as missing
            raise ArchiveError(
                f"{self._folder}: cannot be put in order: {error}; check disk and permissions"
            ) from error

    def _open(self) -> WarcWriter:
        store = self._ledger.store
        for found in recover(self._folder, self._sizes_here):
            if not store.archive_sizes().get(found.file):
                store.drop_archive_file(found.file)
            elif found.missing:
                logger.error(
                    "%s: %d archived bytes are missing; restore the file from a backup", found.file, found.missing
                )
            else:
                logger.info("%s: cut %d bytes an interrupted run left", found.file, found.cut)
        self._writer = WarcWriter(
            self._folder, max_bytes=self._max_bytes, earlier=store.earlier_capture, opened=store.archive_opened
        )
        return self._writer

    def _sizes_here(self) -> dict[str, int]:
        """Committed sizes of the files that lie here or should: those of other machines are theirs to put in order."""
        sizes, ours = self._ledger.store.archive_sizes(), f"-{socket.gethostname()}-"
        return {name: size for name, size in sizes.items() if ours in name or (self._folder / name).exists()}

    def _close(self) -> None:
        if self._writer is not None:
            self._writer.close()
        if self._keep_days:
            self._forget_old()

    def _forget_old(self) -> None:
        day = (datetime.now(UTC) - timedelta(days=self._keep_days)).isoformat()
        for file in self._ledger.store.archive_files_before(day):
            self._ledger.store.drop_archive_file(file)
            (self._folder / file).unlink(missing_ok=True)
            logger.info("%s: removed, older than ARCHIVE_KEEP_DAYS=%d", file, self._keep_days)


def archive_folder(settings: BaseSettings) -> Path | None:
    """The folder of the archive by the settings ``ARCHIVE_DIR`` and ``DATABASE_URL``; None when there is none."""
    url, folder = settings.get("DATABASE_URL"), settings.get("ARCHIVE_DIR")
    if not url or folder == "":
        return None
    if folder:
        return Path(folder)
    parsed = make_url(url if "://" in url else f"sqlite:///{url}")
    database = Path(parsed.database or "duikou") if parsed.get_backend_name() == "sqlite" else Path("data/duikou")
    return database.with_name(f"{database.stem}-archive")


def _response(capture: Capture, request: Request) -> Response:
    headers = Headers([(name.encode("latin-1"), value.encode("latin-1", "replace")) for name, value in capture.headers])
    kind = responsetypes.from_args(headers=headers, url=capture.url, body=capture.payload)
    return kind(
        url=capture.url,
        status=capture.status,
        headers=headers,
        body=capture.payload,
        request=request,
        flags=[ARCHIVED],
    )


def _pairs(headers: Headers) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1")) for name, values in headers.items() for value in values
    )
