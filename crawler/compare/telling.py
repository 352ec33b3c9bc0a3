"""What a comparison came to: agreement field by field, and three tables of what both or one side has."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from crawler.compare.listed import Listed, Spelling
from crawler.compare.matching import DIRECTED, Calendar, Match, likeness, related
from crawler.exports.writing import safe_cell
from crawler.sheets import Sheet

FIELDS = ("type", "date", *DIRECTED, "persons", "amount")


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often both sides say the same of one field, over the matched events where both say something."""

    field: str
    same: float
    both: int

    @property
    def share(self) -> float:
        """``same`` of ``both``, between 0 and 1."""
        return self.same / self.both

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval of the share."""
        z, n, p = 1.96, self.both, self.share
        middle, width = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return (middle - width) / (1 + z * z / n), (middle + width) / (1 + z * z / n)


def agreements(matches: Sequence[Match]) -> list[Agreement]:
    """Return the agreement on each field that both sides state at least once."""
    found = []
    for name in FIELDS:
        said = [value for m in matches if (value := agreement(name, m.theirs, m.ours)) is not None]
        if said:
            found.append(Agreement(name, sum(said), len(said)))
    return found


def agreement(name: str, one: Listed, other: Listed) -> float | None:
    """How far two events say the same of a field, from 0 to 1; None when one of them says nothing.

    Places: 1 for the same unit, 0.5 for a part of the other. Persons: names shared over all names.
    """
    if name in DIRECTED:
        some, others = one.units.get(name), other.units.get(name)
        return related(some, others) if some and others else None
    if name == "persons":
        names, more = set(one.persons), set(other.persons)
        return len(names & more) / len(names | more) if names and more else None
    if name == "date":
        return float(one.days == other.days) if one.days and other.days else None
    if name == "amount":
        if one.amount is None or other.amount is None:
            return None
        return float(abs(one.amount - other.amount) <= 0.005 * one.amount)
    return float(one.type == other.type) if one.type and other.type else None


def write_comparison(
    folder: Path,
    sheet: Sheet,
    theirs: Sequence[Listed],
    ours: Sequence[Listed],
    matches: Sequence[Match],
    problems: Iterable[Spelling],
    *,
    days: int = 3,
) -> list[Path]:
    """Write ``matched.csv``, ``only_theirs.csv`` (their own columns, then what comes nearest) and ``only_ours.csv``.

    Raises ``OSError``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    met = {m.theirs.key: m for m in matches}
    rows = dict(zip((event.key for event in theirs), sheet.rows, strict=True))
    odd: dict[int, list[str]] = {}
    for problem in problems:
        odd.setdefault(problem.number, []).append(str(problem))
    taken = {m.ours.key for m in matches}
    alone = [event for event in theirs if event.key not in met]
    calendar = Calendar(ours)
    return [
        _table(folder / "matched.csv", _matched_header(), (_matched(m) for m in matches)),
        _table(
            folder / "only_theirs.csv",
            ["row", *sheet.header, "nearest_event_id", "why_not", "not_understood"],
            (
                [
                    rows[event.key].number,
                    *(rows[event.key][column] for column in sheet.header),
                    *_nearest(event, [ours[n] for n in calendar.around(event, _NEAR)], taken, days),
                    "; ".join(odd.get(rows[event.key].number, [])),
                ]
                for event in alone
            ),
        ),
        _table(
            folder / "only_ours.csv",
            ["event_id", *_SHOWN],
            ([event.key, *_shown(event)] for event in ours if event.key not in taken),
        ),
    ]


_NEAR = 31  # days within which an event of ours is worth showing beside one of theirs
_SHOWN = ("type", "date_start", "date_end", *DIRECTED, "persons", "amount_cny")


def _shown(event: Listed) -> list[object]:
    places = (";".join(event.names.get(role, ())) for role in DIRECTED)
    return [event.type, event.start, event.end, *places, ";".join(event.persons), event.amount]


def _matched_header() -> list[str]:
    both = [f"{side}_{name}" for name in _SHOWN for side in ("their", "our")]
    return ["their_id", "our_event_id", "score", *both, *(f"agree_{name}" for name in FIELDS)]


def _matched(m: Match) -> list[object]:
    both = [value for pair in zip(_shown(m.theirs), _shown(m.ours), strict=True) for value in pair]
    return [m.theirs.key, m.ours.key, round(m.score, 2), *both, *(agreement(f, m.theirs, m.ours) for f in FIELDS)]


def _nearest(event: Listed, ours: Sequence[Listed], taken: set[str], days: int) -> tuple[str, str]:
    """Of our events of that time, the one that would fit if one condition were dropped, and which."""
    fits = [other for other in ours if likeness(event, other, days=days) is not None]
    if fits:
        return fits[0].key, "matched with another row" if fits[0].key in taken else "another row fits it better"
    for other in ours:
        if likeness(event, other, days=days, any_type=True) is not None:
            return other.key, f"its type is {other.type}"
    for other in ours:
        if likeness(event, other, days=_NEAR) is not None:
            return other.key, f"its date is {other.start}"
    return "", "nothing like it"


def _table(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([safe_cell(name) for name in header])
        writer.writerows([[safe_cell(value) for value in row] for row in rows])
    return path
