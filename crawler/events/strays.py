"""Short names of places that are everyday words, and no sign of a province by themselves."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from crawler.events.scenes import Sentence
from crawler.events.sides import Party
from crawler.places import PlaceMention

# short names that are everyday words: alone they prove nothing (滇沪合作对口帮扶)
_COMMON = frozenset(
    (
        "合作", "振兴", "和平", "新华", "城关", "建设", "解放", "团结", "红旗", "友好",
        "铁路", "高新", "同心", "前进", "东风", "开放", "共和", "发展", "民主", "城中", "互助",
    )
)  # fmt: skip

_SCHOOL = re.compile(
    r"(?:市|区|县|路|街)?(?:第[一二三四五六七八九十]+)?(?:实验|外国语|高级|职业|中心|初级|附属)*(?:[中小]学|学校|幼儿园|医院)"
)


def drop_strays(sentences: list[Sentence], title: list[PlaceMention], home: Party | None = None) -> list[PlaceMention]:
    """Forget short names that are the article's only sign of their province (乡村振兴 is not 丹东市振兴区).

    A paper's own towns (``home``) need no sign of where they are. Returns the places of the title that stay.
    """
    for sentence in sentences:
        if len(sentence.places) > 1:
            _drop_names_of_schools(sentence)
    _drop_tibet(sentences, title)
    own = _own_digits(home)
    firm: set[str] = set()
    seen: Counter[str] = Counter()
    for mention in [m for s in sentences for m in s.places] + title:
        if mention.unit is not None:
            seen[mention.unit.code[:2]] += 1
            if mention.unit.code[:2] in firm:
                continue
            # 以民富县强: 富县 stands alone; 南京市雨花台区实验小学 tells its district
            telling = (mention.basis == "full" and len(mention.quote) > 2) or (
                mention.basis == "organisation" and (len(mention.quote) > 3 or _tells_level(mention.quote))
            )
            # 白玉县石门村, a village nobody knows, tells its county
            telling = telling or (mention.basis == "village" and mention.quote.startswith(mention.unit.name))
            if telling or mention.basis == "parents" or mention.unit.level in ("province", "prefecture"):
                firm.add(mention.unit.code[:2])
    if firm.issuperset(seen):
        return title
    for sentence in sentences:
        sentence.places = [
            m
            for m in sentence.places
            if m.unit is None
            or m.unit.code[:2] in firm
            or (
                m.quote not in _COMMON
                and (
                    seen[m.unit.code[:2]] > 1
                    or _beside_aid(m, sentence)
                    or (own is not None and m.unit.code.startswith(own))
                )
            )
        ]
    return [m for m in title if m.unit is None or m.unit.code[:2] in firm or m.quote not in _COMMON]


def _drop_names_of_schools(sentence: Sentence) -> None:
    """上海鞍山实验中学: the second of two places right beside each other is the school's own name."""
    text, base = sentence.text, sentence.start
    named = [
        second
        for first, second in pairwise(sentence.places)
        if first.end == second.start and first.unit is not None and _SCHOOL.match(text, second.end - base)
    ]
    if named:
        sentence.places = [m for m in sentence.places if m not in named]


def _drop_tibet(sentences: list[Sentence], title: list[PlaceMention]) -> None:
    """援藏 in the paper of a Tibetan prefecture of another province, that is of 甘孜 or 阿坝, is not of 西藏."""
    told = [m for s in sentences for m in s.places] + title
    if not any(m.quote == "藏" for m in told) or not any("藏族" in m.name for m in told):
        return
    if any(m.unit is not None and m.unit.code.startswith("54") and len(m.quote) > 1 for m in told):
        return
    for sentence in sentences:
        sentence.places = [m for m in sentence.places if m.quote != "藏"]


def _tells_level(quote: str) -> bool:
    """太仓市 in 太仓市人民医院, unless its short name is an everyday word (新华区)."""
    return len(quote) > 2 and quote[-1] in "县市旗区" and quote[:-1] not in _COMMON


def _own_digits(home: Party | None) -> str | None:
    """The adcode digits that a county's or prefecture's own places share; a province is too wide to vouch for them."""
    if home is None or home.code.endswith("0000"):
        return None
    return home.code[:4] if home.code.endswith("00") else home.code[:6]


def _beside_aid(mention: PlaceMention, sentence: Sentence) -> bool:
    """武隆支教教师, 对口帮扶武隆: a word of aid or of people sent touches the name."""
    return any(
        (hit.has("aid") or hit.has("personnel"))
        and (0 <= hit.start - mention.end <= 1 or 0 <= mention.start - hit.end <= 1)
        for hit in sentence.hits
    )
