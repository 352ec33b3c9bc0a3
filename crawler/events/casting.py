"""Between whom an event is: the places on its two sides."""

from __future__ import annotations

import re
from itertools import pairwise

from crawler.events.bystanders import in_quoted_name, names_station
from crawler.events.draft import Draft
from crawler.events.fellows import with_list_before
from crawler.events.journeys import journey_of
from crawler.events.met_in import but_met_in, but_town_held_in, held_by, met_with, opened_at, venue_inside
from crawler.events.returns import gives_back
from crawler.events.scenes import Sentence, within
from crawler.events.seats import but_seats, signing_seats
from crawler.events.sides import Party, Sides, held_in, is_park, lies_in, party, related
from crawler.events.stops import stop_named, stop_of, told_at_stop
from crawler.model import Side
from crawler.places import PlaceMention

_AND_MORE = re.compile(r"等(?:全州|全市)?\d+个?(?:县|市|区|旗)")
_LIES = re.compile(r"(?:^|[,，])\s*(?:该|此|这)[^,，。;；]{0,10}?(?:位于|坐落于|坐落在|地处)")
_WORKS = ("school", "hospital")
_THIS_WORK = re.compile(r"该(小学|中学|学校|校|医院|卫生院|幼儿园)")
# what parts a place from the meeting whose name it would stand in
_NOT_NAMED = re.compile(r"[,，。;；:：]|会、|召开|举行|举办|县委|市委|区委|州委|省委|政府")
_WHOLES = ("province", "prefecture")
_AIDS = ("对口帮扶", "对口支援", "结对帮扶", "对口协作")
_WITH = frozenset(("与", "和", "、", "同", "·", "-", "—", "——", "两省区", "省与"))
_TOGETHER = frozenset(("及", "和", "与", "以及", "、", "及其"))
RECEIVE = re.compile(r"[向给为]")

_BOTH = ("两地", "双方", "两市", "两县", "两区")
_DETAIL = re.compile(r"[(（]其中[^)）]{2,40}[)）]")


def assign_places(draft: Draft, sides: Sides, sentences: list[Sentence]) -> None:
    """Give a draft its two sides: places of its clause, then of its sentence, else the article's main pair."""
    sentence = draft.sentence
    low, high = draft.clause()
    if draft.type == "donation" and (
        _donor_to_receiver(draft, sides, low, high) or gives_back(draft, sides, sentences)
    ):
        return
    if draft.type in ("personnel", "pairing") and draft.end > high:  # 挂职干部在培训后,分赴甲市; 从2016年起,甲帮扶乙
        high = sentence.clause(draft.end)[1]
    clause = within(sentence.places, low, high)
    elsewhere = _another_pair(clause, sides)
    above = not elsewhere and _above_pair(clause, sentence, sides)
    here = _but_stops([m for m in clause if not sentence.in_book(m.start)] if sentence.quoted else clause, sentence)
    here = _but_details(but_met_in(here, sentence) if draft.type == "meeting" else here, sentence)
    both = any(hit.word.text in _BOTH for hit in sentence.of("partner", low, high))
    for role, main in (("supporting", sides.donor), ("supported", sides.recipient)):
        side: Side = "supporting" if role == "supporting" else "supported"
        found = with_list_before(sides.those(here, side), sentence, sides, side) or _in_paper(
            draft, clause, sides, side
        )
        rule = "places of the clause"
        if not found and draft.type != "meeting":
            before = sides.those([m for m in sentence.places if m.end <= draft.start], side)
            before = but_seats(_but_venue(_but_stops(before, sentence), sentence), sentence) if before else []
            found = last_list(before, sentence) if before else []
            rule = "nearest place of the sentence"
        if both and main and rule.startswith("nearest") and all(m.name.startswith(main.name) for m in found):
            found = []  # 两地政府签订协议 behind a list of their towns: the main parties
        if draft.type == "agreement":
            found = signing_seats(found, sentence, sides)
        if draft.type in ("meeting", "agreement", "project", "donation", "training", "consumption"):
            found = _but_venue(found, sentence, main)
        found = but_town_held_in(draft.type, found, sentence, main)
        if draft.type == "meeting":
            subjects = found
            found = _named_in_meeting(sentence, draft, sides, side)
            rule = "places in the meeting's name"
            if not found and _both(within(sentence.places, low, draft.start), sides):
                found, rule = subjects, "places of the clause"
            if not found and (found := met_with(sentence, low, draft, sides, side)):
                rule = "whom they meet"
            if not found:
                other: Side = "supported" if side == "supporting" else "supporting"
                found = held_by(_named_in_meeting(sentence, draft, sides, other), sentence, sides, side)
                rule = "where another party of the other side holds it"
            if not found and main is not None:
                found, rule = venue_inside(sentence, main), "where it is held, in the main party's county"
        if not found and draft.type != "meeting":
            found = _of_paragraph(draft, sides, side, main, sentences)
            rule = "nearest place of the sentence"
        if not found and draft.type == "project":
            found = _located(draft, sides, side, sentences) or _of_namesake(draft, sides, side, sentences)
            rule = "where the work is said to lie"
        if not found and draft.type == "pairing":
            found = [m for m in compound(clause) if sides.told(m) == side]
            rule = "places of the clause"
        if found:
            draft.explicit = draft.explicit or rule != "nearest place of the sentence"
            # a parent of the main party (广东 beside 佛山) says no more than the main party does
            whose = main if not (elsewhere or above) else None
            beside = _beside_parts(found, sentence)
            named = [
                (p, is_park(m) or m.basis == "home" or "booked" in draft.frame)
                for m in found
                if (p := party(m)) and p not in beside
            ]
            parties = _collapse(
                [whose if whose and not itself and whose.name.startswith(p.name) else p for p, itself in named]
            )
            parties = [*beside, *parties]
            if len(parties) > 2:
                parties = _whole(parties, found, sentence)
            draft.places.extend((role, m) for m in found)
        else:
            parties, rule = ([main] if main else []), f"main pair of the article: {sides.rule}"
        setattr(draft, role, parties)
        draft.why[role] = rule


def _but_details(mentions: list[PlaceMention], sentence: Sentence) -> list[PlaceMention]:
    """Places but those of a part of the money or goods: 划拨到甲州(其中定向支持乙县2000万元)."""
    if "其中" not in sentence.text or len(mentions) < 2:
        return mentions
    spans = [(m.start() + sentence.start, m.end() + sentence.start) for m in _DETAIL.finditer(sentence.text)]
    return [m for m in mentions if not any(low < m.start < high for low, high in spans)]


def name_visit_sides(visits: list[Draft], drafts: list[Draft]) -> None:
    """A visit made for a named meeting (A镇、B镇·C县联席会议) is between the units in that name."""
    for visit in visits:
        for meeting in drafts:
            if meeting.type != "meeting" or meeting.sentence is not visit.sentence or not meeting.explicit:
                continue
            for role in ("supporting", "supported"):
                mine, named = getattr(visit, role), getattr(meeting, role)
                if meeting.why.get(role) == "places in the meeting's name" and all(
                    any(lies_in(n, m) for m in mine) for n in named
                ):
                    setattr(visit, role, list(named))
                    visit.why[role] = "units in the name of the meeting it was made for"


def _another_pair(mentions: list[PlaceMention], sides: Sides) -> bool:
    """Whether a clause names both sides, and a side that is none of the main pair: an item of a digest."""
    if len(mentions) < 2:
        return False
    told = [sides.told(m) for m in mentions]
    named = {side for side, m in zip(told, mentions, strict=True) if len(m.quote) > 1}
    if "supporting" not in named or "supported" not in named:
        return False
    for main, side in ((sides.donor, "supporting"), (sides.recipient, "supported")):
        if main and not any(s == side and related(m.name, main.name) for s, m in zip(told, mentions, strict=True)):
            return True
    return False


def _above_pair(mentions: list[PlaceMention], sentence: Sentence, sides: Sides) -> bool:
    """福建省与宁夏签订协议, 深圳市对口帮扶河源市 beside counties of theirs: the two act for themselves."""
    if sides.donor is None or sides.recipient is None:
        return False
    for first, second in pairwise(mentions):
        names = {m.name for m in (first, second) if m.unit and m.unit.level in _WHOLES and len(m.quote) > 1}
        gap = sentence.text[first.end - sentence.start : second.start - sentence.start]
        if len(names) == 2 and (gap in _WITH or gap in _AIDS):
            mains = (sides.donor.name, sides.recipient.name)
            return all(main.startswith(tuple(names)) for main in mains) and not names.issuperset(mains)
    return False


def _beside_parts(found: list[PlaceMention], sentence: Sentence) -> list[Party]:
    """上海市及嘉定区: a whole that is named together with its part is a party of its own."""
    out: list[Party] = []
    for first, second in pairwise(found):
        whole, part = party(first), party(second)
        gap = sentence.text[first.end - sentence.start : second.start - sentence.start]
        if whole and part and gap in _TOGETHER and lies_in(part, whole):
            out.append(whole)
    return out


def _in_paper(draft: Draft, clause: list[PlaceMention], sides: Sides, side: Side) -> list[PlaceMention]:
    """《京蒙统一战线协作框架协议》签订: whose paper it is stands in its name."""
    return [m for m in compound(clause) if sides.told(m) == side] if "booked" in draft.frame else []


def compound(mentions: list[PlaceMention]) -> list[PlaceMention]:
    """The provinces of a word like 苏黔 (中央明确苏黔结对)."""
    out: list[PlaceMention] = []
    for first, second in pairwise(mentions):
        if first.basis == second.basis == "abbreviation" and first.end == second.start:
            out += [first, second]
    return out


def last_list(found: list[PlaceMention], sentence: Sentence) -> list[PlaceMention]:
    """The last place with those listed before it (常平镇、谢岗镇、桥头镇的企业)."""
    first = len(found) - 1
    while first > 0 and sentence.text[found[first - 1].end - sentence.start : found[first].start - sentence.start] in (
        "、",
        "和",
    ):
        first -= 1
    return found[max(first, 0) :]


def _but_venue(found: list[PlaceMention], sentence: Sentence, main: Party | None = None) -> list[PlaceMention]:
    """陕西省商务厅与江苏省商务厅在西安召开: where it is held is no party when its side is named besides."""
    held = held_in(sentence) if found else None
    if held is None:
        return found
    there = {m.name for m in within(sentence.places, *held)}
    # 农产品(广州)交易会在广州开幕: in brackets stands where it is held this time
    parties = [
        m
        for m in found
        if not held[0] < m.start < held[1]
        and not (m.name in there and sentence.text[m.start - sentence.start - 1] in "(（")
    ]
    # 江苏省商务厅联合…,分别在南京市、无锡市举办: the province that is the main party
    if not parties and main and all(m.name.startswith(main.name) and m.name != main.name for m in found):
        parties = [m for m in sentence.places if m.end <= held[0] and m.name == main.name]
    # 浙川协作推介会在杭州举行: the name tells the province that takes part
    return parties or [m for m in sentence.places if m.basis == "abbreviation" and _holds(m, found)] or found


def _holds(whole: PlaceMention, parts: list[PlaceMention]) -> bool:
    return whole.unit is not None and all(p.unit and p.unit.code[:2] == whole.unit.code[:2] for p in parts)


def _both(mentions: list[PlaceMention], sides: Sides) -> bool:
    """Whether places of both sides are named."""
    return bool(sides.those(mentions, "supporting") and sides.those(mentions, "supported"))


def follow_visits(visits: list[Draft], drafts: list[Draft], sides: Sides, sentences: list[Sentence]) -> None:
    """What happens on a visit is between its parties, unless the statement names others."""
    roles: tuple[Side, Side] = ("supporting", "supported")
    for draft in drafts:
        held = draft.type in ("meeting", "agreement", "donation", "pairing")
        visit = (stop_of(draft, visits) or journey_of(draft, visits)) if held else None
        if held and told_at_stop(draft, visits, sentences):
            continue
        for role in roles if visit else ():
            if visit and draft.why.get(role, "").startswith("main pair") and not _told_finer(draft, role, visit):
                there = opened_at(draft.sentence, sides, role) or stop_named(draft, visits, role)
                setattr(draft, role, [there] if there else list(getattr(visit, role)))
                draft.why[role] = "where it is told to be" if there else "party of the visit it belongs to"


def _told_finer(draft: Draft, role: str, visit: Draft) -> bool:
    """省党政代表团到甲省, 其间市长与乙县县长会谈: the sentence itself names the finer main party."""
    mine, wider = getattr(draft, role), getattr(visit, role)
    finer = all(any(lies_in(p, w) for w in wider) for p in mine)
    return finer and any(party(m) in mine for m in draft.sentence.places)


def _but_stops(mentions: list[PlaceMention], sentence: Sentence) -> list[PlaceMention]:
    """抵达拉萨贡嘎机场: where people land is no party."""
    text = sentence.text
    if not mentions or not ("站" in text or "机场" in text or "码头" in text):
        return mentions
    return [m for m in mentions if not names_station(m, sentence)]


def _of_paragraph(
    draft: Draft, sides: Sides, side: Side, main: Party | None, sentences: list[Sentence]
) -> list[PlaceMention]:
    """The last place of a side in a paragraph that tells of another pair than the article's main one."""
    if main is None:
        return []
    last: list[PlaceMention] = []
    for index in range(draft.sentence.index, -1, -1):
        sentence = sentences[index]
        if sentence.paragraph != draft.sentence.paragraph:
            break
        for mention in reversed(sentence.places):
            if mention.start < draft.start and len(mention.quote) > 1 and sides.told(mention) == side:
                if mention.name.startswith(main.name) or main.name.startswith(mention.name):
                    return []
                last = last or [mention]
    return last


def _located(draft: Draft, sides: Sides, side: Side, sentences: list[Sentence]) -> list[PlaceMention]:
    """The place the next sentences give a work that is named without one (该小学位于从江县贯洞镇)."""
    for sentence in sentences[draft.sentence.index : draft.sentence.index + 4]:
        lies = _LIES.search(sentence.text)
        if lies is not None:
            at = sentence.start + lies.end()
            return [m for m in sides.those(sentence.places, side) if 0 <= m.start - at <= 1][:1]
    return []


def _of_namesake(draft: Draft, sides: Sides, side: Side, sentences: list[Sentence]) -> list[PlaceMention]:
    """The place in the full name of a school or hospital told before (鲁甸县照壁小学, and then 照壁小学 or 该小学)."""
    low, high = draft.clause()
    here = [o.canonical for o in draft.sentence.organizations if low <= o.start < high and o.kind in _WORKS]
    this = _THIS_WORK.search(draft.sentence.text, low - draft.sentence.start, high - draft.sentence.start)
    if not here and this is None:
        return []
    for sentence in reversed(sentences[max(0, draft.sentence.index - 6) : draft.sentence.index]):
        for one in reversed(sentence.organizations):
            if one.kind in _WORKS and (
                one.canonical.endswith(tuple(here)) if here else this and one.quote.endswith(this[1])
            ):
                places = [
                    m for m in sides.those(sentence.places, side) if 0 <= one.end - m.end <= 12 and m.start <= one.start
                ]
                if places:
                    return places[-1:]
    return []


def _collapse(parties: list[Party]) -> list[Party]:
    """Drop places that contain another one; three or more units of one county become that county."""
    if len(parties) < 2:
        return parties
    unique = list(dict.fromkeys(parties))
    kept = [p for p in unique if not any(q.name != p.name and q.name.startswith(p.name) for q in unique)]
    if len(kept) >= 3:
        for whole in unique:
            if sum(lies_in(p, whole) for p in kept) >= 3:
                kept = [p for p in kept if not p.name.startswith(whole.name)] + [whole]
    return kept


def _whole(parties: list[Party], found: list[PlaceMention], sentence: Sentence) -> list[Party]:
    """雷山、剑河、三穗等9个县 of a prefecture the sentence names: the prefecture."""
    if not _AND_MORE.match(sentence.text, max(m.end for m in found) - sentence.start):
        return parties
    for mention in sentence.places:
        whole = party(mention)
        if whole and all(lies_in(p, whole) for p in parties):
            return [whole]
    return parties


def _named_in_meeting(sentence: Sentence, draft: Draft, sides: Sides, side: Side) -> list[PlaceMention]:
    """Places that stand in a meeting's name: in front of its noun, without a movement or a comma between."""
    text, offset = sentence.text, sentence.start
    names = [m for m in but_met_in(sentence.places, sentence) if m.end <= draft.head and m.unit is not None]
    out: list[PlaceMention] = []
    right = draft.head
    for mention in reversed(names):
        gap = text[mention.end - offset : max(right, mention.end) - offset]
        if len(gap) > 30 or _NOT_NAMED.search(gap):
            break
        out.append(mention)
        right = mention.start
    return sides.those(out[::-1], side)


def _donor_to_receiver(draft: Draft, sides: Sides, low: int, high: int) -> bool:
    """A 向 B 捐赠: the giver is the supporting side, also when help runs the other way."""
    sentence = draft.sentence
    text = sentence.text[low - sentence.start : high - sentence.start]
    mark = RECEIVE.search(text)
    if mark is None:
        return False
    cut = low + mark.start()
    inside = [(o.start, o.end) for o in sentence.organizations]
    named = [m for m in sentence.places if m.end <= cut and not in_quoted_name(m, sentence)]
    givers = [p for p in map(party, named) if p and sides.of(p)]
    takers_at = [
        m
        for m in sentence.places
        if cut < m.start and m.end <= high and m.unit is not None and not _names_institution(m, inside)
    ]
    if givers:
        takers_at = [m for m in takers_at if sides.told(m) != sides.of(givers[-1])]
    # 向甲市和乙市捐赠包括丙村路灯在内 …: what the money is for takes nothing
    takers_at = [m for m in takers_at if m.end <= draft.head and cut < draft.head] or takers_at
    takers = [p for p in map(party, takers_at) if p and sides.of(p)]
    giver = givers[-1] if givers else None
    if giver is None or not takers or sides.of(giver) == sides.of(takers[0]):
        return False
    near = [m for m in sentence.places if low <= m.start and m.end <= cut]
    mine = [m for m in near if sides.told(m) == sides.of(giver)]
    # 慈溪籍企业广州某公司: who it belongs to says more than the seat in its name
    mine = [m for m in mine if not _names_institution(m, inside)] or mine
    same = [p for p in map(party, mine) if p]
    mains = [
        m for m in (sides.donor, sides.recipient) if m and not _another_pair(within(sentence.places, low, high), sides)
    ]
    # a firm of 杭州 gives on the visit of 建德: the seat of a firm is no other side
    beside = _beside_parts(mine, sentence)
    same = [p for p in same or [giver] if p not in beside]
    draft.supporting = beside + _collapse([next((m for m in mains if m.name.startswith(p.name)), p) for p in same])
    draft.supported = _collapse(takers)
    draft.places.extend(("supported", m) for m in takers_at)
    draft.places.extend(("supporting", m) for m in near)
    draft.why["supporting"], draft.why["supported"] = "the giver before 向/给/为", "the receiver behind 向/给/为"
    draft.explicit = True
    return True


def _names_institution(mention: PlaceMention, inside: list[tuple[int, int]]) -> bool:
    """上海 in 上海一帆公益基金会 belongs to the foundation."""
    return any(a < mention.start < b or (a == mention.start and len(mention.quote) < 4) for a, b in inside)
