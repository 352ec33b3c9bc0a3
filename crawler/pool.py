"""The recipe off the event loop: worker processes with a time limit per page and back-pressure.

A worker that dies or hangs is replaced and only its own page is lost to the caller, as :class:`PageLostError`.
Workers are forked from a server process that has the tables loaded, so replacing one is cheap; nothing is started
before the first page, or before :meth:`RecipePool.start` says that one is on its way.
"""

from __future__ import annotations

import asyncio
import fcntl
import itertools
import sys
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TaskTimeout
from contextlib import asynccontextmanager, suppress
from functools import partial
from importlib.machinery import ModuleSpec
from math import ceil
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from typing import Any, NamedTuple, Protocol, TypeVar

from pebble import ProcessExpired, ProcessPool

from crawler.archive import ArchiveError
from crawler.guard import one_line
from crawler.haste import haste
from crawler.model import Page, Record
from crawler.reading import ReadingError, SiteProfile, reset_caches
from crawler.reading.caches import RESET_EVERY
from crawler.recipe import Learnt, recipe, recipe_and_sketch

Task = Callable[..., Record]
T = TypeVar("T")


class Job(Protocol):
    """What a worker is given; it pickles, and has an address to be named by when it is lost."""

    @property
    def url(self) -> str:
        """The name of the work in messages."""
        ...


J = TypeVar("J", bound=Job)

#: Where more pages wait than tasks may be begun, a task carries so many at most: locks, wakes and pipes are per task.
_TOGETHER = 4

#: A worker is retired after so many tasks, 2000 pages at most: bounds what lxml and the parsers' caches hold.
_TASKS_PER_WORKER = 500

#: Bytes a pipe to or from the workers takes in: whole pages, or a worker waits for the program's busy main thread.
_PIPE_BYTES = 1 << 20

#: Seconds a page read inline may keep other threads from running: a save of thirty statements waits as often.
_TURN = 0.0005


class PageLostError(Exception):
    """A page no record could be made of; ``stage`` says where it broke (read, time, worker), ``cause`` how."""

    def __init__(self, url: str, stage: str, cause: str) -> None:
        super().__init__(url, stage, cause)
        self.url, self.stage, self.cause = url, stage, cause

    def __str__(self) -> str:
        return f"{self.url}: {self.stage}: {self.cause}"


Answer = tuple[Any, BaseException | None]
"""What came of a call, or what it raised."""


class Call(NamedTuple):
    """A page in line, and who waits for it."""

    waiting: asyncio.Future[Any]
    url: str
    work: tuple[Any, ...]

    def tell(self, result: Any, error: BaseException | None) -> None:
        """Tell who waits, if anybody still does."""
        if self.waiting.done():
            return
        if error is None:
            self.waiting.set_result(result)
        else:
            self.waiting.set_exception(error)


class RecipePool:
    """Runs the recipe for an asyncio program; ``width`` pages, two tasks a worker, are in flight, later callers wait.

    A task whose worker dies or hangs with several pages is tried again page by page: only the guilty one is lost.
    ``workers=0`` runs it in one thread of this process (no time limit). ``time_limit`` is seconds per page;
    ``keep_private`` leaves names of beneficiaries and pupils as they are.
    """

    def __init__(
        self, workers: int, *, time_limit: float = 30.0, task: Task = recipe, keep_private: bool = False
    ) -> None:
        self._task = partial(task, keep_private=True) if keep_private else task
        self._learn = partial(recipe_and_sketch, keep_private=True) if keep_private else recipe_and_sketch
        self._time_limit = time_limit
        self.width = 2 * workers * _TOGETHER or 1
        self._slots = asyncio.Semaphore(self.width)
        self._processes = _processes(workers) if workers else None
        self._line: deque[Call] = deque()
        self._free = 2 * workers  # tasks that may be begun
        self._thread = None if workers else ThreadPoolExecutor(1, "recipe")
        if not workers:
            sys.setswitchinterval(_TURN)
        self._started: asyncio.Future[None] | None = None

    def start(self) -> None:
        """Have the workers started while the first page is still on its way; to be called in the event loop."""
        if self._processes is not None and self._started is None:
            self._started = asyncio.get_running_loop().run_in_executor(None, _awaken, self._processes)

    async def run(self, page: Page, profile: SiteProfile | None = None) -> Record:
        """The record of ``page``.

        Raises :class:`crawler.reading.ReadingError` for a page that holds nothing to read and
        :class:`PageLostError` for one that broke, outlasted the limit or killed its worker.
        """
        return await self._run(self._task, page, profile)

    async def learn(self, page: Page, profile: Callable[[], Awaitable[SiteProfile | None]]) -> Learnt:
        """The record of ``page``, and its sketch if the site can still learn from it; raises as :meth:`run` does.

        ``profile`` is asked when the page's turn has come: while it waited, its site may have become known.
        """
        async with self._turn():
            return await self._done(self._learn, page, await profile())

    async def call(self, task: Callable[[J], T], job: J) -> T:
        """What ``task`` makes of ``job``; an ArchiveError passes too, all else raises as in :meth:`run`."""
        return await self._run(task, job)

    async def _run(self, task: Callable[..., T], job: Job, *more: object) -> T:
        async with self._turn():
            return await self._done(task, job, *more)

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """Wait for one of the places in flight."""
        self.start()
        if self._started is not None:
            await asyncio.shield(self._started)
        async with self._slots:
            yield

    async def _done(self, task: Callable[..., T], job: Job, *more: object) -> T:
        if self._thread is not None:
            return await asyncio.wrap_future(self._thread.submit(_giving_way, task, job, *more))
        loop = asyncio.get_running_loop()
        call = Call(loop.create_future(), job.url, (task, job, *more))
        self._line.append(call)
        loop.call_soon(self._send)  # pages whose turn comes at the same time stand in line first
        result: T = await call.waiting
        return result

    def _send(self) -> None:
        """Share what is in line among the tasks that may be begun."""
        while self._line and self._free > 0:
            count = min(_TOGETHER, ceil(len(self._line) / self._free))
            self._begin([self._line.popleft() for _ in range(count)])

    def _begin(self, calls: list[Call]) -> None:
        assert self._processes is not None
        work = [call.work for call in calls]
        try:
            scheduled = self._processes.schedule(answers, args=(work,), timeout=self._time_limit)
        except RuntimeError as error:  # the pool is closed: nobody must wait for ever
            for call in calls:
                call.tell(None, error)
            return
        self._free -= 1
        asyncio.wrap_future(scheduled).add_done_callback(partial(self._ended, calls))

    def _ended(self, calls: list[Call], task: asyncio.Future[list[Answer]]) -> None:
        self._free += 1
        if task.cancelled():  # the pool is closed
            for call in (*calls, *self._line):
                call.waiting.cancel()
            return
        error = task.exception()
        if error is None:
            for call, answer in zip(calls, task.result(), strict=True):
                call.tell(*answer)
        elif len(calls) == 1:
            calls[0].tell(None, self._lost(calls[0].url, error))
        else:
            for call in calls:
                self._begin([call])
        self._send()

    def _lost(self, url: str, error: BaseException) -> BaseException:
        match error:
            case TaskTimeout():
                return PageLostError(url, "time", f"not read within {self._time_limit:g} s")
            case ProcessExpired():
                return PageLostError(url, "worker", f"the worker process died (exit code {error.exitcode})")
        return error

    def close(self) -> None:
        """Stop the workers; pages still in flight are dropped."""
        if self._processes is not None:
            self._processes.stop()  # type: ignore[no-untyped-call]  # pebble types its pool in part
            self._processes.join()
        if self._thread is not None:
            self._thread.shutdown(cancel_futures=True)


_shared: dict[tuple[int, float, bool], RecipePool] = {}
_users: dict[RecipePool, int] = {}


def share(workers: int, time_limit: float, *, keep_private: bool = False) -> RecipePool:
    """The process's one pool of this kind, made at the first call; give it back with :func:`release`."""
    kind = (workers, time_limit, keep_private)
    if kind not in _shared:
        _shared[kind] = RecipePool(workers, time_limit=time_limit, keep_private=keep_private)
    pool = _shared[kind]
    _users[pool] = _users.get(pool, 0) + 1
    return pool


def release(pool: RecipePool) -> None:
    """Give a shared pool back; the last user's call stops its workers."""
    _users[pool] -= 1
    if not _users[pool]:
        del _users[pool]
        for key in [key for key, one in _shared.items() if one is pool]:
            del _shared[key]
        pool.close()


_pages_read = itertools.count(1)


def guarded(task: Callable[..., T], job: Job, *more: object) -> T:
    """Run ``task`` in a worker: whatever a hostile page provokes is that page's own fault, told as PageLostError."""
    if next(_pages_read) % RESET_EVERY == 0:
        reset_caches()  # those of the parsing libraries grow without bound
    try:
        return task(job, *more)
    except (ReadingError, ArchiveError):
        raise
    except Exception as error:
        raise PageLostError(job.url, "read", one_line(error)) from None


def answers(calls: list[tuple[Any, ...]]) -> list[Answer]:
    """Run the calls of a task in a worker."""
    return [_answer(*call) for call in calls]


def _answer(*call: Any) -> Answer:
    try:
        return guarded(*call), None
    except Exception as error:
        return None, error


def _giving_way(*call: Any) -> Any:
    """Read a page in a thread of the process that also saves pages."""
    haste.give_way()
    return guarded(*call)


class _WidePipes(ForkServerContext):
    """The forkserver context with pipes that hold whole pages."""

    def Pipe(self, duplex: bool = True) -> tuple[Connection, Connection]:  # noqa: N802  # the library's name
        ends = super().Pipe(duplex)
        with suppress(OSError, AttributeError):  # not on Linux, or over the user's share: smaller pipes serve too
            fcntl.fcntl(ends[1].fileno(), fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
        return ends


def _awaken(processes: ProcessPool) -> None:
    with suppress(RuntimeError):  # closed meanwhile
        processes.schedule(_nothing)


def _nothing() -> None:
    """The first task: starting the workers takes a second, which the event loop must not wait for."""


def _processes(workers: int) -> ProcessPool:
    main = sys.modules["__main__"]
    if getattr(main, "__spec__", None) is None:
        # else each worker runs the program's own script again, and imports all of Scrapy with it
        main.__spec__ = ModuleSpec("__main__", None)
    context = _WidePipes()
    context.set_forkserver_preload(["crawler.warm"])
    return ProcessPool(workers, max_tasks=_TASKS_PER_WORKER, context=context)
