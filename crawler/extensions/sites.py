"""What the crawl learns of its sites: a profile per host for the reader, settled at the end of the run."""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import Self

from scrapy.crawler import Crawler

from crawler.archive import ArchiveError
from crawler.extensions.ledger import Ledger
from crawler.middlewares.archive import archive_folder
from crawler.model import Record
from crawler.pool import PageLostError, RecipePool
from crawler.reading import PageSketch, ReadingError, SiteLearner, SiteProfile
from crawler.reading.profile import host_of
from crawler.replay import read_capture
from crawler.store import ForgottenError
from crawler.store.profiles import Unsettled

logger = logging.getLogger(__name__)

_BATCH = 32  # pages read again side by side
_LOOK = 2.0  # seconds for which what others may have learnt is left out


class Sites:
    """Profiles of the hosts met in this run, as the articles stored so far (of earlier runs too) make them.

    A page read before the profile had settled is read again from the archive when the run ends, so what the database
    holds depends on the articles and not on their order. Without an archive they stay as they were read.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._folder: Path | None = archive_folder(crawler.settings)
        self._learners: dict[str, asyncio.Future[SiteLearner]] = {}
        self._profiles: dict[str, tuple[SiteProfile, str | None]] = {}
        self._looked: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build as Scrapy does."""
        return cls(crawler)

    @property
    def _ledger(self) -> Ledger:
        ledger = self._crawler.get_extension(Ledger)
        assert ledger is not None, "the Ledger extension is switched off; leave it in EXTENSIONS"
        return ledger

    async def profile(self, url: str) -> tuple[SiteProfile | None, str | None]:
        """What is known by now of the page's host, and its version; None when the crawl keeps no books."""
        if not self._ledger.is_open:
            return None, None
        host = host_of(url)
        self._refresh(host)
        if host not in self._profiles:
            learner = await self._learner(host)
            if host not in self._profiles:
                profile = learner.profile()
                self._profiles[host] = profile, profile.version  # hashed once, not for every page
        return self._profiles[host]

    async def learn(self, sketch: PageSketch) -> None:
        """Take in a page that was stored."""
        (await self._learner(sketch.host)).add(sketch)
        self._profiles.pop(sketch.host, None)

    async def settle(self, pool: RecipePool) -> None:
        """Read again what was read with another profile than its site has now, unless the crawl was interrupted."""
        ledger = self._ledger
        if self._folder is None or not ledger.is_open or ledger.stopping or not self._crawler.crawling:
            return
        if not await ledger.settles():
            return
        for host in await ledger.call(ledger.store.hosts_unsettled):
            learner = await ledger.call(ledger.store.learner, host)
            profile = learner.profile()
            found = await ledger.call(ledger.store.unsettled, host, profile.version)
            pages = iter(found)
            elsewhere = False
            while batch := list(islice(pages, _BATCH)):
                if not self._crawler.crawling:
                    return
                here = [page for page in batch if self._is_here(page)]
                elsewhere = elsewhere or len(here) < len(batch)
                await self._read_again(pool, here, profile)
            if elsewhere:
                logger.warning("%s: pages whose bytes lie on another machine are left to a run that ends there", host)
                continue
            await ledger.call(ledger.store.settled, host, profile.version, {page.article_id for page in found})

    async def _read_again(self, pool: RecipePool, pages: list[Unsettled], profile: SiteProfile) -> None:
        """Read a batch side by side, write it in order."""
        ledger = self._ledger
        reading = [asyncio.ensure_future(self._record(pool, page, profile)) for page in pages]
        writing = []
        for page, task in zip(pages, reading, strict=True):
            try:
                record = await task
            except (ArchiveError, ReadingError, PageLostError) as error:
                logger.warning("not read again: %s", error)
                continue
            settling = ledger.write(ledger.store.settle, page, record, profile.version, ledger.run_id)
            writing.append(asyncio.ensure_future(settling))
        for done in await asyncio.gather(*writing, return_exceptions=True):
            if isinstance(done, ForgottenError):
                logger.info("not read again: %s", done)
            elif isinstance(done, BaseException):
                raise done
            else:
                ledger.count("read_again")
                ledger.count("settled", int(done))

    def _is_here(self, page: Unsettled) -> bool:
        """Whether this machine has the bytes; alone it has, and what it lacks is named when it is read."""
        folder, file = self._folder, page.capture.location.file
        return self._ledger.crew is None or folder is None or (folder / file).exists()

    async def _record(self, pool: RecipePool, page: Unsettled, profile: SiteProfile) -> Record:
        assert self._folder is not None
        parts = await self._ledger.call(self._ledger.store.parts_of, page.capture)
        return await pool.run(await self._ledger.call(read_capture, self._folder, page.capture, parts), profile)

    def _refresh(self, host: str) -> None:
        """In a shared run others learn of the host too: now and then look at what the store knows by now.

        Nobody waits for it: pages are read as before until it is there.
        """
        if self._ledger.crew is not None and monotonic() - self._looked.get(host, 0.0) > _LOOK:
            self._looked[host] = monotonic()
            if host in self._learners:
                asked = asyncio.ensure_future(self._ledger.call(self._ledger.store.learner, host))
                asked.add_done_callback(partial(self._renewed, host))

    def _renewed(self, host: str, asked: asyncio.Future[SiteLearner]) -> None:
        if not asked.cancelled() and asked.exception() is None:  # else the next call that is waited for tells of it
            self._learners[host] = asked
            self._profiles.pop(host, None)

    def _learner(self, host: str) -> asyncio.Future[SiteLearner]:
        if host not in self._learners:
            self._learners[host] = asyncio.ensure_future(self._ledger.call(self._ledger.store.learner, host))
        return self._learners[host]
