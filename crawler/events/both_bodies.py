"""两院 and 两校: the two hospitals or schools, of either side, that were named before."""

from __future__ import annotations

import re

from crawler.events.scenes import Sentence
from crawler.facts import OrganizationMention

_BOTH = re.compile(r"两(院|校|所学校|家医院)|双方(学校|医院)")
_BACK = 6


def both_bodies(sentence: Sentence, high: int, sentences: list[Sentence]) -> list[OrganizationMention]:
    """The two told before 两院 or 两校 up to ``high``, when no third of their kind is told besides."""
    text = sentence.text
    said = _BOTH.search(text, 0, high - sentence.start) if "两" in text or "双方" in text else None
    if said is None:
        return []
    at = sentence.start + said.start()
    kind = "hospital" if "院" in said[0] else "school"
    told: list[OrganizationMention] = []
    for one in sentences[max(0, sentence.index - _BACK) : sentence.index + 1]:
        for org in one.organizations:
            known = any(o.canonical.endswith(org.canonical) or org.canonical.endswith(o.canonical) for o in told)
            if org.kind == kind and org.end <= at and not known:
                told.append(org)
    return told if len(told) == 2 else []
