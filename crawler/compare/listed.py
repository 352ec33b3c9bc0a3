"""One event of anybody's list in comparable form, and how the columns of a researcher's own table become it."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from crawler.model import EVENT_TYPES, EventType
from crawler.places import find_places, gazetteer, year_known
from crawler.sheets import Row, Sheet

FIELDS = (
    "id", "type", "date", "date_end", "year", "supporting", "supported", "from", "to", "places", "persons", "amount",
    "amount_wan",
)  # fmt: skip
"""What a column can be mapped to. ``places`` is for lists that do not say who helps whom, ``amount`` is in yuan."""

PLACES = ("supporting", "supported", "from", "to", "places")


@dataclass(frozen=True, slots=True)
class Listed:
    """One event of a list.

    ``days`` are the first and last day it can have been (ordinals of a 372-day year), None when its year is not known.
    ``units`` are, for each of ``PLACES``, the time-constant ids that each name can mean. What a list does not say is
    empty or None.
    """

    key: str
    type: EventType | None = None
    start: str | None = None
    end: str | None = None
    days: tuple[int, int] | None = None
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    units: Mapping[str, tuple[frozenset[str], ...]] = field(default_factory=dict)
    persons: tuple[str, ...] = ()
    amount: float | None = None


@dataclass(frozen=True, slots=True)
class Spelling:
    """A cell that could not be understood: the event is kept without it."""

    number: int
    column: str
    value: str
    cause: str

    def __str__(self) -> str:
        """As ``row 7, date: '20l7': not a date``."""
        return f"row {self.number}, {self.column}: {self.value!r}: {self.cause}"


def guess(header: Sequence[str]) -> dict[str, str]:
    """Return which column holds which of ``FIELDS``, by the names that such columns usually bear."""
    found: dict[str, str] = {}
    folded = {_folded(column): column for column in reversed(header)}
    for name, words in _table("headers.tsv").items():
        column = next((folded[word] for word in map(_folded, words) if word in folded), None)
        if column is not None and column not in found.values():
            found[name] = column
    return found


def listed(sheet: Sheet, columns: Mapping[str, str]) -> tuple[list[Listed], list[Spelling]]:
    """Return the events of a table whose ``columns`` are mapped, and the cells that could not be understood.

    A mention of several types becomes the first one; a type, place or date not understood is left open.
    """
    problems: list[Spelling] = []
    ids = Counter(row[columns["id"]] for row in sheet.rows) if "id" in columns else Counter()
    events = []
    for row in sheet.rows:
        given = row[columns["id"]] if "id" in columns else ""
        key = given if given and ids[given] == 1 else f"{given} (row {row.number})".strip()
        events.append(_event(key, row, columns, problems))
    return events, problems


def event(
    key: str,
    kind: EventType | None,
    dates: tuple[str | None, str | None],
    places: Mapping[str, Iterable[str]],
    persons: Iterable[str] = (),
    amount: float | None = None,
) -> Listed:
    """Put an event into comparable form: ISO dates or parts, places as official names or as people write them."""
    start, end = dates
    days = _days(start, end)
    names = {role: tuple(given) for role, given in places.items() if given}
    units = {role: tuple(lines) for role, given in names.items() if (lines := _lines(given, start))}
    return Listed(key, kind, start, end, days, names, units, tuple(persons), amount)


def iso_date(text: str) -> tuple[str, str] | None:
    """Return first and last known date of what a cell says, as ISO dates or parts of one, or None.

    Takes ``2017-12-24``, ``2017/12``, ``2017年12月24日``, ``20171224``, ``2017``, and two of them joined by
    ``至``, ``到``, ``~`` or ``…``; the second may leave out what it shares (``2017年12月24日至26日``).
    """
    first, last = (*re.split(r"\s*(?:至|到|~|～|—+|–|…+|\.\.+| - )\s*", text.strip(), maxsplit=1), None)[:2]
    begun = _parts(first or "")
    if begun is None:
        return None
    ended = _parts(last, begun) if last else begun
    return (_spelt(begun), _spelt(ended)) if ended and begun <= ended else None


def _event(key: str, row: Row, columns: Mapping[str, str], problems: list[Spelling]) -> Listed:
    def said(name: str, cause: str) -> None:
        problems.append(Spelling(row.number, columns[name], cell[name], cause))

    cell = {name: row[column] for name, column in columns.items()}
    kind = _type(cell.get("type", ""))
    if cell.get("type") and kind is None:
        said("type", "no known type of event; left open")
    start = end = None
    for name in ("date", "year"):
        if cell.get(name) and start is None:
            span = iso_date(cell[name])
            if span is None:
                said(name, "not a date")
            else:
                start, end = span
    if cell.get("date_end"):
        span = iso_date(cell["date_end"])
        if span is None or (start and span[1] < start[: len(span[1])]):
            said("date_end", "not a date after the first")
        else:
            start, end = start or span[0], span[1]
    places = {role: _names(cell[role]) for role in PLACES if cell.get(role)}
    amount = None
    for name, factor in (("amount", 1.0), ("amount_wan", 1e4)):
        if cell.get(name) and amount is None:
            amount = _number(cell[name])
            if amount is None:
                said(name, "not a number")
            else:
                amount *= factor
    made = event(key, kind, (start, end), places, _names(cell.get("persons", "")), amount)
    for role in places.keys() - made.units.keys():
        said(role, "no known place")
    return made


def _parts(text: str, shared: tuple[int, ...] = ()) -> tuple[int, ...] | None:
    """Year, month and day as far as a date says them; what a second date leaves out is that of the first."""
    if match := re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text):
        numbers = [int(part) for part in match.groups()]
    elif re.fullmatch(r"\d{1,4}(?:[-/.年月]\d{1,2}){0,2}[年月日号]?(?:[T ].*)?", text):
        numbers = [int(part) for part in re.findall(r"\d+", re.split(r"[T ]", text)[0])]
    else:
        return None
    if numbers[0] < 1000:
        numbers = [*shared[: len(shared) - len(numbers)], *numbers]
    year, month, day = (*numbers, 1, 1)[:3]
    fits = 1900 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
    return tuple(numbers) if fits and len(numbers) <= 3 else None


def _spelt(parts: tuple[int, ...]) -> str:
    return "-".join(f"{part:0{2 if place else 4}d}" for place, part in enumerate(parts))


def _days(start: str | None, end: str | None) -> tuple[int, int] | None:
    if not start or start.startswith("-"):
        return None
    low = [int(part) for part in start.split("-")]
    high = [int(part) for part in (end or start).split("-")]
    first = (*low, 1, 1)[:3]
    last = (*high, *(12, 31)[len(high) - 1 :])[:3]
    return first[0] * 372 + first[1] * 31 + first[2], last[0] * 372 + last[1] * 31 + last[2]


def _lines(names: Iterable[str], on: str | None) -> list[frozenset[str]]:
    """The units that each name can mean: one, or all candidates of an ambiguous one."""
    found = []
    when = year_known(on)
    for name in names:
        if unit := gazetteer().place(name, when):
            found.append(frozenset([unit.unit_id]))
            continue
        mentions = find_places(name, on=when)
        found += [frozenset(u.unit_id for u in ((m.unit,) if m.unit else m.candidates)) for m in mentions]
    return [units for units in found if units]


def _type(cell: str) -> EventType | None:
    folded = cell.casefold()
    if folded in EVENT_TYPES:
        return folded
    hits = [
        (folded.index(word), -len(word), kind)
        for kind, words in _table("types.tsv").items()
        for word in words
        if word in folded
    ]
    return min(hits)[2] if hits else None  # type: ignore[return-value]


def _number(cell: str) -> float | None:
    match = re.fullmatch(r"[¥￥]?\s*(\d[\d,]*(?:\.\d+)?)\s*(亿|万)?元?", cell.strip())
    if not match:
        return None
    return float(match[1].replace(",", "")) * {None: 1.0, "万": 1e4, "亿": 1e8}[match[2]]


def _names(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for part in re.split(r"[;；,，、/|\n]+\s*", cell.strip()) if part))


def _folded(name: str) -> str:
    return re.sub(r"[\s_()（）\-]", "", name).casefold()


@cache
def _table(name: str) -> dict[str, list[str]]:
    lines = (files("crawler.compare") / "data" / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    return {key: words.split() for key, words in rows}
