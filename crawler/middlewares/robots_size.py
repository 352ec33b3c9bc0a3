"""A robots.txt larger than any is cut, not refused: what is parsed of it still binds us (RFC 9309)."""

from __future__ import annotations

from typing import Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from scrapy.http import Response

from crawler.guard import trimmed


class RobotsSize:
    """Stop the download at ``ROBOTSTXT_MAXSIZE`` bytes (500 KiB at least), and trim what came of it."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._received: dict[Request, int] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build from the settings and listen to the bytes as they come."""
        middleware = cls(crawler.settings.getint("ROBOTSTXT_MAXSIZE"))
        crawler.signals.connect(middleware._count, signals.bytes_received)
        crawler.signals.connect(middleware._forget, signals.request_left_downloader)
        return middleware

    def process_request(self, request: Request) -> None:
        """Have no robots.txt refused for its size."""
        if is_robots(request):
            request.meta["download_maxsize"] = 0
            request.headers["Accept-Encoding"] = "identity"  # a cut stream could not be unpacked

    def process_response(self, request: Request, response: Response) -> Response:
        """Trim."""
        if not is_robots(request) or response.status != 200:
            return response
        return response.replace(body=trimmed(response.body, self._limit))

    def _count(self, data: bytes, request: Request) -> None:
        if not is_robots(request):
            return
        size = self._received[request] = self._received.get(request, 0) + len(data)
        if size > self._limit + 1:
            raise StopDownload(fail=False)

    def _forget(self, request: Request) -> None:
        self._received.pop(request, None)


def is_robots(request: Request) -> bool:
    """Whether the request is for a site's robots.txt."""
    return urlsplit(request.url).path == "/robots.txt"
