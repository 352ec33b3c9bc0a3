"""A side without a place: one the text only calls its own (我校赴美姑县), or a firm or ministry that is of none."""

from __future__ import annotations

import re
from collections import Counter

from crawler.events.scenes import Sentence
from crawler.events.sides import Party, Sides, party
from crawler.events.tables import rank
from crawler.facts import OrganizationMention
from crawler.places import PlaceMention

UNNAMED = Party("〇", "~~~~~~")
"""Stands for the side nobody names while an article is read; events leave it out."""

# 我校率队赴美姑县, 我市与大关县, 我院对口支援的维西县
_GOES = re.compile(
    r"[^,，。;；]{0,30}?(?:(?:远)?赴|前往|来到|抵达|深入|走进|奔赴|到|与|和|同|向|为|(?:对口|结对|定点)?(?:支援|帮扶|援助|援建|扶贫|结对)(?:的|了|县|点)?)$"
)
_COMES = re.compile(r"[^,，。;；]{0,30}?(?:来|到|赴|抵|访|莅临|抵达|走进|来到|前来)(?:访|到)?$")
# one of these says that it is paired aid and no errand of one's own
_AID = re.compile(r"对口|结对|定点(?:帮扶|扶贫)|东西部|扶贫协作|援[疆藏青]|支教|支医|帮扶")
_PAIRED = re.compile(r"对口(?:帮扶|支援|协作|合作)|东西部|扶贫协作")
# what ties a unit of the state to a county
_POSTED = re.compile(r"定点(?:帮扶|扶贫|支援|帮建)|中央(?:企业|单位)|央企")
# universities help universities, whose names often hold no place
_CAMPUSES = re.compile(
    r"(?:支援|受援|帮扶)(?:西部|共建|建设)?(?:高校|院校|高等学校)|(?:大学|学院|高校|高等学校)对口支援|对口支援(?:我校|我院|[^,，。;；]{2,10}(?:大学|学院))"
)
_RICH = 18
_WORKS = ("我校", "我院")


def pair_with_unnamed(sides: Sides, sentences: list[Sentence]) -> None:
    """Pair the one place an article tells of with the side that calls itself 我校, 我院 or 我市, in one clause."""
    if sides.donor is not None or not any(_AID.search(s.text) for s in sentences):
        return
    found: Counter[Party] = Counter()
    house = any(hit.word.text in _WORKS for s in sentences for hit in s.of("home_word"))
    for sentence in sentences:
        for move in sentence.of("move") if house and sentence.of("lead") else ():
            near = (_county(m) for m in sentence.places if 0 <= m.start - move.end <= 1)
            found.update(other for other in near if other)
        for hit in sentence.of("home_word"):
            if hit.word.text[0] not in "我本":
                continue
            low, high = sentence.clause(hit.start)
            for mention in sentence.places:
                other = _county(mention)
                if other and low <= mention.start < high and _apart(sentence, hit.start, hit.end, mention):
                    above = hit.word.text[1] in "县区旗镇乡" and other.code.endswith("00")
                    found[other] += not (above and mention.end <= hit.start)  # 天水市副市长来我区: its superior
    found = +found
    if not found:
        return
    best, _ = max(found.items(), key=lambda item: (item[1], len(item[0].name), item[0].code))
    if any(one.code[:2] != best.code[:2] for one in found):
        return  # places of two provinces: which of them is helped is not said
    mine = rank(best.code)
    if mine is not None and mine[0] >= _RICH:
        if not any(_PAIRED.search(s.text) for s in sentences):
            return  # 我市代表团赴深圳市: for investors, or to learn
        sides.set_pair(best, UNNAMED, "the side that calls itself 我… is helped")
    else:
        sides.set_pair(UNNAMED, best, "the side that calls itself 我… helps")


def pair_with_central_unit(sides: Sides, sentences: list[Sentence]) -> None:
    """Pair the one county that a firm, ministry or university of no place helps under 定点帮扶.

    Where universities help universities, a province whose universities are helped does as well.
    """
    if sides.donor is not None:
        return
    campuses = any(_CAMPUSES.search(s.text) for s in sentences)
    if not (campuses or any(_POSTED.search(s.text) for s in sentences)):
        return
    acting = (one for s in sentences for one in s.organizations if _acts_for_itself(one, s))
    if not any(one.kind == "school" or not campuses for one in acting):
        return
    told = _place if campuses else _county
    found = Counter(other for s in sentences for m in s.places if (other := told(m)))
    if not found or any(one.code[:2] != next(iter(found)).code[:2] for one in found):
        return
    best, _ = max(found.items(), key=lambda item: (item[1], len(item[0].name), item[0].code))
    mine = rank(best.code)
    if mine is not None and mine[0] < _RICH:
        sides.set_pair(UNNAMED, best, "a unit of no place helps")


def _acts_for_itself(one: OrganizationMention, sentence: Sentence) -> bool:
    """Whether a firm or school bears no place in its name."""
    return one.kind in ("company", "school", "association") and not any(
        m.start < one.end and one.start < m.end for m in sentence.places
    )


def _place(mention: PlaceMention) -> Party | None:
    """The unit a mention tells, of any level; one character tells none."""
    return party(mention) if len(mention.quote) > 1 else None


def _county(mention: PlaceMention) -> Party | None:
    """The county or prefecture a full name tells."""
    other = party(mention)
    return other if other and len(mention.quote) > 2 and not other.code.endswith("0000") else None


def _apart(sentence: Sentence, start: int, end: int, mention: PlaceMention) -> bool:
    """Whether movement or help between a place and 我校 shows that they are two: 我县石门镇 is one."""
    text, base = sentence.text, sentence.start
    if end <= mention.start:
        return _GOES.fullmatch(text, end - base, mention.start - base) is not None
    return mention.end <= start and _COMES.fullmatch(text, mention.end - base, start - base) is not None
