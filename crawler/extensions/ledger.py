"""The crawl's way to the store: opened once, called from the reactor without holding it up."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import partial
from tempfile import TemporaryDirectory
from typing import Any, Self, TypeVar

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from sqlalchemy import select

from crawler.cluster.crew import LOOK, Crew, is_shared, together
from crawler.dedup import canonical_url
from crawler.guard import CLOSINGS, visible_line
from crawler.store import DiskFullError, Saved, Store, StoreError, UrlRow, Validators
from crawler.store.grouping import Kind, StoreThread
from crawler.store.joint import DoneMeanwhileError
from crawler.store.ledger import stamp
from crawler.store.patience import Patience
from crawler.store.schema import articles, urls

T = TypeVar("T")
logger = logging.getLogger(__name__)

_EXAMPLES = 5


class Ledger:
    """One run of one spider in the store: what is known, what is left to do, how each URL went.

    Without ``DATABASE_URL`` the run keeps its books in a temporary file that goes with it. Calls run one after
    the other in one thread; those that queue up while it is busy share a transaction. With a server's database, what
    only reads and what books the archive has a thread of its own: it waits for no other crawler's save.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._settings = crawler.settings
        self._thread = self._aside = StoreThread()
        self._temporary: TemporaryDirectory[str] | None = None
        self._store: Store | None = None
        self._closing: asyncio.Future[None] | None = None
        self._at_close: list[Callable[[], None]] = []
        self._told_reason: str | None = None
        self._after_end: list[Callable[[], None]] = []
        self._others: Counter[str] = Counter()
        self.patience = Patience(
            self._settings.getfloat("CLUSTER_PATIENCE"), lambda: self.stopping or not crawler.crawling
        )
        self.crew = Crew(crawler, self.counts) if is_shared(crawler) else None
        """This crawler's part in a run that several share, if it does."""
        self.examples: dict[str, list[str]] = {}
        self.portal = ""
        self.run_id = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build from Scrapy's settings and close with the spider."""
        ledger = cls(crawler)
        crawler.signals.connect(ledger._close, signals.spider_closed)
        return ledger

    async def open(self, portal: str, arguments: dict[str, Any]) -> None:
        """Open the store and enter the run; raises StoreError with one clear line.

        A shared run that is not to be begun any more: DoneMeanwhileError, and the books stay closed.
        """
        self.portal = portal
        try:
            self._store = await self._run(self._opened)
            self._thread.use(self._store)
            if self._store.serves_many:
                self._aside = StoreThread("books")  # what waits for no other crawler's save
                self._aside.use(self._store)
            if self.crew is None:
                self.run_id = await self._run(self._store.begin_run, portal, arguments)
            else:
                self.run_id = await self._joined(self.crew, portal, arguments)
                self.crew.start()
        except DiskFullError:
            self.count("disk_full")
            raise
        except DoneMeanwhileError:
            store, self._store = self.store, None
            await self._run(store.close)
            raise

    async def _joined(self, crew: Crew, portal: str, arguments: dict[str, Any]) -> int:
        """Enter the shared run; one that another crawler is ending is waited for: it finishes, or is gone on with."""
        while self._crawler.crawling:
            run: int | None = await self._run(crew.join, self._store, portal, arguments)
            if run is not None:
                return run
            await asyncio.sleep(LOOK)
        raise DoneMeanwhileError(f"{portal}: told to stop while its run was being ended")

    @property
    def is_open(self) -> bool:
        """Whether this crawl keeps books at all; checks (``scrapy check``, ``portals --check``) do not."""
        return self._store is not None

    @property
    def stopping(self) -> bool:
        """Whether the crawl ends for want of something it needs."""
        return self._closing is not None

    @property
    def store(self) -> Store:
        """The open store; for calls that the methods here do not cover."""
        if self._store is None:
            raise StoreError("the ledger is not open yet")
        return self._store

    async def call(self, method: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Run one of the store's methods in its thread, by itself."""
        return await self._run(method, *args, **kwargs)

    async def look(self, method: Callable[..., T], *args: Any) -> T:
        """Run a method that only reads, in one transaction with others that wait."""
        result: T = await self._aside.submit("read", partial(self.patience.call, method, *args))
        return result

    async def write(self, method: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Run a method that writes, in one transaction with others that wait; it is committed when this returns."""
        return await self._submitted("write", method, *args, **kwargs)

    async def write_after(self, first: Callable[[], T], flush: Callable[[], None], book: Callable[[T], None]) -> T:
        """Do ``first``, then ``flush`` once for all that wait, then ``book`` what came of it; committed on return.

        Each may be done again: what ``first`` leaves standing must be the last thing it does. A server's database is
        not kept waiting for the one writer: ``book`` writes nothing that clustering hangs on.
        """

        def booked(made: T) -> T:
            book(made)
            return made

        patiently = partial(self.patience.call, booked)
        made: T = await self._aside.submit("book", patiently, partial(self.patience.call, first), flush)
        return made

    async def seeds(self) -> bool:
        """Whether this crawler is to enter what the run begins with; waits while another one is at it."""
        while self.crew is not None and self._crawler.crawling:
            match await self._call(self.crew.seed):
                case "mine":
                    return True
                case "done":
                    self.crew.started = True
                    return False
                case _:
                    await asyncio.sleep(LOOK)
        return self.crew is None

    async def seeded(self) -> None:
        """All that the run begins with was asked for."""
        if self.crew is not None:
            await self.crew.flushed()
            await self._call(self.crew.seeded)
            self.crew.started = True

    @property
    def ends_run(self) -> bool:
        """Whether what belongs to the end of a run is this crawler's to do; known when it closes."""
        return self.crew is None or self.crew.ends_run

    async def settles(self) -> bool:
        """Whether this crawler does the last work of its run, when all its pages are stored."""
        if self.crew is None:
            return True
        return self.crew.over and await self._call(self.crew.close)

    async def pending(self) -> list[UrlRow]:
        """What interrupted runs left to do, list pages first."""
        return await self._call(self.store.pending, self.portal, 1_000_000)

    async def known(self, given: Iterable[str]) -> set[str]:
        """Those of the URLs that the ledger holds, in any state."""
        return await self._told(self.look(self.store.known, list(given)))

    async def found(
        self, list_url: str | None, found: list[str], next_lists: list[str], asked: Iterable[Request] = ()
    ) -> None:
        """Record a list page with all it named, in one transaction, before any of it is requested.

        In a shared run the requests ``asked`` for are queued for all crawlers by the same transaction.
        """
        queued = [request.cb_kwargs["requested"] for request in asked] if self.crew is not None else []
        await self._write(self.store.found, self.portal, list_url, found, next_lists, self.run_id, queued)

    async def due(self, given: Iterable[str] | None = None) -> list[tuple[str, Validators, str | None]]:
        """Stored articles to look at again, as (URL, validators, hash of the bytes), none twice in REVISIT_AFTER hours.

        Of ``given``; without it the newest REVISIT_LIMIT of those first stored in the last REVISIT_DAYS days.
        """
        asked = None if given is None else [canonical_url(u) for u in given]
        return await self._told(self.look(self._due, asked))

    async def unchanged(self, url: str) -> None:
        """The server said 304, or sent the same bytes."""
        await self._write(self.store.mark_unchanged, url)
        self.count("unchanged")

    async def gone(self, url: str, status: int) -> None:
        """The server has the page no longer."""
        if await self._write(self.store.mark_gone, url, status, run_id=self.run_id):
            logger.info("%s: gone (HTTP %d); the stored article is kept and marked", url, status)
            self.count("gone")
        else:
            self.count("dead_links")

    async def skipped(self, url: str, stage: str, reason: str) -> None:
        """The page is not for us (robots.txt, not a web page); never asked for again."""
        reason = visible_line(reason)  # it may quote what a server sent
        logger.info("%s: %s", url, reason)
        await self._write(self.store.mark_failed, url, stage, reason, final=True)
        self.count(f"skipped/{stage}")

    def moved(self, url: str, target: str) -> None:
        """The page leads to another one of this run; entered without waiting, as signals are sent."""
        logger.info("%s: leads to %s, which this run asks for anyway", url, target)
        told = f"leads to {target}"
        entering = partial(self.patience.call, self.store.mark_failed, url, "moved", told, final=True)
        self._thread.submit("write", entering).add_done_callback(_heeded)
        self.count("skipped/moved")

    async def lost(self, url: str, stage: str, reason: str, *, status: int | None = None, final: bool = False) -> None:
        """The page could not be had or read: one line, an entry in the ledger, and a non-zero exit status."""
        reason = visible_line(reason)
        logger.error("%s: %s", url, reason)
        self.count("lost")
        self.count(f"lost/{stage}")
        self.example(f"lost/{stage}", url)
        if self._store is not None:
            await self._write(self._store.mark_failed, url, stage, reason, status=status, final=final)

    def count(self, name: str, value: int = 1) -> None:
        """Add to the run's figures (Scrapy stats ``duikou/NAME``)."""
        self._crawler.stats.inc_value(f"duikou/{name}", value)

    def broken(self, error: StoreError) -> None:
        """The database failed: say so once and end the crawl; what was not stored stays in the ledger."""
        self.stop(_reason(error), str(error))

    def stop(self, reason: str, message: str) -> None:
        """End the crawl cleanly for want of something it needs; what is not stored stays in the ledger."""
        self.count("lost")
        if reason == "disk":
            self.count("disk_full")
        if self._closing is None:
            logger.error("%s", message)
            self._closing = asyncio.ensure_future(self._crawler.engine.close_spider_async(reason=reason))

    def example(self, name: str, url: str) -> None:
        """Keep the address of a page that was counted under ``name``, a few for each."""
        if len(kept := self.examples.setdefault(name, [])) < _EXAMPLES:
            kept.append(url)

    def after_end(self, action: Callable[[], None]) -> None:
        """Run ``action`` in the store's thread when the run's end is entered; the store is still open."""
        self._after_end.append(action)

    def ends_as(self, reason: str, message: str) -> None:
        """Let the crawl run out, and have it entered as ended for ``reason``: its site gives no more in this run."""
        self.count("lost")
        logger.error("%s", message)
        self._told_reason = self._told_reason or reason

    def at_close(self, action: Callable[[], None]) -> None:
        """Run ``action`` in the store's thread when the run ends, before the store closes."""
        self._at_close.append(action)

    def saved(self, saved: Saved) -> None:
        """Count what saving a record came to."""
        self.count(saved.outcome)
        self.count("new_events", len(saved.new_events))

    def counts(self) -> dict[str, Any]:
        """The run's figures so far, and what its monitors found; at its end those of all its crawlers."""
        stats = self._crawler.stats.get_stats()
        own = {k.removeprefix("duikou/"): v for k, v in sorted(stats.items()) if k.startswith("duikou/")}
        return own | together([self._others, own]) if self._others else own

    async def _call(self, method: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        return await self._told(self._run(method, *args, **kwargs))

    async def _write(self, method: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        return await self._told(self.write(method, *args, **kwargs))

    async def _told(self, call: Awaitable[T]) -> T:
        """A call for the spider: when the database fails, that ends the crawl and not just one page."""
        try:
            return await call
        except StoreError as error:
            self.broken(error)
            raise CloseSpider(_reason(error)) from error

    async def _run(self, method: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        return await self._submitted("alone", method, *args, **kwargs)

    async def _submitted(self, kind: Kind, method: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        result: T = await self._thread.submit(kind, partial(self.patience.call, method, *args, **kwargs))
        return result

    def _opened(self) -> Store:
        url = self._settings["DATABASE_URL"]
        if not url:
            self._temporary = TemporaryDirectory(prefix="duikou-")
            url = f"sqlite:///{self._temporary.name}/run.sqlite"
        return Store(url, sample=self._settings.getbool("SAMPLE"))

    def _due(self, given: list[str] | None) -> list[tuple[str, Validators, str | None]]:
        now = datetime.now(UTC)
        last = stamp(now - timedelta(hours=self._settings.getfloat("REVISIT_AFTER")))
        query = select(urls.c.found_url, urls.c.etag, urls.c.last_modified, urls.c.content_hash).where(
            urls.c.portal == self.portal,
            urls.c.kind == "article",
            urls.c.state == "stored",
            urls.c.redirected_to.is_(None),
            urls.c.fetched_at <= last,
        )
        if given is not None:
            query = query.where(urls.c.url.in_(given))
        else:
            first = stamp(now - timedelta(days=self._settings.getfloat("REVISIT_DAYS")))
            query = (
                query.join(articles, articles.c.article_id == urls.c.article_id)
                .where(articles.c.first_seen >= first)
                .order_by(articles.c.first_seen.desc(), urls.c.position)
                .limit(self._settings.getint("REVISIT_LIMIT"))
            )
        with self.store.read() as connection:
            return [(row[0], Validators(row[1], row[2]), row[3]) for row in connection.execute(query)]

    async def _close(self, spider: Spider, reason: str) -> None:
        try:
            if self._store is not None:
                if reason == "finished" and self._told_reason:
                    reason = self._told_reason
                reason = await self._await_others(reason)
                for action in self._at_close:
                    await self._run(action)
                await self._enter_end(reason)
                if self.ends_run:
                    for action in self._after_end:
                        await self._run(action)
                await self._run(self._store.close)
        except StoreError as error:
            logger.error("%s", error)
            self.count("lost")
            if isinstance(error, DiskFullError):
                self.count("disk_full")
        finally:
            if self.crew is not None:
                self.crew.stop()
            self._thread.close()
            self._aside.close()
            if self._temporary is not None:
                self._temporary.cleanup()

    async def _await_others(self, reason: str) -> str:
        """The crawler that ends a shared run lets the others leave first, and takes over what they have to tell."""
        if self.crew is None or not await self._run(self.crew.close):
            return reason
        while await self._run(self.crew.others):
            await asyncio.sleep(LOOK)
        reasons, self._others = await self._run(self.crew.figures)
        return next((told for told in (reason, *reasons) if told in CLOSINGS), reason)

    async def _enter_end(self, reason: str) -> None:
        if self.crew is None:
            await self._run(self.store.end_run, self.run_id, reason, self.counts())
        elif self.ends_run:
            await self._run(self.crew.end, reason, self.counts())
        else:
            await self._run(self.crew.leave, reason, self.counts())


def _heeded(entering: asyncio.Future[Any]) -> None:
    """Nobody waits for it: a database that fails is seen by the calls that are waited for."""
    if not entering.cancelled():
        entering.exception()


def _reason(error: StoreError) -> str:
    """Why the crawl ends, as Scrapy's finish reason."""
    return "disk" if isinstance(error, DiskFullError) else "database"
