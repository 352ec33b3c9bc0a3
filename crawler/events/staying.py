"""Delegations that are already there: no movement is told, but where they look around."""

from __future__ import annotations

import re

from crawler.events.scenes import Sentence
from crawler.events.tables import Hit, Word
from crawler.places import PlaceMention

STAYING = Word("在", frozenset({"move"}), 0, True)
TOURING = Word("参观", frozenset({"move"}), 0, True)
_IN = re.compile(
    r"(?:今天|今日|昨天|昨日|当天|近日|日前|\d{1,2}日|上午|下午)*(?:先后|分别)?在"
)  # 代表团今天在甲地区慰问
# 市委书记与在丙市考察的丁区区委书记座谈
_WITH_THOSE_IN = re.compile(r"[与和]在(?=[^,，。;；的]{2,12}(?:考察|调研|访问|学习)的)")
_EVE = re.compile(r"前一[天日]|头一天")  # 对接会前一天: a day nobody names
_ACCOMPANIED = re.compile(r"(?:陪同|带领|见证|主持|支持)下")  # 代表团在甲省省长陪同下,前往乙市
_TOWARDS = re.compile(r"对(?:[^对,，。;；]{0,16}(?:对口|结对|帮扶|协作)[^对,，。;；]{0,8}——?)?$")
_VISITED = re.compile(r"[^,，。;；的]{2,24}?(?:开展|进行)(?:了)?[^,，。;；的]{0,8}(?:考察|访问|走访|慰问)")


def stays(sentence: Sentence) -> list[Hit]:
    """代表团在西宁市考察, 一行对甲县进行考察: a group already there; 在 or 对 stands for the movement."""
    if "visitor" not in sentence.kinds:
        return []
    text, base = sentence.text, sentence.start
    ends = [
        at.end() - 1
        for hit in sentence.of("visitor")
        if (at := _IN.match(text, hit.end - base)) and not _ACCOMPANIED.search(text, hit.end - base)
    ]
    for mention in sentence.places if "对" in text else ():
        at = _TOWARDS.search(text, max(0, mention.start - base - 28), mention.start - base)
        if at and _VISITED.match(text, mention.start - base) and _led(sentence, mention.start):
            ends.append(at.start())
    ends += [at.start() + 1 for at in _WITH_THOSE_IN.finditer(text)] if "与在" in text or "和在" in text else []
    return [Hit(base + end, base + end + 1, STAYING) for end in ends]


def _led(sentence: Sentence, position: int) -> bool:
    """Whether a delegation or its leader stands before ``position`` in its clause."""
    return bool(sentence.of("visitor", sentence.clause(position)[0], position))


_WHOSE_AID = re.compile(
    "的?(?:对口|结对)?(?:支援|帮扶|协作|援[疆藏青])(?!的|项目|产业园)|(?:对口)?(?:援建|捐建|援助|捐赠|资助)"
)  # 考察镇江对口支援进展: the aid is looked at; 察看即墨区援建项目: who has built it


def tours(sentence: Sentence, *, alone: bool) -> list[Hit]:
    """来自甲县的考察团参观了乙区规划馆: what is toured stands for where they went, if nothing else says it.

    ``alone``: the helper has no place, so its chairman needs no delegation (集团董事长先后调研甲县、乙县).
    """
    if "purpose" not in sentence.kinds or _EVE.search(sentence.text):
        return []
    leaders = [p.end for p in sentence.people if alone and p.title is not None and p.role != "hosts"]
    if "visitor" not in sentence.kinds and not leaders:
        return []
    first = min([*leaders, *(hit.end for hit in sentence.of("visitor"))])
    text, base = sentence.text, sentence.start
    starts = {m.start for m in sentence.places if _WHOSE_AID.match(text, m.end - base) is None}
    ends = [
        hit.end + sentence.text.startswith("了", hit.end - sentence.start)
        for hit in sentence.kinds["purpose"]
        if hit.start >= first and not sentence.spoken(hit.start)
    ]
    return [Hit(end - 1, end, TOURING) for end in ends if end in starts]


def serves_there(sentence: Sentence, mention: PlaceMention) -> bool:
    """泉州援疆分指挥部副指挥长某某到乙镇: who was sent to serve in the county tours it as its own officer."""
    return any(
        p.title_start is not None
        and p.title_start <= mention.start < p.start
        and _SERVES.search(sentence.text, mention.end - sentence.start, p.start - sentence.start)
        for p in sentence.people
    )


_SERVES = re.compile(r"援[疆藏青滇黔川甘宁桂陕蒙](?!办)|指挥部|前指|联络组|协作工作[组队]|挂职")


def is_there(sentence: Sentence, mention: PlaceMention) -> bool:
    """正在新疆考察访问的省代表团, 在州长陪同下: where the travellers are says nothing of whose they are."""
    text, base = sentence.text, sentence.start
    there = text.endswith("在", 0, mention.start - base)
    return there and (_BUSY.match(text, mention.end - base) or _GUIDED_BY.match(text, mention.end - base)) is not None


_GUIDED_BY = re.compile(r"[^,，。;；]{0,30}(?:陪同|引导|带领)下")
_BUSY = re.compile(r"[^,，。;；的]{0,6}(?:考察|访问|调研|学习|参观|交流)的")
