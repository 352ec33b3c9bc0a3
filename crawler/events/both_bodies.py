"""两院, 两校 and 双方: the two hospitals, schools or societies, of either side, that were named before."""

from __future__ import annotations

import re

from crawler.events.scenes import Sentence
from crawler.facts import OrganizationMention

_BOTH = re.compile(r"两(院|校|所学校|家医院|社)|双方(学校|医院)?")
_KINDS = {"院": ("hospital", "school", "institute"), "校": ("school",), "社": ("farm",)}
_ANY = ("hospital", "school", "institute", "association", "farm")
_OURS = re.compile(r"我[院校社会]")
_BACK = 6
_NEAR = 3


def both_bodies(sentence: Sentence, high: int, sentences: list[Sentence]) -> list[OrganizationMention]:
    """The two told before 两院 or 两校 up to ``high`` with no third of their kind; 双方 has them in its paragraph.

    One is enough where the other calls itself 我院.
    """
    text = sentence.text
    said = _BOTH.search(text, 0, high - sentence.start) if "两" in text or "双方" in text else None
    if said is None:
        return []
    at, bare = sentence.start + said.start(), said[0] == "双方"
    kinds = next((kinds for end, kinds in _KINDS.items() if end in said[0]), _ANY)
    before = sentences[max(0, sentence.index - (_NEAR if bare else _BACK)) : sentence.index + 1]
    if bare:
        before = [one for one in before if one.paragraph == sentence.paragraph]
    told: list[OrganizationMention] = []
    for one in before:
        for org in one.organizations:
            known = any(o.canonical.endswith(org.canonical) or org.canonical.endswith(o.canonical) for o in told)
            if org.kind in kinds and org.end <= at and not known and not (told and org.kind != told[0].kind):
                told.append(org)
    ours = not bare and len(told) == 1 and any(_OURS.search(one.text) for one in before)
    return told if len(told) == 2 or ours else []
