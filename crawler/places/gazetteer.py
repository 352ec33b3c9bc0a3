"""The table of places: every unit of mainland China since 1994, its names through time and its parents.

Three kinds of rows: units down to the county (adcodes of GB/T 2260, dated from yearly code tables), towns (9-digit
codes, dated from nine tables 2016-2026) and the divisions of the Xinjiang corps (codes of our own, 66xx00). A unit
keeps one ``unit_id`` through renames, upgrades and recodings; a row of it is a ``Unit``. Dates are ISO parts, both ends
inclusive at the precision they have: a change known to the year makes both names valid in that year. See SOURCES.md.
"""

from __future__ import annotations

import gc
import gzip
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Level = Literal["province", "prefecture", "county", "town"]


@dataclass(frozen=True, slots=True)
class Unit:
    """One name of one unit under one code, for the time it held; ``full_name`` is with parents at the end of that time.

    ``code`` is an adcode (six digits) or a town code (nine); ``parent`` the parent's code. ``lat`` and ``lon`` are
    degrees of the area centroid, None for towns. ``valid_from`` None means: since before 1994.
    """

    code: str
    unit_id: str
    name: str
    full_name: str
    level: Level
    parent: str | None
    valid_from: str | None
    valid_to: str | None
    lat: float | None
    lon: float | None

    def holds(self, on: str | None) -> bool:
        """Whether this name was in force on a date (ISO part); any row holds on an unknown date."""
        start, end = self.valid_from, self.valid_to  # written out: asked for every candidate of every place
        return not on or (
            (not start or start[: len(on)] <= on[: len(start)]) and (not end or on[: len(end)] <= end[: len(on)])
        )


class Gazetteer:
    """Look-ups over the table; use ``gazetteer()``, which loads it once."""

    def __init__(self) -> None:
        self._by_code: dict[str, list[Unit]] = defaultdict(list)
        self._by_unit: dict[str, list[Unit]] = defaultdict(list)
        self.successors: dict[str, str] = {}
        self._load_units()
        self._towns: list[list[str]] = [line.split("\t") for line in lines("towns.tsv.gz")]
        self.towns_named: dict[str, list[int]] = defaultdict(list)
        for i, row in enumerate(self._towns):
            self.towns_named[row[1]].append(i)
        self._town_units: dict[int, Unit] = {}
        self._town_codes: dict[str, int] = {}
        self._heirs: dict[tuple[int, str | None], Unit] = {}
        self._stems: dict[str, dict[str, int]] = {}
        self._towns_in: dict[str, list[tuple[int, str]]] = {}  # made when first asked for
        self._lineages: dict[str, frozenset[str]] = {}
        self._town_lineages: dict[int, frozenset[str]] = {}
        self._beginnings: dict[str, dict[str, None]] = {}
        self._full: dict[str, list[Unit]] = {}
        self._final: dict[str, list[Unit]] = {}
        self._bearing: dict[tuple[str, str | None], tuple[str, ...]] = {}
        self._shown: dict[tuple[str, str, str | None, str | None], str] = {}

    def by_code(self, code: str, on: str | None = None) -> Unit | None:
        """The unit that had this code on a date (the latest one to have it, without a date); None if none had."""
        if len(code) == 9:
            if not self._town_codes:
                self._town_codes = {row[0]: i for i, row in enumerate(self._towns)}
            i = self._town_codes.get(code)
            return self.town(i) if i is not None else None
        rows = [u for u in self._by_code.get(code, ()) if u.holds(on)]
        return rows[-1] if rows else None

    def named(self, name: str, on: str | None = None) -> tuple[Unit, ...]:
        """All units with this official name (no parents), towns included; with a date, those that bore it then."""
        found = [u for rows in self._by_unit.values() for u in rows if u.name == name and u.holds(on)]
        found += [u for i in self.towns_named.get(name, ()) if (u := self.town(i)).holds(on)]
        return tuple(found)

    def by_full_name(self, name: str, on: str | None = None) -> Unit | None:
        """The unit with this full official name (parents included, as they were at any time); None if there is none."""
        quick = self._final_names().get(name, [])
        lasting = [u for u in quick if not u.valid_to] if on is None else [u for u in quick if u.holds(on)]
        if len(lasting) == 1 or (on is None and len({u.unit_id for u in quick}) == 1):
            return (lasting or quick)[-1]
        if not self._full:
            self._index_full_names()
        rows = [u for u in self._full.get(name, ()) if u.holds(on)] or self._full.get(name, [])
        if rows:
            return rows[-1]
        for cut in range(len(name) - 2, 2, -1):
            for county in self._full.get(name[:cut], ()):
                for i in self.towns_named.get(name[cut:], ()):
                    if self._towns[i][2] == county.unit_id:
                        return self.town(i)
        return None

    def place(self, text: str, on: str | None = None) -> Unit | None:
        """A unit by adcode, by full name, or by an official name that only one unit above the towns has."""
        if text.isdigit():
            coded = self.by_code(text, on) or self.by_code(text)
            return self.at(coded, on) if coded else None
        if found := self.by_full_name(text, on):
            return self.at(found, on)
        named = [u for u in self.named(text, on) or self.named(text) if u.level != "town"]
        return named[-1] if len({u.unit_id for u in named}) == 1 else None

    def at(self, unit: Unit, on: str | None) -> Unit:
        """The row of the same unit in force on a date: itself if it holds, else the nearest in time."""
        if unit.level == "town" or unit.holds(on):
            return unit
        rows = self._by_unit[unit.unit_id]
        return next((u for u in reversed(rows) if u.holds(on)), None) or (
            rows[0] if on and not _starts(rows[0].valid_from, on) else rows[-1]
        )

    def rows(self, unit_id: str) -> tuple[Unit, ...]:
        """All rows of one unit, oldest first."""
        return self._rows.get(unit_id, ())

    def beginning(self, char: str) -> Sequence[str]:
        """Unit ids of those down to the county that ever bore a name beginning with a character."""
        if not self._beginnings:
            for u in self.units():
                self._beginnings.setdefault(u.name[0], {})[u.unit_id] = None
        return tuple(self._beginnings.get(char, ()))

    def units(self) -> Iterable[Unit]:
        """Every row down to the county, oldest first within a unit."""
        for rows in self._by_unit.values():
            yield from rows

    def town(self, index: int) -> Unit:
        """A town by its place in the table (made when first asked for)."""
        if index not in self._town_units:
            code, name, county, start, end = self._towns[index]
            parent = self._by_unit[county][-1]
            full = parent.full_name + name.removeprefix(parent.name)  # 卓资县复兴乡, as some tables write it
            self._town_units[index] = Unit(
                code, code, name, full, "town", parent.code, start or None, end or None, None, None
            )
        return self._town_units[index]

    def town_on(self, index: int, on: str | None) -> Unit:
        """A town, or what it became by a date under the same stem: 滑石乡 -> 滑石侗族苗族土家族乡, 平山乡 -> 平山镇."""
        town = self.town(index)
        if town.holds(on) or (on and not _starts(town.valid_from, on)):
            return town  # a table may learn of a name late: what the text writes was in use
        if (index, on) not in self._heirs:
            stem = town.name[:2]
            named = (self.town(i) for i, name in self.towns_of({self._towns[index][2]}) if name.startswith(stem))
            heirs = [u for u in named if u.holds(on)]
            self._heirs[index, on] = heirs[0] if len(heirs) == 1 else town
        return self._heirs[index, on]

    def town_holds(self, index: int, on: str | None) -> bool:
        """Whether a town's row was in force on a date."""
        _, _, _, start, end = self._towns[index]
        return not on or (_starts(start, on) and _lasts(end, on))

    def towns_of(self, counties: set[str]) -> Iterator[tuple[int, str]]:
        """(place in the table, name) of all towns of these counties or cities (unit ids)."""
        if len(counties) > 1:  # asked once, while loading
            return ((i, row[1]) for i, row in enumerate(self._towns) if row[2] in counties)
        if not self._towns_in:
            for i, row in enumerate(self._towns):
                self._towns_in.setdefault(row[2], []).append((i, row[1]))
        return iter([town for county in counties for town in self._towns_in.get(county, ())])

    def towns_by_stem(self, county: str) -> dict[str, int]:
        """Towns of a county or city (unit id) by bare name: 铁楼 -> 铁楼藏族乡; the newest of a name."""
        if county not in self._stems:
            rows = sorted(self.towns_of({county}), key=lambda t: self._towns[t[0]][4] or "9999")
            self._stems[county] = {town_stem(name): i for i, name in rows}
        return self._stems[county]

    def town_county(self, index: int) -> str:
        """The unit id of a town's county (or of its city, where a city has no counties)."""
        return self._towns[index][2]

    def town_index(self, unit: Unit) -> int:
        """The place in the table of a town."""
        return next(i for i in self.towns_named[unit.name] if self._towns[i][0] == unit.code)

    def parent(self, unit: Unit, on: str | None = None) -> Unit | None:
        """The next unit up on a date; without a date, at the end of the row's own time."""
        unit = self.at(unit, on)
        when = on if on and unit.holds(on) else unit.valid_to
        if unit.level == "town":
            county = self._by_unit[self._towns[self.town_index(unit)][2]][-1]
            return self.at(county, on)
        if unit.level == "county":
            return self._holder(unit.code[:4] + "00", when) or self._holder(unit.code[:2] + "0000", when)
        return self._holder(unit.code[:2] + "0000", when) if unit.level == "prefecture" else None

    def ancestors(self, unit: Unit, on: str | None = None) -> tuple[Unit, ...]:
        """Parents from the next one up to the province."""
        out: list[Unit] = []
        up = self.parent(unit, on)
        while up is not None:
            out.append(up)
            up = self.parent(up, on)
        return tuple(out)

    def full_name(self, unit: Unit, on: str | None = None) -> str:
        """Official name with parents as it stood on a date: 广西壮族自治区百色市凌云县."""
        key = unit.code, unit.name, unit.valid_from, on  # a town may follow another under its code, both undated
        known = self._shown.get(key)
        if known is None:
            if len(self._shown) > 20_000:  # many dates on a long crawl
                self._shown.clear()
            unit = self.at(unit, on)
            known = self._shown[key] = "".join(u.name for u in reversed((unit, *self.ancestors(unit, on))))
        return known

    def full_names(self, unit_id: str, on: str | None) -> tuple[str, ...]:
        """Every full name a unit may bear on a date: more than one only in a year of change."""
        if (unit_id, on) not in self._bearing:
            if len(self._bearing) > 20_000:
                self._bearing.clear()
            self._bearing[unit_id, on] = self._full_names(unit_id, on)
        return self._bearing[unit_id, on]

    def _full_names(self, unit_id: str, on: str | None) -> tuple[str, ...]:
        out: list[str] = []
        for row in self._by_unit.get(unit_id, ()):
            if row.holds(on) and (on or not row.valid_to):
                above = self._by_code.get(row.code[:4] + "00", ()) if row.level == "county" else ()
                cities = [u.name for u in above if u.holds(on) and u.level == "prefecture"]
                lands = [u.name for u in self._by_code.get(row.code[:2] + "0000", ()) if u.holds(on)]
                out += [p + c + row.name for p in lands if p != row.name for c in cities or [""]] or [row.name]
        return tuple(dict.fromkeys(out))

    def lineage(self, unit_id: str) -> frozenset[str]:
        """Unit ids of all parents a unit ever had."""
        known = self._lineages.get(unit_id)
        if known is None:
            if unit_id in self._by_unit:
                ups = {
                    a.unit_id
                    for r in self._by_unit[unit_id]
                    for w in (r.valid_from, r.valid_to)
                    for a in self._up(r, w)
                }
            else:
                town = self.by_code(unit_id)
                county = self.town_county(self.town_index(town)) if town else ""
                ups = {county, *self.lineage(county)} if county else set()
            known = self._lineages[unit_id] = frozenset(ups)
        return known

    def town_lineage(self, index: int) -> frozenset[str]:
        """Unit ids of all parents a town's county ever had, and of the county."""
        known = self._town_lineages.get(index)
        if known is None:
            county = self.town_county(index)
            known = self._town_lineages[index] = self.lineage(county) | {county}
        return known

    def _up(self, row: Unit, when: str | None) -> tuple[Unit, ...]:
        return self.ancestors(row, when) if when else self.ancestors(row)

    def _holder(self, code: str, when: str | None) -> Unit | None:
        rows = self._by_code.get(code)
        if not rows:
            return None
        return next((u for u in rows if u.holds(when) and (when or not u.valid_to)), None)

    def _load_units(self) -> None:
        for line in [*lines("units.tsv.gz"), *lines("corps.tsv")]:
            code, unit_id, name, start, end, lat, lon, heir = line.split("\t")
            level: Level = "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"
            point = (float(lat), float(lon)) if lat else (None, None)
            unit = Unit(code, unit_id, name, name, level, None, start or None, end or None, *point)
            self._by_code[code].append(unit)
            self._by_unit[unit_id].append(unit)
            if heir:
                self.successors[unit_id] = heir
        for group in (self._by_code, self._by_unit):
            for rows in group.values():
                rows.sort(key=lambda u: (u.valid_from or "", u.valid_to or "9999"))
        self._rows = {unit_id: tuple(rows) for unit_id, rows in self._by_unit.items()}
        self._fill_parents()
        self.levels: dict[str, Level] = {u: rows[-1].level for u, rows in self._by_unit.items()}

    def _fill_parents(self) -> None:
        for rows in self._by_code.values():
            for unit in rows:  # not yet in anybody's hands: completed in place, ten times as fast as by copies
                ups = self.ancestors(unit)
                if ups:
                    object.__setattr__(unit, "full_name", "".join(u.name for u in reversed((unit, *ups))))
                    object.__setattr__(unit, "parent", ups[0].code)

    def _final_names(self) -> dict[str, list[Unit]]:
        """Units by their full name at the end of each row's time: enough for nearly every look-up."""
        if not self._final:
            for u in self.units():
                self._final.setdefault(u.full_name, []).append(u)
        return self._final

    def _index_full_names(self) -> None:
        names: dict[str, list[Unit]] = defaultdict(list)
        for rows in self._by_unit.values():
            for u in rows:
                for when in {u.valid_from, u.valid_to, *self._changes_above(u)}:
                    full = self.full_name(u, when) if when and u.holds(when) else u.full_name
                    if u not in names[full]:
                        names[full].append(u)
        self._full = names

    def _changes_above(self, unit: Unit) -> Iterable[str]:
        for code in (unit.code[:4] + "00", unit.code[:2] + "0000"):
            for u in self._by_code.get(code, ()):
                yield from (w for w in (u.valid_from, u.valid_to) if w)


def town_stem(name: str) -> str:
    """A town's bare name: 常平镇 -> 常平, 铁楼藏族乡 -> 铁楼; empty when nothing sensible is left."""
    base = _town_kind().sub("", name)
    return base if len(base) >= 2 else ""


@cache
def _town_kind() -> re.Pattern[str]:
    peoples = "|".join(sorted((p for p in lines("ethnic.txt") if p.endswith("族")), key=len, reverse=True))
    return re.compile(f"(?:民族|(?:{peoples})*)(?:街道|地区|镇|乡|苏木)$")


@cache
def gazetteer() -> Gazetteer:
    """The table, read from the package's data files at the first call (about 0.1 s) and kept."""
    with without_gc():
        return Gazetteer()


@contextmanager
def without_gc() -> Iterator[None]:
    """No garbage collection while many small objects that all stay are made: a third of the loading time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def lines(name: str) -> list[str]:
    """The rows of a data file of this package, without comments and blank lines; gzip by its ending."""
    data = (files("crawler.places") / "data" / name).read_bytes()
    text = gzip.decompress(data).decode() if name.endswith(".gz") else data.decode()
    return [line for line in text.split("\n") if line and not line.startswith("#")]


def _starts(start: str | None, on: str) -> bool:
    return not start or start[: len(on)] <= on[: len(start)]


def _lasts(end: str | None, on: str) -> bool:
    return not end or on[: len(end)] <= end[: len(on)]
