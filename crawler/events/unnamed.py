"""A side without a place: one the text only calls its own (我校赴美姑县), or a firm or ministry that is of none."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from crawler.events.scenes import Sentence, in_name
from crawler.events.sides import Party, Sides, party
from crawler.events.tables import NOWHERE, RICH, rank
from crawler.facts import OrganizationMention
from crawler.places import PlaceMention

UNNAMED = Party("〇", NOWHERE)
"""Stands for the side nobody names while an article is read; events leave it out."""

# 我校率队赴美姑县, 我市与大关县, 我院对口支援的维西县
_GOES = re.compile(
    r"[^,，。;；]{0,30}?(?:(?:远)?赴|前往|来到|抵达|深入|走进|奔赴|到|与|和|同|向|为|(?:对口|结对|定点)?(?:支援|帮扶|援助|援建|扶贫|结对)(?:的|了|县|点)?)(?:受援单位|受援医院|受援学校|受援地|帮扶点)?$"
)
_COMES = re.compile(r"[^,，。;；]{0,30}?(?:来|到|赴|抵|访|莅临|抵达|走进|来到|前来)(?:访|到)?$")
# one of these says that it is paired aid and no errand of one's own
_AID = re.compile(r"对口|结对|定点(?:帮扶|扶贫)|东西部|扶贫协作|援[疆藏青]|支教|支医|帮扶")
_TEAM_OF_OURS = re.compile(r"(?:我院|我校|本院|本校)[^,，。;；]{0,14}(?:医疗队|支教|援[疆藏青滇黔川甘宁桂]|对口支援)")
_PAIRED = re.compile(r"对口(?:帮扶|支援|协作|合作)|东西部|扶贫协作")
# what ties a unit of the state to a county
_POSTED = re.compile(
    r"定点(?:帮扶|扶贫|支援|帮建)|中央(?:企业|单位)|央企|援[藏青疆](?:干部|资金|项目|工作)|研究生支教团"
)
# universities help universities, whose names often hold no place
_CAMPUSES = re.compile(
    r"(?:支援|受援|帮扶)(?:西部|共建|建设)?(?:高校|院校|高等学校)|(?:大学|学院|高校|高等学校)对口支援|对口支援(?:我校|我院|[^,，。;；]{2,10}(?:大学|学院))"
)
# 校长率队赴定点帮扶县: a university or firm that its own page need not name
_OWN_COUNTY = re.compile(r"定点(?:帮扶|扶贫)(?:的)?县")
_OWN_HEAD = re.compile(r"(?:^|[,，。;；:：、\s])(?:校长|校党委|副校长|学校党委|集团公司|总行|总公司)")
# 开始对口支援奉节县: who is helped gives nothing
_TO_HELP = re.compile(r"(?:对口支援|对口帮扶|定点帮扶|定点扶贫|定点支援)(?:了)?[\u4e00-\u9fff]{0,6}$")
# 与9个对口帮扶地区签订协议: partners that are only counted
_REGIONS = re.compile(
    r"(?:\d+|[两二三四五六七八九十]+)个(?:东西部)?(?:对口|协作|受援|结对)[^,，。;；]{0,8}?(?:地区|省份|省区市|省区|省市|市州|州市|县区|[省市州县旗])"
    r"|(?:东西部)?对口(?:帮扶|支援|协作|合作)(?:的)?(?:(?:\d+|[两二三四五六七八九十]+)个)?(?:地区|省份|城市|受援地)"
)
# 39家中央单位在我省50个县定点帮扶
_UNITS = re.compile(r"(?:\d+|[两二三四五六七八九十]+)[家个](?:中央(?:单位|企业|国家机关|定点)|央企|中管企业|国家部委)")
_WITH = ("与", "和", "同", "跟")
_PAIRED_HOUSES = re.compile(
    r"(?:建立|结成|签订|形成|开展)?(?:了)?(?:长期|稳定|对口|友好)?(?:结对|结成|对口(?:支援|帮扶)|帮扶)"
)
_BRANCHES = ("分行", "支行", "分公司")
_COUNTED_REGIONS = "the regions it helps are only counted"
_WORKS = ("我校", "我院")
_OURS = (*_WORKS, "我行", "我司", "我公司", "本公司")
_NAMES = ("company", "school")  # bodies whose names hold the places of others
_HOUSES = ("hospital", "school", "company")
_FIRM_RULES = ("official tie", "the text names")  # how a pair was found that no unit of no place can take over


def pair_with_unnamed(sides: Sides, sentences: list[Sentence], headline: str) -> None:
    """Pair the one place an article tells of with the side that calls itself 我校, 我院 or 我市, in one clause."""
    if sides.donor is not None or not (_AID.search(headline) or any(_AID.search(s.text) for s in sentences)):
        return
    found: Counter[Party] = Counter()
    house = any(hit.word.text in _WORKS for s in sentences for hit in s.of("home_word"))
    for sentence in sentences:
        for move in sentence.of("move") if house and sentence.of("lead") else ():
            near = (_county(m) for m in sentence.places if 0 <= m.start - move.end <= 1)
            found.update(other for other in near if other)
        for hit in sentence.of("home_word"):
            if hit.word.text[0] not in "我本":
                continue
            low, high = sentence.clause(hit.start)
            for mention in sentence.places:
                other = _county(mention)
                if other and low <= mention.start < high and _apart(sentence, hit.start, hit.end, mention):
                    above = hit.word.text[1] in "县区旗镇乡" and other.code.endswith("00")
                    found[other] += not (above and mention.end <= hit.start)  # 天水市副市长来我区: its superior
    found = +found
    if house and not found and any(_TEAM_OF_OURS.search(s.text) for s in sentences):
        # 我院第五批援滇医疗队,在队长带领下飞赴大理: who goes and where stand in two clauses
        found = Counter(other for s in sentences for m in s.places if (other := _county(m)) and not _rich(other))
    if not found:
        return
    best, _ = max(found.items(), key=lambda item: (item[1], len(item[0].name), item[0].code))
    if any(one.code[:2] != best.code[:2] for one in found):
        return  # places of two provinces: which of them is helped is not said
    mine = rank(best.code)
    if mine is not None and mine[0] >= RICH:
        if not any(_PAIRED.search(s.text) for s in sentences):
            return  # 我市代表团赴深圳市: for investors, or to learn
        sides.set_pair(best, UNNAMED, "the side that calls itself 我… is helped")
    else:
        sides.set_pair(UNNAMED, best, "the side that calls itself 我… helps")


def pair_with_unnamed_regions(sides: Sides, sentences: list[Sentence]) -> None:
    """Pair the one rich place of an article with the regions it helps, which are only counted (9个对口帮扶地区)."""
    if sides.donor is not None or not any("对口" in s.text or "个" in s.text for s in sentences):
        return
    if not any(_REGIONS.search(s.text) for s in sentences if not s.quoted):
        return
    found = Counter(other for s in sentences for m in s.places if (other := _place(m)))
    if found and len({one.code[:2] for one in found}) == 1 and all(_rich(one) for one in found):
        sides.set_pair(_most_told(found), UNNAMED, _COUNTED_REGIONS)


def among_themselves(sides: Sides, kind: str, sentence: Sentence) -> bool:
    """Whether a class, meeting or work of the side that helps regions nobody names says nothing of them."""
    own = sides.rule == _COUNTED_REGIONS and kind not in ("agreement", "consumption", "donation", "funding")
    return own and _REGIONS.search(sentence.text) is None


def pair_with_central_unit(sides: Sides, sentences: list[Sentence], headline: str) -> None:
    """Pair the counties that a firm, ministry or university of no place helps under 定点帮扶.

    A pair that only the names of firms and schools suggest (甘肃某公司) gives way; counties of several provinces are
    all of them helped where nobody else is told to help.
    """
    if sides.donor is None and any(
        _CAMPUSES.search(s.text) for s in sentences if "校" in s.text or "对口支援" in s.text
    ):
        _pair_campuses(sides, sentences)
        return
    if sides.donor is None and (helped := _helped_by_house(sentences)):
        sides.set_pair(UNNAMED, _most_told(helped), "a unit of no place helps")
        return
    if sides.donor is not None and sides.rule.startswith(_FIRM_RULES):
        return
    if not _POSTED.search(headline) and not any(_POSTED.search(s.text) for s in sentences):
        return
    if sides.donor is not None and not _named_by_firms(sides, sentences):
        return
    acts = any(_acts_for_itself(one, s) for s in sentences for one in s.organizations)
    acts = acts or any(hit.word.text in _WORKS for s in sentences for hit in s.of("home_word"))
    acts = acts or any(word in headline for word in _OURS)
    counted = any("中" in s.text and _UNITS.search(s.text) for s in sentences)
    if counted and sides.donor is None:
        _pair_units(sides, sentences)
        return
    if not acts and not all(any(sign.search(s.text) for s in sentences) for sign in (_OWN_COUNTY, _OWN_HEAD)):
        return
    told = [other for s in sentences for m in s.places if not in_name(m, s, *_NAMES) and (other := _county(m))]
    found = Counter(one for one in told if not _rich(one))
    if found and (sides.donor is not None or 2 * sum(found.values()) > len(told)):
        best = _most_told(found)
        leader = _leads_from(sentences, best)
        sides.set_pair(leader or UNNAMED, best, "its leader comes to help" if leader else "a unit of no place helps")


def _leads_from(sentences: list[Sentence], helped: Party) -> Party | None:
    """民革重庆市委会副主委某某一行赴纳雍县: the place in the title of who leads to the county that is helped."""
    for sentence in sentences:
        for move in sentence.of("move"):
            target = next((p for m in sentence.places if 0 <= m.start - move.end <= 1 and (p := party(m))), None)
            if target is None or target.code[:4] != helped.code[:4]:
                continue
            low = sentence.clause(move.start)[0]
            for person in sentence.people:
                title = person.title_start
                if title is None or not low <= title < person.start < move.start:
                    continue
                for mention in sentence.places:
                    if title <= mention.start < person.start and mention.quote[-1] in "省市区州县":
                        seat = party(mention)
                        return seat if seat and seat.code[:2] != helped.code[:2] else None
    return None


def _pair_units(sides: Sides, sentences: list[Sentence]) -> None:
    """Where so many central units help a province, the places told are of one that is helped."""
    found = Counter(other for s in sentences for m in s.places if not in_name(m, s, *_NAMES) and (other := _place(m)))
    poor = Counter({one: n for one, n in found.items() if not _rich(one)})
    if poor and len({one.code[:2] for one in poor}) == 1:
        whole = next((one for one in poor if one.code.endswith("0000")), None)
        sides.set_pair(UNNAMED, whole or _most_told(poor), "units of no place help, which are counted")


def _helped_by_house(sentences: list[Sentence]) -> Counter[Party]:
    """Places that a hospital, school or firm of no place is said to help: 华山医院对口支援甲县人民医院."""
    out: Counter[Party] = Counter()
    for sentence in sentences:
        for hit in sentence.of("pair_role") if len(sentence.organizations) > 1 else ():
            out.update(_served(sentence, hit.start))
        for hit in sentence.of("direction") if sentence.organizations else ():
            if not hit.word.text.startswith(("对口", "结对", "定点")):
                continue
            near = [o for o in sentence.organizations if 0 <= hit.start - o.end <= 1 and o.kind in _HOUSES]
            taker = next((m for m in sentence.places if 0 <= m.start - hit.end <= 1), None)
            if taker and near and not _placed(near[-1], sentence):
                told = _place(taker)
                out.update([told] if told and not _rich(told) else [])
        for one, joint in pairwise(sentence.organizations) if _PAIRED_HOUSES.search(sentence.text) else ():
            # 第117医院与永善县人民医院结对帮扶
            ends = sentence.text[one.end - sentence.start : joint.start - sentence.start] in _WITH
            behind = _PAIRED_HOUSES.match(sentence.text, joint.end - sentence.start)
            if ends and behind and one.kind == joint.kind and one.kind in _HOUSES and not _placed(one, sentence):
                told = next(
                    (t for m in sentence.places if joint.start <= m.start < joint.end and (t := _place(m))), None
                )
                out.update([told] if told and not _rich(told) else [])
    return out


def _placed(one: OrganizationMention, sentence: Sentence) -> bool:
    """Whether a place stands in the name of a body."""
    return any(m.start < one.end and one.start < m.end for m in sentence.places)


def _served(sentence: Sentence, role: int) -> list[Party]:
    """某部医院是甲县医院的对口支援单位: whom a house of no place serves."""
    houses = [o for o in sentence.organizations if o.kind in _HOUSES and o.end <= role]
    if len(houses) < 2 or role - houses[-1].end != 1:
        return []
    of_place = [[m for m in sentence.places if m.start < o.end and o.start < m.end] for o in (houses[-2], houses[-1])]
    told = _place(of_place[1][0]) if of_place[1] and not of_place[0] else None
    return [told] if told and not _rich(told) else []


def _pair_campuses(sides: Sides, sentences: list[Sentence]) -> None:
    """Where universities help universities, the province of those that are helped is paired with the others."""
    if not any(one.kind == "school" and _acts_for_itself(one, s) for s in sentences for one in s.organizations):
        return
    found = Counter(other for s in sentences for m in s.places if (other := _place(m)))
    if found and len({one.code[:2] for one in found}) == 1 and not _rich(best := _most_told(found)):
        sides.set_pair(UNNAMED, best, "a unit of no place helps")


def _most_told(found: Counter[Party]) -> Party:
    return max(found.items(), key=lambda item: (item[1], len(item[0].name), item[0].code))[0]


def _rich(one: Party) -> bool:
    mine = rank(one.code)
    return mine is None or mine[0] >= RICH


def _named_by_firms(sides: Sides, sentences: list[Sentence]) -> bool:
    """Whether a pair without a tie or a phrase rests on places inside the names of firms and schools alone."""
    if sides.donor is None or sides.recipient is None:
        return False
    if sides.rule.startswith("gradient") and not _rich(sides.donor):
        return True  # a poor place gives nothing to another, where a unit of no place is there to help
    donor, own = sides.donor.code[:2], sides.recipient.code[:2]
    if donor == own:
        return sides.rule.startswith("an institution")
    told = [(m, s) for s in sentences for m in s.places if m.unit is not None and m.unit.code[:2] == donor]
    if not sides.donor.code.endswith("00") and any(_TO_HELP.search(s.text, 0, m.start - s.start) for m, s in told):
        return True  # 定点扶贫县为甲、乙: one helped county gives nothing to the other
    return all(in_name(m, s, *_NAMES) for m, s in told)


def _acts_for_itself(one: OrganizationMention, sentence: Sentence) -> bool:
    """Whether a firm or school bears no place in its name but that of its branch (工行云南省分行)."""
    if one.kind == "company" and one.canonical.endswith(_BRANCHES):
        return True
    return one.kind in ("company", "school", "association") and not any(
        m.start < one.end and one.start < m.end and len(m.quote) > 1 for m in sentence.places
    )


def _place(mention: PlaceMention) -> Party | None:
    """The unit a mention tells, of any level; one character tells none."""
    return party(mention) if len(mention.quote) > 1 else None


def _county(mention: PlaceMention) -> Party | None:
    """The county or prefecture a full name tells."""
    other = party(mention)
    return other if other and len(mention.quote) > 2 and not other.code.endswith("0000") else None


def _apart(sentence: Sentence, start: int, end: int, mention: PlaceMention) -> bool:
    """Whether movement or help between a place and 我校 shows that they are two: 我县石门镇 is one."""
    text, base = sentence.text, sentence.start
    if end <= mention.start:
        return _GOES.fullmatch(text, end - base, mention.start - base) is not None
    return mention.end <= start and _COMES.fullmatch(text, mention.end - base, start - base) is not None
