"""Which visit an event happens on."""

from __future__ import annotations

from crawler.events.draft import Draft
from crawler.events.sides import lies_in


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
