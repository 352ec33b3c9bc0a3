"""Which event of one list is which of the other: one to one, the likeliest pairs first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crawler.compare.listed import PLACES, Listed
from crawler.places import gazetteer

DIRECTED = tuple(role for role in PLACES if role != "places")


@dataclass(frozen=True, slots=True)
class Match:
    """Two events taken for one happening; ``score`` orders pairs and has no unit."""

    theirs: Listed
    ours: Listed
    score: float


def match(theirs: Sequence[Listed], ours: Sequence[Listed], *, days: int = 3, any_type: bool = False) -> list[Match]:
    """Pair the events of two lists, one to one, in the order of ``theirs``.

    Two can be one happening when their types are equal or not told (always with ``any_type``), their times are at most
    ``days`` apart, no place, as far as both name one in the same role, lies elsewhere, and at least one place, person
    or amount agrees. When one does not tell its time, type and person, amount or all places must be the same. Of
    several that can be, times and places decide, then people and money.
    """
    calendar = Calendar(ours)
    pairs = []
    for a, one in enumerate(theirs):
        for b in calendar.around(one, days):
            score = likeness(one, ours[b], days=days, any_type=any_type)
            if score is not None:
                pairs.append((-score, a, b))
    used_theirs: set[int] = set()
    used_ours: set[int] = set()
    found = {}
    for negative, a, b in sorted(pairs, key=lambda p: (p[0], theirs[p[1]].key, ours[p[2]].key)):
        if a not in used_theirs and b not in used_ours:
            used_theirs.add(a)
            used_ours.add(b)
            found[a] = Match(theirs[a], ours[b], -negative)
    return [found[a] for a in sorted(found)]


def likeness(one: Listed, other: Listed, *, days: int = 3, any_type: bool = False) -> float | None:
    """How much two events look like one happening, None when they cannot be."""
    score = 0.0
    if one.type and other.type:
        if one.type == other.type:
            score += 2
        elif not any_type:
            return None
    if one.days and other.days:
        apart = max(one.days[0], other.days[0]) - min(one.days[1], other.days[1])
        if apart > days:
            return None
        score += 4 if one.days == other.days else 3 if apart <= 0 else 1
    same = [related(*pair) for pair in _place_pairs(one, other)]
    if 0.0 in same:
        return None
    people = len(set(one.persons) & set(other.persons))
    money = bool(one.amount and other.amount and abs(one.amount - other.amount) <= 0.005 * one.amount)
    if not same and not people and not money:
        return None
    if not (one.days and other.days) and not (
        one.type and one.type == other.type and (people or money or min(same) == 1)
    ):
        return None
    return score + 3 * sum(same) / max(len(same), 1) + min(people, 3) + 2 * money


def related(some: Iterable[frozenset[str]], others: Iterable[frozenset[str]]) -> float:
    """1 when both name one unit, 0.5 when one names a part of the other's, 0 when they are elsewhere."""
    best = 0.0
    others = tuple(others)
    for one in some:
        for other in others:
            if one & other:
                return 1.0
            if any(a in gazetteer().lineage(b) or b in gazetteer().lineage(a) for a in one for b in other):
                best = 0.5
    return best


def _place_pairs(one: Listed, other: Listed) -> list[tuple[Iterable[frozenset[str]], Iterable[frozenset[str]]]]:
    """What is to be compared: role by role, or all with all where one list does not say who helps whom."""
    shared = [role for role in DIRECTED if one.units.get(role) and other.units.get(role)]
    if shared:
        return [(one.units[role], other.units[role]) for role in shared]
    some, others = (tuple(unit for role in PLACES for unit in e.units.get(role, ())) for e in (one, other))
    return [(some, others)] if some and others else []


class Calendar:
    """Our events by month, those without a month by year, those without a year apart."""

    def __init__(self, events: Sequence[Listed]) -> None:
        self._all = range(len(events))
        self._months: dict[int, list[int]] = defaultdict(list)
        self._long: list[int] = []
        self._open: list[int] = []
        for place, event in enumerate(events):
            if event.days is None:
                self._open.append(place)
                continue
            months = range(event.days[0] // 31, event.days[1] // 31 + 1)
            if len(months) > 3:
                self._long.append(place)
                continue
            for month in months:
                self._months[month].append(place)

    def around(self, event: Listed, days: int) -> Iterable[int]:
        """The events whose time can be that of ``event``, give or take some days."""
        if event.days is None:
            return self._all
        # one month more on each side: 31 days a month do not keep days apart at its end
        months = range((event.days[0] - days) // 31 - 1, (event.days[1] + days) // 31 + 2)
        near = {place for month in months for place in self._months.get(month, ())}
        return sorted(near.union(self._long, self._open))
