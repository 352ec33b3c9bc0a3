"""Gifts that run the other way: the aided side sends goods to those who help it."""

from __future__ import annotations

import re

from crawler.events.draft import Draft
from crawler.events.scenes import Sentence
from crawler.events.sides import Party, Sides, party

_SIGNS = (
    "驶向",
    "驶往",
    "运往",
    "发往",
    "送往",
    "运抵",
    "送抵",
    "送达",
    "抵达",
    "到达",
    "驰援",
    "支援",
    "助力",
    "捐给",
    "寄往",
    "赠予",
    "献给",
)
_CARRIED = re.compile("|".join(_SIGNS))
_GOODS = re.compile(r"捐|赠|物资|蔬菜|慰问|爱心")
_STOP = re.compile("[,，。;；]")
_NEAR = 14
# how far before its statement a gift may be told to be on its way
_BACK = 4


def gives_back(draft: Draft, sides: Sides, sentences: list[Sentence]) -> bool:
    """Fill the sides of a donation that the aided side sends (乙县捐赠的土豆运往甲市); False when nothing says so."""
    for index in range(draft.sentence.index, max(-1, draft.sentence.index - _BACK), -1):
        found = _sent_back(sentences[index], sides)
        if found is not None:
            giver, taker = found
            draft.supporting, draft.supported = [giver], [taker]
            draft.why["supporting"], draft.why["supported"] = "the giver who sends it back", "where it is sent"
            draft.explicit = True
            return True
    return False


def _sent_back(sentence: Sentence, sides: Sides) -> tuple[Party, Party] | None:
    """Who sends goods to a place of the helping side in this sentence."""
    text, base = sentence.text, sentence.start
    if len(sentence.places) < 2 or not any(sign in text for sign in _SIGNS):
        return None
    if _GOODS.search(text) is None and "goods" not in sentence.kinds:
        return None
    for sign in _CARRIED.finditer(text):
        at, behind = base + sign.start(), base + sign.end()
        before = [m for m in sentence.places if m.end <= at and len(m.quote) > 1 and sides.told(m)]
        after = [m for m in sentence.places if behind <= m.start <= behind + _NEAR and sides.told(m)]
        if not before or not after or sentence.spoken(at):
            continue
        sent_to = after[0]
        before = [m for m in before if m.name != sent_to.name] or before  # 心系甲市, … 驰援甲市
        sent_by = before[-1]
        if sides.told(sent_by) != "supported" or sides.told(sent_to) != "supporting":
            continue
        if _STOP.search(text, behind - base, sent_to.start - base) is None:
            giver, taker = party(sent_by), party(sent_to)
            return (giver, taker) if giver and taker else None
    return None
