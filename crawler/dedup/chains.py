"""Does one happening lead to another? Visit, agreement, project, completion of one cooperation, step by step.

Two events are linked when one pair made both, the later one is a later step within three years, and what they are
about is one thing: a thing of the same name, a sum to the yuan, the town, the people. No single sign is enough.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import Any

from crawler.dedup.spans import days, tiers
from crawler.dedup.subjects import TELLING, common, tail

LINKED = 3.0
"""Least points of two events of one chain."""
SURE = 4.5
"""Points from which a link is certain enough to be called high."""

LONGEST = 3 * 366
"""Most days from one step to a later one."""
_APART = 30
_LARGE = 100_000.0
_TOWN = ("镇", "乡", "街道", "村", "社区", "苏木")
_STEPS = {"visit": 0, "meeting": 0, "agreement": 1, "project": 2}


@dataclass(frozen=True, slots=True)
class Step:
    """What chaining needs of an event; ``towns`` are places below the county, ``subjects`` from its tellings."""

    event_id: str
    type: str
    status: str
    date_start: str | None
    date_end: str | None
    supporting: tuple[str, ...] = ()
    supported: tuple[str, ...] = ()
    persons: frozenset[str] = frozenset()
    towns: frozenset[str] = frozenset()
    amounts: frozenset[float] = frozenset()
    subjects: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ChainLink:
    """That ``earlier`` leads to ``later``: points, and what speaks for it."""

    earlier: str
    later: str
    score: float
    evidence: dict[str, Any] = field(default_factory=dict)

    @property
    def confidence(self) -> str:
        """``high`` or ``medium``."""
        return "high" if self.score >= SURE else "medium"


def chained(a: Step, b: Step) -> ChainLink | None:
    """Return the link between two events of one chain, or None; ``chained(a, b) == chained(b, a)``."""
    ordered = _in_order(a, b)
    if ordered is None:
        return None
    one, other, days_between = ordered
    pair = _pair(one, other)
    if pair is None:
        return None
    evidence: dict[str, Any] = {"pair": pair, "days": days_between}
    points = _subject_points(one, other, evidence)
    sums = one.amounts & other.amounts
    if sums:
        points += 2.0
        evidence["amounts"] = sorted(sums)
    if points <= 0.0:
        return None  # one pair meets every year: who and where alone say nothing
    if one.towns and other.towns:
        shared = one.towns & other.towns
        points += 1.5 if shared else -3.0
        evidence |= {"towns": sorted(shared)} if shared else {}
    if people := one.persons & other.persons:
        points += min(2.0, float(len(people)))
        evidence["persons"] = sorted(people)
    if points < LINKED:
        return None
    return ChainLink(one.event_id, other.event_id, round(points, 2), evidence)


def step_of(kind: str, status: str) -> int | None:
    """Return the step an event is in a chain: 0 contact, 1 agreed, 2 built or opened; None for other types."""
    step = _STEPS.get(kind)
    return 1 if step == 2 and status != "done" else step


def lookup_keys(step: Step) -> frozenset[str]:
    """Return the keys two events of one chain share one of: the recipient's prefecture with a subject or a sum."""
    if step_of(step.type, step.status) is None:
        return frozenset()
    things = {tail(subject) for subject in step.subjects} | {
        f"{value:.0f}" for value in step.amounts if value >= _LARGE
    }
    units = {tiers(name)[1] or name for name in step.supported}
    return frozenset(f"{unit}|{thing}" for unit, thing in product(units, things))


def is_town(name: str) -> bool:
    """Whether a place lies below the county."""
    return name.endswith(_TOWN)


def _in_order(a: Step, b: Step) -> tuple[Step, Step, int] | None:
    """Return the earlier and the later step and the days between, None when they are no two steps of one way."""
    known = []
    for step in (a, b):
        begun, place = _first_day(step), step_of(step.type, step.status)
        if begun is None or place is None:
            return None
        known.append((begun, place, step.event_id, step))
    (first, place, _, one), (second, later, _, other) = sorted(known, key=lambda given: given[:3])
    between = (second - first).days
    onward = place < later or (place == later == 2 and between >= _APART)
    return (one, other, between) if onward and between <= LONGEST else None


def _first_day(step: Step) -> date | None:
    known = days((step.date_start, step.date_end))
    return known[0] if known and (known[1] - known[0]).days <= 62 else None


def _pair(one: Step, other: Step) -> list[str] | None:
    """Return donor and recipient common to both: the same unit or one that lies in the other, on both sides."""
    found = []
    for names, others in ((one.supporting, other.supporting), (one.supported, other.supported)):
        alike = sorted(max(a, b, key=len) for a in names for b in others if a.startswith(b) or b.startswith(a))
        if not alike or not tiers(alike[0])[1]:
            return None
        found.append(alike[0])
    return found


def _subject_points(one: Step, other: Step, evidence: dict[str, Any]) -> float:
    """Up to 3 points for the most telling name both events' tellings have for what they are about."""
    best = max(_shared(one, other), default=(0.0, ""))
    if best[0] < TELLING:
        return 0.0
    evidence["subject"] = best[1]
    return min(3.0, best[0] / TELLING)


def _shared(one: Step, other: Step) -> Iterator[tuple[float, str]]:
    for a, b in product(sorted(one.subjects), sorted(other.subjects)):
        if tail(a) == tail(b):
            name, bits = common(a, b)
            yield bits, name
