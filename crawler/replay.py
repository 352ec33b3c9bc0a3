"""Read everything archived again with today's code and say what that changes, without the network."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from crawler.archive import ArchiveError, decoded, read_place
from crawler.dedup import canonical_url
from crawler.differences import Difference, differences
from crawler.model import Page, Record
from crawler.pool import PageLostError
from crawler.reading import ReadingError, SiteProfile
from crawler.reading.profile import host_of
from crawler.recipe import recipe
from crawler.schema import record_to_json
from crawler.store import Fetch, ForgottenError, Store
from crawler.store.archiving import CaptureRow
from crawler.workers import Workers, open_workers

_BATCH = 50


@dataclass(slots=True)
class Outcome:
    """One page read again: its differences, or why it could not be read."""

    url: str
    found: list[Difference] = field(default_factory=list)
    error: str | None = None
    stage: str | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """``apply`` writes what is found; ``quarantine`` reads only pages whose reading failed before.

    ``anew`` does not go on with a replay that was stopped. Pages are read by ``jobs`` processes here (0: in this one)
    or by the workers of the Dask scheduler at ``dask``.
    """

    apply: bool = False
    quarantine: bool = False
    portal: str | None = None
    jobs: int = 0
    anew: bool = False
    keep_private: bool = False
    time_limit: float = 30.0
    dask: str | None = None


def count(outcome: Outcome, counts: Counter[str]) -> None:
    """Add one page to the figures: pages, unchanged, failed, and kind by kind what was added, changed, lost."""
    counts["pages"] += 1
    if outcome.error:
        counts["failed"] += 1
    elif not outcome.found:
        counts["unchanged"] += 1
    for kind, what, _ in {(d.kind, d.what, d.label) for d in outcome.found}:
        counts[f"{what}s {kind}"] += 1


def replay(
    store: Store,
    folder: Path,
    options: Options,
    told: Callable[[Outcome], None],
    due: Callable[[int], None] = lambda pages: None,
) -> tuple[Counter[str], bool]:
    """Read the newest capture of every archived article again, in order of capture.

    ``told`` hears of each page, ``due`` at the start how many there are to read. Returns the figures (those of an
    interrupted replay that this one goes on with included) and whether it went on with one. Stopped at any moment, the
    next call goes on after the last whole batch.
    """
    return asyncio.run(_replay(store, folder, options, told, due))


async def _replay(
    store: Store, folder: Path, options: Options, told: Callable[[Outcome], None], due: Callable[[int], None]
) -> tuple[Counter[str], bool]:
    async with open_workers(options.jobs, options.dask, time_limit=options.time_limit) as workers:
        row, resumed = store.begin_replay(
            applied=options.apply, quarantine=options.quarantine, portal=options.portal, anew=options.anew
        )
        counts: Counter[str] = Counter(row.counts)
        due(store.count_article_captures(row.last_capture, quarantined=options.quarantine, portal=options.portal))
        async for batch in _read_ahead(store, folder, options, workers, row.last_capture):
            for page in batch:
                if (outcome := await _booked(store, options, page)) is not None:
                    count(outcome, counts)
                    told(outcome)
            store.advance_replay(row.replay, batch[-1].row.capture, dict(counts))
    store.end_replay(row.replay)
    return counts, resumed


@dataclass(frozen=True, slots=True)
class Again:
    """A page to be read again, as a worker is given it: where its bytes lie, not the bytes."""

    folder: Path
    row: CaptureRow
    parts: tuple[CaptureRow, ...]
    profile: SiteProfile
    keep_private: bool

    @property
    def url(self) -> str:
        """The page's address."""
        return self.row.ledger_url or self.row.url


@dataclass(frozen=True, slots=True)
class _Reading:
    """A page that is being read, and with which profile."""

    row: CaptureRow
    record: asyncio.Future[Record]
    version: str | None


async def _read_ahead(
    store: Store, folder: Path, options: Options, workers: Workers, after: int
) -> AsyncIterator[list[_Reading]]:
    """Batches in order of capture; while one is booked, the next is read."""
    ahead: list[_Reading] = []
    while batch := store.article_captures(after, _BATCH, quarantined=options.quarantine, portal=options.portal):
        after = batch[-1].capture
        profiles = {host: store.learner(host).profile() for host in {host_of(row.url) for row in batch}}
        begun = []
        for row in batch:
            profile = profiles[host_of(row.url)]
            job = Again(folder.absolute(), row, tuple(store.parts_of(row)), profile, options.keep_private)
            begun.append(_Reading(row, asyncio.ensure_future(workers.call(read_again, job)), profile.version))
        if ahead:
            yield ahead
        ahead = begun
    if ahead:
        yield ahead


async def _booked(store: Store, options: Options, page: _Reading) -> Outcome | None:
    """Compare, and write if asked, in order of capture: the store must not depend on who was quicker."""
    url = page.row.ledger_url or page.row.url
    try:
        # In a thread: while the database is asked, the workers must be given the next pages.
        found = await asyncio.to_thread(_compare, store, options, page, await page.record)
    except ForgottenError:
        return None
    except (ArchiveError, ReadingError, PageLostError) as error:
        stage = error.stage if isinstance(error, PageLostError) else "read"
        return Outcome(url, error=str(error), stage=stage)
    return Outcome(url, found)


def _compare(store: Store, options: Options, page: _Reading, record: Record) -> list[Difference]:
    """What differs from the record that is stored; written if asked."""
    row = page.row
    record = store.admitted(record, row.ledger_url or row.url)
    found = differences(_json(store.record(row.url)), _json(record))
    if options.apply and (found or options.quarantine):
        _save(store, row, record, page.version)
    return found


def read_again(job: Again) -> Record:
    """Read an archived page by the recipe; raises ArchiveError and ReadingError."""
    page = read_capture(job.folder, job.row, job.parts)
    return recipe(page, job.profile, keep_private=job.keep_private)


def read_capture(folder: Path, row: CaptureRow, parts: Sequence[CaptureRow]) -> Page:
    """An archived page with its further pages, as the recipe takes it; raises ArchiveError."""
    return replace(_page(folder, row), further=tuple(_page(folder, part) for part in parts))


def _page(folder: Path, row: CaptureRow) -> Page:
    capture = read_place(folder, row.location, row.base)
    return Page(
        url=capture.url,
        content=decoded(capture),
        headers=capture.headers,
        fetched_at=datetime.fromisoformat(row.fetched_at),
        home=row.home,
        portal=row.portal,
    )


def _save(store: Store, row: CaptureRow, record: Record, version: str | None) -> None:
    place = row.location
    store.save(
        record,
        portal=row.portal,
        url=row.ledger_url,
        fetched_at=datetime.fromisoformat(row.fetched_at),
        fetch=Fetch(row.status, None, None, None, place.file, place.offset, place.length),
        profile_version=version,
    )


def _json(record: Record | None) -> dict[str, object] | None:
    return record_to_json(record, canonical_url(record.article.url)) if record else None


def summary(counts: Counter[str]) -> Iterator[str]:
    """The figures as lines, pages first."""
    for name in ("pages", "unchanged", "failed"):
        yield f"{name}: {counts[name]}"
    for what in ("articles", "events", "figures"):
        parts = [f"{counts[f'{what} {kind}']} {kind}" for kind in ("added", "changed", "lost")]
        yield f"{what}: {', '.join(parts)}"
