"""Run what is due: one ``scrapy crawl`` per portal in a process of its own, several at a time, each under its lock."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from crawler.schedule.due import Due
from crawler.schedule.locks import Lock, take

LOST, DISK, BUSY, INTERRUPTED = 1, 3, 4, 5
"""Exit statuses: something was lost; disk full; another harvest holds a portal; told to stop before the end."""

Kind = Literal["started", "progress", "log", "ended", "busy", "waiting", "stopping"]

_LOOK_AGAIN = 300.0
"""Seconds after which a harvest that runs for ever looks at the agenda again, whatever it says."""

_LINE_LIMIT = 1 << 20


@dataclass(frozen=True, slots=True)
class Note:
    """Something to tell: of which portal, what, and the figures or words that belong to it."""

    kind: Kind
    portal: str = ""
    data: dict[str, Any] = field(default_factory=dict)


class Harvest:
    """Start crawls of what is due and wait for them.

    ``command(due)`` is the command line of one crawl, ``url`` the database, ``tell`` hears every note. With ``wanted``
    crawls can be shared: a portal that another harvest has in hand is joined, after those that nobody has; ``wanted``
    says when its turn comes whether there is still something to do. SIGTERM and SIGINT end it cleanly: nothing more is
    started, the crawls are told to end, and left pages wait in the ledger.
    """

    def __init__(
        self,
        url: str,
        command: Callable[[Due], Sequence[str]],
        tell: Callable[[Note], None],
        jobs: int = 1,
        wanted: Callable[[Due], bool] | None = None,
    ) -> None:
        self._url, self._command, self._tell, self._jobs = url, command, tell, jobs
        self._wanted = wanted
        self._running: dict[str, asyncio.Task[None]] = {}
        self._processes: dict[str, asyncio.subprocess.Process] = {}
        self._stop = asyncio.Event()
        self._statuses: list[int] = []
        self._busy = False
        self._held_until: dict[str, datetime] = {}  # a crawl that cannot even start leaves no run to back off from

    async def once(self, due: Sequence[Due]) -> int:
        """Run each of ``due`` once and return the exit status."""
        waiting = list(due)
        with _Signals(self._stopped):
            while waiting and not self._stop.is_set():
                while waiting and len(self._running) < self._jobs:
                    self._start_one(waiting)
                await self._wait(None)
            await self._finish()
        return INTERRUPTED if self._stop.is_set() and not self._lost else self._status()

    async def forever(self, agenda: Callable[[], Sequence[Due]]) -> int:
        """Run what ``agenda`` says is due, again and again, until told to stop; return the exit status."""
        with _Signals(self._stopped):
            while not self._stop.is_set():
                looked = datetime.now(UTC)
                coming = [due for due in await asyncio.to_thread(agenda) if due.portal not in self._running]
                now = datetime.now(UTC)
                coming = [due for due in coming if self._held_until.get(due.portal, now) <= now]
                ready = [due for due in coming if due.at <= now]
                for due in ready[: self._jobs - len(self._running)]:
                    if due.portal not in self._running:
                        self._start(replace(due, found=looked))
                later = [due for due in coming if due.at > now]
                if later and not self._running:
                    self._tell(Note("waiting", later[0].portal, {"until": later[0].at.isoformat()}))
                pause = (later[0].at - now).total_seconds() if later else _LOOK_AGAIN
                await self._wait(min(_LOOK_AGAIN, max(1.0, pause)))
            await self._finish()
        return DISK if DISK in self._statuses[-1:] else 0

    def _start_one(self, waiting: list[Due]) -> None:
        """Start the first that nobody has in hand; when others have all, join the first if crawls are shared."""
        if self._wanted is None:
            self._start(waiting.pop(0))
            return
        due, lock = next(((due, lock) for due in waiting if (lock := take(self._url, due.portal))), (waiting[0], None))
        waiting.remove(due)
        looked = datetime.now(UTC)
        if self._wanted(due):
            self._running[due.portal] = asyncio.create_task(self._run(replace(due, found=looked), lock))
            return
        if lock is not None:
            lock.release()
        self._tell(Note("busy", due.portal, {"why": "another harvest has done it meanwhile"}))

    def _start(self, due: Due) -> None:
        """Take the lock and run the crawl; a portal that another harvest has in hand is joined, else left out."""
        lock = take(self._url, due.portal)
        if lock is None and self._wanted is None:
            self._busy = True
            self._tell(Note("busy", due.portal, {"why": "another harvest has this portal in hand; left out"}))
            return
        self._running[due.portal] = asyncio.create_task(self._run(due, lock))

    async def _run(self, due: Due, lock: Lock | None) -> None:
        started = datetime.now(UTC)
        try:
            # The child inherits the lock: should this process be killed, the portal stays locked until the crawl ends.
            process = await asyncio.create_subprocess_exec(
                *self._command(due),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.PIPE,
                pass_fds=(lock.descriptor,) if lock is not None else (),
                limit=_LINE_LIMIT,
                start_new_session=True,  # Ctrl-C reaches it once, through us
                env=os.environ | {"PYTHONUNBUFFERED": "1"},
            )
            self._processes[due.portal] = process
            self._tell(Note("started", due.portal, {"part": due.part, "why": due.why, "pid": process.pid}))
            if self._stop.is_set():
                process.terminate()
            await self._listen(due.portal, process)
            status = await process.wait()
        finally:
            self._processes.pop(due.portal, None)
            self._running.pop(due.portal, None)
            if lock is not None:
                lock.release()
        self._statuses.append(status)
        if status:
            self._held_until[due.portal] = datetime.now(UTC) + timedelta(seconds=_LOOK_AGAIN)
        seconds = round((datetime.now(UTC) - started).total_seconds(), 1)
        self._tell(Note("ended", due.portal, {"part": due.part, "status": status, "seconds": seconds}))

    async def _listen(self, portal: str, process: asyncio.subprocess.Process) -> None:
        assert process.stderr is not None
        while line := await _line(process.stderr):
            text = line.decode("utf-8", "replace").rstrip()
            if text.startswith('{"progress":'):
                self._tell(Note("progress", portal, json.loads(text)["progress"]))
            elif text:
                self._tell(Note("log", portal, {"line": text}))

    async def _wait(self, seconds: float | None) -> None:
        """Until a crawl ends, the order to stop comes, or the time is over."""
        if not self._running and seconds is None:
            return
        stop = asyncio.create_task(self._stop.wait())
        await asyncio.wait([stop, *self._running.values()], timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        stop.cancel()

    async def _finish(self) -> None:
        while self._running:
            await asyncio.wait(list(self._running.values()))

    def _stopped(self) -> None:
        """First time: ask the crawls to end cleanly. Second time: kill them; the ledger stands that too."""
        again = self._stop.is_set()
        self._stop.set()
        self._tell(Note("stopping", data={"crawls": sorted(self._processes)}))
        for process in self._processes.values():
            if process.returncode is None:
                process.send_signal(signal.SIGKILL if again else signal.SIGTERM)

    @property
    def _lost(self) -> bool:
        return any(self._statuses)

    def _status(self) -> int:
        if DISK in self._statuses:
            return DISK
        return LOST if self._lost else BUSY if self._busy else 0


class _Signals:
    """SIGTERM and SIGINT go to ``action`` while this is entered."""

    def __init__(self, action: Callable[[], None]) -> None:
        self._action = action

    def __enter__(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, self._action)

    def __exit__(self, *_: object) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().remove_signal_handler(number)


async def _line(stream: asyncio.StreamReader) -> bytes:
    """The next line; one that is longer than the limit comes in pieces."""
    try:
        return await stream.readuntil(b"\n")
    except asyncio.IncompleteReadError as error:
        return error.partial
    except asyncio.LimitOverrunError as error:
        return await stream.readexactly(error.consumed)
