"""Places told in one breath (赴甘肃、重庆) stand on one side, unless the words around say that they are two."""

from __future__ import annotations

import re
from itertools import pairwise

from crawler.events.scenes import Sentence
from crawler.events.tables import FAR, steps_above

# 甲区、乙县东西部协作座谈会: what two sides have between them
_BETWEEN = (
    "东西部",
    "东西扶贫",
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
