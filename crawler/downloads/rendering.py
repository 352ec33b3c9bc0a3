"""Pages that only a browser can build, for portals that declare ``render``; all others go the plain way."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Response

from crawler.downloads.guarded import GuardedHandler
from crawler.exceptions import PageRefusedError
from crawler.guard import InflateError, inflate

if TYPE_CHECKING:
    from crawler.downloads.browser import Browser

RENDER = "playwright"
"""Key of ``request.meta``: build the page in a browser (the key that scrapy-playwright reads)."""


class RenderingHandler(GuardedHandler):
    """Fetch as :class:`GuardedHandler` does; a page asked for with ``meta["playwright"]`` is then built by Chromium.

    The page itself is fetched first, without the browser: redirects, errors and pages that are not HTML come back as
    they are, for the middlewares to deal with. ``DOWNLOAD_TIMEOUT`` limits fetching and building each.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._crawler = crawler
        self._browser: Browser | None = None
        self._starting = asyncio.Lock()

    async def download_request(self, request: Request) -> Response:
        """Fetch, and build if asked to."""
        plain = await super().download_request(request)
        if not request.meta.get(RENDER) or plain.status != 200 or not _is_html(plain):
            return plain
        limit = self._default_maxsize
        document = plain.replace(body=unpacked(plain, limit))
        browser = await self._started()
        seconds = request.meta.get("download_timeout") or self._crawler.settings.getfloat("DOWNLOAD_TIMEOUT")
        try:
            async with asyncio.timeout(seconds):
                built = await browser.build(request, document)
        except TimeoutError:
            raise DownloadTimeoutError(f"building {request.url} took longer than {seconds:g} seconds") from None
        if len(built.body) > limit:
            raise PageRefusedError("size", f"grew to more than {limit / 2**20:g} MB in the browser", final=True)
        return built

    async def close(self) -> None:
        """End the browser with the crawl."""
        await super().close()
        if self._browser is not None:
            await self._browser.close()

    async def _started(self) -> Browser:
        async with self._starting:
            if self._browser is None:
                from crawler.downloads.browser import Browser  # an extra: most crawls need no browser

                browser = Browser(self._crawler, super().download_request)
                await browser.launch()
                self._browser = browser
        return self._browser


def unpacked(response: Response, limit: int) -> bytes:
    """The body without its Content-Encoding; raises PageRefusedError for what cannot be unpacked within ``limit``."""
    body = response.body
    codings = (response.headers.get("Content-Encoding") or b"").decode("latin-1").lower()
    for coding in reversed([part.strip() for part in codings.split(",") if part.strip() not in ("", "identity")]):
        try:
            body = inflate(body, coding, limit)
        except InflateError as error:
            raise PageRefusedError("fetch", f"{error}; the next run tries again") from error
        except KeyError:
            raise PageRefusedError("fetch", f"packed by {coding[:20]!r}, which was not asked for") from None
    return body


def _is_html(response: Response) -> bool:
    return b"html" in (response.headers.get("Content-Type") or b"html").lower()
