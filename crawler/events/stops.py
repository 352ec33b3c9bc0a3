"""A journey through several places: what the two sides do there is between the travellers and the stop told last."""

from __future__ import annotations

from crawler.events.draft import Draft
from crawler.events.journeys import days_apart
from crawler.events.scenes import Sentence
from crawler.events.sides import Party, party

_SOON = 2  # days after coming to a stop


def stop_of(draft: Draft, visits: list[Draft]) -> Draft | None:
    """The stop a statement is told at (9日来到甲市。10日,两地召开联席会议。随后转赴乙市), when there are several."""
    before = [v for v in visits if v.start < draft.start and len(v.target) == 1]
    if not before or len({v.target[0].name for v in visits if len(v.target) == 1}) < 2:
        return None
    last = before[-1]
    apart = [v for v in visits if len(v.target) == 1 and not _nested(v, last)]
    return last if apart and _soon(last, draft) else None


def told_at_stop(draft: Draft, visits: list[Draft], sentences: list[Sentence]) -> bool:
    """Give what is without a host to the stop told last (到甲县、乙县考察。13日,转往乙县。两地召开座谈会)."""
    visit = next((v for v in reversed(visits) if v.start < draft.start and len(v.target) > 1), None)
    if visit is None or visit.sentence is draft.sentence or not _on(visit, draft):
        return False
    role = "supported" if visit.supported == visit.target else "supporting"
    if not draft.why.get(role, "").startswith("main pair") or "分别" in draft.sentence.text:
        return False
    for sentence in reversed(sentences[visit.sentence.index + 1 : draft.sentence.index + 1]):
        for mention in reversed(sentence.places):
            there = party(mention)
            if mention.start < draft.start and not sentence.spoken(mention.start) and there in visit.target:
                setattr(draft, role, [there])
                draft.why[role] = "the stop told last"
                return True
    return False


def stop_named(draft: Draft, visits: list[Draft], role: str) -> Party | None:
    """乙县推介会在甲区某大厦举行: the stop of the journey that the statement's own clause names."""
    low, high = draft.clause()
    stops = {stop for visit in visits if getattr(visit, role) == visit.target for stop in visit.target}
    named = [party(m) for m in draft.sentence.places if low <= m.start < high]
    return next((one for one in named if one in stops), None) if len(stops) > 1 else None


def _on(visit: Draft, draft: Draft) -> bool:
    """Whether a day lies in the days of a journey."""
    first, last, day = visit.when.start or "", visit.when.end or visit.when.start or "", draft.when.start or ""
    return bool(day) and len(first) == len(day) and first <= day <= last


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
