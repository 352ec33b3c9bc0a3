"""One thread for a store: calls that come in while it is busy share the next transaction.

A commit costs as much as a small write, and an archive file's fsync more; pages that arrive together pay for both once.
Where only writes are in line they wait a moment for company: nothing is held up by them but their own result. Nobody
is told of a result before it is committed, so a killed process has promised nothing it did not keep.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from threading import Condition
from typing import Any, Literal, Protocol

from crawler.archive import COMMITTED_TOGETHER
from crawler.store.engine import Sharing

MOST = COMMITTED_TOGETHER
"""Calls in one transaction: other processes wait that long for the database."""

ENOUGH, LONGEST = 8, 0.03
"""So many writes wait for no more, nor does one that has waited so many seconds."""

Kind = Literal["read", "book", "write", "alone"]
"""What a call does: reads, also books what the archive holds, writes; or what shares no transaction."""


class Transactions(Protocol):
    """What can make calls of this thread share a transaction; a ``Store``."""

    def together(self, kind: Sharing = "write") -> AbstractContextManager[None]:
        """Open the transaction that the calls inside share."""


@dataclass(slots=True, eq=False)
class Call:
    """One call and who waits for it.

    ``first`` runs before the transaction is opened, and ``work`` is given what it returns; ``flush`` then runs once for
    all calls that have the same.
    """

    kind: Kind
    work: Callable[..., Any]
    waiting: asyncio.Future[Any]
    first: Callable[[], Any] | None = None
    flush: Callable[[], None] | None = None
    ready: tuple[Any, ...] = ()
    result: Any = None
    error: Exception | None = None
    since: float = field(default_factory=time.monotonic)


class StoreThread:
    """Runs calls in the order given; ``alone`` ones by themselves, others up to ``MOST`` to a transaction.

    When one call of a transaction fails, all are rolled back and each runs again in a transaction of its own: only
    those that fail there have failed. So a call must not do anything that a rollback leaves standing; what ``first``
    does may stand, but must be done by its last step, for one that failed is run again by itself too.
    """

    def __init__(self, name: str = "store") -> None:
        self._calls: deque[Call] = deque()
        self._thread = ThreadPoolExecutor(1, name)
        self._come = Condition()
        self._closing = False
        self._store: Transactions | None = None

    def use(self, store: Transactions) -> None:
        """Share transactions of this store from now on; until then every call runs by itself."""
        self._store = store

    def submit(
        self,
        kind: Kind,
        work: Callable[..., Any],
        first: Callable[[], Any] | None = None,
        flush: Callable[[], None] | None = None,
    ) -> asyncio.Future[Any]:
        """Put a call at the end of the line, from the event loop, and return what will hold its result."""
        call = Call(kind, work, asyncio.get_running_loop().create_future(), first, flush)
        with self._come:
            self._calls.append(call)
            self._come.notify()
        if len(self._calls) == 1:  # else the thread comes by them when it takes what waits before
            self._thread.submit(self._serve)
        return call.waiting

    def close(self) -> None:
        """Wait for the calls in line and end the thread."""
        with self._come:
            self._closing = True
            self._come.notify()
        self._thread.shutdown()

    def _serve(self) -> None:
        while calls := self._next():
            self._run(calls)
            calls[0].waiting.get_loop().call_soon_threadsafe(_deliver, calls)

    def _next(self) -> list[Call]:
        """Take the calls of the next transaction; none when an earlier one took them all."""
        with self._come:
            while (left := self._patience()) > 0:
                self._come.wait(left)
        calls: list[Call] = []
        while self._calls and len(calls) < MOST:
            if calls and "alone" in (calls[0].kind, self._calls[0].kind):
                break
            calls.append(self._calls.popleft())
        return calls

    def _patience(self) -> float:
        """How long the calls in line may wait for more."""
        alone = self._store is None or self._closing or len(self._calls) >= ENOUGH
        if alone or not self._calls or any(call.kind != "write" for call in self._calls):
            return 0.0
        return self._calls[0].since + LONGEST - time.monotonic()

    def _run(self, calls: Sequence[Call]) -> None:
        ready = self._prepared(calls)
        if self._store is not None and len(ready) > 1:
            try:
                with self._store.together(_greatest(ready)):
                    results = [call.work(*call.ready) for call in ready]
            except Exception:  # whose fault it was shows when each runs alone
                pass
            else:
                for call, result in zip(ready, results, strict=True):
                    call.result = result
                return
        for call in ready:
            try:
                call.result = call.work(*call.ready)
            except Exception as error:
                call.error = error

    def _prepared(self, calls: Sequence[Call]) -> list[Call]:
        """Run what comes first, in one view of the database; return the calls that are left to be worked."""
        ahead = [call for call in calls if call.first is not None]
        if not ahead:
            return list(calls)
        if self._store is not None and len(ahead) > 1:
            with suppress(Exception), self._store.together("read"):
                for call in ahead:
                    call.ready = (_first(call),)
        for call in ahead:
            if not call.ready:
                try:
                    call.ready = (_first(call),)
                except Exception as error:
                    call.error = error
        for flush in dict.fromkeys(call.flush for call in ahead if call.flush and call.error is None):
            try:
                flush()
            except Exception as error:
                for call in ahead:
                    if call.flush == flush and call.error is None:
                        call.error = error
        return [call for call in calls if call.error is None]


def _greatest(calls: Sequence[Call]) -> Sharing:
    """The transaction that all of them can share."""
    kinds = {call.kind for call in calls}
    return "write" if "write" in kinds else "book" if "book" in kinds else "read"


def _first(call: Call) -> Any:
    assert call.first is not None
    return call.first()


def _deliver(calls: Sequence[Call]) -> None:
    for call in calls:
        if call.waiting.cancelled():
            continue
        if call.error is not None:
            call.waiting.set_exception(call.error)
        else:
            call.waiting.set_result(call.result)
