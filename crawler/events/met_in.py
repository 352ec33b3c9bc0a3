"""Where guests are received: 副省长在昆明会见代表团 is no meeting of that city."""

from __future__ import annotations

import re

from crawler.events.draft import Draft
from crawler.events.scenes import Sentence, within
from crawler.events.sides import Party, Sides, held_in, lies_in, party
from crawler.model import Side
from crawler.places import PlaceMention

_MET_IN = re.compile(r"在([^,，。;；在]{2,14}?)(?:亲切|热情)?(?:会见|接见|会晤)")


def but_met_in(mentions: list[PlaceMention], sentence: Sentence) -> list[PlaceMention]:
    """Places but the one somebody is received in."""
    found = _MET_IN.search(sentence.text) if mentions and "在" in sentence.text else None
    if found is None:
        return mentions
    low, high = sentence.start + found.start(1), sentence.start + found.end(1)
    return [m for m in mentions if not low <= m.start < high]


def met_with(sentence: Sentence, low: int, draft: Draft, sides: Sides, side: Side) -> list[PlaceMention]:
    """代表团与乙区委、区政府举行座谈: the place right behind 与, when it is of ``side``."""
    ends = [hit.end for hit in sentence.of("partner", low, draft.head) if hit.word.text in _WITH]
    if not ends or draft.head - ends[-1] > _NEAR:
        return []
    return [m for m in sentence.places if m.start == ends[-1] and sides.told(m) == side]


def held_by(guests: list[PlaceMention], sentence: Sentence, sides: Sides, side: Side) -> list[PlaceMention]:
    """乙市推介会在丙市举办: the host of a meeting named for a party that is none of the main pair."""
    main = sides.recipient if side == "supporting" else sides.donor
    if main is None or not guests or any(main.name.startswith(m.name) for m in guests):
        return []
    held = held_in(sentence)
    found = within(sentence.places, *held) if held else []
    goes = _GOES_TO.search(sentence.text) if held is None else None
    if goes is not None:
        found = [m for m in sentence.places if m.start == sentence.start + goes.end()]
    return sides.those(found, side)


_GOES_TO = re.compile(r"(?:推介|路演|座谈|对接|交流)(?:会|活动)(?:走进|在)")
_WITH = ("与", "同", "和")
_NEAR = 24  # characters from 与 to the meeting
_OPENS = re.compile(r"(?:随后|其间|期间|此后)?[,，]?在([^,，。;；在]{2,14})[,，]")
_HELD_FOR_ALL = ("labor", "consumption", "training")


def opened_at(sentence: Sentence, sides: Sides, side: Side) -> Party | None:
    """在甲县,代表团召开了座谈会: the place the sentence opens with, when it is of ``side``."""
    found = _OPENS.match(sentence.text)
    if found is None:
        return None
    end = sentence.start + found.end(1)
    return next((party(m) for m in sentence.places if m.end == end and sides.told(m) == side), None)


def but_town_held_in(
    kind: str, found: list[PlaceMention], sentence: Sentence, main: Party | None
) -> list[PlaceMention]:
    """在甲县乙镇举办招聘会: a fair or class held in a town of the main party is the main party's."""
    held = held_in(sentence) if found and main is not None and kind in _HELD_FOR_ALL else None
    if held is None or main is None:
        return found
    return [m for m in found if not (held[0] <= m.start < held[1] and _town_of(m, main))]


def _town_of(mention: PlaceMention, main: Party) -> bool:
    town = mention.unit is not None and mention.unit.level == "town"
    return town and lies_in(mention, main)


def venue_inside(sentence: Sentence, main: Party) -> list[PlaceMention]:
    """The county inside the main party a meeting is held in, where its name tells nothing nearer."""
    held = held_in(sentence)
    if held is None or any(m.basis == "abbreviation" for m in sentence.places):
        return []
    inside = within(sentence.places, *held)
    return [m for m in inside if m.unit and m.unit.level == "county" and m.name.startswith(main.name)][-1:]
