"""Archives in, schema v1 JSON lines out: many pages are read at once, their lines come in the order of the archives."""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
import shutil
import sqlite3
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass
from errno import ENOSPC
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from crawler.archive import ArchiveError, Entry, Source, archive_files, decoded, index, opened, read_member, sources
from crawler.bulk.plan import Plan, PlanError, Planned, Progress
from crawler.extractors import code_version
from crawler.model import Page
from crawler.pool import PageLostError
from crawler.portals import owner
from crawler.reading import ReadingError, looks_like_html
from crawler.recipe import recipe
from crawler.schema import record_to_json
from crawler.store import DiskFullError, failpoint
from crawler.workers import Workers, open_workers

_WALKED_AT_ONCE = 32 << 20
"""Bytes of an archive file that one task indexes: some seconds' work."""

_WALKERS = 64
"""Files indexed side by side, whatever the workers: beyond that they wait for the disk."""

_KEPT_EVERY = 200
"""Lines after which the output is synced to disk and the place noted."""


@dataclass(frozen=True, slots=True)
class Choices:
    """How to read: the publisher's jurisdiction if not the declared portal's, names of beneficiaries, and where."""

    home: str | None = None
    keep_private: bool = False
    jobs: int = 0
    dask: str | None = None
    time_limit: float = 30.0


Tally = Counter[str]
"""What came of it: ``pages`` told, ``failed`` lines with an error."""

Complain = Callable[[str, str], None]
"""Told the name and the fault of what could not be read."""


def extract_archives(paths: Iterable[Path], choices: Choices, out: IO[bytes], complain: Complain) -> Tally:
    """Write a line for each page in the archive files and folders of them: files by name, records by offset.

    A page is an HTML response with status 200 that a declared portal, if it is one's, takes for an article. Its ``id``
    is ``FILE@OFFSET``. What is damaged becomes ``{"id", "error"}`` and the rest goes on. Raises WorkersError.
    """
    with TemporaryDirectory(prefix="duikou-") as folder, Plan(Path(folder) / "plan.sqlite", {}) as plan:
        return asyncio.run(_extract(plan, paths, choices, _Told(out, plan, complain)))


def extract_into(
    target: Path, paths: Iterable[Path], choices: Choices, complain: Complain, *, anew: bool = False
) -> Tally:
    """The same into the new file ``target``, which appears when it is whole; killed, the same call goes on.

    Until then ``TARGET.part`` holds what there is; ``anew`` throws it away first. The file is the same, byte for byte,
    however often it was stopped. Raises PlanError when it cannot be begun or gone on with,
    DiskFullError and WorkersError.
    """
    if target.exists():
        raise PlanError(f"{target}: exists already; give a new name, nothing is overwritten")
    folder = target.with_name(f"{target.name}.part")
    try:
        if anew:
            shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(exist_ok=True)
        lines = os.open(folder / "lines.jsonl", os.O_CREAT | os.O_RDWR, 0o644)
    except OSError as error:
        raise PlanError(f"{folder}: cannot be written ({error.strerror}); choose another path") from error
    given = list(paths)
    about = {"paths": list(map(str, given)), "home": choices.home, "private": choices.keep_private}
    try:
        with os.fdopen(lines, "r+b") as out:
            _lock(out, folder)
            with Plan(folder / "plan.sqlite", about | {"code": code_version()}) as plan:
                out.truncate(plan.progress().bytes)
                out.seek(0, os.SEEK_END)
                tally = asyncio.run(_extract(plan, given, choices, _Told(out, plan, complain, durable=True)))
            (folder / "lines.jsonl").rename(target)
    except (OSError, sqlite3.Error) as error:
        if getattr(error, "errno", None) == ENOSPC or "full" in str(error):
            raise DiskFullError(f"{folder}: the disk is full; free space and run the same command again") from error
        raise
    shutil.rmtree(folder)
    return tally


def _lock(out: IO[bytes], folder: Path) -> None:
    try:
        fcntl.flock(out, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise PlanError(f"{folder}: another process is writing it; wait for it or end it") from None


async def _extract(plan: Plan, paths: Iterable[Path], choices: Choices, told: _Told) -> Tally:
    async with open_workers(choices.jobs, choices.dask, time_limit=choices.time_limit) as workers:
        if not plan.made:
            plan.make(_listed(paths))
        await _walk(plan, workers)
        plan.index()
        async for planned, answer in _in_order(plan.after(plan.progress()), workers, choices):
            told.tell(planned, answer)
    told.keep()
    return told.tally


def _listed(paths: Iterable[Path]) -> Iterator[Source | tuple[Source, str]]:
    for path in paths:
        files = archive_files(path)
        if not files:
            yield Source(path), "no WARC, WACZ or ARC file in this folder"
        for file in files:
            try:
                yield from sources(file)
            except ArchiveError as error:
                yield Source(file), str(error).removeprefix(f"{file}: ")


async def _walk(plan: Plan, workers: Workers) -> None:
    """Index all files side by side, each from its beginning to its end."""
    files = iter(plan.to_walk())

    async def next_files() -> None:
        for number, source, start in files:
            onward: int | None = start
            while onward is not None:
                at = onward
                try:
                    found, onward = await workers.call(walk, Walking(_absolute(source), at))
                except (ArchiveError, PageLostError) as error:
                    said = error.cause if isinstance(error, PageLostError) else str(error)
                    found, onward = [Entry(at, 0, error=f"cannot be indexed from here on: {said}")], None
                plan.walked(number, found, onward)

    await asyncio.gather(*(next_files() for _ in range(_WALKERS)))


@dataclass(frozen=True, slots=True)
class _Fault:
    """Why a page could not be read."""

    cause: str


_Answer = str | _Fault | None
"""A page's line, why there is none, or None for what is no page."""


async def _in_order(
    plan: Iterable[Planned], workers: Workers, choices: Choices
) -> AsyncIterator[tuple[Planned, _Answer]]:
    """Each place with its answer; read ahead as far as the workers need it."""
    ahead: deque[tuple[Planned, asyncio.Future[_Answer]]] = deque()
    try:
        for planned in plan:
            ahead.append((planned, asyncio.ensure_future(_answer(planned, workers, choices))))
            if len(ahead) > 4 * workers.width:
                first, answer = ahead.popleft()
                yield first, await answer
        while ahead:
            first, answer = ahead.popleft()
            yield first, await answer
    finally:
        for _, answer in ahead:
            answer.cancel()


async def _answer(planned: Planned, workers: Workers, choices: Choices) -> _Answer:
    entry, base = planned.entry, planned.base
    if entry.error is not None:
        return _Fault(entry.error)
    if entry.refers and base is None:
        return _Fault("refers to a payload that is in none of these files")
    lying = [(planned.source, entry), *([base] if base else [])]
    places = tuple((_absolute(source), one.offset, one.length) for source, one in lying)
    try:
        return await workers.call(read, Reading(str(planned), places, choices.home, choices.keep_private))
    except ReadingError as error:
        return _Fault(error.reason)
    except PageLostError as error:
        return _Fault(f"{error.stage}: {error.cause}")
    except ArchiveError as error:
        return _Fault(str(error).removeprefix(f"{planned}: "))


def _absolute(source: Source) -> Source:
    return Source(source.path.absolute(), source.member, source.base, source.size)


@dataclass(frozen=True, slots=True)
class Walking:
    """A stretch of an archive file to be indexed, as a worker is given it."""

    source: Source
    start: int

    @property
    def url(self) -> str:
        """The place, as messages name it."""
        return f"{self.source}@{self.start}"


def walk(job: Walking) -> tuple[list[Entry], int | None]:
    """Index one stretch; raises ArchiveError."""
    return index(job.source, job.start, _WALKED_AT_ONCE)


@dataclass(frozen=True, slots=True)
class Reading:
    """A page to be read, as a worker is given it: where its record lies, and the one with its payload if another."""

    id: str
    places: tuple[tuple[Source, int, int], ...]
    home: str | None
    keep_private: bool

    @property
    def url(self) -> str:
        """The place, as messages name it."""
        return self.id


def read(job: Reading) -> str | None:
    """The page's JSON line; None for a response that is no page. Raises ArchiveError and ReadingError."""
    data, *base = (_bytes(*place) for place in job.places)
    capture = read_member(data, job.id, lambda url, digest: read_member(base[0], job.id).payload if base else None)
    body = decoded(capture)
    declared = owner(capture.url)
    if capture.status != 200 or not looks_like_html(body, capture.headers):
        return None
    if declared and not declared.is_article(capture.url):
        return None
    page = Page(
        capture.url,
        body,
        headers=capture.headers,
        fetched_at=capture.fetched_at,
        home=job.home or (declared.home if declared else None),
        portal=declared.name if declared else None,
    )
    return json.dumps(record_to_json(recipe(page, keep_private=job.keep_private), job.id), ensure_ascii=False)


def _bytes(source: Source, offset: int, length: int) -> bytes:
    with opened(source) as stream:
        stream.seek(offset)
        return stream.read(length)


class _Told:
    """The output: lines as they come, synced and noted in the plan every so often if they are to outlast a kill."""

    def __init__(self, out: IO[bytes], plan: Plan, complain: Complain, *, durable: bool = False) -> None:
        self._out, self._plan, self._complain, self._durable = out, plan, complain, durable
        progress = plan.progress()
        self.tally = Tally(progress.tally)
        self._place = (progress.file, progress.offset)
        self._bytes, self._since = progress.bytes, 0

    def tell(self, planned: Planned, answer: _Answer) -> None:
        """Write one line, or pass over what is no page."""
        self._place = (planned.file, planned.entry.offset)
        if answer is None:
            return
        if isinstance(answer, _Fault):
            self.tally["failed"] += 1
            self._complain(str(planned), answer.cause)
            answer = json.dumps({"id": str(planned), "error": answer.cause}, ensure_ascii=False)
        else:
            self.tally["pages"] += 1
        self._bytes += self._out.write(answer.encode() + b"\n")
        self._since += 1
        if not self._durable:
            self._out.flush()
        elif self._since >= _KEPT_EVERY:
            self.keep()

    def keep(self) -> None:
        """Bring what is written to disk and note the place."""
        self._out.flush()
        if self._durable:
            os.fsync(self._out.fileno())
            failpoint("extract:before-commit")
            self._plan.advance(Progress(*self._place, self._bytes, dict(self.tally)))
            failpoint("extract:after-commit")
        self._since = 0
