"""Official ties between places: who helps whom, under which scheme, from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from crawler.model import Tie
from crawler.places.gazetteer import Unit, _lasts, _starts, gazetteer, lines


@dataclass(frozen=True, slots=True)
class TieRow:
    """One relation of ties.tsv. ``donor`` and ``recipient`` are full names, ``*_unit`` their time-constant ids."""

    scheme: str
    donor: str
    recipient: str
    level: str
    valid_from: str | None
    valid_to: str | None
    source: str
    certainty: str
    donor_unit: str
    recipient_unit: str

    def holds(self, on: str | None) -> bool:
        """Whether the relation was in force on a date (any does on an unknown date)."""
        return not on or (_starts(self.valid_from, on) and _lasts(self.valid_to, on))


def year_known(date: str | None) -> str | None:
    """The date to look places and ties up on: a partial one (``--07-29``, ``---21``) that has no year tells none."""
    return date if date and not date.startswith("-") else None


@cache
def tie_rows() -> tuple[TieRow, ...]:
    """All rows of the table."""
    rows = []
    for line in lines("ties.tsv"):
        cells = line.split("\t")
        if len(cells) != 8:
            raise ValueError(f"ties.tsv: {len(cells)} columns instead of 8 in {line!r}")
        scheme, donor, recipient, level, start, end, source, certainty = cells
        units = [_unit(donor, start or end), _unit(recipient, start or end)]
        rows.append(
            TieRow(
                scheme,
                donor,
                recipient,
                level,
                start or None,
                end or None,
                source,
                certainty,
                units[0].unit_id,
                units[1].unit_id,
            )
        )
    return tuple(rows)


def tie_on(date: str | None, donor: str, recipient: str) -> Tie:
    """The tie between two places (adcodes or full names) on a date: in-pairing, other-tie or unknown.

    in-pairing: a tie in force on the date holds for both, their parents or their children (whichever of the two is
    named first: a gift may run the other way). other-tie: the two are tied, but at another time. unknown: no tie known.
    A date without a year (``--07-29``) is none: any tie of theirs holds.
    """
    date = year_known(date)
    a, b = _line(donor, date), _line(recipient, date)
    if not a or not b:
        return Tie("unknown")
    here, there = _between(a, b), _between(b, a)
    match = _closest([r for r in here if r.holds(date)], a, b) or _closest([r for r in there if r.holds(date)], b, a)
    if match:
        return Tie("in-pairing", match.scheme, match.certainty)
    other = _closest(here, a, b) or _closest(there, b, a)
    return Tie("other-tie", other.scheme, other.certainty) if other else Tie("unknown")


def helps(donor: str, recipient: str, date: str | None) -> str | None:
    """The scheme under which one place, its parents or children help another: by unit, whatever they were called."""
    a, b = _line(donor, date), _line(recipient, date)
    row = _closest([r for r in _between(a, b) if r.holds(date)], a, b) if a and b else None
    return row.scheme if row else None


def ties_of(code: str, date: str | None = None) -> list[TieRow]:
    """Relations of a place (adcode or full name), on either side and through its parents, in force on the date."""
    return list(_ties_of(code, date))


@lru_cache(maxsize=16384)
def _ties_of(code: str, date: str | None) -> tuple[TieRow, ...]:
    line = _line(code, date)
    numbers = {n for unit in line for n in _ends().get(unit, ())}
    return tuple(row for row in (tie_rows()[n] for n in sorted(numbers)) if row.holds(date))


@cache
def _ends() -> dict[str, set[int]]:
    """The numbers of the rows that a unit itself is donor or recipient of."""
    found: dict[str, set[int]] = {}
    for number, row in enumerate(tie_rows()):
        found.setdefault(row.donor_unit, set()).add(number)
        found.setdefault(row.recipient_unit, set()).add(number)
    return found


@lru_cache(maxsize=16384)
def tied_to(unit: str, on: str | None) -> frozenset[str]:
    """Unit ids in a tie in force with this one."""
    return frozenset(other for other, row in _partners().get(unit, ()) if row.holds(on))


@lru_cache(maxsize=4096)
def linked(a: str, b: str, on: str | None) -> float:
    """3 when a tie in force joins two units, 1 when it joins a part of one of them: 宁波 and 贵州 by 黔西南."""
    ours, theirs = tied_to(a, on), tied_to(b, on)
    if b in ours:
        return 3.0
    g = gazetteer()
    return float(any(b in g.lineage(t) for t in ours) or any(a in g.lineage(t) for t in theirs))


@cache
def _partners() -> dict[str, list[tuple[str, TieRow]]]:
    """The other side of each tie a unit has."""
    out: dict[str, list[tuple[str, TieRow]]] = {}
    for r in tie_rows():
        out.setdefault(r.donor_unit, []).append((r.recipient_unit, r))
        out.setdefault(r.recipient_unit, []).append((r.donor_unit, r))
    return out


@cache
def _index() -> tuple[dict[str, frozenset[int]], dict[str, frozenset[int]]]:
    """The numbers of the rows whose donor is a unit or lies in it, by unit, and of those whose recipient does."""
    found: tuple[dict[str, set[int]], dict[str, set[int]]] = ({}, {})
    for number, row in enumerate(tie_rows()):
        for side, unit in zip(found, (row.donor_unit, row.recipient_unit), strict=True):
            for holder in (unit, *gazetteer().lineage(unit)):
                side.setdefault(holder, set()).add(number)
    given, received = ({unit: frozenset(numbers) for unit, numbers in side.items()} for side in found)
    return given, received


def _between(donors: tuple[str, ...], recipients: tuple[str, ...]) -> list[TieRow]:
    """The rows that may join two lines of places, in the table's order."""
    given, received = _index()
    numbers = {n for unit in donors for n in given.get(unit, ())} & {
        n for unit in recipients for n in received.get(unit, ())
    }
    return [tie_rows()[n] for n in sorted(numbers)]


def _line(place: str, date: str | None) -> tuple[str, ...]:
    """Unit ids of a place and its parents, nearest first."""
    g = gazetteer()
    unit = g.place(place, date)
    return tuple(u.unit_id for u in (unit, *g.ancestors(unit, date))) if unit else ()


def _closest(rows: list[TieRow], donors: tuple[str, ...], recipients: tuple[str, ...]) -> TieRow | None:
    """The row nearest to both places; ties of a child answer for a parent asked about as a whole."""
    g = gazetteer()
    best: tuple[int, TieRow] | None = None
    for r in rows:
        far = _distance(g.lineage(r.donor_unit), r.donor_unit, donors)
        near = _distance(g.lineage(r.recipient_unit), r.recipient_unit, recipients)
        if far is not None and near is not None and (best is None or far + near < best[0]):
            best = (far + near, r)
    return best[1] if best else None


def _distance(lineage: frozenset[str], unit: str, line: tuple[str, ...]) -> int | None:
    if unit in line:
        return line.index(unit)
    return 5 if line[0] in lineage else None


def _unit(name: str, date: str) -> Unit:
    g = gazetteer()
    unit = g.by_full_name(name) or g.by_full_name(name, date or None)
    if unit is None:
        raise ValueError(f"ties.tsv: no unit {name!r}; use the full official name with parents")
    return unit
