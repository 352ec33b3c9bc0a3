"""Bodies an event has from beside it: firms that came along on a visit, signers of the paper of a pairing."""

from __future__ import annotations

import re

from crawler.events.bodies import SIGNING
from crawler.events.draft import Draft
from crawler.events.scenes import Sentence

# 此次前来的企业有甲公司、乙集团等9家: who has come along
_CAME = re.compile(
    r"(?:来|参加|参与|随行|随团|同行|到访|考察)[^,，。;；]{0,10}的?[^,，。;；]{0,6}(?:企业|单位|商会)(?:分别)?(?:有|包括|为|是|:|：)(?:[^。;；]{2,60}[、和与及])?$"
)


_WHO_CAME = ("企业", "单位", "商会")


def companions(visit: Draft, sentences: list[Sentence]) -> None:
    """Firms that a later sentence names as having come along."""
    for sentence in sentences[visit.sentence.index : visit.sentence.index + 4]:
        if not any(word in sentence.text for word in _WHO_CAME):
            continue
        for org in sentence.organizations:
            if org.kind in SIGNING and _CAME.search(sentence.text, 0, org.start - sentence.start):
                visit.add_organization(org)


def sign_as_pairs(drafts: list[Draft]) -> None:
    """Who signs the paper of a pairing is paired by it."""
    signed = [d for d in drafts if d.type == "agreement" and d.organizations]
    for draft in drafts if signed else ():
        if draft.type == "pairing":
            for other in signed:
                if other.sentence is draft.sentence and other.clause() == draft.clause():
                    for org in other.organizations:
                        if org.start < draft.sentence.end:  # what others sign behind it is no pair
                            draft.add_organization(org)
