"""Scrapy's scheduler for a shared run: what any crawler may do waits in Redis, what is in hand stays here."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Any, Self, TypeVar

from redis import Redis
from redis.exceptions import RedisError
from scrapy import Request, Spider, signals
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler
from scrapy.utils.defer import deferred_from_coro
from twisted.internet.defer import Deferred

from crawler.cluster.queues import RunQueue, is_shared, page_of
from crawler.dedup import canonical_url
from crawler.extensions.fleet import Fleet
from crawler.extensions.ledger import Ledger
from crawler.middlewares.archive import READ_AT, archive_folder
from crawler.store import StoreError, UrlRow

T = TypeVar("T")
logger = logging.getLogger(__name__)

_BATCH = 8
"""Requests taken from the queue at a time: few, so that all crawlers have work until the end."""

_SOON, _IDLE = 0.1, 0.5
"""Seconds between two looks at an empty queue: at first, so that no crawler waits long for work or for the run's end,
and at most; the queue is built anew when it was empty as long."""

_REBUILT = 2000
"""Requests put into an empty queue at a time."""


class FleetScheduler(BaseScheduler):
    """Redis says what comes next, the ledger whether it is still to be done: each page is leased before it is asked.

    Requests that go on with a page (retries, redirects, further parts) never leave their crawler. A queue that was
    lost, or a page whose crawler died, is put back from the ledger.
    """

    def __init__(self, crawler: Crawler) -> None:
        ledger, fleet = crawler.get_extension(Ledger), crawler.get_extension(Fleet)
        assert ledger is not None
        assert ledger.crew is not None
        assert fleet is not None
        self._crawler, self._ledger, self._crew, self._fleet = crawler, ledger, ledger.crew, fleet
        self._crew.flushed, self._crew.given_back = self._flushed, self._given_back
        self._crew.disowned = self._disowned
        self._archive: Path | None = archive_folder(crawler.settings)
        self._thread = ThreadPoolExecutor(1, "fleet")
        self._redis = Redis.from_url(crawler.settings["CLUSTER_URL"], socket_connect_timeout=5, socket_timeout=30)
        self._most = 2 * crawler.settings.getint("CONCURRENT_REQUESTS")
        self._queue: RunQueue | None = None
        self._here: deque[Request] = deque()
        self._leased: deque[Request] = deque()
        self._redirected: deque[Request] = deque()
        self._out: list[Request] = []
        self._again: list[Request] = []
        self._flushing = asyncio.Lock()
        self._wake = asyncio.Event()
        self._serving: asyncio.Task[None] | None = None
        self._empty_since: float | None = None
        self._nap_for = _SOON

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build as Scrapy does."""
        return cls(crawler)

    def open(self, spider: Spider) -> None:
        """Begin to serve when the run is joined."""
        self._spider: Any = spider
        self._serving = asyncio.create_task(self._serve())

    def close(self, reason: str) -> Deferred[None]:
        """Stop taking requests; what is leased is given back when the ledger leaves the run."""
        return deferred_from_coro(self._close())

    def has_pending_requests(self) -> bool:
        """Whether this crawler has, or may yet get, something to do."""
        if self._here or self._leased or self._redirected or self._out or self._again:
            return True
        return self._crew.joined.is_set() and not self._crew.over

    def enqueue_request(self, request: Request) -> bool:
        """Take a request in: for all crawlers, or to go on with what this one has in hand."""
        if not self._crew.joined.is_set():
            self._here.append(request)
        elif is_shared(request):
            self._out.append(request)
        elif "redirect_urls" in request.meta and not request.dont_filter:
            self._redirected.append(request)
        else:
            self._here.append(request)
        self._wake.set()
        return True

    def next_request(self) -> Request | None:
        """What goes on with a page in hand, then what was leased."""
        if self._here:
            return self._here.popleft()
        self._wake.set()
        return self._leased.popleft() if self._leased else None

    async def _serve(self) -> None:
        await self._crew.joined.wait()
        self._queue = RunQueue(self._redis, self._spider, self._crew.run_key)
        self._fleet.run = self._crew.run_key
        while not self._crew.over:
            try:
                idle = await self._turn()
            except StoreError as error:
                self._ledger.broken(error)
                return
            except (RedisError, OSError) as error:
                await asyncio.sleep(self._fleet.away(error))
                continue
            except Exception as error:  # whatever it is: a crawler that serves nothing must not look alive
                logger.exception("the shared queue cannot be served")
                self._ledger.stop("cluster", f"the shared queue cannot be served: {type(error).__name__}: {error}")
                return
            self._fleet.back()
            if not idle:
                await self._wake.wait()
            else:
                await self._nap()
            self._wake.clear()
        self._schedule()

    async def _turn(self) -> bool:
        """Do what is to be done; say whether there was nothing."""
        await self._sort_out()
        await self._flush()
        if not self._room():
            return False
        if await self._fetch():
            return False
        if self._in_hand():
            return True
        return await self._look()

    async def _sort_out(self) -> None:
        """Go on with redirects, but not to a page that the run asks for by itself."""
        while self._redirected:
            request = self._redirected.popleft()
            own = page_of(request) == canonical_url(request.url)
            if not own and await self._ledger.call(self._crew.taken, request.url):
                self._crawler.signals.send_catch_log(signals.request_dropped, request=request, spider=self._spider)
            else:
                self._here.append(request)
                self._schedule()

    async def _flush(self) -> None:
        """Queue what the spider asked for: in the ledger first, then in Redis."""
        async with self._flushing:  # the spider's start waits for its requests here too
            while self._out:
                given = self._out[:_REBUILT]
                wanted = [(r.cb_kwargs["requested"], r.meta["kind"], r.cb_kwargs.get("depth", 0)) for r in given]
                waiting = await self._ledger.call(self._crew.queue, wanted)
                del self._out[: len(given)]
                await self._offer([request for request in given if page_of(request) in waiting])
            if self._again:
                given, self._again = self._again, []
                await self._offer(given, again=True)

    async def _flushed(self) -> None:
        while self._out:
            try:
                await self._flush()
            except (RedisError, OSError) as error:  # they are in the ledger; the queue is built anew from it
                logger.debug("not queued in Redis: %s", error)

    async def _offer(self, given: Sequence[Request], *, again: bool = False) -> None:
        def push() -> list[Request]:
            assert self._queue is not None
            kept = self._queue.offer(given, again=again)
            self._queue.keep()
            return kept

        if given and (kept := await self._blocking(push)):
            await self._lease({page_of(request): request for request in kept})

    async def _fetch(self) -> bool:
        """Take a batch from the queue and lease it; say whether there was any."""
        taken = {page_of(request): request for request in await self._blocking(self._pop)}
        if not taken:
            return False
        self._empty_since, self._nap_for = None, _SOON
        await self._lease(taken)
        return True

    async def _lease(self, taken: Mapping[str, Request]) -> None:
        rows = await self._blocking(self._ledger.patience.call, self._crew.lease, list(taken))
        place = {url: place for place, url in enumerate(taken)}
        self._leased.extend(self._at_hand(taken[row.url], row) for row in sorted(rows, key=lambda row: place[row.url]))
        self._schedule()

    def _pop(self) -> list[Request]:
        assert self._queue is not None
        while True:
            taken, refused = self._queue.take(_BATCH)
            for error in refused:
                logger.error("CLUSTER_URL: no request of ours in the queue, left out: %s", error)
            if taken or not refused:
                return taken

    def _at_hand(self, request: Request, row: UrlRow) -> Request:
        """Have a page whose bytes a crawler had archived before it died read from there, if this machine has them."""
        place = row.archive
        if row.state == "archived" and place and self._archive and (self._archive / place.file).is_file():
            request.meta.update({READ_AT: place, "dont_obey_robotstxt": True})
        return request

    async def _look(self) -> bool:
        """With an empty queue and nothing in hand: is the run over, or the queue lost?"""
        if not self._crew.started:
            return True
        if self._empty_since is None:
            self._empty_since = monotonic()
            return True
        empty = monotonic() - self._empty_since
        if empty < _SOON:
            return True
        rows = await self._ledger.call(self._crew.look, _REBUILT)
        if rows and empty >= _IDLE and await self._alone():
            logger.info("%d pages that wait in the ledger are queued again", len(rows))
            self._given_back(rows)
            await self._flush()
            return False
        return True

    async def _alone(self) -> bool:
        """Whether the queue is still empty and no other crawler is about to fill it."""

        def ask() -> bool:
            assert self._queue is not None
            first = self._redis.set(f"{self._crew.run_key}:rebuilding", self._crew.name, nx=True, px=2000)
            return bool(first) and not len(self._queue)

        return await self._blocking(ask)

    def _given_back(self, rows: Sequence[UrlRow]) -> None:
        self._again.extend(self._spider.shared_request(row) for row in rows)
        self._wake.set()

    def _disowned(self) -> None:
        self._leased.clear()

    def _room(self) -> bool:
        return not self._crawler.engine.needs_backout() and self._in_hand() < self._most and not self._leased

    def _in_hand(self) -> int:
        """How many requests and pages are on their way through this crawler."""
        engine = self._crawler.engine
        slot = engine.scraper.slot
        pages = len(slot.queue) + len(slot.active) if slot is not None else 0
        return len(self._here) + len(self._leased) + len(self._redirected) + len(engine.downloader.active) + pages

    def _schedule(self) -> None:
        """Have the engine ask for requests now; Scrapy has no public way to say so, only its heartbeat."""
        slot = self._crawler.engine._slot
        if slot is not None and slot.closing is None:
            slot.nextcall.schedule()

    async def _nap(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), self._nap_for)
        self._nap_for = min(2 * self._nap_for, _IDLE)

    async def _blocking(self, function: Callable[..., T], *args: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, lambda: function(*args))

    async def _close(self) -> None:
        if self._serving is not None:
            self._serving.cancel()
            await asyncio.gather(self._serving, return_exceptions=True)
        try:
            if self._queue is not None:
                await self._hand_over(self._queue)
        except (StoreError, RedisError, OSError) as error:
            logger.warning("what is left in hand waits for the end of the lease: %s", error)
        finally:
            self._thread.shutdown()
            self._redis.close()

    async def _hand_over(self, queue: RunQueue) -> None:
        """Give back what was leased and not begun; of a run that is over nothing stays in Redis."""
        if self._crew.over:
            if self._crew.ends_run:
                await self._blocking(queue.forget)
            return
        self._given_back(await self._ledger.call(self._crew.release))
        await self._flush()
