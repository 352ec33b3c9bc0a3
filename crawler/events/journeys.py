"""Which visit an event happens on, and the later days of one."""

from __future__ import annotations

from datetime import date

from crawler.events.draft import Draft, When
from crawler.events.sides import lies_in, related

A_JOURNEY = 5
"""Days: the longest that is usual between setting out and being received, or the last stop."""


def journey_of(draft: Draft, visits: list[Draft]) -> Draft | None:
    """The visit something else happens on: of its own sentence, else the last one told before on the same day."""
    for visit in reversed(visits):
        if visit.sentence is draft.sentence:
            return visit
        if visit.sentence.index < draft.sentence.index and visit.when.start == draft.when.start:
            if visit is not visits[0] and _leg(visits[0], visit):
                return visits[0]  # 到密云区…。代表团首先到北京某某公司: the seat in a name is wider
            return next((v for v in visits if v is not visit and _leg(visit, v)), visit)
    return None


def _leg(part: Draft, whole: Draft) -> bool:
    """Whether a journey is only a leg of another (赴六盘水市 …, 先后来到中寨乡)."""
    return part.when.start == whole.when.start and all(any(lies_in(p, w) for w in whole.target) for p in part.target)


def next_day(visit: Draft, later: Draft) -> bool:
    """30日,某某一行到甲县乙镇、丙镇。31日,某某一行到丙镇: the same travellers at what the first day's telling names."""
    if visit.type != "visit" or visit.sentence is later.sentence or visit.origin != later.origin:
        return False
    apart = days_apart(visit.when, later.when)
    last = visit.when.end or visit.when.start or ""
    if apart is None or not 0 < apart <= A_JOURNEY or last >= (later.when.start or ""):
        return False
    if not all(any(related(p.name, told.name) for told in visit.target) for p in later.target):
        return False
    before = [p.name for p in later.sentence.people if p.end <= later.start]
    return bool({p.name for p in visit.sentence.people}.intersection(before)) or (
        not before and not later.explicit and bool(later.sentence.of("visitor", later.sentence.start, later.start))
    )


def days_apart(a: When, b: When) -> int | None:
    """Days between the beginnings; None when one is no day, or has no year and the other one has."""
    days = [f"2000{w.start[1:]}" if w.start.startswith("--") else w.start for w in (a, b) if w.start]
    if len(days) < 2 or any(len(day) != 10 for day in days) or (days[0][:4] == "2000") != (days[1][:4] == "2000"):
        return None
    return abs((date.fromisoformat(days[0]) - date.fromisoformat(days[1])).days)
