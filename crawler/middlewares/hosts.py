"""Each host's patience: pauses it asks for or shows to need, and the end of the run for a host that turns us away."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime
from time import monotonic
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.http import Response

from crawler.exceptions import HostClosedError, PageRefusedError
from crawler.extensions.fleet import Fleet
from crawler.extensions.ledger import Ledger
from crawler.guard import BlockPage, HostState, Patience, block_page, retry_after
from crawler.guard.hosts import Closing, Trouble
from crawler.middlewares.archive import ARCHIVED, READ_AT
from crawler.middlewares.robots_size import is_robots

logger = logging.getLogger(__name__)

JUDGED = "judged"
"""Key of ``request.meta``: whether the answer was found to be no block page."""

_FAILURES = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
_SAID: dict[Closing, str] = {
    "site_down": "too many answers in a row failed",
    "banned": "it turns us away",
    "throttled": "it asks us to wait longer than BACKOFF_MAX, or again and again",
}
_PAGES = frozenset({"list", "article", "part"})
_TURNED_AWAY = frozenset({401, 403, 407, 418, 451})


class HostGuard:
    """Judge every answer, pause its host after bad ones, leave it alone for the run after too many.

    ``BACKOFF_START`` and ``BACKOFF_MAX`` are seconds of a pause, ``HOST_FAILURES`` and ``HOST_REFUSALS`` bad answers in
    a row. Ban, captcha and challenge pages are refused whatever their status says; an error page answered as success
    counts as 404.
    """

    def __init__(self, crawler: Crawler, patience: Patience) -> None:
        self._crawler, self._patience = crawler, patience
        self._hosts: dict[str, HostState] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build from the settings."""
        settings = crawler.settings
        return cls(
            crawler,
            Patience(
                settings.getfloat("BACKOFF_START"),
                settings.getfloat("BACKOFF_MAX"),
                settings.getint("HOST_FAILURES"),
                settings.getint("HOST_REFUSALS"),
            ),
        )

    def process_request(self, request: Request) -> None:
        """Raise HostClosedError for a host that is left alone."""
        state = self._hosts.get(host_of(request))
        if state is not None and state.closed is not None and READ_AT not in request.meta:
            raise HostClosedError(f"{host_of(request)}: left alone in this run, {_SAID[state.closed]}")

    async def hold(self, request: Request) -> None:
        """Wait until the host may be asked; called by the download handler, when the request's turn has come.

        Requests wait in the host's own queue, so others pass, and none slips through that was in line before the pause.
        """
        state = self._hosts.get(host_of(request))
        while state is not None and state.closed is None and (wait := state.wait(monotonic())) > 0:
            if not self._crawler.crawling or self._ledger.stopping:
                raise HostClosedError(f"{host_of(request)}: the run ends while the host is paused")
            await asyncio.sleep(min(wait, 1.0))
        self.process_request(request)

    def process_response(self, request: Request, response: Response) -> Response:
        """Judge; raises PageRefusedError for what is no page."""
        if is_robots(request):
            self._judge_status(request, response, good=False)
            return response
        gone = response.status in (304, 404, 410)
        block = None if gone else block_page(response.body, response.status)
        if block is not None and block.kind == "missing" and response.status == 200:
            return self._soft_404(request, response)
        polite = block is not None and block.kind == "ban" and response.status in (429, 503)  # "later", not "go away"
        if block is not None and block.kind != "missing" and not polite:
            self._refused(request, response, block)
        if response.status == 200 and not response.body.strip() and request.meta.get("kind") in _PAGES:
            self.trouble(request, "failed", archived=ARCHIVED in response.flags)
            raise PageRefusedError("empty", "an empty page; the next run tries again", status=200)
        if ARCHIVED not in response.flags:
            self._judge_status(request, response, good=True)
        request.meta[JUDGED] = block is None and not gone
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Count what is the host's fault."""
        if isinstance(exception, _FAILURES):
            self.trouble(request, "failed")

    def trouble(
        self,
        request: Request,
        kind: Trouble,
        asked: float | None = None,
        *,
        certain: bool = True,
        archived: bool = False,
    ) -> None:
        """Note a bad answer; when it was the one too many, say so and how the run will be told."""
        if archived:  # what an earlier run fetched tells nothing of today
            return
        host = host_of(request)
        state = self._hosts.setdefault(host, HostState(self._patience))
        closing = state.trouble(kind, monotonic(), asked, certain=certain)
        fleet = self._crawler.get_extension(Fleet)
        if closing is None:
            wait = state.wait(monotonic())
            if fleet is not None and wait > 0:
                fleet.pause(host, wait)
            if wait >= 1:
                logger.info("%s: paused for %.0f s (%s)", host, wait, kind)
                self._ledger.count("pauses")
            return
        message = f"{host}: left alone for the rest of this run: {_SAID[closing]}; what is left waits in the ledger"
        self._ledger.count("hosts_closed")
        if fleet is not None:
            fleet.close_host(host, closing)
        spider = self._crawler.spider
        own = getattr(getattr(spider, "portal", None), "hosts", ())
        if not own or host in own:
            self._ledger.ends_as(closing, message)
        else:
            logger.error("%s", message)
            self._ledger.count("lost")

    def _refused(self, request: Request, response: Response, block: BlockPage) -> None:
        asked = self._asked(response)
        self._ledger.count(f"refused/{block.kind}")
        self.trouble(request, "refused", asked, archived=ARCHIVED in response.flags)
        raise PageRefusedError("refused", f"HTTP {response.status}, {block}; not stored", status=response.status)

    def _soft_404(self, request: Request, response: Response) -> Response:
        self._ledger.count("soft_404")
        logger.info("%s: an error page answered with HTTP 200; taken as 404", request.url)
        return response.replace(status=404)

    def _judge_status(self, request: Request, response: Response, *, good: bool) -> None:
        status = response.status
        if status == 429:
            self.trouble(request, "busy", self._asked(response))
        elif status >= 500 or status == 408:
            self.trouble(request, "failed", self._asked(response))
        elif status in _TURNED_AWAY:
            self.trouble(request, "refused", certain=False)
        elif good and (state := self._hosts.get(host_of(request))) is not None:
            state.good()

    def _asked(self, response: Response) -> float | None:
        value = response.headers.get("Retry-After")
        return retry_after(value.decode("latin-1"), datetime.now(UTC)) if value else None

    @property
    def _ledger(self) -> Ledger:
        ledger = self._crawler.get_extension(Ledger)
        assert ledger is not None
        return ledger


def host_of(request: Request) -> str:
    """The host a request goes to."""
    return urlsplit(request.url).hostname or ""
