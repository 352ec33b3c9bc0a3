"""Visits told by those who are visited: delegations that come, are received, or attend what is held there."""

from __future__ import annotations

import re

from crawler.events.dating import Clock
from crawler.events.draft import Draft
from crawler.events.met_in import but_met_in
from crawler.events.modality import modality
from crawler.events.scenes import Sentence
from crawler.events.sides import Party, Sides, party
from crawler.events.tables import Hit
from crawler.places import PlaceMention

# 在甲市召开的会议, 代表团在甲市参加联席会议
_VENUE = re.compile(r"在([^,，。;；]{2,24}?)(?:举行|召开|举办|开幕|参加|出席)")
# whoever comes stands behind these, before the others
_RECEIVES = ("迎来", "接待", "热情接待")

RECEPTION = "arrival: delegation received"
"""The frame of a visit that only a reception tells of: its day is one of the journey's."""


def find_arrivals(sentence: Sentence, sides: Sides, clock: Clock, home: Party | None) -> list[Draft]:
    """Delegations that come (来访) or are received (迎来, 会见由…率领的…一行); the host is the other side."""
    out: list[Draft] = []
    for hit in sentence.of("come"):
        if sentence.spoken(hit.start) or not (sentence.of("visitor") or "一行" in hit.word.text):
            continue
        low, high = _clause(sentence, hit)
        before = [m for m in sentence.places if low <= m.start and m.end <= hit.start]
        after = [m for m in sentence.places if hit.end <= m.start and m.end <= high]
        met = hit.has("talks")  # 会见, 接见
        if met and not sentence.of("visitor", hit.end, high):
            continue
        before = _after_for(sentence, before, hit)
        behind = met or hit.word.text.startswith(_RECEIVES) or hit.word.text.endswith("的")
        guest = _finest(after, sides) if behind else next((m for m in reversed(before) if sides.told(m)), None)
        who = party(guest) if guest else None
        if guest is None or who is None or modality(sentence, hit.start) is None:
            continue
        side = sides.of(who)
        hosts = but_met_in(before, sentence) if behind else after
        host = next((p for p in map(party, hosts) if p and sides.of(p) not in (None, side)), None)
        if host is None:
            host = (
                home
                if home and sides.of(home) not in (None, side)
                else (sides.donor if side == "supported" else sides.recipient)
            )
        if host is None:
            continue
        when = clock.at(sentence, hit.start)
        draft = Draft(
            "visit",
            sentence,
            min(guest.start, hit.start),
            max(guest.end, hit.end),
            RECEPTION if met or hit.word.text.startswith("一行的") else "arrival: delegation + coming",
            hit.word.row,
            hit.start,
            "done",
            when,
        )
        draft.origin, draft.target, draft.explicit = [who], [host], True
        draft.places.append(("from", guest))
        draft.why.update({"from": "place of the delegation", "to": "the host"})
        take_sides(draft, sides, sides.of(host))
        out.append(draft)
    return out


# 代表市委对代表团来访表示欢迎: who says so is no guest
_COURTESY = re.compile(r"[^,，。;；]{0,10}表示(?:最|了)?(?:热烈|诚挚|衷心|由衷|真诚)?(?:地|的)?(?:欢迎|感谢)")


def _after_for(sentence: Sentence, before: list[PlaceMention], hit: Hit) -> list[PlaceMention]:
    """Of the places in front of a coming that is welcomed, those of the guests: the ones behind 对."""
    text, base = sentence.text, sentence.start
    told = 2 * hit.word.text.endswith("表示")  # 的到来表示
    if _COURTESY.match(text, hit.end - base - told) is None:
        return before
    whom = base + text.rfind("对", 0, hit.start - base)
    return [m for m in before if m.start > whom >= base]


def _clause(sentence: Sentence, hit: Hit) -> tuple[int, int]:
    """The clause of a coming, and what a colon opens behind it: 迎来了四川客人:凉山州党政代表团."""
    low, high = sentence.clause(hit.start)
    if sentence.text[high - sentence.start : high - sentence.start + 1] in (":", "：") and high + 1 < sentence.end:
        high = sentence.clause(high + 1)[1]
    return low, high


def _finest(mentions: list[PlaceMention], sides: Sides) -> PlaceMention | None:
    """The first place of a side, or the part of it that is named behind it."""
    best: PlaceMention | None = None
    for mention in mentions:
        if (best is None and sides.told(mention)) or (best is not None and mention.name.startswith(best.name)):
            best = mention
    return best


def find_guest(sentence: Sentence, sides: Sides, clock: Clock) -> Draft | None:
    """A delegation takes part in something held at a place of the other side."""
    if "attend" not in sentence.kinds or "delegation" not in sentence.kinds:
        return None
    found = _VENUE.search(sentence.text)
    if found is None or sentence.spoken(sentence.start + found.start()):
        return None
    low, high = sentence.start + found.start(1), sentence.start + found.end(1)
    venue = next((m for m in sentence.places if low <= m.start < high), None)
    host = party(venue) if venue else None
    side = sides.of(host)
    if venue is None or host is None or side is None:
        return None
    for hit in sentence.of("delegation"):
        near = [m for m in sentence.places if 0 <= hit.start - m.end <= 10]
        guest = party(near[-1]) if near else None
        if guest is None or sides.of(guest) in (None, side) or modality(sentence, hit.start) != "done":
            continue
        when = clock.at(sentence, hit.start)
        draft = Draft(
            "visit",
            sentence,
            near[-1].start,
            hit.end,
            "guest: delegation at a venue of the other side",
            hit.word.row,
            hit.start,
            "done",
            when,
        )
        draft.origin, draft.target, draft.explicit = [guest], [host], True
        draft.places += [("from", near[-1]), ("to", venue)]
        draft.why.update({"from": "place of the delegation", "to": "the venue"})
        take_sides(draft, sides, side)
        return draft
    return None


# 与来河调研的深圳市副市长座谈
_COMES_AS = re.compile(r"[^,，。;；的]{1,8}?(?:考察|调研|访问|对接|学习|参观|交流|指导|慰问)[^,，。;；的]{0,6}的")


def guest_behind(sentence: Sentence, move: Hit, side: str, sides: Sides) -> PlaceMention | None:
    """Where the guests are from who are told behind their errand: 与来丙市调研的丁市副市长座谈."""
    found = _COMES_AS.match(sentence.text, move.end - sentence.start)
    if found is None:
        return None
    end = sentence.start + found.end()
    return next((m for m in sentence.places if m.start == end and sides.told(m) not in (None, side)), None)


def take_sides(draft: Draft, sides: Sides, target_side: str | None) -> None:
    """Fill the two sides of a visit from who travels and who hosts; ``target_side`` is the host's."""
    if target_side == "supporting":
        draft.supporting, draft.supported = list(draft.target), list(draft.origin)
    else:
        draft.supporting, draft.supported = list(draft.origin), list(draft.target)
    draft.why["sides"] = sides.rule
