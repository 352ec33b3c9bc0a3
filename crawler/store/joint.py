"""Runs that several crawlers share: who takes part, who works on what, who ends the run.

Functions over one open transaction (``Store.write``; those marked so also over ``Store.touch``). What a run has to do
are the URLs whose ``queued_run`` it is; a crawler holds those of which it is ``lease_owner`` while its own line in
``crawlers`` is kept alive. So the database alone says what is left, and a queue elsewhere may be lost at any time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, insert, select, update

from crawler.dedup import canonical_url
from crawler.store import ledger
from crawler.store import runs as run_ledger
from crawler.store.ledger import insert_missing, now, stamp
from crawler.store.rows import RunRow, UrlKind, UrlRow
from crawler.store.schema import crawlers, runs, urls
from crawler.store.statements import to_json

Seeding = Literal["mine", "another's", "done"]

LOST = "lost"
"""Why a crawler left that the others took for dead."""

_GONE_ON = timedelta(hours=1)
"""How long after its last sign of life a run whose crawlers all died is gone on with: later, lists are looked at anew.
"""  # fmt: skip

_LONGEST = timedelta(days=1)
"""Since its beginning: a run that kills whoever takes it up is not taken up for ever."""


@dataclass(frozen=True, slots=True)
class Member:
    """A crawler in a run: ``name`` is one of its own, its leases hold ``seconds`` beyond each renewal."""

    name: str
    run_id: int
    seconds: float


class DoneMeanwhileError(Exception):
    """Another harvest has done what the crawl was started for."""


def join(
    connection: Connection,
    portal: str,
    arguments: Mapping[str, Any],
    name: str,
    seconds: float,
    *,
    sample: bool,
    due: datetime | None = None,
) -> tuple[Member, bool] | None:
    """Join the run of ``portal`` with these arguments that is under way, else begin one; say whether begun.

    When one is begun, what runs without a living crawler had queued is free again. Nothing is begun when such a run
    has finished since the portal was found ``due`` (DoneMeanwhileError), or is being ended: None, ask again, for it
    finishes or its crawler dies. Call it in a transaction that excludes others.
    """
    spelt = to_json(dict(arguments))  # as the database gives them back: lists for tuples
    same = [run for run in running(connection) if run.portal == portal and to_json(run.arguments) == spelt]
    if same:
        member, begun = Member(name, same[0].run_id, seconds), False
    else:
        if due is not None and (done := _ended_since(connection, portal, spelt, due)):
            raise DoneMeanwhileError(f"{portal}: run {done} has finished since it was found due")
        if due is not None and _being_ended(connection, portal, spelt):
            return None
        abandoned = (urls.c.portal == portal) & urls.c.queued_run.is_not(None) & urls.c.queued_run.not_in(_living())
        connection.execute(update(urls).where(abandoned).values(queued_run=None, lease_owner=None))
        member, begun = Member(name, run_ledger.begin(connection, portal, arguments, sample), seconds), True
    moment = {"joined_at": now(), "alive_until": _later(seconds)}
    connection.execute(insert(crawlers).values(crawler=name, run_id=member.run_id, closing=False, **moment))
    return member, begun


def _ended_since(connection: Connection, portal: str, arguments: str, moment: datetime) -> int | None:
    """Return a run of these arguments that came to its end at ``moment`` or later, to the second."""
    done = (runs.c.portal == portal) & (runs.c.reason == "finished") & (runs.c.ended_at >= stamp(moment))
    return _first_run(connection, done, arguments)


def _being_ended(connection: Connection, portal: str, arguments: str) -> int | None:
    """Return a run of these arguments that a living crawler is ending."""
    ending = (runs.c.portal == portal) & runs.c.ended_at.is_(None) & runs.c.run_id.in_(_closing())
    return _first_run(connection, ending, arguments)


def _first_run(connection: Connection, which: Any, arguments: str) -> int | None:
    query = select(runs.c.run_id, runs.c.arguments).where(which)
    for run_id, given in connection.execute(query.order_by(runs.c.run_id)):
        if to_json(given) == arguments:
            return int(run_id)
    return None


def running(connection: Connection) -> list[RunRow]:
    """Return the shared runs that can be joined, newest first: living crawlers are at them, or were until lately."""
    heard = select(crawlers.c.run_id).where(crawlers.c.alive_until > _later(-_GONE_ON.total_seconds()))
    fresh = runs.c.started_at > _later(-_LONGEST.total_seconds())
    query = select(runs).where(
        runs.c.ended_at.is_(None),
        runs.c.run_id.not_in(_closing()),
        runs.c.run_id.in_(_living()) | (runs.c.run_id.in_(heard) & fresh),
    )
    rows = connection.execute(query.order_by(runs.c.run_id.desc())).mappings()
    return [RunRow(**{**row, "counts": row["counts"] or {}}) for row in rows]


def renew(connection: Connection, member: Member, counts: Mapping[str, Any]) -> bool:
    """Keep a crawler's leases; False when they had ended and were given to others: it holds nothing now (touch).

    One that has left by itself stays away: its last sign of life may come later than its leaving.
    """
    here = update(crawlers).where(crawlers.c.crawler == member.name)
    given = {"alive_until": _later(member.seconds), "counts": dict(counts)}
    if connection.execute(here.where(crawlers.c.left_at.is_(None)).values(given)).rowcount:
        return True
    lost = here.where(crawlers.c.reason == LOST)
    return not connection.execute(lost.values(given | {"left_at": None, "reason": None})).rowcount


def seed(connection: Connection, member: Member) -> Seeding:
    """Ask to enter what the run begins with: one crawler at a time may, until one has done."""
    others = select(crawlers).where(crawlers.c.run_id == member.run_id, crawlers.c.seeding.is_not(None))
    for row in connection.execute(others).mappings():
        if row["seeding"] == "done":
            return "done"
        if row["crawler"] != member.name and row["left_at"] is None and row["alive_until"] > now():
            return "another's"
    connection.execute(update(crawlers).where(crawlers.c.crawler == member.name).values(seeding="begun"))
    return "mine"


def seeded(connection: Connection, member: Member) -> None:
    """Note that all the run begins with is queued."""
    connection.execute(update(crawlers).where(crawlers.c.crawler == member.name).values(seeding="done"))


def queue(connection: Connection, member: Member, portal: str, given: Sequence[tuple[str, UrlKind, int]]) -> set[str]:
    """Queue URLs (with kind and depth) for the run, entering new ones; return, canonical, those that wait in it."""
    entry = {"portal": portal, "discovered_at": now(), "found_run": member.run_id, "state": "found", "list_url": None}
    rows = {
        canonical_url(url): entry | {"url": canonical_url(url), "found_url": url, "kind": kind, "depth": depth}
        for url, kind, depth in given
    }
    insert_missing(connection, urls, list(rows.values()))
    return ledger.queue(connection, member.run_id, rows)


def lease(connection: Connection, member: Member, given: Iterable[str]) -> list[UrlRow]:
    """Give a crawler those of ``given`` (canonical) that wait in its run (touch)."""
    return _take(connection, member.run_id, urls.c.url.in_(list(given)), owner=member.name)


def reap(connection: Connection, member: Member) -> list[UrlRow]:
    """End the leases of crawlers that died; return what they held, each to one caller only (touch)."""
    dead = crawlers.c.left_at.is_(None) & (crawlers.c.alive_until <= now())
    gone = update(crawlers).where(crawlers.c.run_id == member.run_id, crawlers.c.crawler != member.name, dead)
    connection.execute(gone.values(left_at=now(), reason=LOST))
    here = select(crawlers.c.crawler).where(crawlers.c.run_id == member.run_id, crawlers.c.left_at.is_(None))
    return _take(connection, member.run_id, urls.c.lease_owner.not_in(here), owner=None, held=True)


def waiting(connection: Connection, member: Member, limit: int) -> list[UrlRow]:
    """Return what waits in the run's queue and is in nobody's hands, list pages first."""
    here = select(urls).where(urls.c.queued_run == member.run_id, urls.c.lease_owner.is_(None))
    query = here.order_by((urls.c.kind == "article"), urls.c.depth, urls.c.position, urls.c.url).limit(limit)
    return [ledger.url_of(row) for row in connection.execute(query).mappings()]


def is_over(connection: Connection, member: Member) -> bool:
    """Whether the run's beginning was entered and nothing of it waits or is being worked on."""
    done = select(crawlers.c.crawler).where(crawlers.c.run_id == member.run_id, crawlers.c.seeding == "done")
    left = select(urls.c.url).where(urls.c.queued_run == member.run_id)
    return bool(connection.scalar(select(done.exists() & ~left.exists())))


def taken(connection: Connection, member: Member, url: str) -> bool:
    """Whether the run asks for ``url`` by itself, or has."""
    here = (urls.c.queued_run == member.run_id) | (urls.c.done_run == member.run_id)
    return connection.scalar(select(urls.c.url).where(urls.c.url == canonical_url(url), here)) is not None


def new_in(connection: Connection, member: Member, given: Sequence[str]) -> set[str]:
    """Return those of ``given``, spelt as given, that this run was the first to find."""
    by_canonical = {canonical_url(url): url for url in given}
    query = select(urls.c.url).where(urls.c.url.in_(list(by_canonical)), urls.c.found_run == member.run_id)
    return {by_canonical[url] for url in connection.scalars(query)}


def drop(connection: Connection, member: Member) -> int:
    """Leave to later runs what a crawler holds though it works on nothing; return how many URLs that was."""
    held = update(urls).where(urls.c.queued_run == member.run_id, urls.c.lease_owner == member.name)
    return connection.execute(held.values(queued_run=None, lease_owner=None)).rowcount


def close(connection: Connection, member: Member, *, over: bool) -> bool:
    """Ask to end the run: granted to the first when it is ``over``, else only to the last living crawler.

    Nobody joins a run that is being ended.
    """
    others = select(crawlers.c.closing).where(
        crawlers.c.run_id == member.run_id, crawlers.c.crawler != member.name, _alive()
    )
    found = connection.scalars(others).all()
    if any(found) or (found and not over):
        return False
    connection.execute(update(crawlers).where(crawlers.c.crawler == member.name).values(closing=True))
    return True


def others(connection: Connection, member: Member) -> int:
    """Return how many other living crawlers are still in the run."""
    here = select(crawlers.c.crawler).where(crawlers.c.run_id == member.run_id, crawlers.c.crawler != member.name)
    return len(connection.scalars(here.where(_alive())).all())


def figures(connection: Connection, member: Member) -> list[tuple[str | None, dict[str, Any]]]:
    """Return why each other crawler of the run left, and its figures as far as it told them."""
    query = select(crawlers.c.reason, crawlers.c.counts).where(
        crawlers.c.run_id == member.run_id, crawlers.c.crawler != member.name
    )
    return [(row.reason, row.counts or {}) for row in connection.execute(query)]


def release(connection: Connection, member: Member) -> list[UrlRow]:
    """Give back what a crawler holds and return it: it waits again (touch)."""
    return _take(connection, member.run_id, urls.c.lease_owner == member.name, owner=None, held=True)


def leave(connection: Connection, member: Member, reason: str, counts: Mapping[str, Any]) -> None:
    """Take a crawler out of its run; what it still holds is given to others by the next ``reap``."""
    here = update(crawlers).where(crawlers.c.crawler == member.name)
    connection.execute(here.values(left_at=now(), reason=reason, counts=dict(counts)))


def end(connection: Connection, member: Member, reason: str, counts: Mapping[str, Any]) -> None:
    """Close the run with the figures of all, and leave it; what is still queued waits for a later one."""
    leave(connection, member, reason, {})
    left = update(urls).where(urls.c.queued_run == member.run_id)
    connection.execute(left.values(queued_run=None, lease_owner=None))
    run_ledger.end(connection, member.run_id, reason, counts)


def _take(connection: Connection, run_id: int, which: Any, *, owner: str | None, held: bool = False) -> list[UrlRow]:
    """Give URLs of a run to ``owner``; rows that another transaction has in hand are passed over, not waited for."""
    hand = urls.c.lease_owner.is_not(None) if held else urls.c.lease_owner.is_(None)
    free = select(urls).where(urls.c.queued_run == run_id, hand, which).with_for_update(skip_locked=True)
    rows = [ledger.url_of(row) for row in connection.execute(free).mappings()]
    if rows:
        connection.execute(update(urls).where(urls.c.url.in_([row.url for row in rows])).values(lease_owner=owner))
    return rows


def _alive() -> Any:
    return crawlers.c.left_at.is_(None) & (crawlers.c.alive_until > now())


def _closing() -> Any:
    """The runs that a living crawler is ending."""
    return select(crawlers.c.run_id).where(crawlers.c.closing, _alive())


def _living() -> Any:
    """The runs that a living crawler is at."""
    return select(crawlers.c.run_id).where(_alive())


def _later(seconds: float) -> str:
    return stamp(datetime.now(UTC) + timedelta(seconds=seconds))
