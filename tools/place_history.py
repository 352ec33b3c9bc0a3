"""Turn dated code tables into units that live through time: when each (code, name) held, and who continued whom."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

Snapshot = tuple[str, dict[str, str]]  # (YYYY-MM, {code: name})
START = "1994"
JOINS = Path(__file__).with_name("place_joins.tsv")  # lines of descent the tables do not show
GAP = 26  # months a name may be missing from the tables and still count as there: sources alternate in 2010-2018
SUFFIX = re.compile(r"(自治区|自治州|自治县|自治旗|特别行政区|地区|林区|特区|新区|矿区|省|市|州|县|区|盟|旗)$")


@dataclass
class Row:
    """One name under one code for one span of time; ``seen`` holds the indexes of the snapshots that list it."""

    code: str
    name: str
    first: int
    last: int
    valid_from: str | None = None
    valid_to: str | None = None
    unit_id: str = ""
    successor: str | None = None
    point: tuple[float, float] | None = None

    def holds(self, date: str) -> bool:
        """Whether the span includes a date, compared at the coarser precision of the two."""
        start, end = self.valid_from or "", self.valid_to or "9999"
        return start[: len(date)] <= date[: len(start)] and date[: len(end)] <= end[: len(date)]


def level(code: str) -> int:
    """1 province, 2 prefecture, 3 county."""
    return 1 if code.endswith("0000") else 2 if code.endswith("00") else 3


def root(name: str) -> str:
    """The name without its generic part: 毕节地区, 毕节市 -> 毕节."""
    short = SUFFIX.sub("", name)
    return short if len(short) > 1 else name


def lifespans(snapshots: list[Snapshot], events: list[dict[str, Any]]) -> list[Row]:
    """Rows with their validity. A name missing for a few tables and back again counts as there all the time."""
    snapshots = sorted(snapshots, key=lambda s: s[0])
    spans: dict[tuple[str, str], list[list[int]]] = defaultdict(list)
    for i, (_, table) in enumerate(snapshots):
        for code, name in table.items():
            runs = spans[code, name]
            if runs and (i - runs[-1][1] == 1 or months(snapshots[runs[-1][1]][0], snapshots[i][0]) <= GAP):
                runs[-1][1] = i
            else:
                runs.append([i, i])
    years = event_years(events)
    final = len(snapshots) - 1
    rows = []
    for (code, name), runs in spans.items():
        for first, last in runs:
            if last == first and last < final and not changed(code, name, years):
                continue  # listed once and by no change: a slip of that one table
            rows.append(Row(code, name, first, last))
    drop_overlaps(rows)
    dates = [s[0] for s in snapshots]
    for r in rows:
        if r.first:
            r.valid_from = when(dates[r.first - 1], dates[r.first], years, "new", r)
        if r.last < final:
            r.valid_to = when(dates[r.last], dates[r.last + 1], years, "old", r)
    return rows


def months(before: str, after: str) -> int:
    """Months between two YYYY-MM."""
    return (int(after[:4]) - int(before[:4])) * 12 + int(after[5:]) - int(before[5:])


def drop_overlaps(rows: list[Row]) -> None:
    """Two names under one code at one time: the one listed later took over, unless it is gone before the other.

    马尔康区 of some tables of 2016 is a slip for 马尔康市.
    """
    by_code: dict[str, list[Row]] = defaultdict(list)
    for r in rows:
        by_code[r.code].append(r)
    for group in by_code.values():
        group.sort(key=lambda r: (r.first, r.last))
        lasting = [r for i, r in enumerate(group) if not any(r.last < earlier.last for earlier in group[:i])]
        for slip in group:
            if slip not in lasting:
                slip.last = slip.first - 1
        for a, b in pairwise(lasting):
            a.last = min(a.last, b.first - 1)
    rows[:] = [r for r in rows if r.first <= r.last]


def event_years(events: list[dict[str, Any]]) -> dict[tuple[str, str, str], list[int]]:
    """(side, code, name) -> years in which the change list mentions it."""
    out: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for e in events:
        for side in ("old", "new"):
            unit = e.get(side) or {}
            if unit.get("code") and unit.get("name"):
                out[side, unit["code"][:6], unit["name"]].append(e["year"])
    return out


def changed(code: str, name: str, years: dict[tuple[str, str, str], list[int]]) -> bool:
    """Whether the change list mentions this code with this name."""
    return bool(years.get(("old", code, name)) or years.get(("new", code, name)))


def when(before: str, after: str, years: dict[tuple[str, str, str], list[int]], side: str, row: Row) -> str:
    """The date of a change between two tables: a month if they are a month apart, else the year of the change list."""
    low, high = int(before[:4]), int(after[:4])
    if low == high and int(after[5:]) - int(before[5:]) == 1:
        return after
    known = [y for y in years.get((side, row.code, row.name), ()) if low <= y <= high]
    if before[5:] == "12":
        low += 1
    return str(known[-1] if known else low if low == high else high)


def link_units(rows: list[Row], events: list[dict[str, Any]]) -> None:
    """Set ``unit_id`` (the first code and year of the line of descent) and ``successor`` for units that were merged."""
    heir: dict[int, Row] = {}  # id(row) -> row that continues it
    parent_of: dict[int, Row] = {}
    starts: dict[int, list[Row]] = defaultdict(list)
    for r in rows:
        starts[r.first].append(r)
    hints = {
        ((e["old"] or {}).get("code", "")[:6] if e.get("old") and e["old"].get("code") else "", e["old"]["name"]): e[
            "new"
        ]
        for e in events
        if e.get("old")
        and e.get("new")
        and e["new"].get("code")
        and e["type"] != "码位改派"
        and e["year"] >= int(START)
    }
    ended = sorted((r for r in rows), key=lambda r: (r.last, r.code))
    prefectures = {(r.code[:4], root(r.name)) for r in rows if level(r.code) == 2}
    for passno in range(5):
        for old in ended:
            if id(old) in heir:
                continue
            fresh = [
                n for n in starts.get(old.last + 1, ()) if id(n) not in parent_of and level(n.code) == level(old.code)
            ]
            new = pick(passno, old, fresh, hints, prefectures)
            if new is not None:
                heir[id(old)], parent_of[id(new)] = new, old
    for line in JOINS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            old_key, new_key, _ = line.split("\t")
            old = next(r for r in reversed(rows) if f"{r.code} {r.name}" == old_key)
            new = next(r for r in rows if f"{r.code} {r.name}" == new_key and id(r) not in parent_of)
            heir[id(old)], parent_of[id(new)] = new, old
    taken: dict[str, int] = {}
    for r in sorted(rows, key=lambda r: (r.first, r.code)):
        if id(r) in parent_of:
            r.unit_id = parent_of[id(r)].unit_id
            continue
        r.unit_id = f"{r.code}-{(r.valid_from or START)[:4]}"
        taken[r.unit_id] = taken.get(r.unit_id, 0) + 1
        if taken[r.unit_id] > 1:
            r.unit_id += "b"
    current = {(r.code, r.name): r for r in rows}
    for r in ended:
        hint = hints.get((r.code, r.name))
        if id(r) not in heir and hint and (target := current.get((hint["code"][:6], hint["name"]))):
            r.successor = target.unit_id


def pick(
    passno: int,
    old: Row,
    fresh: list[Row],
    hints: dict[tuple[str, str], dict[str, str]],
    prefectures: set[tuple[str, str]],
) -> Row | None:
    """Who continues ``old``: same name, then same root, then what the change list says, then same code, then seat."""
    near = [n for n in fresh if n.code[:2] == old.code[:2] or {n.code[:2], old.code[:2]} == {"50", "51"}]
    if passno == 0:
        found = [n for n in near if n.name == old.name]
    elif passno == 1:
        found = [n for n in near if root(n.name) == root(old.name)]
    elif passno == 2:
        hint = hints.get((old.code, old.name))
        found = [n for n in near if hint and n.code == hint["code"][:6] and n.name == hint["name"]]
    elif passno == 3:
        found = [n for n in near if n.code == old.code]
    else:
        return seat(old, near, prefectures)
    close = [n for n in found if n.code[:4] == old.code[:4]]
    found = close if len(close) == 1 else found
    return found[0] if len(found) == 1 else None


def seat(old: Row, near: list[Row], prefectures: set[tuple[str, str]]) -> Row | None:
    """The county-level city that gave its name to a new prefecture-level city lives on as its one new district."""
    if level(old.code) != 3 or not old.name.endswith("市"):
        return None
    new = [n for n in near if n.name.endswith("区") and (n.code[:4], root(old.name)) in prefectures]
    new = [n for n in new if n.code[4:] == "02"] or new
    return new[0] if len(new) == 1 else None
