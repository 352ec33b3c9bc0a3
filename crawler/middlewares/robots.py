"""robots.txt by the standard (RFC 9309): a site that cannot say what it forbids is not asked for anything."""

from __future__ import annotations

import asyncio
import logging
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import RobotParser

from crawler.exceptions import PageRefusedError, RobotsUnreachableError


def _without_traceback(record: logging.LogRecord) -> bool:
    record.exc_info = record.exc_text = None
    return True


class RobotsPolicy(RobotsTxtMiddleware):
    """Scrapy's, with the standard's answer to a robots.txt that does not come (sections 2.3.1.3 and 2.3.1.4).

    After an error of server or network (5xx, 429, no answer), and Scrapy's retries of it, nothing of the site is asked
    for in this run: its pages count as lost, but not as tried, and the next run asks again. Another 4xx means that
    there is none: all is allowed. ``ROBOTSTXT_STRICT = False`` allows all in either case, as Scrapy itself does.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._strict = crawler.settings.getbool("ROBOTSTXT_STRICT")
        self._unreachable: dict[str, str] = {}
        self._turns: dict[str, asyncio.Lock] = {}
        # Scrapy adds forty lines of traceback where the cause is already in its line
        logging.getLogger(RobotsTxtMiddleware.__module__).addFilter(_without_traceback)

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """The site's rules, asked for by one request at a time.

        Of several that wait for Scrapy's own Deferred only the first is given the rules, the others None: all allowed.
        """
        async with self._turns.setdefault(urlsplit(request.url).netloc, asyncio.Lock()):
            return await super().robot_parser(request)

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Refuse what robots.txt forbids, and everything where it could not be had."""
        site = urlsplit(request.url)
        if cause := self._unreachable.get(site.netloc):
            raise RobotsUnreachableError(f"{site.scheme}://{site.netloc}/robots.txt cannot be had ({cause})")
        super().process_request_2(rp, request)

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if self._strict and (response.status >= 500 or response.status == 429):
            self._unreachable[netloc] = f"HTTP {response.status}"
        if not 200 <= response.status < 300:
            response = response.replace(body=b"")  # an error page holds no rules
        await super()._parse_robots(response, netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        # a broken answer is no answer; that an address is not asked at all is our own decision
        refused = isinstance(exc, PageRefusedError) and exc.lost and exc.stage != "address"
        if self._strict and (refused or not isinstance(exc, IgnoreRequest)):
            self._unreachable[netloc] = " ".join(str(exc).split()) or type(exc).__name__
        super()._robots_error(exc, netloc)
