"""Pairings: which unit is paired with which, read from lists (A、B 分别与 C、D) or from the two sides of the clause."""

from __future__ import annotations

import re
from itertools import pairwise

from crawler.events.casting import _collapse
from crawler.events.draft import Draft, When
from crawler.events.scenes import within
from crawler.events.seats import WIDER_SEAT
from crawler.events.sides import Party, Sides, party
from crawler.places import PlaceMention

_SO_FAR = re.compile(r"(?:今年|去年|年初|近年|上半年|下半年)[^起]*(?:以来|来)$")
# 全国18个省市与四川“重灾区”结成对子: the scheme, no pair
_ALL = re.compile(
    r"\d+个(?:援[疆藏青]|对口支援|支援|东部)?省[市区份]|全国(?:各地|各省|\d+个?省)|东部\d+个?省|各省区?市与"
)
_AS_AGREED = re.compile(r"\s*(?:根据|按照|依照|依据)[^,，。;；]{0,12}(?:协议|安排|部署|方案|通知)[,，]")
# 安排11个市对口支援青川县36个乡镇: many of one side are given many of the other
_DISTRIBUTED = re.compile(r"的?\d+个(?:[贫重]\w{1,3})?(?:乡镇|[县市区旗村乡镇])")
_MANY = re.compile(r"\d+个[^,，。;；\d]{0,8}(?:[省市县区镇]|街道|企业|单位)")
_COUNTY_CODE = 6  # digits; towns have more
_WORKS = ("school", "hospital")
# 71个乡镇和75个乡镇,建立结对关系: how many there are by now
_FIXED = re.compile(r"(?:明确|确定|调整)了?[^,，。;；]{0,14}(?:结对|对口|帮扶|协作)[^,，。;；]{0,6}关系")
_SUMMED = re.compile(r"\d+(?:余|多)?[个对所家][^。;；]{0,40}(?:\d+(?:余|多)?[个所家]|建立|结成|结为|签)")
_BY_NOW = re.compile(r"\s*(?:目前|迄今|至今|截[至止]|到目前)")  # whatever day was told before
_SIGNS_PAPER = re.compile(r"签[订署](?:了)?[^,，。;；]{0,10}结对[^,，。;；]{0,8}(?:协议|书)")
_BEGUN = re.compile(r"结成|结为|缔结|成为|签[订署]|建立")
_DURATION = re.compile(r"近?(?:\d+|[一二三四五六七八九十]+)多?年(?:多)?(?:以)?来")


def pair_up(draft: Draft, sides: Sides) -> None:
    """Fill ``pairs`` as (supported, supporting) and set the sides of a pairing to all units paired."""
    sentence = draft.sentence
    low, high = draft.clause()
    high = max(high, sentence.clause(draft.end)[1])  # 从2016年起,甲帮扶乙
    mentions = [m for m in sentence.places if low <= m.start and m.end <= high and m.unit is not None]
    left: list[Party] = [p for p in map(party, mentions) if p and sides.of(p) == "supported"]
    right: list[Party] = [p for p in map(party, mentions) if p and sides.of(p) == "supporting"]
    if draft.why.get("supported") == WIDER_SEAT:
        left = draft.supported
    if draft.why.get("supporting") == WIDER_SEAT:
        right = draft.supporting
    left, right = list(dict.fromkeys(left)), list(dict.fromkeys(right))
    couples = _couples(draft, sides)
    told = {p for couple in couples for p in couple}
    if not told.issuperset((*left, *right)) or any(a == b for a, b in pairwise(couples)):
        couples = []
    if couples:
        draft.pairs, draft.why["pairs"] = couples, "couples of the sentence"
        draft.supported, draft.supporting = ([couple[at] for couple in couples] for at in (0, 1))
        return
    if not left and draft.supported:
        left = list(draft.supported)
    if not right and draft.supporting:
        right = list(draft.supporting)
    level = "分别" in sentence.text[low - sentence.start : high - sentence.start]
    left, right = _collapse_pairs(left, keep=level), _collapse_pairs(right, keep=level)
    # 甲镇、乙镇与丙镇、丁镇签订: as many on one side as on the other are paired in order
    level = level or _alternating(mentions, sides) or len(left) == len(right) > 1
    if level and len(left) == len(right):
        draft.pairs = list(zip(left, right, strict=True))
    else:
        draft.pairs = [(a, b) for a in left for b in right]
    draft.supported, draft.supporting = left, right
    draft.why["pairs"] = (
        "lists zipped in order (分别)"
        if level and len(left) == len(right)
        else "every unit of one side with every unit of the other"
    )


def _signed_to_help(draft: Draft, sides: Sides) -> bool:
    """5月,甲区与乙县签署《…协议》对口帮扶乙县: by what was signed then, one helps the other."""
    if not draft.when.own or draft.sentence.spoken(draft.head):
        return False
    heads = [h for h in draft.sentence.of("pair", draft.start, draft.end) if h.has("direction")]
    return any(0 <= m.start - h.end <= 1 and sides.told(m) == "supported" for h in heads for m in draft.sentence.places)


def _two_institutions(draft: Draft, low: int, high: int) -> bool:
    """甲医院与乙医院签订对口帮扶协议: what two hospitals or schools sign so makes them a pair."""
    if draft.sentence.of("sign", low, high)[:1] and draft.sentence.text[low - draft.sentence.start] == "签":
        low = draft.sentence.start  # 甲医院托管乙医院,签订…: who signs stands in the clause before
    return sum(o.kind in _WORKS for o in draft.sentence.organizations if low <= o.start < high) > 1


# 28家上海三级医院与云南28家县级医院签订对口帮扶责任书
_HOUSES_EACH = re.compile(
    r"\d+[家所][^,，。;；]{0,12}(?:医院|学校|中学|小学|院校|高职)[与和同][^,，。;；]{0,12}\d+[家所][^,，。;；]{0,12}(?:医院|学校|中学|小学|院校|高职)"
)


def _so_many_houses(draft: Draft, low: int, high: int) -> bool:
    """As many hospitals or schools of each side sign to help."""
    sentence = draft.sentence
    return not sentence.spoken(draft.head) and _HOUSES_EACH.search(sentence.text, 0, high - sentence.start) is not None


def _two_towns(draft: Draft, sides: Sides) -> bool:
    """甲街道与乙镇签订对口协作协议: what towns of the two sides sign to help makes them a pair."""
    sentence = draft.sentence
    if sentence.spoken(draft.head) or not sentence.of("partner", sentence.start, draft.end):
        return False
    told = [p for m in sentence.places if m.end <= draft.end and (p := party(m)) and len(p.code) > _COUNTY_CODE]
    return {sides.of(p) for p in told} >= {"supporting", "supported"} and bool(
        sentence.of("aid", draft.start, draft.end)
    )


def _shared_out(draft: Draft, sides: Sides) -> bool:
    """甲、乙分别对口帮扶丙、丁; 安排11个市对口支援丙县36个乡镇: who is to help whom, one by one or in numbers."""
    sentence, low, high = draft.sentence, *draft.clause()
    text, base = sentence.text, sentence.start
    head = next((h for h in sentence.of("pair", draft.start, draft.end) if h.has("direction")), None)
    if head is None or sentence.spoken(head.start):
        return False
    behind = [m for m in sentence.places if head.end <= m.start and m.end <= high]
    if not behind or behind[0].start - head.end > 2 or sides.told(behind[0]) != "supported":
        return False
    if _MANY.search(text, 0, head.start - base) and _DISTRIBUTED.match(text, behind[0].end - base):
        return True
    if not text.endswith("分别", 0, head.start - base) or any(sides.told(m) == "supporting" for m in behind):
        return False
    before = [m for m in sentence.places if low <= m.start and m.end <= head.start and sides.told(m) == "supporting"]
    takers = _collapse_pairs(list(dict.fromkeys(p for p in map(party, behind) if p)), keep=True)
    # 我市由高新区、甲镇、乙镇分别结对丙县、丁县: not all of those who help need be known
    listed = bool(before) and text.find("、", low - base, head.start - base) >= 0
    return len(takers) > 1 and (len(before) == len(takers) or listed)


def _couples(draft: Draft, sides: Sides) -> list[tuple[Party, Party]]:
    """甲与乙、丙与丁,两地各市一一结对: the couples that the sentence has told before, supported first."""
    text, base = draft.sentence.text, draft.sentence.start
    out: list[tuple[Party, Party]] = []
    for first, second in pairwise([m for m in draft.sentence.places if m.end <= draft.start]):
        if text[first.end - base : second.start - base] not in ("与", "和", "—", "——", "-"):
            continue
        side, one, other = sides.told(first), party(first), party(second)
        if one and other and side and sides.told(second) not in (None, side):
            out.append((one, other) if side == "supported" else (other, one))
    return out if len(out) > 1 else []


def _alternating(mentions: list[PlaceMention], sides: Sides) -> bool:
    """甲与乙、丙与丁: sides that take turns are pairs in order."""
    order = [side for side in (sides.told(m) for m in mentions) if side is not None]
    return len(order) >= 4 and len(order) % 2 == 0 and all(a != b for a, b in pairwise(order))


def _collapse_pairs(parties: list[Party], *, keep: bool) -> list[Party]:
    if keep:
        return [p for p in parties if not any(q.name != p.name and q.name.startswith(p.name) for q in parties)]
    return _collapse(parties)


def _from_then(draft: Draft) -> bool:
    """从2016年9月,甲与乙结对 … 以来: a month since which they are."""
    date = draft.when.mention
    before = draft.sentence.text[: date.start - draft.sentence.start].rstrip() if date is not None else ""
    return before.endswith(("自", "从"))


def _year_of_a_task(draft: Draft) -> bool:
    """承担2016年对口支援…任务: the year belongs to the task of that year."""
    date = draft.when.mention
    at = date.start - draft.sentence.start if date is not None else 0
    return at > 0 and draft.sentence.text.endswith(("承担", "承担了", "担负", "完成", "做好", "落实"), 0, at)


def _took_on(draft: Draft, sides: Sides) -> bool:
    """该区于2021年对口帮扶甲镇, …: a year right before the word, and nothing behind whom it helps."""
    text, base = draft.sentence.text, draft.sentence.start
    date = draft.when.mention
    if date is None or date.precision not in ("year", "month") or not text.endswith(("于", "从"), 0, date.start - base):
        return False
    helped = next((m for m in draft.sentence.places if 0 <= m.start - draft.end <= 1), None)
    return helped is not None and sides.told(helped) == "supported" and text[helped.end - base :][:1] in ",，。;；"


_DEED = re.compile(r"签|仪式|牌|授予|正式|现场|[今当]天|会上|随后|缔结|达成|举行|启动")


def _only_stands(draft: Draft, sides: Sides, names: list[Party], clause: str) -> bool:
    """望谟县与我市结为对子,该县有…: the pair the whole page is about stands, and nobody does anything for it here."""
    sentence = draft.sentence
    counted = within(sentence.quantities, *draft.clause())
    if draft.when.own or sentence.organizations or counted or _DEED.search(clause):
        return False
    return {sides.donor, sides.recipient} == set(names)


def stands(draft: Draft, sides: Sides) -> bool:
    """Whether a pairing is one: dated by its own year, or signed, or stated between two named units."""
    if draft.frame.startswith("relation"):
        return True
    low, high = draft.clause()
    sentence = draft.sentence
    clause = sentence.text[low - sentence.start : high - sentence.start]
    names = [p for p in map(party, (m for m in sentence.places if low <= m.start and m.end <= high)) if p]
    if re.search(r"签", sentence.text[draft.start - sentence.start : draft.end - sentence.start]) and not re.search(
        r"结对|结亲|结为|对子|关系|名单", clause
    ):
        fresh = draft.when.known or draft.when.recent
        if _two_towns(draft, sides) or (fresh and _so_many_houses(draft, low, high)):
            return True
        return _signed_to_help(draft, sides) or (draft.when.known and _two_institutions(draft, low, high))
    both = {sides.of(p) for p in names} >= {"supporting", "supported"}
    # …16个村,与乙县16个村签订结对协议: one side may stand in the clause before
    told_so_far = {sides.told(m) for m in sentence.places if m.end <= draft.end}
    signs = _SIGNS_PAPER.search(clause) is not None and told_so_far >= {"supporting", "supported"}
    both = both or signs
    if "pair_final" in draft.frame and (draft.when.own or (draft.when.known and _AS_AGREED.match(sentence.text))):
        # 2018年4月,门头沟区与武川县结对帮扶; 根据协议,… (of the day told before)
        told = map(party, (m for m in sentence.places if m.end <= draft.end))
        if not sentence.spoken(draft.start) and {sides.of(p) for p in told} >= {"supporting", "supported"}:
            return True
    if "pair_final" in draft.frame and both and "分别" in clause and not sentence.spoken(draft.start):
        return True  # 甲街道、乙街道分别与丙镇、丁镇结对
    if "arranged" in draft.frame and draft.when.own and both and not sentence.spoken(draft.start):
        return True  # 2017年年底,按照国家部署,甲结对帮扶乙
    if sentence.of("cumulative", sentence.start, draft.end) and not draft.when.own:
        return False
    if draft.when.mention is not None and _DURATION.fullmatch(draft.when.mention.quote):
        since_year = draft.when.since and draft.when.mention.quote[:4].isdecimal()
        houses = since_year and _two_institutions(draft, low, high)  # 自2003年以来,甲医院与乙县医院结对帮扶
        if not houses and (
            not since_year or not _BEGUN.search(sentence.text, draft.start - sentence.start, draft.end - sentence.start)
        ):
            return False
    if _shared_out(draft, sides):
        if not draft.when.own:
            draft.when = When(rule="no date of its own")
        return True
    if draft.when.mention is not None and _SO_FAR.match(draft.when.mention.quote):
        return False
    by_now = not draft.when.own and _BY_NOW.match(sentence.text) is not None
    fresh = draft.when.own or draft.when.precision in ("day", "range") or draft.when.rule.startswith("近日")
    summed = by_now or not fresh
    if summed and not signs and _SUMMED.search(sentence.text, 0, draft.end - sentence.start):
        return False
    if "direction" in draft.frame and draft.when.own and _took_on(draft, sides):
        return True
    if _ALL.search(clause) or _year_of_a_task(draft):
        return False
    began = draft.when.since or draft.when.precision in ("year", "period") or _from_then(draft)
    if draft.when.own and draft.when.start and began:
        return bool(
            re.search(
                r"以来|自|从|起|开始|承担|结为|建立|确定|明确|确立|决定|号召|部署|接棒|拉开|达成|形成|成为|安排|结成|签|提供|结对|启动|开启",
                sentence.text[: high - sentence.start + 12],
            )
        )
    if sentence.spoken(draft.start):
        return False
    if fresh and told_so_far >= {"supporting", "supported"} and _FIXED.search(clause):
        return True  # 甲市、乙市印发通知,明确两市区县结对关系
    if re.search(
        r"签[订署约下了成的过]|名单|结为|结成|成为|结亲|联姻|牵手|建立了|[建确]立[^,，。;；]{0,12}(?:关系|医联体|联合体|联盟)|正式[建确]立|正式结对|结对共建|结对[^,，。;；]{0,4}仪式|缔结|达成|授予|挂牌|揭牌|授牌",
        clause,
    ):
        if _only_stands(draft, sides, names, clause):
            return False
        return (
            both
            or draft.when.own
            or bool(
                re.search(r"结对|结亲|结成|对子|结为|缔结|联姻|牵手|牌", clause)
                and (draft.when.known or draft.when.recent)
            )
        )
    return bool(draft.when.own and re.search(r"明确|拉开|确定|启动|纳入|列为|接棒|接力|接续", clause))
