"""Redirects followed a few steps, never in circles, and only to web addresses."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.downloadermiddlewares.offsite import OffsiteMiddleware
from scrapy.downloadermiddlewares.redirect import BaseRedirectMiddleware, MetaRefreshMiddleware, RedirectMiddleware
from scrapy.http import Response

from crawler.exceptions import PageRefusedError
from crawler.guard import visible_line
from crawler.middlewares.hosts import HostGuard

_HEAD = 4 * 4096  # bytes; Scrapy looks at 4,096 characters
_STATUSES = frozenset({301, 302, 303, 307, 308})


class _Bounded(BaseRedirectMiddleware):
    def _redirect(self, redirected: Request, request: Request, reason: Any) -> Request:
        before = [*request.meta.get("redirect_urls", []), request.url]
        # Scrapy's duplicate filter would drop the request that closes the circle without a word.
        if redirected.url in before:
            self._count(request)
            raise PageRefusedError("redirect", f"redirects in a circle of {len(before)}; the next run tries again")
        if len(before) > self.max_redirect_times:
            self._count(request)
            raise PageRefusedError("redirect", f"more than {self.max_redirect_times} redirects (REDIRECT_MAX_TIMES)")
        offsite, spider = self.crawler.get_downloader_middleware(OffsiteMiddleware), self.crawler.spider
        if offsite and spider and not request.dont_filter and not offsite.should_follow(redirected, spider):
            host = urlsplit(redirected.url).hostname
            raise PageRefusedError("offsite", f"leads to another site, {host}; skipped", lost=False, final=True)
        return super()._redirect(redirected, request, reason)

    def _count(self, request: Request) -> None:
        """A host that leads in circles fails to answer: often a wall that wants a cookie."""
        if (guard := self.crawler.get_downloader_middleware(HostGuard)) is not None:
            guard.trouble(request, "failed")


class BoundedRedirects(_Bounded, RedirectMiddleware):
    """HTTP redirects; the new request passes ``AddressGuard`` and the host's own limits like any other."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Follow, or refuse what leads out of the web."""
        try:
            result = super().process_response(request, response)
        except ValueError:  # an address that cannot even be asked for
            result = response
        location = response.headers.get("Location")
        handled = response.status in request.meta.get("handle_httpstatus_list", ())
        if result is response and location and response.status in _STATUSES and not handled:
            target = visible_line(location.decode("latin-1"))[:100]
            reason = f"leads to {target}, which is no web address"
            raise PageRefusedError("redirect", reason, final=True, status=response.status)
        return result


class BoundedRefreshes(_Bounded, MetaRefreshMiddleware):
    """Redirects that a page asks for in its head."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Look closer only where there may be one: Scrapy decodes and parses every page for it."""
        head = response.body[:_HEAD]
        if b"refresh" not in head.lower() and b"\0" not in head:  # null bytes: UTF-16
            return response
        return super().process_response(request, response)
