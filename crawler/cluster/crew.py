"""One crawler's part in a run that several share: joining, keeping its leases, leaving, and ending the run if last."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from secrets import token_hex
from time import monotonic
from typing import Any

from scrapy.crawler import Crawler

from crawler.store import DatabaseAwayError, Store, StoreError, UrlRow, joint

logger = logging.getLogger(__name__)

LOOK = 0.1
"""Seconds between two looks at what others do: seeding, leaving."""


def is_shared(crawler: Crawler) -> bool:
    """Whether other crawlers may join this one's run: with ``CLUSTER_URL``, for spiders whose work can be shared."""
    return bool(crawler.settings.get("CLUSTER_URL")) and getattr(crawler.spidercls, "shareable", False)


class Crew:
    """What the run's ledger knows of this crawler and the others at the same run (``crawler.store.joint``).

    Methods that are no coroutines block and are called in a thread. ``CLUSTER_LEASE`` is how many seconds after its
    last sign of life a crawler counts as dead and its work is given to others.
    """

    def __init__(self, crawler: Crawler, figures: Callable[[], dict[str, Any]]) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}:{token_hex(4)}"
        self._seconds = crawler.settings.getfloat("CLUSTER_LEASE")
        self._crawler, self._figures = crawler, figures
        self._beating: asyncio.Task[None] | None = None
        self._steady_since = monotonic()
        self.joined = asyncio.Event()
        self.started = False
        """Whether this crawler has entered what the run begins with, or another one has."""
        self.over = False
        """Whether nothing of the run is left for anybody."""
        self.ends_run = False
        """Whether this crawler is the one to end the run."""
        self.flushed: Callable[[], Awaitable[None]]
        self.given_back: Callable[[list[UrlRow]], None]
        self.disowned: Callable[[], None]

    def join(self, store: Store, portal: str, arguments: Mapping[str, Any]) -> int | None:
        """Enter the run and return its number; None while it is being ended; raises ``joint.DoneMeanwhileError``."""
        self._store, self._portal = store, portal
        found = self._crawler.settings.get("CLUSTER_FOUND_DUE")
        due = datetime.fromisoformat(found) if found else None
        with store.write() as connection:
            entered = joint.join(connection, portal, arguments, self.name, self._seconds, sample=store.sample, due=due)
        if entered is None:
            return None
        self.member, begun = entered
        at = "begun" if begun else "joined"
        logger.info("%s: run %d %s as crawler %s", portal, self.member.run_id, at, self.name)
        return self.member.run_id

    @property
    def run_key(self) -> str:
        """Prefix of the run's keys in Redis, told apart from runs of other databases."""
        return f"duikou:{self._store.identity}:{self.member.run_id}"

    def start(self) -> None:
        """Begin to give signs of life; in the event loop."""
        self._beating = asyncio.create_task(self._beat())
        self.joined.set()

    def seed(self) -> joint.Seeding:
        """Ask to enter what the run begins with."""
        with self._store.write() as connection:
            return joint.seed(connection, self.member)

    def seeded(self) -> None:
        """Note that all of it is queued."""
        with self._store.write() as connection:
            joint.seeded(connection, self.member)

    def queue(self, given: Sequence[tuple[str, Any, int]]) -> set[str]:
        """Queue URLs with kind and depth; return, canonical, those that wait in the run."""
        with self._store.write() as connection:
            return joint.queue(connection, self.member, self._portal, given)

    def lease(self, pages: Sequence[str]) -> list[UrlRow]:
        """Take those of ``pages`` (canonical) that wait."""
        with self._store.touch() as connection:
            return joint.lease(connection, self.member, pages)

    def taken(self, url: str) -> bool:
        """Whether the run asks for ``url`` by itself, or has."""
        with self._store.read() as connection:
            return joint.taken(connection, self.member, url)

    def new_in_run(self, given: Sequence[str]) -> set[str]:
        """Those of ``given`` that this run was the first to find."""
        with self._store.read() as connection:
            return joint.new_in(connection, self.member, given)

    def look(self, most: int) -> list[UrlRow]:
        """Look at the run when this crawler has nothing in hand: leave to later runs what it holds all the same, note
        whether the run is over, else return what waits.
        """  # fmt: skip
        with self._store.touch() as connection:
            if dropped := joint.drop(connection, self.member):
                logger.info("%d pages are left to a later run", dropped)
            self.over = joint.is_over(connection, self.member)
            return [] if self.over else joint.waiting(connection, self.member, most)

    def close(self) -> bool:
        """Ask to end the run, when it is over or nobody else is left in it."""
        if not self.ends_run:
            with self._store.write() as connection:
                self.ends_run = joint.close(connection, self.member, over=self.over)
        return self.ends_run

    def others(self) -> int:
        """How many other living crawlers are in the run."""
        with self._store.read() as connection:
            return joint.others(connection, self.member)

    def figures(self) -> tuple[list[str], Counter[str]]:
        """Why each other crawler left, and their figures together."""
        with self._store.read() as connection:
            told = joint.figures(connection, self.member)
        return [reason for reason, _ in told if reason], together([counts for _, counts in told])

    def release(self) -> list[UrlRow]:
        """Give back what is held and return it."""
        with self._store.touch() as connection:
            return joint.release(connection, self.member)

    def leave(self, reason: str, counts: Mapping[str, Any]) -> None:
        """Leave the run, which others go on with."""
        with self._store.write() as connection:
            joint.leave(connection, self.member, reason, counts)

    def end(self, reason: str, counts: Mapping[str, Any]) -> None:
        """Enter the end of the run and leave it."""
        with self._store.write() as connection:
            joint.end(connection, self.member, reason, counts)

    def stop(self) -> None:
        """Give no more signs of life."""
        if self._beating is not None:
            self._beating.cancel()

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(self._seconds / 3)
            try:
                back, mine = await asyncio.to_thread(self._renew, self._figures())
            except DatabaseAwayError:
                self._steady_since = monotonic()  # others could give no sign either: nobody is dead for that
                continue
            except StoreError as error:
                logger.error("%s", error)
                continue
            if not mine:
                logger.warning("gave no sign of life for %g s: the pages in hand were given to others", self._seconds)
                self.disowned()
            if back:
                logger.warning("%d pages of crawlers that died are given back", len(back))
                self.given_back(back)

    def _renew(self, figures: Mapping[str, Any]) -> tuple[list[UrlRow], bool]:
        with self._store.touch() as connection:
            mine = joint.renew(connection, self.member, figures)
        if monotonic() - self._steady_since < self._seconds:
            return [], mine
        with self._store.touch() as connection:
            return joint.reap(connection, self.member), mine


def together(figures: Sequence[Mapping[str, Any]]) -> Counter[str]:
    """Figures of several crawlers as those of one: sums, but of memory the peak, of lengths the mean of the medians."""
    total: Counter[str] = Counter()
    for counts in figures:
        for name, value in counts.items():
            if isinstance(value, int | float) and not isinstance(value, bool):
                total[name] = max(total[name], int(value)) if name == "peak_mb" else total[name] + int(value)
    if judged := total["judged"]:
        total["text_median"] = sum(c.get("text_median", 0) * c.get("judged", 0) for c in figures) // judged
    return total
