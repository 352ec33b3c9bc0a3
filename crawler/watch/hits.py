"""Which events hit which watch, since a moment or in a run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from crawler.store.schema import event_persons, event_places, events
from crawler.watch.happenings import Happening, happenings
from crawler.watch.lists import Watch

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Hit:
    """A watch and an event that fits it; ``new`` tells a new event from a corrected one."""

    watch: str
    happening: Happening
    new: bool


def hits(
    connection: Connection,
    watches: Iterable[Watch],
    *,
    since: str | None = None,
    run_id: int | None = None,
    limit: int | None = None,
) -> list[Hit]:
    """Return the hits among events entered or corrected since a stored time, or by a run; newest first.

    ``limit`` keeps so many of each watch.
    """
    e, found = events.c, []
    for watch in watches:
        query = select(e.event_id, e.date_start, e.created_at, e.first_run).where(watch.choice.event_condition())
        if since is not None:
            query = query.where(e.updated_at >= since)
        if run_id is not None:
            query = query.where(e.changed_run == run_id)
        if watch.persons:
            named = select(event_persons.c.event_id).where(event_persons.c.name.in_(watch.persons))
            query = query.where(e.event_id.in_(named))
        rows = connection.execute(query.order_by(e.updated_at.desc(), e.event_id)).all()
        codes = _codes(connection, [row.event_id for row in rows])
        fitting = {row.event_id: row for row in rows if _fits(watch, codes[row.event_id], row.date_start)}
        for happening in happenings(connection, list(fitting)[:limit]):
            row = fitting[happening.event.event_id]
            new = row.first_run == run_id if run_id is not None else since is None or row.created_at >= since
            found.append(Hit(watch.name, happening, new))
    return sorted(found, key=lambda hit: hit.happening.updated_at, reverse=True)


def _fits(watch: Watch, codes: Sequence[tuple[str, str]], date: str | None) -> bool:
    """Whether the places fit: one in the watched place, and for a pair one in each, not both on one side."""
    if not watch.choice.holds_for([code for code, _ in codes], date):
        return False
    if watch.pair is None:
        return True
    one, other = ([(c, side) for c, side in codes if choice.holds_for([c], date)] for choice in watch.pair)
    return any(a != b and not (s and s == t) for a, s in one for b, t in other)


_SIDES = {"supporting": "supporting", "supported": "supported"}


def _codes(connection: Connection, ids: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """(adcode, side or empty) of every place of these events."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    p = event_places.c
    for start in range(0, len(ids), _CHUNK):
        chosen = p.event_id.in_(ids[start : start + _CHUNK]) & p.code.is_not(None)
        for event_id, code, role in connection.execute(select(p.event_id, p.code, p.role).where(chosen)):
            found[event_id].append((code, _SIDES.get(role, "")))
    return found
