"""A journey through several places: what the two sides do there is between the travellers and the stop told last."""

from __future__ import annotations

from crawler.events.draft import Draft
from crawler.events.journeys import days_apart

_SOON = 2  # days after coming to a stop


def stop_of(draft: Draft, visits: list[Draft]) -> Draft | None:
    """The stop a statement is told at (9日来到甲市。10日,两地召开联席会议。随后转赴乙市), when there are several."""
    before = [v for v in visits if v.start < draft.start and len(v.target) == 1]
    if not before or len({v.target[0].name for v in visits if len(v.target) == 1}) < 2:
        return None
    last = before[-1]
    apart = [v for v in visits if len(v.target) == 1 and not _nested(v, last)]
    return last if apart and _soon(last, draft) else None


def _nested(one: Draft, other: Draft) -> bool:
    first, second = one.target[0].name, other.target[0].name
    return first.startswith(second) or second.startswith(first)


def _soon(stop: Draft, draft: Draft) -> bool:
    """Whether it is told of the day of the stop, its journey or one of the next days."""
    first, then = stop.when, draft.when
    if first.start == then.start:
        return True
    apart = days_apart(first, then)
    return apart is not None and (first.start or "") < (then.start or "") and apart <= _SOON
