"""Read everything archived again with today's code and say what that changes, without the network."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from crawler.archive import ArchiveError, decoded, read_place
from crawler.dedup import canonical_url
from crawler.differences import Difference, differences
from crawler.model import Page, Record
from crawler.pool import PageLostError, RecipePool
from crawler.reading import ReadingError, SiteProfile
from crawler.reading.profile import host_of
from crawler.schema import record_to_json
from crawler.store import Fetch, ForgottenError, Store
from crawler.store.archiving import CaptureRow

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

    ``anew`` does not go on with a replay that was stopped.
    """

    apply: bool = False
    quarantine: bool = False
    portal: str | None = None
    jobs: int = 0
    anew: bool = False
    keep_private: bool = False
    time_limit: float = 30.0


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
    row, resumed = store.begin_replay(
        applied=options.apply, quarantine=options.quarantine, portal=options.portal, anew=options.anew
    )
    counts: Counter[str] = Counter(row.counts)
    pool = RecipePool(options.jobs, time_limit=options.time_limit, keep_private=options.keep_private)
    last = row.last_capture
    due(store.count_article_captures(last, quarantined=options.quarantine, portal=options.portal))
    try:
        while batch := store.article_captures(last, _BATCH, quarantined=options.quarantine, portal=options.portal):
            async for outcome in _batch(store, folder, options, pool, batch):
                count(outcome, counts)
                told(outcome)
            last = batch[-1].capture
            store.advance_replay(row.replay, last, dict(counts))
    finally:
        pool.close()
    store.end_replay(row.replay)
    return counts, resumed


async def _batch(
    store: Store, folder: Path, options: Options, pool: RecipePool, batch: list[CaptureRow]
) -> AsyncIterator[Outcome]:
    """Read a batch side by side, book it in order: what the store holds must not depend on who was quicker."""
    hosts = dict.fromkeys(host_of(row.url) for row in batch)
    profiles = {host: store.learner(host).profile() for host in hosts}
    reading = [
        asyncio.ensure_future(_read(folder, pool, row, store.parts_of(row), profiles[host_of(row.url)]))
        for row in batch
    ]
    for row, task in zip(batch, reading, strict=True):
        url = row.ledger_url or row.url
        try:
            record = store.admitted(await task, url)
            found = differences(_json(store.record(row.url)), _json(record))
            if options.apply and (found or options.quarantine):
                _save(store, row, record, profiles[host_of(row.url)].version)
        except ForgottenError:
            continue
        except (ArchiveError, ReadingError, PageLostError) as error:
            stage = error.stage if isinstance(error, PageLostError) else "read"
            yield Outcome(url, error=str(error), stage=stage)
        else:
            yield Outcome(url, found)


async def _read(
    folder: Path, pool: RecipePool, row: CaptureRow, parts: list[CaptureRow], profile: SiteProfile
) -> Record:
    return await pool.run(read_capture(folder, row, parts), profile)


def read_capture(folder: Path, row: CaptureRow, parts: list[CaptureRow]) -> Page:
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
