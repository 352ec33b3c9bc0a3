"""One politeness for any number of crawlers: each host's turns, pauses and closings in a Redis server they share."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from time import monotonic
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit
from uuid import uuid4

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from crawler.exceptions import HostClosedError
from crawler.extensions.ledger import Ledger

if TYPE_CHECKING:
    from redis.asyncio import Redis

logger = logging.getLogger(__name__)

# Answers 0 and takes the turn, or says after how many milliseconds to ask again. A host's next free moment is one delay
# after the last turn; of turns before Redis was emptied nobody knows, so an unknown host waits a delay too. The delay
# is what the slowest crawler was throttled to: it rises at once and falls by halves, as AutoThrottle's own does. Who
# takes a turn holds one of the host's places until it gives it back, or dies and its time limit is over. Of a host that
# a crawler of the run has closed, the answer is why. Redis' own clock serves all machines.
_TAKE_TURN = """
local closed = KEYS[4] and redis.call('HGET', KEYS[4], ARGV[6])
if closed then return closed end
local now = redis.call('TIME')
local at = now[1] * 1000 + math.floor(now[2] / 1000)
local told, least, places, limit = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local pause = redis.call('PTTL', KEYS[3])
if pause > 0 then return pause end
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', at)
if places > 0 and redis.call('ZCARD', KEYS[2]) >= places then return 20 end
local free = tonumber(redis.call('HGET', KEYS[1], 'free'))
if least > 0 then
    if free == nil then
        redis.call('HSET', KEYS[1], 'free', at + told, 'delay', told)
        redis.call('PEXPIRE', KEYS[1], told + 3600000)
        return told
    end
    if free > at then return free - at end
    local delay = tonumber(redis.call('HGET', KEYS[1], 'delay') or told)
    if told < delay then told = math.max(least, math.floor((told + delay) / 2)) end
    redis.call('HSET', KEYS[1], 'free', at + told, 'delay', told)
    redis.call('PEXPIRE', KEYS[1], told + 3600000)
end
redis.call('ZADD', KEYS[2], at + limit, ARGV[5])
redis.call('PEXPIRE', KEYS[2], limit)
return 0
"""

_FIRST, _LONGEST = 0.25, 10.0


class Fleet:
    """The hosts as all crawlers together ask them; ``CLUSTER_URL`` names the Redis server.

    ``DOWNLOAD_DELAY`` (with AutoThrottle: the delay the slowest crawler has come to) lies between two requests to a
    host, and ``CONCURRENT_REQUESTS_PER_DOMAIN`` are on their way at most, from whatever machine. A pause or an end that
    one crawler's ``HostGuard`` finds due holds for all. While Redis is away nothing is asked, ``CLUSTER_PATIENCE``
    seconds at most; then the crawl ends.
    """

    def __init__(self, crawler: Crawler, redis: Redis) -> None:
        self._crawler = crawler
        self._redis: Any = redis  # whose types do not tell its asynchronous answers from the others
        settings = crawler.settings
        self._script: Any = redis.register_script(_TAKE_TURN)
        self._least = settings.getfloat("DOWNLOAD_DELAY")
        self._places = settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
        self._limit = round(settings.getfloat("DOWNLOAD_TIMEOUT") * 1000) + 1000
        self._patience = settings.getfloat("CLUSTER_PATIENCE")
        self._telling: set[asyncio.Future[Any]] = set()
        self._away_since: float | None = None
        self.run = ""
        """Prefix of the shared run's keys; empty for a crawl of its own, which closes hosts for itself only."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build from the settings; without ``CLUSTER_URL`` there is nothing to share."""
        if not (url := crawler.settings.get("CLUSTER_URL")):
            raise NotConfigured  # the usual case: without words, for Scrapy warns of them
        from redis.asyncio import Redis  # an extra, which the command has looked for

        fleet = cls(crawler, Redis.from_url(url, socket_connect_timeout=5, socket_timeout=30))
        crawler.signals.connect(fleet._close, signals.spider_closed)
        return fleet

    @asynccontextmanager
    async def turn(self, request: Request) -> AsyncIterator[None]:
        """Wait for the host's turn and hold one of its places; raises HostClosedError when the host was closed."""
        host, token = urlsplit(request.url).hostname or "", uuid4().hex
        while wait := await self._ask(host, request, token):
            await asyncio.sleep(min(wait, 1.0))
        try:
            yield
        finally:
            from redis.exceptions import RedisError

            with suppress(RedisError):  # the place is given back by its time limit
                await self._redis.zrem(f"duikou:busy:{host}", token)

    def pause(self, host: str, seconds: float) -> None:
        """Have nobody ask the host for so long."""
        self._tell(self._redis.set(f"duikou:pause:{host}", 1, px=max(1, round(seconds * 1000))))

    def close_host(self, host: str, why: str) -> None:
        """Have the host left alone by all crawlers of the run."""
        if self.run:
            self._tell(self._redis.hset(f"{self.run}:closed", host, why))

    async def _ask(self, host: str, request: Request, token: str) -> float:
        """Seconds until the host may be asked for a turn again; 0 when this request has it."""
        from redis.exceptions import RedisError

        ledger = self._ledger
        if not self._crawler.crawling or ledger.stopping:
            raise HostClosedError(f"{host}: the run ends while it was waited for")
        keys = [f"duikou:pace:{host}", f"duikou:busy:{host}", f"duikou:pause:{host}"]
        given: list[Any] = [
            round(self._delay(request) * 1000),
            round(self._least * 1000),
            self._places,
            self._limit,
            token,
        ]
        if self.run:
            keys.append(f"{self.run}:closed")
            given.append(host)
        try:
            answer = await self._script(keys=keys, args=given)
        except (RedisError, OSError) as error:
            return self.away(error)
        self.back()
        if isinstance(answer, bytes):
            raise HostClosedError(f"{host}: left alone in this run, as another crawler found it {answer.decode()}")
        return int(answer) / 1000

    async def sighted(self, given: Sequence[str]) -> set[str]:
        """Those of ``given`` that a list page of this run has named; none while Redis is away."""
        from redis.exceptions import RedisError

        try:
            found = await self._redis.smismember(f"{self.run}:sighted", list(given)) if given else []
        except (RedisError, OSError) as error:
            self.away(error)
            return set()
        return {url for url, there in zip(given, found, strict=True) if there}

    def sight(self, given: Sequence[str]) -> None:
        """Note that a list page of this run names them."""
        if given:
            self._tell(self._redis.sadd(f"{self.run}:sighted", *given))

    def back(self) -> None:
        """Redis answers."""
        if self._away_since is not None:
            logger.warning("Redis is back after %.0f s; going on", monotonic() - self._away_since)
            self._away_since = None

    def away(self, error: Exception) -> float:
        """Redis does not answer: say so once, and return the seconds until it is to be tried again.

        After ``CLUSTER_PATIENCE`` the crawl is ended.
        """
        if self._away_since is None:
            self._away_since = monotonic()
            logger.warning("CLUSTER_URL: Redis does not answer (%s); waiting, up to %.0f s", error, self._patience)
        waited = monotonic() - self._away_since
        if waited > self._patience:
            self._ledger.stop("cluster", f"CLUSTER_URL: no Redis for {waited:.0f} s; start it and crawl again")
        return min(_LONGEST, max(_FIRST, waited))

    def _delay(self, request: Request) -> float:
        slot = self._crawler.engine.downloader.slots.get(request.meta.get("download_slot", ""))
        return max(self._least, slot.delay if slot is not None and self._least else 0.0)

    def _tell(self, said: Coroutine[Any, Any, Any] | Any) -> None:
        task = asyncio.ensure_future(self._told(said))
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def _told(self, said: Any) -> None:
        from redis.exceptions import RedisError

        try:
            await said
        except (RedisError, OSError) as error:
            logger.warning("CLUSTER_URL: other crawlers were not told: %s", error)

    @property
    def _ledger(self) -> Ledger:
        ledger = self._crawler.get_extension(Ledger)
        assert ledger is not None
        return ledger

    async def _close(self) -> None:
        await asyncio.gather(*self._telling, return_exceptions=True)
        await self._redis.aclose()
