"""Incidents: what a monitor found, from the run it began with to the run that saw it gone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, update

from crawler.store.ledger import now
from crawler.store.schema import incidents


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """One cause of failure at one portal; ``closed_at`` is None while it lasts, ``folder`` holds the ready case."""

    incident: int
    portal: str
    cause: str
    kind: str
    message: str
    folder: str | None
    first_run: int
    last_run: int
    opened_at: str
    seen_at: str
    closed_at: str | None
    closed_run: int | None


def book(
    connection: Connection, portal: str, run_id: int, found: Iterable[Mapping[str, str]], settled: Collection[str]
) -> tuple[list[IncidentRow], list[IncidentRow]]:
    """Enter what a run's monitors found; return the incidents it opened and those it closed.

    ``found`` has ``cause``, ``kind`` and ``message``. A cause that is open already is brought up to date. An open one
    that was not found again is closed if it is among ``settled``.
    """
    open_ = {row.cause: row for row in listed(connection, portal, only_open=True)}
    here = {"last_run": run_id, "seen_at": now()}
    opened = []
    causes = set()
    for one in found:
        causes.add(one["cause"])
        if former := open_.get(one["cause"]):
            this = incidents.c.incident == former.incident
            connection.execute(update(incidents).where(this).values(message=one["message"], **here))
            continue
        row: dict[str, Any] = {**one, "portal": portal, "first_run": run_id, "opened_at": now(), **here}
        made = connection.execute(insert(incidents).values(row)).inserted_primary_key
        assert made is not None
        opened.append(made[0])
    closed = [row.incident for cause, row in open_.items() if cause not in causes and cause in settled]
    if closed:
        gone = {"closed_at": now(), "closed_run": run_id}
        connection.execute(update(incidents).where(incidents.c.incident.in_(closed)).values(gone))
    rows = {row.incident: row for row in listed(connection, portal)}
    return [rows[number] for number in opened], [rows[number] for number in closed]


def keep_case(connection: Connection, incident: int, folder: str) -> None:
    """Note where an incident's ready case lies."""
    connection.execute(update(incidents).where(incidents.c.incident == incident).values(folder=folder))


def listed(
    connection: Connection, portal: str | None = None, *, only_open: bool = False, since: str | None = None
) -> list[IncidentRow]:
    """Return incidents, newest first; ``since`` (a time as stored) keeps those that were open at it or later."""
    query = select(incidents).order_by(incidents.c.incident.desc())
    if portal is not None:
        query = query.where(incidents.c.portal == portal)
    if only_open:
        query = query.where(incidents.c.closed_at.is_(None))
    if since is not None:
        query = query.where(incidents.c.closed_at.is_(None) | (incidents.c.closed_at >= since))
    return [IncidentRow(**row) for row in connection.execute(query).mappings()]


def one(connection: Connection, incident: int) -> IncidentRow:
    """Return an incident by its number."""
    return IncidentRow(**connection.execute(select(incidents).where(incidents.c.incident == incident)).mappings().one())
