"""Places told in one breath: on one side (赴甘肃、重庆), or the two sides that the words around say they are."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from crawler.events.scenes import Sentence, in_name
from crawler.events.tables import FAR, steps_above

# 甲区、乙县东西部协作座谈会: what two sides have between them
_BETWEEN = (
    "东西部",
    "东西扶贫",
    "山海协作",
    "扶贫协作",
    "对口协作",
    "对口帮扶",
    "协作",
    "结对",
    "双方",
    "联席会议",
    "劳务协作",
    "共建",
    "携手",
    "联合",
)


# 甲、乙正式确定为对口合作关系
_AS_PARTNERS = re.compile(
    r"(?:市|县|两市|两地)?(?:正式)?(?:确定|确立|结|明确|被?列)[为成][^,，。;；]{0,10}(?:对口|结对|帮扶|协作|合作)"
)


def listed(sentences: list[Sentence]) -> set[tuple[str, str]]:
    """Pairs of adcodes listed as one side; not before 两地, in 甲与乙、丙与丁, or as the parties of a meeting."""
    out: set[tuple[str, str]] = set()
    for sentence in sentences:
        text, base, places = sentence.text, sentence.start, sentence.places
        if len(places) < 2 or "、" not in text:
            continue
        gaps = [text[one.end - base : two.start - base] for one, two in pairwise(places)]
        for at, gap in enumerate(gaps):
            first, second = places[at].unit, places[at + 1].unit
            behind = places[at + 1].end - base
            if gap != "、" or first is None or second is None or text.startswith("两", behind):
                continue
            between = text.startswith(_BETWEEN, behind) and abs(steps_above(first.code, second.code) or 0) >= FAR
            if between or _AS_PARTNERS.match(text, behind):
                continue
            if not ("与" in gaps[at - 1 : at] and "与" in gaps[at + 1 : at + 2]):
                out.add((first.code, second.code))
    return out


# 甲县与乙县开展县域结对帮扶; 甲·乙山海协作座谈会
_AND = re.compile(r"(?:县|市|区|两地)?(?:[与和同及]|[·\-—~～]{1,2})")
_AND_REACH = 4
_PAIRED = re.compile(
    r"(?:(?:县|区|市)?(?:工商联|总商会|政协|人大|妇联|残联|团委|法院|检察院|教育局|卫健[委局])?)"  # 甲—乙县工商联
    r"(?:开展|建立|实施|推进|深化|签订|签署|的|两[县市区地]|县域|区域)*(?:深度|精准|全面)?(?:结对|山海协作|对口|东西部|扶贫协作|劳务协作|南北挂钩|挂钩)"
    r"|两[县市区地](?!的?(?:群众|人民|干部))"
)


def coupled(sentences: list[Sentence]) -> Counter[tuple[str, str]]:
    """How often two adcodes are told as a couple (甲与乙结对帮扶), in the order in which they are told."""
    out: Counter[tuple[str, str]] = Counter()
    for sentence in sentences:
        if len(sentence.places) < 2:
            continue
        text, base = sentence.text, sentence.start
        for one, two in pairwise(sentence.places):
            if (
                0 < two.start - one.end <= _AND_REACH
                and one.unit is not None
                and two.unit is not None
                and one.unit.code != two.unit.code
                and _AND.fullmatch(text, one.end - base, two.start - base)
                and _PAIRED.match(text, two.end - base)
            ):
                out[one.unit.code, two.unit.code] += 1
    return out


def told_apart(sentences: list[Sentence]) -> set[str]:
    """Adcodes of places that are told outside the names of firms."""
    return {m.unit.code for s in sentences for m in s.places if m.unit is not None and not in_name(m, s, "company")}
