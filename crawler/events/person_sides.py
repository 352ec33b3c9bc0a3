"""The side of a person: the post that sent them, the place or level in the title, their neighbours in a list."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.events.scenes import Sentence
from crawler.events.sides import Sides
from crawler.facts import PersonMention
from crawler.model import Side
from crawler.places import gazetteer

# 副县长(挂职)某某, 援疆指挥部总指挥、县委副书记某某: sent by the side that helps, whatever their post there
_POSTED = re.compile(
    r"挂职|挂任|援[疆藏青黔滇川桂甘宁蒙陕建派]|(?:帮扶|支援|协作|扶贫)(?:工作)?[组队]|(?:帮扶|支教)(?:医疗|教育)?(?:团|校长|院长|专家|医生|教师)|[驻赴][^,、]{1,8}(?:工作|联络)[组队站处]|(?:工作|联络)[组队](?:总领队|副?[组队]长|领队|成员|队员)|前方指挥部|前指|支教|支医|对口支援"
)
_ASIDE = re.compile(r"[(（]([^()（）]{2,20})[)）]")
_NAMED_UNIT = re.compile(r"[\u4e00-\u9fff·]+$")
_ADJACENT = re.compile(r"[,，、和及与]?")


def person_side(person: PersonMention, sentence: Sentence, sides: Sides, home: Side | None) -> Side | None:
    """The side of a person, worked out once a mention."""
    if person.start not in sides.people:
        sides.people[person.start] = _side_of(person, sentence, sides, home)
    return sides.people[person.start]


def name_people(sentences: list[Sentence], sides: Sides) -> None:
    """Keep for each name the first title it is told with, and the side that a title of its own tells.

    Where titles name the city of one side only (乐山市委书记), a bare 市委书记 is of the other.
    """
    told: dict[str, set[Side]] = {}
    sides.bodies = _body_sides(sentences, sides)
    for sentence in sentences:
        for person in sentence.people:
            if person.title is None or person.rule == "known":
                continue
            sides.titles.setdefault(person.name, person.title)
            sides.first.setdefault(person.name, (person, sentence))
            place = place_side(person, sentence, sides)
            posted = is_posted(person, sentence)
            known = person.name in sides.named and not posted
            if not known and (side := _titled_side(person, sentence, sides, place, posted=posted)):
                sides.named[person.name] = side
            if place and (level := _OF_LEVEL.search(person.title)):
                told.setdefault(level[1], set()).add(place)
    sides.bare = {level: _OTHER[found.pop()] for level, found in told.items() if len(found) == 1}


def _titled_side(
    person: PersonMention, sentence: Sentence, sides: Sides, place: Side | None, *, posted: bool
) -> Side | None:
    if posted:
        return _sent_by(person, sentence, place)
    return (
        place
        or _level_side(person.title or "", sides)
        or next((side for name, side in sides.bodies.items() if (person.title or "").startswith(name)), None)
    )


def is_posted(person: PersonMention, sentence: Sentence) -> bool:
    """Whether a title, or what stands in brackets beside it, says that the person was sent to serve there."""
    begun = (person.title_start or person.start) - sentence.start
    if _POSTED.search(person.title or "") or sentence.text.startswith("挂职", max(begun - 2, 0)):
        return True
    for at in (person.title_end, person.end):
        aside = _ASIDE.match(sentence.text, at - sentence.start) if at is not None else None
        if aside is not None and _POSTED.search(aside[1]):
            return True
    return False


def _side_of(person: PersonMention, sentence: Sentence, sides: Sides, home: Side | None) -> Side | None:
    told = sides.named.get(person.name)
    if told is None:
        place, posted = place_side(person, sentence, sides), is_posted(person, sentence)
        told = _titled_side(person, sentence, sides, place, posted=posted)
    if told:
        return told
    first = sides.first.get(person.name)
    if first is not None and first[0] is not person:
        return person_side(*first, sides, home)
    again = _OTHERS.fullmatch(person.title or "")
    before = [other for other in sentence.people if other.end <= person.start and other.group == person.group]
    if before and again and before[-1].title != again[0] and (before[-1].title or "").endswith(again[0]):
        other = person_side(before[-1], sentence, sides, home)
        return _OTHER[other] if other else home  # 青岛市领导甲,市领导乙: not of Qingdao
    if before:
        return person_side(before[-1], sentence, sides, home)
    earlier = [other for other in sentence.people if other.end <= person.start]
    gap = (earlier[-1].end - sentence.start, _begin(person) - sentence.start) if earlier else None
    if gap and _ADJACENT.fullmatch(sentence.text[gap[0] : gap[1]]):
        return person_side(earlier[-1], sentence, sides, home)
    level = _LEVEL.match(person.title or "")
    return home or (sides.bare.get(level[1]) if level is not None else None)


def _begin(person: PersonMention) -> int:
    return person.title_start if person.title_start is not None else person.start


def place_side(person: PersonMention, sentence: Sentence, sides: Sides) -> Side | None:
    """The side of the place that a title names."""
    if person.title_start is None or person.title_end is None:
        return None
    low, high = person.title_start, person.title_end
    if person.start < low:  # 路桥区实验学校|王某某|校长
        begun = _NAMED_UNIT.search(
            sentence.text, max(0, person.start - sentence.start - 18), person.start - sentence.start
        )
        low, high = sentence.start + begun.start() if begun else person.start, person.start
    for mention in reversed(sentence.places):
        if sentence.text[mention.start - sentence.start - 1 : mention.start - sentence.start] == "驻":
            continue  # 甘肃省驻青岛办事处
        if low <= mention.start and mention.end <= high and (side := sides.told(mention)):
            return side
    return None


def _body_sides(sentences: list[Sentence], sides: Sides) -> dict[str, Side]:
    """The side of each school, hospital or firm that is named once with its place: 雷波县城关中学, later 城关中学."""
    found: dict[str, set[Side]] = {}
    for sentence in sentences:
        for body in sentence.organizations if sentence.places else ():
            near = [m for m in sentence.places if body.start - 1 <= m.end <= body.end and m.start < body.end]
            side = sides.told(near[-1]) if near else None
            name = (
                sentence.text[max(near[-1].end, body.start) - sentence.start : body.end - sentence.start]
                if side
                else ""
            )
            if side and len(name) > 2:
                found.setdefault(name, set()).add(side)
    return {name: side.pop() for name, side in found.items() if len(side) == 1}


def _sent_by(person: PersonMention, sentence: Sentence, place: Side | None) -> Side:
    """Who is posted helps, unless the post behind which 挂职 stands in brackets is one of the helping side."""
    bare = _ASIDE.match(sentence.text, (person.title_end or person.end) - sentence.start) is not None
    return "supported" if bare and place == "supporting" else "supporting"


def _level_side(title: str, sides: Sides) -> Side | None:
    """县委书记 beside 甲市 and 乙县: the side that alone has a unit of that level among its own and those above."""
    found = _LEVEL.match(title)
    if sides.donor is None or sides.recipient is None:
        return None
    if found is None:
        region = title.startswith(("自治区", "区党委")) and sides.recipient.code[:2] in _REGIONS
        return "supported" if region and sides.donor.code[:2] not in _REGIONS else None
    level = found[1]
    gives, takes = (level in _levels(party.code) for party in (sides.donor, sides.recipient))
    if gives == takes:
        return None
    return "supporting" if gives else "supported"


_REGIONS = ("15", "45", "54", "64", "65")  # autonomous regions
_OTHERS = re.compile(r"[省市县区州旗镇]领导")
_OTHER: dict[Side, Side] = {"supporting": "supported", "supported": "supporting"}
_OF_LEVEL = re.compile(r"(?<=[\u4e00-\u9fff])([省市县区州盟旗镇乡])(?:委|人民|政府|政协|人大|领导|长)")
_LEVEL = re.compile(r"(?:常务)?副?([省市县区州盟旗镇乡])(?!域|场|民|属|外|内|级)")


@lru_cache(maxsize=1024)
def _levels(code: str) -> frozenset[str]:
    """The level words of a unit and those above it; 自治区 and 地区 are no 区."""
    units = [gazetteer().by_code(code[:size] + "0" * (6 - size)) for size in (2, 4, 6)]
    names = [unit.full_name for unit in units if unit is not None]
    if len(code) > _COUNTY and (town := gazetteer().by_code(code)) is not None:
        names.append(town.full_name)
    return frozenset(name[-1] for name in names if not name.endswith(("自治区", "地区")))


_COUNTY = 6
