"""What a report tells, gathered from the store."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from crawler.monitors import number
from crawler.portals import portals
from crawler.schedule import calendar, outcomes
from crawler.schedule.outcome import SHANGHAI, Day, moment
from crawler.store import RunRow, Store, incidents, outbox
from crawler.store.incidents import IncidentRow
from crawler.store.ledger import stamp
from crawler.store.schema import articles, changes, events
from crawler.watch import Happening, Hit, Watch, happenings, hits, plain

MOST_EVENTS = 200
_STRIP = 14  # days of the calendar shown beside each portal
_TOLD = {
    "type": "type", "status": "status", "date_start": "start", "date_end": "end", "supporting": "supporting",
    "supported": "supported", "from_places": "from", "to_places": "to", "amounts": "amounts",
}  # fmt: skip


class ReportError(Exception):
    """A report that cannot be made; the message says why in one line."""


@dataclass(frozen=True, slots=True)
class Health:
    """One portal: its last days, how its last run ended, and what the reported runs did."""

    name: str
    title: str
    days: tuple[tuple[date, Day, str], ...]
    word: str
    why: str
    runs: int
    figures: dict[str, int]


@dataclass(frozen=True, slots=True)
class Correction:
    """An event that was corrected: old and new value of each field that changed."""

    happening: Happening
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a report shows; ``events`` and ``corrections`` the first ``MOST_EVENTS``, ``counted`` all."""

    title: str
    made_at: datetime
    sample: bool
    portals: tuple[Health, ...]
    failing: tuple[IncidentRow, ...]
    over: tuple[IncidentRow, ...]
    hits: tuple[Hit, ...]
    events: tuple[Happening, ...]
    corrections: tuple[Correction, ...]
    counted: dict[str, int] = field(default_factory=dict)
    unsent: tuple[tuple[str, int, str | None], ...] = ()


FIGURES = ("new", "changed", "gone", "lost", "new_events")


def of_run(store: Store, run_id: int, watches: Sequence[Watch], now: datetime) -> Report:
    """The report of one run; raises ReportError when there is none of that number."""
    run = next((one for one in store.runs() if one.run_id == run_id), None)
    if run is None:
        raise ReportError(f"there is no run {run_id}; scrapy runs lists them")
    started = moment(run.started_at).astimezone(SHANGHAI)
    title = f"{run.portal}, run {run_id} of {started:%Y-%m-%d %H:%M}"
    with store.read() as connection:
        found = incidents.listed(connection, run.portal)
        return _report(
            connection,
            store,
            title,
            now,
            runs=[run],
            names=[run.portal],
            failing=[one for one in found if one.first_run <= run_id <= one.last_run],
            over=[one for one in found if one.closed_run == run_id],
            found=hits(connection, watches, run_id=run_id),
            fresh=events.c.first_run == run_id,
            noted=changes.c.run_id == run_id,
        )


def of_span(store: Store, since: datetime, until: datetime, watches: Sequence[Watch]) -> Report:
    """The report of what was found since a moment."""
    start, runs = stamp(since), store.runs()
    shown = [f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" for at in (since, until)]
    with store.read() as connection:
        found = incidents.listed(connection, since=start)
        return _report(
            connection,
            store,
            f"{shown[0]} to {shown[1]}",
            until,
            runs=[run for run in runs if run.started_at >= start],
            names={run.portal for run in runs},
            failing=[one for one in found if one.closed_at is None],
            over=[one for one in found if one.closed_at is not None],
            found=hits(connection, watches, since=start),
            fresh=events.c.created_at >= start,
            noted=changes.c.at >= start,
        )


def _report(
    connection: Connection,
    store: Store,
    title: str,
    now: datetime,
    *,
    runs: Sequence[RunRow],
    names: Collection[str],
    failing: Sequence[IncidentRow],
    over: Sequence[IncidentRow],
    found: Sequence[Hit],
    fresh: ColumnElement[bool],
    noted: ColumnElement[bool],
) -> Report:
    live = (events.c.state == "live") & fresh
    dated = (events.c.date_start.is_(None) | events.c.date_start.startswith("-")).asc()
    newest = select(events.c.event_id).where(live).order_by(dated, events.c.date_start.desc(), events.c.event_id)
    ids = list(connection.scalars(newest.limit(MOST_EVENTS)))
    corrections, corrected = _corrections(connection, noted, fresh)
    counted = {
        "runs": len(runs),
        "events": connection.scalar(select(func.count()).select_from(events).where(live)) or 0,
        "corrections": corrected,
        "articles": connection.scalar(select(func.count()).select_from(articles)) or 0,
    }
    return Report(
        title,
        now,
        store.sample,
        tuple(_health(store, runs, names, now)),
        tuple(failing),
        tuple(over),
        tuple(found),
        tuple(happenings(connection, ids)),
        corrections,
        counted,
        tuple(outbox.waiting(connection)),
    )


def _health(store: Store, runs: Sequence[RunRow], names: Collection[str], now: datetime) -> list[Health]:
    titles = {portal.name: portal.title for portal in portals()}
    found = []
    today = now.astimezone(SHANGHAI).date()
    for name in sorted(names):
        past = store.runs(name, 500)[::-1]
        judged = outcomes(past)
        mine = [run for run in runs if run.portal == name]
        numbers = {run.run_id for run in mine}
        told = [pair for pair in judged if pair[0].run_id in numbers] or judged
        _, last = next((pair for pair in reversed(told) if pair[1].word != "back-fill"), told[-1])
        figures = {key: sum(number(run.counts, key) for run in mine) for key in FIGURES}
        days = tuple(calendar(past, today, _STRIP))
        found.append(Health(name, titles.get(name, ""), days, last.word, last.why, len(mine), figures))
    return found


def _corrections(
    connection: Connection, noted: ColumnElement[bool], fresh: ColumnElement[bool]
) -> tuple[tuple[Correction, ...], int]:
    """Events that were there before and were corrected; of several corrections the first old and the last new value."""
    query = (
        select(changes.c.subject_id, changes.c.detail)
        .join(events, events.c.event_id == changes.c.subject_id)
        .where(changes.c.subject == "event", changes.c.kind == "corrected", noted, ~fresh, events.c.state == "live")
        .order_by(changes.c.change)
    )
    told: dict[str, dict[str, tuple[str, str]]] = {}
    for event_id, detail in connection.execute(query):
        fields = told.setdefault(event_id, {})
        for key, label in _TOLD.items():
            if isinstance(pair := detail.get(key), list) and len(pair) == 2:
                fields[label] = (fields.get(label, (_value(pair[0]), ""))[0], _value(pair[1]))
    ids = [event_id for event_id in reversed(told) if told[event_id]]
    shown = happenings(connection, ids[:MOST_EVENTS])
    rows = ((one, told[one.event.event_id]) for one in shown)
    return tuple(Correction(one, tuple((k, a, b) for k, (a, b) in kept.items())) for one, kept in rows), len(ids)


def _value(value: Any) -> str:
    """A journalled value for people."""
    if isinstance(value, list):
        return "、".join(_value(one) for one in value) or "-"
    if isinstance(value, dict):  # an amount
        return f"{value.get('value_cny', 0):,.0f} CNY"
    return plain(str(value)) if value is not None else "-"
