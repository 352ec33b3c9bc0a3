"""One who joins those that are sent, in a portrait: 2019年,她成为第九批援藏干部中的一员,赴亚东县担任院长."""

from __future__ import annotations

import re

from crawler.events.dating import Clock
from crawler.events.draft import Draft
from crawler.events.modality import is_total, modality
from crawler.events.scenes import Sentence
from crawler.events.sides import Sides

_SENT = r"(?:援[疆藏青宁滇黔川陕甘桂]|支教|支医|医疗队|工作队|帮扶|扶贫协作|东西部协作|挂职)"
_JOINS = re.compile(
    rf"(?:成为|作为|加入)了?[^,，。;；]{{0,26}}?{_SENT}[^,，。;；]{{0,10}}?"
    r"(?:一员|之一|一名|队员|成员|干部|教师|老师|医生|人才|专家|[队团])"
    rf"|(?:报名|请缨|申请|受命)[^,，。;；]{{0,14}}?{_SENT}"
    rf"|{_SENT}的(?:列车|航班|飞机|火车|大巴|征程|征途|旅程|行列)"
)
# 来到新疆和田, 挂职策勒县人民医院副院长: where the one goes or what post is taken
_GOES = re.compile(r"(?:来到|奔赴|远赴|前往|抵达|走进|飞赴|赴|到|去|挂职|挂任|任职|担任|任|成为)[^,，。;；]{0,4}$")
_SEVERAL = re.compile(r"\d+(?:余|多)?[名位人]|累计|先后|共(?!同)|陆续|每年|历年")


def find_joined(sentences: list[Sentence], sides: Sides, clock: Clock) -> list[Draft]:
    """Postings of one person, told by the team joined and the place gone to, in order."""
    out: list[Draft] = []
    for sentence in sentences:
        if "personnel" not in sentence.kinds or not sentence.dates or not sentence.places:
            continue
        found = _JOINS.search(sentence.text)
        draft = _joined(sentence, found, sides, clock) if found else None
        if draft is not None:
            out.append(draft)
    return out


def _joined(sentence: Sentence, found: re.Match[str], sides: Sides, clock: Clock) -> Draft | None:
    text, base = sentence.text, sentence.start
    start = base + found.start()
    if sentence.spoken(start) or _SEVERAL.search(text) or sentence.of("visitor"):
        return None
    goes = any(
        sides.told(m) == "supported" and _GOES.search(text, max(0, m.start - base - 10), m.start - base)
        for m in sentence.places
    )
    if not goes or modality(sentence, start) != "done":
        return None
    when = clock.at(sentence, start)
    if not when.own or when.since or when.ahead or is_total(sentence, start, dated=True):
        return None
    return Draft(
        "personnel", sentence, start, base + found.end(), "posting: one who joins", "一员", start, "done", when
    )
