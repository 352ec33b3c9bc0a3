"""Guests of a rite: 大连市代表团专程前来参加落成典礼, where the text has told whose school or bridge it is."""

from __future__ import annotations

import re

from crawler.events.arrivals import take_sides
from crawler.events.dating import Clock
from crawler.events.draft import Draft
from crawler.events.scenes import Sentence
from crawler.events.sides import Party, Sides, party
from crawler.places import PlaceMention

_CAME_TO_IT = re.compile(
    r"(?:专程|应邀|远道|特意|前来|赶来)(?:前来|赶来|而来|来到)?[^,，。;；]{0,8}(?:参加|出席)[^,，。;；]{0,12}(?:典礼|仪式|庆典|活动)"
)
_NEAR = 2  # sentences before in which the place of the rite is told


def find_rite_guest(sentences: list[Sentence], sentence: Sentence, sides: Sides, clock: Clock) -> Draft | None:
    """The visit of a delegation that came for a rite, to the place of the other side told last."""
    if not ("visitor" in sentence.kinds or "delegation" in sentence.kinds):
        return None
    found = _CAME_TO_IT.search(sentence.text)
    if found is None or sentence.spoken(start := sentence.start + found.start()):
        return None
    low, _ = sentence.clause(start)
    guest = next((m for m in reversed(sentence.places) if low <= m.start and m.end <= start and sides.told(m)), None)
    who = party(guest) if guest is not None else None
    if guest is None or who is None:
        return None
    first = max(0, sentence.index - _NEAR)
    venue = _venue([m for s in sentences[first : sentence.index + 1] for m in s.places if m.end <= low], who, sides)
    hit = next(iter([*sentence.of("delegation"), *sentence.of("visitor")]))
    if venue is None:
        return None
    place, host = venue
    draft = Draft(
        "visit", sentence, guest.start, sentence.start + found.end(), "guest: delegation at a rite of the other side",
        hit.word.row, start, "done", clock.at(sentence, start),
    )  # fmt: skip
    draft.origin, draft.target, draft.explicit = [who], [host], True
    draft.places += [("from", guest), ("to", place)]
    draft.why.update({"from": "place of the delegation", "to": "the place of the rite, told before"})
    take_sides(draft, sides, sides.of(host))
    return draft


def _venue(told: list[PlaceMention], guest: Party, sides: Sides) -> tuple[PlaceMention, Party] | None:
    for mention in reversed(told):
        host = party(mention)
        if host is not None and sides.of(host) not in (None, sides.of(guest)):
            return mention, host
    return None
