"""One pace per host for any number of crawlers: a slot clock in Redis, on top of each crawler's own politeness."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured, UsageError

from crawler.extensions.ledger import Ledger

if TYPE_CHECKING:
    from redis.asyncio import Redis

# The next free moment of a host moves on by one delay per request; Redis' own clock serves all machines. The key goes
# away by itself when nobody has asked for a while.
_TAKE_TURN = """
local now = redis.call('TIME')
local at = now[1] * 1000 + math.floor(now[2] / 1000)
local free = tonumber(redis.call('GET', KEYS[1]) or '0')
local turn = math.max(at, free)
redis.call('SET', KEYS[1], string.format('%d', turn + ARGV[1]), 'PX', turn - at + ARGV[1] + 60000)
return turn - at
"""


class FleetPace:
    """Wait for this host's next free moment; ``CLUSTER_URL`` names the Redis server, ``DOWNLOAD_DELAY`` the distance.

    Two crawlers, or two machines, that harvest one host at once ask it together no faster than one would.
    """

    def __init__(self, crawler: Crawler, redis: Redis, delay: float) -> None:
        self._crawler, self._redis = crawler, redis
        self._turn = redis.register_script(_TAKE_TURN)
        self._delay = max(1, round(delay * 1000))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build from the settings; without ``CLUSTER_URL`` or a delay there is nothing to keep."""
        url, delay = crawler.settings.get("CLUSTER_URL"), crawler.settings.getfloat("DOWNLOAD_DELAY")
        if not url or not delay:
            raise NotConfigured  # the usual case: without words, for Scrapy warns of them
        try:
            from redis.asyncio import Redis  # an extra: most crawls need no cluster
        except ImportError:
            raise UsageError("CLUSTER_URL needs Redis' client; pip install 'duikou[cluster]'") from None
        pace = cls(crawler, Redis.from_url(url), delay)
        crawler.signals.connect(pace._close, signals.spider_closed)
        return pace

    async def process_request(self, request: Request) -> None:
        """Hold the request back until its turn."""
        from redis.exceptions import RedisError

        try:
            wait = await self._turn(keys=[f"duikou:pace:{urlsplit(request.url).hostname}"], args=[self._delay])
        except RedisError as error:
            ledger = self._crawler.get_extension(Ledger)
            assert ledger is not None
            ledger.stop("cluster", f"CLUSTER_URL: Redis does not answer ({error}); start it or leave CLUSTER_URL empty")
            raise IgnoreRequest("no Redis") from error
        await asyncio.sleep(int(wait) / 1000)

    async def _close(self) -> None:
        await self._redis.aclose()
