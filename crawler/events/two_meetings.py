"""When two statements of meetings on one day tell of two meetings."""

from __future__ import annotations

import re

from crawler.events.draft import Draft
from crawler.events.sides import lies_in, party
from crawler.events.travelled_to import targets_of

_HOUR = re.compile(r"(上午|早上|早晨|清晨|中午|下午|午后|傍晚|当晚|晚上|晚)(?!宴|会)")
_PARTS = {"早上": "上午", "早晨": "上午", "清晨": "上午", "午后": "下午", "傍晚": "晚上", "当晚": "晚上", "晚": "晚上"}


def apart(a: Draft, b: Draft) -> bool:
    """Whether ``b`` is a meeting besides ``a``: named beside it, at another hour, or where its guests went on to."""
    return coordinated(a, b) or _at_another_hour(a, b) or _where_they_went(a, b) or _of_other_kind(a, b)


def coordinated(a: Draft, b: Draft) -> bool:
    """Two meetings named side by side (交流会和推介会) are two."""
    if a.sentence is not b.sentence or abs(b.start - a.end) > 40:
        return False
    low, high = min(a.start, b.start), max(a.end, b.end)
    text = a.sentence.text[low - a.sentence.start : high - a.sentence.start]
    first, second = a.words.split()[-1], b.words.split()[-1]
    if of_others(a, b):
        return True
    return first != second and any(f"{first}{joint}" in text for joint in "和、及与")


def of_others(a: Draft, b: Draft) -> bool:
    """甲与丙座谈会、甲与丁座谈会: meetings of one sentence that name other parties."""
    if a.type != "meeting" or a.sentence is not b.sentence or a.head == b.head:
        return False
    behind = a.head + len(a.words.split()[-1]) - a.sentence.start
    named = all("places in the meeting's name" in d.why.values() for d in (a, b))
    return (
        named
        and a.sentence.text[behind : behind + 1] in "、和及"
        and ((a.supporting, a.supported) != (b.supporting, b.supported))
    )


def _at_another_hour(a: Draft, b: Draft) -> bool:
    """上午,两市座谈会召开。下午,两县举行联席会议."""
    hours = _hour(a), _hour(b)
    return None not in hours and hours[0] != hours[1]


def _hour(draft: Draft) -> str | None:
    """The part of the day a meeting's sentence tells in front of it."""
    sentence = draft.sentence
    told = _HOUR.findall(sentence.text, 0, draft.head - sentence.start)
    return _PARTS.get(told[-1], told[-1]) if told else None


def _where_they_went(a: Draft, b: Draft) -> bool:
    """甲市与丙州座谈会召开。…代表团来到乙区,与区委举行座谈: the second is held at a part of who held the first."""
    if a.sentence.index >= b.sentence.index or not a.explicit:
        return False
    sentence = b.sentence
    for move in sentence.of("move", sentence.start, b.head):
        for mention in targets_of(sentence, move):
            there = party(mention)
            for first, second in ((a.supporting, b.supporting), (a.supported, b.supported)):
                if there in second and there not in first and any(lies_in(mention, wide) for wide in first):
                    return True
    return False


_PROMOTES = re.compile(r"(?:推介|招商|路演)(?:会|大会|活动)?")
_NEWLY = "meeting_verb"
_THEN = re.compile(r"\s*(?:随后|接着|紧接着|之后|其后)[,，]?(?:还)?(?:又)?(?:召开|举行|举办)")  # 随后召开青年工作座谈会


def _of_other_kind(a: Draft, b: Draft) -> bool:
    """联席会议召开。会后举行了产业推介会, 随后召开青年座谈会: a meeting of another name is another meeting."""
    if a.sentence is b.sentence or not all(d.frame.endswith(_NEWLY) for d in (a, b)):
        return False
    first, second = (bool(_PROMOTES.search(_name(d))) for d in (a, b))
    then = b.words.split()[-1] != a.words.split()[-1] and _THEN.match(b.sentence.text) is not None
    return first != second or then


def _name(draft: Draft) -> str:
    """The words of a meeting with what stands right before them."""
    text, base = draft.sentence.text, draft.sentence.start
    return text[max(0, draft.start - base - 4) : draft.end - base]
