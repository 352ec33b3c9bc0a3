"""The panel: what each unit gave and received in each year, and how closely it was watched.

A row is a unit of one level in one year. An event counts for every unit in it and for their parents, each once, so
that rows add up within no event twice but may not be added over units. What nothing watched is missing, not zero.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from crawler.exports.choosing import above, unit_of
from crawler.exports.columns import Row, values
from crawler.exports.tables import Tables
from crawler.exports.watching import Watch
from crawler.places import Unit, gazetteer
from crawler.places.ties import TieRow, tie_rows

_RUNNING = ("total", "this_year")
"""Meanings of money that are running figures: the year's is the largest told, others add up."""

_COUNTS = {
    "events": None,
    "visits_given": "visit",
    "visits_received": "visit",
    "meetings": "meeting",
    "agreements": "agreement",
}
"""Columns that count events, and the type they count."""


@dataclass
class _Cell:
    """What one unit did in one year."""

    counts: Counter[str] = field(default_factory=Counter)
    money: dict[str, float] = field(default_factory=dict)
    people: Counter[str] = field(default_factory=Counter)

    def pay(self, meaning: str, side: str, value: float) -> None:
        column, before = f"{meaning}_{side}_cny", self.money.get(f"{meaning}_{side}_cny", 0.0)
        self.money[column] = max(before, value) if meaning in _RUNNING else before + value


def panel(tables: Tables) -> Iterator[Row]:
    """The rows of the panel, by level, unit and year; those of chosen places only, when places are chosen."""
    cells: dict[tuple[str, int], _Cell] = defaultdict(_Cell)
    for event in tables.events():
        if event["status"] != "planned" and (year := _year(event)):
            _enter(cells, event, year)
    watch = Watch(tables.connection, tables.choice)
    years = _years(tables, [year for _, year in cells], watch)
    wanted = tables.choice.units()
    ties = [row for row in tie_rows() if not tables.choice.schemes or row.scheme in tables.choice.schemes]
    for unit_id in _units((unit_id for unit_id, _ in cells), ties, years):
        for year in years:
            now = _names(unit_id, str(year))
            if now and (not wanted or wanted & {u.unit_id for u in above(now[-1], str(year))}):
                yield _row(now, year, cells.get((unit_id, year)), watch, ties, tables)


def _enter(cells: dict[tuple[str, int], _Cell], event: Row, year: int) -> None:
    """Count one event for all its units and their parents."""
    side = {name: _held(event[f"{name}_codes"], year) for name in _SIDES}
    taking_part = set().union(*side.values())
    given, received = side["supporting"] - side["supported"], side["supported"] - side["supporting"]
    for unit_id in taking_part:
        counts = cells[unit_id, year].counts
        counts["events"] += 1
        counts["meetings"] += event["type"] == "meeting"
        counts["agreements"] += event["type"] == "agreement"
    if event["type"] == "visit":
        for unit_id in side["from_places"] - side["to_places"]:
            cells[unit_id, year].counts["visits_given"] += 1
        for unit_id in side["to_places"] - side["from_places"]:
            cells[unit_id, year].counts["visits_received"] += 1
    for units, word, verb in ((given, "given", "sent"), (received, "received", "received")):
        for unit_id in units:
            for meaning in values("meaning"):
                if (value := event[f"amount_{meaning.value}_cny"]) is not None:
                    cells[unit_id, year].pay(meaning.value, word, value)
            if event["people_sent"] is not None:
                cells[unit_id, year].people[f"people_{verb}"] += event["people_sent"]


_SIDES = ("supporting", "supported", "from_places", "to_places")


def _held(codes: Iterable[str], year: int) -> set[str]:
    """Unit ids down to the county of these adcodes and their parents in a year."""
    units = [unit for code in codes if code and (unit := unit_of(code, str(year)))]
    return {up.unit_id for unit in units for up in above(unit, str(year)) if up.level != "town"}


def _year(event: Row) -> int | None:
    """The one year an event belongs to: that of its first day; none for periods of several years."""
    end = event["date_end"] or ""
    if event["date_precision"] in ("year", "period") and end[:4] and end[:4] != (event["date_start"] or "")[:4]:
        return None
    year: int | None = event["year"]
    return year


def _years(tables: Tables, seen: Iterable[int], watch: Watch) -> range:
    """Every year from the first to the last of events and watched pages, inside the chosen dates."""
    known = {*seen, *watch.years()}
    low = int(tables.choice.since[:4]) if tables.choice.since else min(known, default=1)
    high = int(tables.choice.until[:4]) if tables.choice.until else max(known, default=0)
    return range(low, high + 1)


def _units(seen: Iterable[str], ties: Iterable[TieRow], years: range) -> list[str]:
    """Unit ids of events and of the ties of these years, with all their parents: provinces first, by id."""
    ids = set(seen)
    g = gazetteer()
    for tie in ties:
        if any(tie.holds(str(year)) for year in years):
            for unit_id in (tie.donor_unit, tie.recipient_unit):
                ids |= {unit_id} | g.lineage(unit_id) if g.rows(unit_id) else set()
    order = {"province": 0, "prefecture": 1, "county": 2}
    return sorted((i for i in ids if g.rows(i)), key=lambda i: (order[g.rows(i)[-1].level], i))


def _names(unit_id: str, year: str) -> list[Unit]:
    """The rows of a unit in force in a year, the last one last; none when it was not there."""
    return [unit for unit in gazetteer().rows(unit_id) if unit.holds(year)]


def _row(now: list[Unit], year: int, cell: _Cell | None, watch: Watch, ties: Iterable[TieRow], tables: Tables) -> Row:
    unit = now[-1]
    line = above(unit, str(year))
    portals, pages = watch.over(unit.unit_id, year)
    mine = [t for t in ties if unit.unit_id in (t.donor_unit, t.recipient_unit) and t.holds(str(year))]
    return {
        "unit_id": unit.unit_id,
        "year": year,
        "level": unit.level,
        "code": unit.code,
        "codes": list(dict.fromkeys(u.code for u in now)),
        "name": unit.name,
        "full_name": gazetteer().full_name(unit, str(year)),
        "prefecture_unit": next((u.unit_id for u in line if u.level == "prefecture"), None),
        "province_unit": next((u.unit_id for u in line if u.level == "province"), None),
        "tie_donor": any(t.donor_unit == unit.unit_id for t in mine),
        "tie_recipient": any(t.recipient_unit == unit.unit_id for t in mine),
        "tie_schemes": sorted({t.scheme for t in mine}),
        "watching_portals": portals,
        "watching_pages": pages,
        "sample": tables.sample,
        **_counted(cell or _Cell(), bool(pages), tables.choice.types),
    }


def _counted(cell: _Cell, watched: bool, types: tuple[str, ...]) -> Mapping[str, Any]:
    """Counts, missing where neither watched nor seen, or of a type left out; money and people only as told."""
    shown = {name: bool(cell.counts[name]) or (watched and _asked(kind, types)) for name, kind in _COUNTS.items()}
    return {
        **{name: cell.counts[name] if shown[name] else None for name in _COUNTS},
        "people_sent": cell.people.get("people_sent"),
        "people_received": cell.people.get("people_received"),
        **{
            f"{meaning.value}_{side}_cny": cell.money.get(f"{meaning.value}_{side}_cny")
            for side in ("given", "received")
            for meaning in values("meaning")
        },
    }


def _asked(kind: str | None, types: tuple[str, ...]) -> bool:
    return not types or kind is None or kind in types
