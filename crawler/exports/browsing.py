"""What a snapshot holds beside the exported tables: units with their parents, conflicts, history, arrivals."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from sqlalchemy import select

from crawler.exports.choosing import above, known_year, unit_of
from crawler.exports.tables import Tables
from crawler.exports.writing import batches
from crawler.places import Unit, gazetteer
from crawler.schedule.outcome import SHANGHAI, calendar, moment
from crawler.store import runs
from crawler.store import schema as s

TABLES = """
CREATE TABLE event_units (unit_id TEXT, role TEXT, event INTEGER, named INTEGER, PRIMARY KEY (unit_id, role, event))
    WITHOUT ROWID;
CREATE TABLE tellings (article INTEGER, event INTEGER, PRIMARY KEY (article, event)) WITHOUT ROWID;
CREATE TABLE units (unit_id TEXT PRIMARY KEY, code TEXT, name TEXT, full_name TEXT, level TEXT, parent TEXT, lat REAL,
    lon REAL);
CREATE TABLE conflicts (event_id TEXT, field TEXT, value TEXT, article_id TEXT);
CREATE TABLE changes (at TEXT, event_id TEXT, kind TEXT, detail TEXT);
CREATE TABLE arrivals (event_id TEXT PRIMARY KEY, at TEXT, changed_at TEXT);
CREATE TABLE chains (earlier TEXT, later TEXT, score REAL, evidence TEXT, PRIMARY KEY (earlier, later)) WITHOUT ROWID;
CREATE INDEX chains_later ON chains (later);
CREATE TABLE portal_days (portal TEXT, day TEXT, word TEXT, why TEXT, PRIMARY KEY (portal, day)) WITHOUT ROWID;
CREATE INDEX event_units_event ON event_units (event);
CREATE INDEX conflicts_event ON conflicts (event_id);
CREATE INDEX changes_event ON changes (event_id);
CREATE INDEX arrivals_at ON arrivals (at);
CREATE INDEX units_name ON units (name);
CREATE INDEX units_parent ON units (parent);
CREATE INDEX events_newest ON events (date_start, event_id);
CREATE INDEX event_sources_portal ON event_sources (portal);
INSERT INTO tellings SELECT DISTINCT a.rowid, e.rowid FROM event_sources s
    JOIN articles a ON a.article_id = s.article_id JOIN events e ON e.event_id = s.event_id;
"""

_SUMS = """
CREATE TABLE unit_counts AS
SELECT unit_id, count(DISTINCT event) AS events, count(DISTINCT CASE WHEN role = 'supporting' THEN event END) AS gives,
       count(DISTINCT CASE WHEN role = 'supported' THEN event END) AS gets
FROM event_units GROUP BY unit_id;
CREATE TABLE partners AS
SELECT d.unit_id AS donor, r.unit_id AS recipient, max(d.named) AS donor_named, max(r.named) AS recipient_named,
       count(DISTINCT e.rowid) AS events, count(DISTINCT CASE WHEN e.type = 'visit' THEN e.rowid END) AS visits,
       min(CASE WHEN e.date_start GLOB '[12]*' THEN substr(e.date_start, 1, 4) END) AS first,
       max(CASE WHEN e.date_start GLOB '[12]*' THEN substr(e.date_start, 1, 4) END) AS last
FROM event_units d JOIN event_units r ON r.event = d.event AND r.role = 'supported'
JOIN events e ON e.rowid = d.event
WHERE d.role = 'supporting' AND e.status != 'planned' GROUP BY d.unit_id, r.unit_id;
CREATE UNIQUE INDEX unit_counts_unit ON unit_counts (unit_id);
CREATE INDEX partners_donor ON partners (donor, events);
CREATE INDEX partners_recipient ON partners (recipient, events);
"""

# a county and its city may both be named: whoever comes last must not hide that
_NAMED = """
INSERT INTO event_units VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET named = max(named, excluded.named)
"""


def add_browsing_tables(database: sqlite3.Connection, view: Tables) -> None:
    """Fill the tables of ``TABLES`` for the events that the snapshot has.

    ``event_units`` has a row for every unit in which an event gives (``supporting``), gets (``supported``), starts
    (``from``) or ends (``to``), its parents included; ``named`` says that the event names the unit itself. Events and
    articles stand under their row numbers where that makes pages quick.
    """
    database.executescript(TABLES)
    units: dict[str, Unit] = {}
    numbers = dict(database.execute("SELECT event_id, rowid FROM events"))
    for rows in batches(_event_units(view, units, numbers), 20_000):
        database.executemany(_NAMED, rows)
    database.executescript(_SUMS)
    database.executemany("INSERT INTO units VALUES (?, ?, ?, ?, ?, ?, ?, ?)", map(_unit, units.values()))
    for said in batches(_conflicts(view)):
        database.executemany("INSERT INTO conflicts VALUES (?, ?, ?, ?)", said)
    link, live = s.event_links.c, select(s.events.c.event_id).where(s.events.c.state == "live")
    steps = view.connection.execute(
        select(s.event_links).where(link.earlier.in_(live), link.later.in_(live)).order_by(link.earlier, link.later)
    )
    for led in batches(steps):
        told = [(row.earlier, row.later, row.score, json.dumps(row.evidence, ensure_ascii=False)) for row in led]
        database.executemany("INSERT INTO chains VALUES (?, ?, ?, ?)", told)
    c = s.changes.c
    history = view.connection.execute(
        select(c.at, c.subject_id, c.kind, c.detail).where(c.subject == "event").order_by(c.change)
    )
    for changed in batches(history):
        told = [(row.at, row.subject_id, row.kind, json.dumps(row.detail, ensure_ascii=False)) for row in changed]
        database.executemany("INSERT INTO changes VALUES (?, ?, ?, ?)", told)
    e = s.events.c
    dates = view.connection.execute(
        select(e.event_id, e.created_at, e.updated_at).where(e.state == "live").order_by(e.event_id)
    )
    for made in batches(dates):
        database.executemany("INSERT INTO arrivals VALUES (?, ?, ?)", [tuple(row) for row in made])
    database.executemany("INSERT INTO portal_days VALUES (?, ?, ?, ?)", _portal_days(view))


def _portal_days(view: Tables) -> Iterator[tuple[str, str, str, str]]:
    """Each portal's days from its first run to the last run of all: what ``scrapy runs --portal`` shows."""
    every = sorted(runs.listed(view.connection, None), key=lambda run: run.run_id)
    if not every:
        return
    last = max(moment(run.started_at).astimezone(SHANGHAI).date() for run in every)
    for portal in sorted({run.portal for run in every}):
        own = [run for run in every if run.portal == portal]
        days = (last - moment(own[0].started_at).astimezone(SHANGHAI).date()).days + 1
        for day, word, why in calendar(own, last, days):
            yield portal, day.isoformat(), word, why


def _event_units(view: Tables, units: dict[str, Unit], numbers: dict[str, int]) -> Iterator[tuple[str, str, int, int]]:
    p, e = s.event_places.c, s.events.c
    query = (
        select(p.event_id, p.role, p.code, e.date_start)
        .join(s.events, e.event_id == p.event_id)
        .where(e.state == "live", p.code.is_not(None), p.role != "site")
        .order_by(p.event_id, p.position)
    )
    for row in view.connection.execute(query):
        year = known_year(row.date_start)
        unit = unit_of(row.code, year)
        if unit is None:
            continue
        for number, one in enumerate(above(unit, year)):
            units.setdefault(one.unit_id, one)
            yield one.unit_id, row.role, numbers[row.event_id], int(number == 0)


def _unit(unit: Unit) -> tuple[str, str, str, str, str, str | None, float | None, float | None]:
    """The unit as it is called last."""
    last = gazetteer().rows(unit.unit_id)
    now = last[-1] if last else unit
    parents = gazetteer().ancestors(now)
    parent = parents[0].unit_id if parents else None
    return unit.unit_id, now.code, now.name, now.full_name, now.level, parent, now.lat, now.lon


def _conflicts(view: Tables) -> Iterator[tuple[str, str, str, str]]:
    e = s.events.c
    for row in view.connection.execute(select(e.event_id, e.conflicts).where(e.state == "live").order_by(e.event_id)):
        for name, values in sorted((row.conflicts or {}).items()):
            for said in values:
                for article in said["articles"]:
                    yield row.event_id, name, json.dumps(said["value"], ensure_ascii=False), article
