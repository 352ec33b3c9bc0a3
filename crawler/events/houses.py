"""Schools and hospitals told once with their place (纳雍县曙光中学) and later by their bare name (走进曙光中学)."""

from __future__ import annotations

import re

from crawler.events.scenes import Sentence
from crawler.facts import OrganizationMention
from crawler.places import PlaceMention

_HOUSES = ("school", "hospital")
# names that many places have one of: they tell nothing once the place is left out
_COMMON = re.compile(
    r"(?:[省市县区州乡镇]|第[一二三四五六七八九十\d]+|人民|中心|中[医西]|妇幼|实验|民族|职业|高级|完全|[一二三四五六七八九十]中|幼儿园|附属|党校|特殊教育)"
)
_SHORT = 4


def place_houses(sentences: list[Sentence]) -> None:
    """Let 曙光中学 right behind a movement stand for the county it was told with, as a mention like any other."""
    known: dict[str, PlaceMention | None] = {}
    for sentence in sentences:
        for one in sentence.organizations:
            if one.kind not in _HOUSES:
                continue
            inside = [m for m in sentence.places if one.start <= m.start and m.end < one.end and m.unit is not None]
            if inside:
                bare = one.quote[inside[-1].end - one.start :]
                if len(bare) >= _SHORT and _COMMON.match(bare) is None:
                    same = known.setdefault(bare, inside[-1])
                    known[bare] = same if same is not None and same.name == inside[-1].name else None
    if not known:
        return
    for sentence in sentences:
        for one in sentence.organizations if "move" in sentence.kinds else ():
            where = known.get(one.quote)
            if where is not None and _gone_to(one, sentence):
                mention = PlaceMention(one.start, one.end, one.quote, where.name, where.unit, (), "house")
                sentence.places = sorted([*sentence.places, mention], key=lambda m: m.start)


def _gone_to(one: OrganizationMention, sentence: Sentence) -> bool:
    """Whether a house of no place in its name stands right behind a movement."""
    if any(m.start < one.end and one.start < m.end for m in sentence.places):
        return False
    return any(0 <= one.start - move.end <= 1 for move in sentence.of("move"))
