"""Pages that Dask gave up, tried once more: by themselves, and not on a worker that is about to end."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

import pytest

from crawler.pool import PageLostError
from crawler.workers import _OVERTIME, _Cluster


@dataclass(frozen=True)
class Work:
    url: str


class KilledWorker(Exception):  # noqa: N818  # as Dask calls it
    """A scheduler says so of a page whose worker ended."""


@dataclass
class Scheduler:
    """A client of two workers: one hangs at ``slow`` and ends three looks after it said so, the other dies at once."""

    looks: int = 0
    handler: Any = None
    overtime: bool = False
    given: list[str] = field(default_factory=list)

    def subscribe_topic(self, topic: str, handler: Any) -> None:
        assert topic == _OVERTIME
        self.handler = handler

    async def nthreads(self) -> dict[str, int]:
        self.looks += self.overtime
        return {"b": 1} if self.looks > 3 else {"a": 1, "b": 1}

    def submit(self, function: Any, version: str, limit: float, task: Any, job: Work, *, pure: bool) -> Page:
        self.given.append(job.url)
        return Page(self, job.url, self.given.count(job.url) > 1)


@dataclass
class Page:
    scheduler: Scheduler
    key: str
    again: bool

    async def result(self) -> str:
        if self.key == "slow":
            await asyncio.sleep(0.05)
            self.scheduler.overtime = True
            self.scheduler.handler((0.0, (self.key, "a")))
            await asyncio.Event().wait()
        if not self.again or self.scheduler.looks <= 3:
            raise KilledWorker
        return "read"

    async def cancel(self) -> None: ...


def test_a_page_tried_by_itself_is_not_given_to_a_worker_that_is_ending_itself() -> None:
    async def main() -> list[Any]:
        cluster = _Cluster(Scheduler(), 3.0)
        growing = asyncio.ensure_future(cluster.grow())
        answers = await asyncio.gather(
            *(cluster.call(len, Work(name)) for name in ("slow", "x")), return_exceptions=True
        )
        growing.cancel()
        return answers

    slow, beside = asyncio.run(main())
    assert isinstance(slow, PageLostError)
    assert slow.stage == "time"
    assert beside == "read"


def test_a_page_that_kills_its_worker_by_itself_too_is_lost() -> None:
    async def main() -> None:
        cluster = _Cluster(Scheduler(), 3.0)
        growing = asyncio.ensure_future(cluster.grow())
        try:
            await cluster.call(len, Work("x"))
        finally:
            growing.cancel()

    with pytest.raises(PageLostError, match="the Dask workers that read it died"):
        asyncio.run(main())
