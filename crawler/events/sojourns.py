"""Guests who are only said to have been there: 在津期间,某某一行调研了乙区广场, behind a meeting of the two sides."""

from __future__ import annotations

import re

from crawler.events.arrivals import take_sides
from crawler.events.dating import Clock
from crawler.events.draft import Draft
from crawler.events.modality import modality
from crawler.events.scenes import Sentence
from crawler.events.sides import Party, Sides, party

_STAYED = re.compile(r"在([^,，。;；的]{1,6})期间[,，]")
_FROM_ABOVE = re.compile(r"中央|国家|国务院|全国")
_GUEST = re.compile(r"一行|代表团|考察团|考察组|调研组|访问团|回访团")


def find_sojourn(sentence: Sentence, sides: Sides, clock: Clock, known: dict[str, Party]) -> list[Draft]:
    """The visit of guests told by what they did at a place of the other side; ``known``: whose people they are."""
    found = _STAYED.search(sentence.text) if "期间" in sentence.text else None
    if found is None or "purpose" not in sentence.kinds or sentence.spoken(sentence.start + found.start()):
        return []
    low, high = sentence.start + found.start(1), sentence.start + found.end(1)
    place = next((m for m in sentence.places if low <= m.start < high and sides.told(m)), None)
    host = party(place) if place else None
    side = sides.of(host)
    who = _GUEST.search(sentence.text, found.end())
    if place is None or host is None or side is None or who is None:
        return []
    at = sentence.start + who.start()
    if _FROM_ABOVE.search(sentence.text, found.end(), who.start()):
        return []
    named = [p for m in sentence.places if high <= m.start < at and (p := party(m)) and sides.of(p) not in (None, side)]
    named += [known[p.name] for p in sentence.people if high <= p.start < at and p.name in known]
    main = sides.recipient if side == "supporting" else sides.donor
    guest = next((p for p in named if sides.of(p) not in (None, side)), None if named else main)
    if guest is None or modality(sentence, at) != "done":
        return []
    row = sentence.kinds["purpose"][0].word.row
    when = clock.at(sentence, at)
    end = sentence.start + who.end()
    draft = Draft("visit", sentence, low - 1, end, "sojourn: guests while they stay", row, at, "done", when)
    draft.origin, draft.target, draft.explicit = [guest], [host], bool(named)
    draft.places.append(("to", place))
    draft.why.update({"from": "whose people the guests are", "to": "where they stay"})
    take_sides(draft, sides, side)
    return [draft]


def tours_beside(
    sentence: Sentence, sentences: list[Sentence], sides: Sides, clock: Clock, known: dict[str, Party]
) -> list[Draft]:
    """会前,某某一行参观了展览馆: guests whose home is known go about where the others are officers without a place."""
    found = _BESIDE.match(sentence.text)
    if found is None or "purpose" not in sentence.kinds or sentence.listed:
        return []
    who = _GUEST.search(sentence.text, found.end())
    guest = next((known[p.name] for p in sentence.people if who and p.name in known), None)
    side = sides.of(guest)
    host = sides.recipient if side == "supporting" else sides.donor
    if who is None or guest is None or side is None or host is None or guest.name[-1] == host.name[-1]:
        return []
    levels = {(p.title or "").removeprefix("副")[:1] for s in sentences for p in s.people}
    if host.name[-1] not in levels or guest.name[-1] in levels:
        return []  # whose paper it is shows in 县长, 区长 without a place
    at = sentence.start + who.start()
    when = clock.at(sentence, at)
    row = sentence.kinds["purpose"][0].word.row
    draft = Draft(
        "visit", sentence, sentence.start, sentence.start + who.end(), "sojourn: guests beside a meeting", row, at
    )
    draft.when = when
    draft.origin, draft.target, draft.explicit = [guest], [host], True
    draft.why.update({"from": "whose people the guests are", "to": "the paper's own place"})
    take_sides(draft, sides, "supported" if side == "supporting" else "supporting")
    return [draft]


_BESIDE = re.compile(
    r"\s*(?:座谈|会议|会|活动|签约)?(?:前|后|期间|之前|之后|结束后)[,，]|\s*(?:其间|期间|随后|当天)[,，]"
)


def stays_opposite(sentence: Sentence, sides: Sides, position: int, side: str) -> bool:
    """Whether the sentence has opened with a stay (在甲县期间) on the other side than where a movement would lead."""
    found = _STAYED.match(sentence.text) if sentence.text.startswith("在") else None
    if found is None or sentence.start + found.end() > position:
        return False
    low, high = sentence.start + found.start(1), sentence.start + found.end(1)
    return any(sides.told(m) not in (None, side) for m in sentence.places if low <= m.start < high)
