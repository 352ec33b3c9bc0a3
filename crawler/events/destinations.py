"""Where people are sent to or come from in particular: 分赴疏勒县 behind 抵达喀什, 来自黄冈的务工人员 of 湖北."""

from __future__ import annotations

import re

from crawler.events.casting import last_list
from crawler.events.draft import Draft
from crawler.events.scenes import Sentence
from crawler.events.sides import Sides, party
from crawler.places import PlaceMention

_GOES = re.compile(
    r"(?:分赴|奔赴|前往|派往|赴|到|往|分配[到在至]|安排[到在至]|对口(?:支教|支医|支援|援助|帮扶)|支教于?)"
    r"(?:[^,，。;；、]{0,8}(?:援助|支援|帮扶|对口)的)?$"
)
_TEAM = re.compile(r"教师|老师|医生|医护|医疗队|干部|队员|人员|学生|大学生|人才|支教|支医|他们")
_COMES = "来自"
_WORKERS = re.compile(
    r"(?:等(?:地|县|县市|区县))?的[^,，。;；]{0,12}(?:务工|劳动力|求职|农民工|员工|工人|乡亲|老乡|人员)"
)
_EXHIBITORS = re.compile(
    r"(?:等(?:\d+个)?(?:对口)?(?:帮扶|协作|支援)?(?:地区|地|州市|县|县市|区县)?)?的[^,，。;；]{0,16}(?:企业|产品|特产|商品|展商|合作社|好货|美食)"
)
_NEXT = 2


def narrow_destinations(drafts: list[Draft], sides: Sides, sentences: list[Sentence]) -> None:
    """Let people be sent to the counties told in and behind the statement, workers come from those they are said to.

    Only a province or prefecture is narrowed down, and to no town or village.
    """
    for draft in drafts:
        if draft.type == "consumption" and draft.why.get("supported", "").startswith("main pair"):
            _take_exhibitors(draft, sides, sentences)
        if (
            draft.type not in ("personnel", "labor")
            or len(draft.supported) != 1
            or draft.supported[0].code[-2:] != "00"
        ):
            continue
        told = sentences[draft.sentence.index : draft.sentence.index + 1 + _NEXT]
        finer = [
            place
            for s in told
            if s.paragraph == draft.sentence.paragraph
            for place in (_sent(draft, s, sides) if draft.type == "personnel" else _come(s, sides))
        ]
        whole = draft.supported[0].name
        units = [m for m in finer if m.unit is not None and m.unit.level in ("county", "prefecture")]
        parts = {p: m for m in units if (p := party(m)) and p.name.startswith(whole) and p.name != whole}
        kept = [p for p in parts if not any(q.name != p.name and p.name.startswith(q.name) for q in parts)]
        if kept:
            draft.supported = kept
            draft.places += [("supported", parts[p]) for p in kept]
            draft.why["supported"] = "where the statement or what follows says they go or come from"


def _take_exhibitors(draft: Draft, sides: Sides, sentences: list[Sentence]) -> None:
    """来自凉山州、黔西南州的120家企业参展: whose goods are shown, instead of the article's main party."""
    for sentence in sentences[draft.sentence.index : draft.sentence.index + 2]:
        places = _come(sentence, sides, _EXHIBITORS)
        if places:
            draft.supported = list(dict.fromkeys(p for p in map(party, places) if p))
            draft.places += [("supported", m) for m in places]
            draft.why["supported"] = "where the goods or firms are said to come from"
            return


def _sent(draft: Draft, sentence: Sentence, sides: Sides) -> list[PlaceMention]:
    """Places people go to in a sentence that speaks of those who are sent."""
    text, base = sentence.text, sentence.start
    own = sentence is draft.sentence
    if not own and _TEAM.search(text) is None:
        return []
    return _listed(
        [
            m
            for m in sides.those(sentence.places, "supported")
            if m.start >= (draft.start if own else base)
            and not sentence.spoken(m.start)
            and _GOES.search(text, max(0, m.start - base - 20), m.start - base)
        ],
        sentence,
        sides,
    )


def _come(sentence: Sentence, sides: Sides, who: re.Pattern[str] = _WORKERS) -> list[PlaceMention]:
    """来自黄冈、恩施的务工人员: where workers come from."""
    text, base = sentence.text, sentence.start
    if _COMES not in text:
        return []
    first = [m for m in sides.those(sentence.places, "supported") if text.endswith(_COMES, 0, m.start - base)]
    listed = _listed(first, sentence, sides)
    return listed if listed and who.match(text, listed[-1].end - base) else []


def _listed(first: list[PlaceMention], sentence: Sentence, sides: Sides) -> list[PlaceMention]:
    """Each of ``first`` with the places listed behind it."""
    known = sides.those(sentence.places, "supported")
    return [
        m for m in known if any(f.start <= m.start and f in last_list(_between(known, f, m), sentence) for f in first)
    ]


def _between(known: list[PlaceMention], first: PlaceMention, last: PlaceMention) -> list[PlaceMention]:
    return [m for m in known if first.start <= m.start <= last.start]
