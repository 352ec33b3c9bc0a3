"""Scrapy's HTTP/1.1 handler, with the address checked at the connection and the header section bounded.

Scrapy's own ``DOWNLOAD_TIMEOUT`` is already a limit on the whole answer, headers and body together, and
``DOWNLOAD_MAXSIZE`` cuts endless bodies; what they leave open is closed here.
"""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler, _ScrapyAgent
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, DownloadFailedError
from scrapy.http import Response
from scrapy.utils._download_handlers import wrap_twisted_exceptions
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.web.client import Agent

from crawler.downloads.parsing import HeadersTooLargeError, factory_with
from crawler.downloads.resolving import GuardedReactor
from crawler.exceptions import PageRefusedError
from crawler.extensions.fleet import Fleet
from crawler.guard import AddressRefusedError, AddressRule
from crawler.middlewares.hosts import HostGuard


class GuardedHandler(HTTP11DownloadHandler):
    """Connect to public addresses only (``ADDRESSES_ALLOWED``), take ``DOWNLOAD_MAX_HEADERS`` bytes of headers at most.

    The addresses are those of the very connection, so a name that changes its mind between look-ups gains nothing. A
    request through a proxy (``meta["proxy"]``) goes to the proxy wherever that is; its host is judged by name alone, in
    ``AddressGuard``.
    """

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._rule = AddressRule.parse(crawler.settings.getlist("ADDRESSES_ALLOWED"))
        self._headers_limit = crawler.settings.getint("DOWNLOAD_MAX_HEADERS")
        self._pool._factory = factory_with(self._headers_limit)

    async def download_request(self, request: Request) -> Response:
        """Fetch when the host may be asked; raises PageRefusedError for addresses and headers not to be had."""
        if (hosts := self._crawler.get_downloader_middleware(HostGuard)) is not None:
            await hosts.hold(request)
        fleet = self._crawler.get_extension(Fleet)
        async with fleet.turn(request) if fleet is not None else nullcontext():
            return await self._download(request)

    async def _download(self, request: Request) -> Response:
        agent = _GuardedAgent(
            contextFactory=self._contextFactory,
            bindAddress=self._bind_address,
            pool=self._pool,
            maxsize=self._default_maxsize,
            warnsize=self._default_warnsize,
            fail_on_dataloss=self._fail_on_dataloss,
            crawler=self._crawler,
            tls_verbose_logging=self._tls_verbose_logging,
        )
        agent.rule = self._rule
        try:
            with wrap_twisted_exceptions():
                return await maybe_deferred_to_future(agent.download_request(request))
        except CannotResolveHostError:
            if agent.refused is not None:
                raise PageRefusedError("address", str(agent.refused)) from agent.refused
            raise
        except DownloadFailedError as error:
            if _is_flood(error):
                limit = f"{self._headers_limit / 1024:g} KB"
                raise PageRefusedError(
                    "headers", f"more than {limit} of headers; raise the limit: -s DOWNLOAD_MAX_HEADERS=BYTES"
                ) from error
            raise


class _GuardedAgent(_ScrapyAgent):
    """One request; ``refused`` is the last address its host resolved to that was not to be asked."""

    rule: AddressRule
    refused: AddressRefusedError | None = None

    def _get_agent(self, request: Request, timeout: float) -> Agent:
        agent = super()._get_agent(request, timeout)
        if not request.meta.get("proxy"):
            endpoints: Any = agent._endpointFactory
            endpoints._reactor = GuardedReactor(endpoints._reactor, self.rule, self._note)
        return agent

    def _note(self, error: AddressRefusedError) -> None:
        self.refused = error


def _is_flood(error: DownloadFailedError) -> bool:
    reasons = getattr(error.__cause__, "reasons", ())
    return any(reason.check(HeadersTooLargeError) for reason in reasons)
