"""How the values of an event stand in a cell, and how a corrected cell is read back."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from crawler.compare.listed import iso_date
from crawler.events.correcting import CORRECTABLE, PLACE_ROLES
from crawler.model import EVENT_TYPES
from crawler.places import find_places, gazetteer, year_known

STATUSES = ("done", "agreed", "planned")
SIDES = ("supporting", "supported")


class CellError(Exception):
    """A cell cannot be understood; the message says why."""


def spell(name: str, value: Any) -> str:
    """Return a value as its cell: one item of a list a line, ``name | title | side``, ``supported = supporting``."""
    if value is None:
        return ""
    if name == "persons":
        lines = (" | ".join((p["name"], p["title"] or "", p["side"] or "")).rstrip(" |") for p in value)
        return "\n".join(lines)
    if name == "pairs":
        return "\n".join(" = ".join(pair) for pair in value)
    if name == "amounts_cny":
        return "\n".join(f"{amount:.2f}".rstrip("0").rstrip(".") for amount in value)
    return "\n".join(value) if isinstance(value, list | tuple) else str(value)


def changes(given: Mapping[str, str], now: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields whose cells differ from those given, read. Raises ``CellError`` naming the column."""
    differing = {n: now[n] for n in CORRECTABLE if n in now and _lines(now[n]) != _lines(given.get(n, ""))}
    read = {}
    start = now.get("date_start") or given.get("date_start")
    for name, cell in differing.items():
        try:
            read[name] = _READERS[name](cell, start)
        except CellError as error:
            raise CellError(f"{name}: {error}") from error
    return read


def _lines(cell: str) -> list[str]:
    return [line.strip() for line in cell.splitlines() if line.strip()]


def _items(cell: str) -> list[str]:
    return [part.strip() for part in re.split(r"[\n;；]", cell) if part.strip()]


def _one_of(allowed: Sequence[str]) -> Callable[[str, str | None], Any]:
    def read(cell: str, _: str | None) -> str:
        if cell.strip() not in allowed:
            raise CellError(f"{cell!r} is none of {', '.join(allowed)}")
        return cell.strip()

    return read


def _date(cell: str, _: str | None) -> str | None:
    cell = cell.strip()
    if not cell or re.fullmatch(r"--\d\d-\d\d|---\d\d", cell):
        return cell or None
    span = iso_date(cell)
    if span is None or span[0] != span[1]:
        raise CellError(f"{cell!r} is not a date like 2018-06-01, 2018-06, 2018 or --06-01")
    return span[0]


def _places(cell: str, on: str | None) -> list[str]:
    return [_place(name, year_known(on)) for name in _items(cell)]


def _place(name: str, on: str | None) -> str:
    """The official full name of a place; a village or zone may stand behind the unit it lies in."""
    if unit := gazetteer().place(name, on):
        return gazetteer().full_name(unit, on)
    found = [m for m in find_places(name, on=on) if m.basis != "organisation"]
    if len(found) == 1 and found[0].unit and found[0].quote == name:
        return found[0].name
    for cut in range(len(name) - 1, 4, -1):
        within = gazetteer().by_full_name(name[:cut], on)
        if within and within.level in ("county", "town"):
            return name
    candidates = "、".join(u.full_name for m in found for u in m.candidates[:4])
    raise CellError(
        f"{name!r} " + (f"could be {candidates}; give the full name" if candidates else "is no known place")
    )


def _persons(cell: str, _: str | None) -> list[dict[str, Any]]:
    people = []
    for line in _lines(cell):
        parts = [part.strip() for part in line.split("|")]
        side = parts[2] if len(parts) > 2 else ""
        if len(parts) > 3 or (side and side not in SIDES):
            raise CellError(f"{line!r} is not 'name | title | side' with side {' or '.join(SIDES)}")
        people.append({"name": parts[0], "title": (parts[1] if len(parts) > 1 else "") or None, "side": side or None})
    return people


def _amounts(cell: str, _: str | None) -> list[float]:
    sums = []
    for item in _items(cell):
        plain = item.replace(",", "")
        if not re.fullmatch(r"\d+(?:\.\d+)?", plain):
            raise CellError(f"{item!r} is not an amount in plain yuan")
        sums.append(float(plain))
    return sorted(sums)


def _pairs(cell: str, on: str | None) -> list[list[str]]:
    pairs = []
    for item in _items(cell):
        two = [part.strip() for part in item.split("=")]
        if len(two) != 2 or not all(two):
            raise CellError(f"{item!r} is not 'supported = supporting'")
        pairs.append(two)
    return pairs


_READERS: dict[str, Callable[[str, str | None], Any]] = {
    "type": _one_of(EVENT_TYPES),
    "status": _one_of(STATUSES),
    "date_start": _date,
    "date_end": _date,
    **dict.fromkeys(PLACE_ROLES, _places),
    "persons": _persons,
    "organizations": lambda cell, _: _items(cell),
    "amounts_cny": _amounts,
    "pairs": _pairs,
}
