"""Chromium by scrapy-playwright, with no network of its own.

Every request a page makes is answered by our own downloader, so addresses, sizes and times are bounded as for any page;
images, media and fonts are not fetched. The browser is started with a resolver that knows no host: what is not answered
here goes nowhere.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any
from urllib.parse import urljoin

from playwright.async_api import Error, Page, Route
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from crawler.downloads.rendering import unpacked
from crawler.exceptions import PageRefusedError
from crawler.guard import AddressRefusedError, AddressRule

Fetch = Callable[[Request], Awaitable[Response]]
logger = logging.getLogger(__name__)

_NEEDED = frozenset({"document", "script", "stylesheet", "xhr", "fetch"})
_MOST_REQUESTS = 200
_MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OWN = frozenset({"content-encoding", "content-length", "transfer-encoding", "connection", "set-cookie"})
_ARGUMENTS = (
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=direct://",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--no-first-run",
)


class Browser(ScrapyPlaywrightDownloadHandler):  # type: ignore[misc]  # not typed
    """Build pages; ``fetch`` answers what they ask for.

    ``RENDER_BROWSER`` names the executable (None = ``chromium`` on the PATH, else the one Playwright installed). Any
    ``PLAYWRIGHT_…`` setting of scrapy-playwright holds, but for those that would open a way round ``fetch``.
    """

    def __init__(self, crawler: Crawler, fetch: Fetch) -> None:
        super().__init__(crawler)
        self._fetch = fetch
        self._rule = AddressRule.parse(crawler.settings.getlist("ADDRESSES_ALLOWED"))
        self._limit = crawler.settings.getint("DOWNLOAD_MAXSIZE")
        self._documents: dict[Request, Response] = {}
        own = crawler.settings.get("RENDER_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")
        root = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium's sandbox does not work for root
        self.config.cdp_url = self.config.connect_url = None
        self.config.browser_type_name = "chromium"
        self.config.launch_options = {
            **self.config.launch_options,
            **({"executable_path": own} if own else {}),
            "args": [*self.config.launch_options.get("args", ()), *root, *_ARGUMENTS],
        }

    async def launch(self) -> None:
        """Start Playwright; the browser itself starts with the first page."""
        await self._launch()

    async def build(self, request: Request, document: Response) -> Response:
        """The page as its scripts leave it when the network falls silent; ``document`` is its source."""
        self._documents[request] = document
        request.meta["playwright_page_goto_kwargs"] = {"wait_until": "networkidle"}
        try:
            built: Response = await self._download_request(request, self._crawler.spider)
        finally:
            self._documents.pop(request, None)
            page = request.meta.pop("playwright_made_page", None)
            if page is not None and not page.is_closed():  # cut off by the time limit
                with suppress(Error):
                    await page.close()
        return built.replace(url=document.url, headers={**document.headers, "Content-Type": "text/html; charset=utf-8"})

    async def _create_browser_context(
        self, name: str, context_kwargs: dict[str, Any] | None, spider: Any = None
    ) -> Any:
        ours = {"service_workers": "block", "accept_downloads": False, "ignore_https_errors": True}
        return await super()._create_browser_context(name, {**(context_kwargs or {}), **ours}, spider)

    async def _create_page(self, request: Request, spider: Any) -> Page:
        page: Page = await super()._create_page(request, spider)
        await page.route_web_socket(re.compile(""), lambda socket: socket.close())
        await page.route("**", _Answers(self, request, self._documents[request]))
        request.meta["playwright_made_page"] = page
        return page

    def _make_request_handler(self, **_: Any) -> Any:
        """Scrapy-playwright's own handler lets the browser fetch; ours, set with the page, is asked instead."""

        async def pass_on(route: Route) -> None:
            await route.fallback()

        return pass_on

    async def answer(self, url: str, method: str, headers: dict[str, str], body: bytes | None, proxy: Any) -> Response:
        """What the web says to one of the page's requests, redirects followed; raises what the downloader raises."""
        for _ in range(_MOST_REDIRECTS + 1):
            self._rule.check_url(url)
            meta = {"proxy": proxy} if proxy else {}
            response = await self._fetch(Request(url, method=method, headers=headers, body=body or b"", meta=meta))
            location = response.headers.get("Location")
            if response.status not in _REDIRECTS or not location:
                return response.replace(body=unpacked(response, self._limit))
            url = urljoin(url, location.decode("latin-1"))
            method, body = ("GET", None) if response.status in (301, 302, 303) else (method, body)
        raise PageRefusedError("redirect", f"more than {_MOST_REDIRECTS} redirects")


class _Answers:
    """Answers for one page."""

    def __init__(self, browser: Browser, request: Request, document: Response) -> None:
        self._browser, self._request, self._document = browser, request, document
        self._served = False
        self._asked = 0

    async def __call__(self, route: Route) -> None:
        asked = route.request
        if not self._served and asked.is_navigation_request():
            self._served = True
            await self._fulfil(route, self._document)
            return
        self._asked += 1
        if asked.resource_type not in _NEEDED or self._asked > _MOST_REQUESTS:
            await self._refuse(route)
            return
        headers = {name: value for name, value in asked.headers.items() if name.lower() not in ("host", "cookie")}
        headers["accept-encoding"] = "gzip, deflate"
        try:
            proxy = self._request.meta.get("proxy")
            answer = await self._browser.answer(asked.url, asked.method, headers, asked.post_data_buffer, proxy)
        except AddressRefusedError as error:
            logger.warning("%s: its scripts asked for %s", self._request.url, error)
            self._browser.stats.inc_value("duikou/render_refused")
            await self._refuse(route)
        except Exception as error:  # whatever is wrong with a part, the page is built without it
            logger.debug("%s: its scripts asked for %s: %s", self._request.url, asked.url, error)
            await self._refuse(route)
        else:
            await self._fulfil(route, answer)

    async def _fulfil(self, route: Route, answer: Response) -> None:
        headers = {
            name.decode("latin-1"): b", ".join(values).decode("latin-1")
            for name, values in answer.headers.items()
            if name.decode("latin-1").lower() not in _OWN
        }
        with suppress(Error):  # the page may be gone by now
            await route.fulfill(status=answer.status, headers=headers, body=answer.body)

    async def _refuse(self, route: Route) -> None:
        with suppress(Error):
            await route.abort()
