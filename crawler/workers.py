"""Where archived pages are read: in processes of this machine, or on the workers of a Dask cluster.

Both give the same answers for the same pages. Dask workers need this program in the same version and must see the
archive under the same path (a shared file system); only places in files travel to them.
"""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, Protocol, TypeVar

from crawler.archive import ArchiveError
from crawler.extractors import code_version
from crawler.guard import one_line
from crawler.pool import J, PageLostError, RecipePool, guarded
from crawler.reading import ReadingError

T = TypeVar("T")

_CONNECT = 10.0
"""Seconds in which a Dask scheduler must answer."""

_OVERTIME = "duikou-overtime"
"""Topic under which Dask workers say which page took too long."""

_LOOK_AGAIN = 5.0
"""Seconds between looks for Dask workers that joined."""

_LOOK = 0.1
"""Seconds between looks whether Dask workers have gone."""


class WorkersError(Exception):
    """The workers asked for cannot be had; the message says why and what to do in one line."""


class Workers(Protocol):
    """Runs work on pages elsewhere, ``width`` pages at a time; later callers wait."""

    width: int

    async def call(self, task: Callable[[J], T], job: J) -> T:
        """What ``task`` makes of ``job``.

        ReadingError and ArchiveError come as they were raised, all else that goes wrong as PageLostError.
        """
        ...


@asynccontextmanager
async def open_workers(jobs: int, dask: str | None = None, *, time_limit: float = 30.0) -> AsyncIterator[Workers]:
    """``jobs`` processes here (0: a thread of this one), or the workers of the Dask scheduler at ``dask``.

    ``time_limit`` is seconds per page; a page over it is lost. Raises :class:`WorkersError`.
    """
    if dask is None:
        pool = RecipePool(jobs, time_limit=time_limit)
        try:
            yield pool
        finally:
            pool.close()
        return
    try:
        from distributed import Client
        from distributed.comm.addressing import resolve_address
    except ImportError:
        raise WorkersError("Dask is not installed; pip install 'duikou[dask]'") from None
    try:
        resolve_address(dask)
        client: Any = Client(dask, asynchronous=True, timeout=_CONNECT, set_as_default=False)  # type: ignore[no-untyped-call]
        await client
    except (OSError, ValueError) as error:
        raise WorkersError(f"{dask}: no Dask scheduler answers ({error}); start one or mend the address") from None
    async with client:
        await _check(client, dask)
        cluster = _Cluster(client, time_limit)
        watching = asyncio.ensure_future(cluster.grow())
        try:
            yield cluster
        finally:
            watching.cancel()


class _Cluster:
    """The workers of a Dask scheduler; two pages for each are under way, so that none waits for this program.

    A page that kills its worker takes those beside it along; Dask runs them again, and in the end gives all of them up.
    Each is then tried once more with nothing else under way, so that only the culprit is lost.
    """

    def __init__(self, client: Any, time_limit: float) -> None:
        self._client, self._time_limit = client, time_limit
        self.width = 0
        self._slots = asyncio.Semaphore(0)
        self._under_way = 0
        self._suspects, self._open, self._idle = asyncio.Lock(), asyncio.Event(), asyncio.Event()
        self._open.set()
        self._overtime: dict[str, asyncio.Future[None]] = {}
        self._ending: set[str] = set()
        client.subscribe_topic(_OVERTIME, self._took_too_long)

    async def grow(self) -> None:
        """Give work to workers that join, as long as this runs."""
        while True:
            for _ in range(self.width, 2 * len(await self._client.nthreads())):
                self._slots.release()
                self.width += 1
            await asyncio.sleep(_LOOK_AGAIN)

    async def call(self, task: Callable[[J], T], job: J) -> T:
        """As :class:`Workers` says."""
        async with self._slots:
            while not self._open.is_set():  # it may be closed again before all that waited have gone on
                await self._open.wait()
            self._under_way += 1
            try:
                return await self._once(task, job)
            except _GivenUpError:
                pass
            finally:
                self._under_way -= 1
                if not self._under_way:
                    self._idle.set()
            return await self._by_itself(task, job)

    async def _by_itself(self, task: Callable[[J], T], job: J) -> T:
        async with self._suspects:
            self._open.clear()
            try:
                while self._under_way:
                    self._idle.clear()
                    await self._idle.wait()
                await self._ended()
                return await self._once(task, job)
            except _GivenUpError:
                raise PageLostError(job.url, "worker", "the Dask workers that read it died") from None
            finally:
                self._open.set()

    async def _once(self, task: Callable[[J], T], job: J) -> T:
        future = self._client.submit(_alone, code_version(), self._time_limit, task, job, pure=False)
        overtime = self._overtime[future.key] = asyncio.get_running_loop().create_future()
        result: asyncio.Future[T] = asyncio.ensure_future(future.result())
        try:
            await asyncio.wait({result, overtime}, return_when=asyncio.FIRST_COMPLETED)
            if overtime.done():
                await future.cancel()
                raise PageLostError(job.url, "time", f"not read within {self._time_limit:g} s")
            return result.result()
        except (PageLostError, ReadingError, ArchiveError):
            raise
        except Exception as error:
            if type(error).__name__ == "KilledWorker":
                raise _GivenUpError from None
            raise PageLostError(job.url, "worker", _innermost(error)) from None
        finally:
            result.cancel()
            del self._overtime[future.key]

    async def _ended(self) -> None:
        """Wait until workers that end themselves over a page are gone: they would take the next one along."""
        until = time.monotonic() + _CONNECT  # one that comes back under the same address is not told from it
        while self._ending and time.monotonic() < until:
            self._ending &= set(await self._client.nthreads())
            await asyncio.sleep(_LOOK if self._ending else 0)
        self._ending.clear()

    def _took_too_long(self, event: tuple[float, tuple[str, str]]) -> None:
        _, (key, worker) = event
        self._ending.add(worker)
        waiting = self._overtime.get(key)
        if waiting is not None and not waiting.done():
            waiting.set_result(None)


class _GivenUpError(Exception):
    """Dask gave a page up: workers died over it, or over one beside it."""


async def _check(client: Any, address: str) -> None:
    """Refuse workers of another version, or with other extractors: they would read pages differently."""
    if not await client.nthreads():
        raise WorkersError(f"{address}: no worker has joined this scheduler; start some: dask worker {address}")
    try:
        versions: dict[str, str] = await client.run(_version)
    except Exception as error:
        raise WorkersError(
            f"{address}: its workers cannot run duikou ({_innermost(error)}); install it there"
        ) from None
    for worker, version in sorted(versions.items()):
        if version != code_version():
            raise WorkersError(f"{worker}: has duikou {version}, here is {code_version()}; install the same version")


def _version() -> str:
    return code_version()


def _innermost(error: BaseException) -> str:
    while error.__cause__ is not None:
        error = error.__cause__
    return one_line(error)


_one_at_a_time = threading.Lock()


def _alone(version: str, time_limit: float, task: Callable[[J], T], job: J) -> T:
    """Run in a Dask worker: one page at a time in a process, for the parsing libraries are not made for threads."""
    if version != code_version():
        raise PageLostError(job.url, "worker", f"the Dask worker has duikou {code_version()}, not {version}")
    with _one_at_a_time, _watched(time_limit):
        return guarded(task, job)


@contextmanager
def _watched(time_limit: float) -> Iterator[None]:
    """End this worker when a page outlasts its time; its nanny starts it anew. One without a nanny waits."""
    from distributed import get_worker

    worker = get_worker()
    if worker.nanny is None:
        yield
        return
    timer = threading.Timer(time_limit, _end, [worker, worker.get_current_task()])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _end(worker: Any, key: str) -> None:
    worker.log_event(_OVERTIME, (key, worker.address))
    time.sleep(1)  # until the scheduler has heard whose fault it was
    os._exit(1)
