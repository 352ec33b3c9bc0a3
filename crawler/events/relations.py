"""Pairings nobody calls one: two sides are told with the year their aid began, was widened or is in its first year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from crawler.events.curtains import SHOW, raised
from crawler.events.dating import Clock, is_since
from crawler.events.draft import Draft, When
from crawler.events.modality import modality
from crawler.events.no_pairing import OFFICE
from crawler.events.scenes import Sentence, within
from crawler.events.sides import Party, Sides, party, related
from crawler.events.tables import Hit
from crawler.facts import DateMention
from crawler.facts.numbers import numeral
from crawler.places import PlaceMention, ties_of

Couple = tuple[PlaceMention, PlaceMention]

_STOP = re.compile(r"[。;；:：!！?？]")
_REACH = 60  # how far behind its year a relation is told
# 对口帮扶, 东西部协作, 扶贫协作, 结对: what may be begun (消费帮扶 or 帮扶资金 may not)
_RELATION = re.compile(
    r"(?:全面)?(?:对口|结对)(?!支援者).{0,6}|东西部?(?:扶贫)?协作|(?!产业|劳务|消费)..协作|携手奔小康"
)
_UNDER = re.compile(r"围绕|按照|根据|落实|聚焦|结合|就|在|以")  # 甲与乙围绕东西部协作 …: what was done under it
_BOUND = re.compile(r"连在(?:了)?一起|紧紧相连|心手相[牵连]|携手|牵手|结缘|结下")
# 2021年,甲与乙结缘; 早在1996年,甲就与乙结下了情谊: the year of the bond itself
_BOND = re.compile(
    r"(?:两地)?(?:正式|就此|从此)?(?:[“\"]?(?:牵手|联姻|结亲|攀亲|携手|握手|结对)[”\"]"
    r"|结缘|结下|联姻|牵手(?!举办|共建|打造)|携手(?:结对|[,，。]|$))"
)
_LEADS_IN = re.compile(
    r"[\u4e00-\u9fff,，]{0,4}|[,，]?(?:按照|根据|在)[^,，。;；]{2,20}[,，]"
)  # 2018年,按照中央部署,甲与乙
# 2016年,中央确定由甲协作帮扶乙; 从2010年地震后就一直对口援助乙: a decision or a beginning of that year
_DECIDED = re.compile(
    r"确定|明确|安排|决定|调整|部署|启动|开启|拉开|开始|接过|接棒|承担|号召|(?:以?后|起|来)?就?一直(?!到)"
)
# 2016年,两地正式牵手
_WE_BOUND = re.compile(
    r"[,，]?(?:两[地省市县区]|双方)(?:从此|就此|正式|开始|携手)*(?:牵手|结缘|结亲|联姻|结对(?!帮扶(?:工作|项目))|(?:建立|确立|结下|缔结)[^,，。;；]{0,12}(?:关系|对子|情缘|友谊))"
)
_JOINED = re.compile(r"(?:就|便|正式|开始)?[与和、同跟及—-]{0,2}")
# 甲接过接力棒,与乙开展东西部协作: the other side stands in the next clause
_NEXT = re.compile(r"[^,，。;；、]{2,12}[,，](?:正式|开始)?[与同和]")
# 自2021年苏陕协作务工专列开行以来: what of it began
_ITS_WORKS = re.compile(
    r"[^,，。;；]{0,12}?(?:专列|专车|包机|专班|[^班]班|产业园|园区|车间|基地|[学医]院|学校|中心|平台|公司|展销会|招聘会|项目|医疗队|工作队|支教队?)"
    r"[^,，。;；]{0,8}(?:开[行办园馆班业工]|成立|启[动用]|投[产用]|投入|建成|落[地成]|运[营行]|进驻|入驻|实施|揭牌|挂牌)"
)
_PERIOD_TO_DATE = re.compile(r"(?:今年|去年|年初|近年|上半年|下半年|十[一二三四五]五)")
_REPORTED = re.compile(r"(?:汇报|介绍|通报|回顾|总结|听取|报告)了?$")  # 汇报了2018年以来甲乙协作开展情况
# 协作范围扩大到全省, 新增结对县28个
_WIDER = re.compile(
    r"(?:范围|区域|覆盖面?|结对|帮扶|协作|对口)[^,，。;；]{0,8}(?:扩大|扩展|拓展|延伸|覆盖|增加)[到至](?!\d+(?:\.\d+)?[亿万]?元)"
    r"|新增[^,，。;；\d]{2,20}(?:\d+个[^,，。;；\d]{2,8})?(?:对口帮扶|结对帮扶|对口支援|结对)"
    r"|新?增加?(?:了)?(?:结对|帮扶|对口|协作)*(?:\d+个(?:结对|受援|贫困|脱贫|帮扶)*[县区市旗州]|[县区市旗州]\d+个)"
)
# 今年是甲与乙结对帮扶的第一年
_NTH_YEAR = re.compile(
    r"是[^,，。;；]{2,34}(?:协作|对口|结对|帮扶|支援|援建|结缘|牵手)[^,，。;；]{0,12}?的?(?:第(\d{1,2}|[一二三四五六七八九十]{1,3})个?年头?|首年|起步之年|开局之年|元年)"
)
# 甲与乙的情缘始于2010年, 甲与乙结对从2010年算起: the year stands behind the two
_BEGUN_IN = re.compile(r"(?:始于|缘于|起源于|追溯到|(?:结对|牵手|结缘|情缘|协作|帮扶|支援)(?:关系)?(?:是|要|得)?从)$")
_TIE_OF_TWO = re.compile(
    r"(?:两地)?的?(?:东西部|扶贫|对口|结对)*(?:情缘|缘分|情谊|友谊|结对|牵手|结缘|亲戚情|协作|合作|帮扶|支援)(?:关系)?$"
)
# 两地从去年牵手以来, 双方自2021年结对以来
_WE_SINCE = re.compile(
    r"(?:正式|开始)?(?:牵手|结缘|结亲|联姻|结对|(?:建立|确立|缔结)[^,，。;；]{0,12}关系|开展[^,，。;；]{0,6}协作)[^,，。;；]{0,4}以来"
)
_WE_FROM = re.compile(r"(?:两[地省市县区]|双方)(?:自|从)?$")
# 甲医院就对乙医院进行了全面帮扶, 甲向乙提供对口支援
_HELPED_BY = re.compile(r"[^,，。;；]{0,10}?(?:就|便|开始|一直|持续)*[对向为]")
_HELPS = re.compile(r"[^,，。;；]{0,12}?(?:进行|开展|实施|提供)了?[^,，。;；]{0,10}?(?:帮扶|支援|援助|帮助|协作)")
_TOTALS = ("累计", "已累计", "总计", "共有")


def find_relations(sentences: list[Sentence], sides: Sides, clock: Clock) -> list[Draft]:
    """Pairings told by their year alone (自1996年以来,甲乙两省区 …, 新增加28个县, 结对帮扶的第一年), in order."""
    out: list[Draft] = []
    for sentence in sentences:
        if not sentence.dates:
            shared = _among_them(sentences, sentence, sides)
            out += [shared] if shared is not None and modality(sentence, shared.start) == "done" else []
            continue
        found: list[Draft | None] = [*_we_bound(sentence)]
        aided = "aid" in sentence.kinds or "协作" in sentence.text or sides.rule.startswith("official tie")
        if len(sentence.places) > 1 and not found and aided:
            found += [*_begun(sentence, sides), _widened(sentence, sides), _counted_years(sentence, sides, clock)]
        if not any(found):
            found += [_span(sentence, low, high, date, "bond", date.date_start) for date, low, high in raised(sentence)]
        out += [draft for draft in found if draft is not None and modality(sentence, draft.start) == "done"]
    return out


def _begun(sentence: Sentence, sides: Sides) -> Iterator[Draft]:
    """自1996年开始,浙江与四川东西部协作…: a year since which both sides are told as partners."""
    for date in sentence.dates:
        since = _begins(sentence, date)
        if not since and (date.precision not in ("year", "month") or not (date.date_start or "")[:4].isdecimal()):
            continue
        low, high = _stretch(sentence, date)
        places = within(sentence.places, low, high)
        givers, takers = _of_side(places, sides, "supporting"), _of_side(places, sides, "supported")
        if not givers or not takers:
            continue
        if _REPORTED.search(
            sentence.text, sentence.clause(date.start)[0] - sentence.start, date.start - sentence.start
        ):
            continue
        couples = _couples(sentence, places, sides, _JOINED) or _couples(sentence, places, sides, _NEXT)
        aid = sentence.of("aid", low, high)
        if not since:
            if any(_bound(sentence, date, *couple) for couple in couples) and (
                aid or sentence.of("aid") or "协作" in sentence.text or sides.rule.startswith("official tie")
            ):
                yield _span(sentence, couples[0][0].start, couples[0][1].end, date, "bond", date.date_start)
            elif decided := _decided(sentence, date, aid, givers, takers, couples):
                yield decided
            continue
        bond = next((couple for couple in couples if _bound(sentence, date, *couple)), None)
        bond = bond or next((c for c in _couples(sentence, places, sides, _HELPED_BY) if _helps(sentence, c[1])), None)
        if bond is not None:  # 自2004年甲与乙结缘以来
            yield _span(sentence, bond[0].start, bond[1].end, date, "since", date.date_start)
            continue
        hit = _relation(sentence, date, aid, givers, takers, couples) or _between(sentence, date, aid)
        if hit is not None and _ITS_WORKS.match(sentence.text, hit.end - sentence.start):
            continue
        far = max(hit.end, takers[0].end, givers[0].end) if hit else high
        if hit is None and any(0 <= first.start - date.end <= 4 for first, _ in couples):
            hit = next((h for h in aid if _related_word(h)), None)  # 自2017年以来,甲与乙通过 …,深化结对帮扶
        if hit is None and date.precision != "day" and _tie_began(couples, (date.date_start or "")[:4]):
            hit = next(iter(aid), None)
        if hit is None or _sums_up(sentence, date.end, far):
            continue
        told = within(places, *sentence.clause(hit.start))
        if _of_side(told, sides, "supporting") and _of_side(told, sides, "supported"):
            yield _draft(sentence, hit, date, "since", date.date_start)
            continue
        ends = [min(side, key=lambda m: abs(m.start - hit.start)) for side in (givers, takers)]
        yield _span(sentence, min(m.start for m in ends), max(m.end for m in ends), date, "since", date.date_start)


def _decided(
    sentence: Sentence,
    date: DateMention,
    aid: list[Hit],
    givers: list[PlaceMention],
    takers: list[PlaceMention],
    couples: list[Couple],
) -> Draft | None:
    """2016年,中央确定由甲协作帮扶乙: what was decided or begun in a year, if the words bind the two sides."""
    hit = _relation(sentence, date, aid, givers, takers, couples)
    if hit is None or sentence.spoken(hit.start) or _sums_up(sentence, date.end, hit.end):
        return None
    said = _DECIDED.search(sentence.text, date.end - sentence.start, hit.end - sentence.start + 8)
    if said is None or SHOW.search(sentence.text, hit.end - sentence.start, said.start()):
        return None  # 东西部协作产品展销会拉开帷幕
    return _draft(sentence, hit, date, "decided", date.date_start)


def _among_them(sentences: list[Sentence], sentence: Sentence, sides: Sides) -> Draft | None:
    """1996年5月,中央确定9个省市帮扶10个省区;其中,广东对口帮扶广西: decided in the clause before the semicolon."""
    before = sentences[sentence.index - 1] if sentence.index and sentence.text.startswith("其中") else None
    if before is None or not before.following:
        return None
    date = next((d for d in before.dates if d.precision in ("year", "month") and not is_since(before, d)), None)
    if date is None or not (date.date_start or "")[:4].isdecimal():
        return None
    if _DECIDED.search(before.text, date.end - before.start) is None:
        return None
    givers, takers = _of_side(sentence.places, sides, "supporting"), _of_side(sentence.places, sides, "supported")
    hit = _relation(sentence, date, sentence.of("aid"), givers, takers, [])
    if hit is None or sentence.spoken(hit.start) or _sums_up(sentence, sentence.start, hit.end):
        return None
    return _draft(sentence, hit, date, "decided", date.date_start)


def _we_bound(sentence: Sentence) -> Iterator[Draft]:
    """2016年,两地正式牵手: the main pair, which need not be named beside it."""
    text, base = sentence.text, sentence.start
    for date in sentence.dates:
        if date.precision not in ("year", "month") or not (date.date_start or "")[:4].isdecimal():
            continue
        if since := _WE_FROM.search(text, 0, date.start - base):  # 两地从去年牵手以来
            bond, how, low = _WE_SINCE.match(text, date.end - base), "since", base + since.start()
        elif is_since(sentence, date) or text.endswith(("自", "从"), 0, date.start - base) or len(sentence.places) > 1:
            continue
        else:
            bond, how, low = _WE_BOUND.match(text, date.end - base), "bond", date.end
        if bond:
            yield _span(sentence, low, base + bond.end(), date, how, date.date_start)


def _between(sentence: Sentence, date: DateMention, aid: list[Hit]) -> Hit | None:
    """自2016年底开展东西部扶贫协作以来,甲 … 乙: what goes on since then is told before 以来."""
    end = sentence.text.find("以来", date.end - sentence.start, date.end - sentence.start + 24)
    if end < 0:
        return None
    return next((h for h in aid if h.end <= sentence.start + end and _related_word(h)), None)


def _helps(sentence: Sentence, taker: PlaceMention) -> bool:
    """自2016年起,甲医院就对乙医院进行了全面帮扶."""
    return _HELPS.match(sentence.text, taker.end - sentence.start) is not None


def _bound(sentence: Sentence, date: DateMention, first: PlaceMention, second: PlaceMention) -> bool:
    """Whether two sides right behind a year are said to be bound in it, or in front of it since then."""
    begun = _BEGUN_IN.search(sentence.text, 0, date.start - sentence.start) if second.end <= date.start else None
    if begun is not None:
        high = begun.end() - len(begun[0]) if begun[0].endswith(("于", "到")) else begun.end() - 1
        return _TIE_OF_TWO.fullmatch(sentence.text, second.end - sentence.start, high) is not None
    gap = sentence.text[date.end - sentence.start : first.start - sentence.start]
    return (
        "是" not in gap
        and _LEADS_IN.fullmatch(gap) is not None
        and _BOND.match(sentence.text, second.end - sentence.start) is not None
    )


def _begins(sentence: Sentence, date: DateMention) -> bool:
    """Whether a date is a year or month since which something goes on (自1996年以来, 2017年至2020年)."""
    if not (date.date_start or "")[:4].isdecimal() or not date.quote.lstrip("自从").startswith(("19", "20")):
        return False
    begun = _BEGUN_IN.search(sentence.text, 0, date.start - sentence.start)
    return (begun is not None or date.precision == "period" or is_since(sentence, date)) and _PERIOD_TO_DATE.search(
        date.quote
    ) is None


def _stretch(sentence: Sentence, date: DateMention) -> tuple[int, int]:
    """What follows a date up to the next full stop, with the place right before it (江苏自2010年起)."""
    base, text = sentence.start, sentence.text
    if _BEGUN_IN.search(text, 0, date.start - base) and not date.quote.endswith("的"):
        # 甲与乙的对口帮扶始于2013年
        return sentence.clause(date.start)[0], date.end
    stop = _STOP.search(text, date.end - base)
    subject = next((m.start for m in sentence.places if 0 <= date.start - m.end <= 2), date.start)
    return subject, min(date.end + _REACH, base + (stop.start() if stop else len(text)))


def _of_side(places: list[PlaceMention], sides: Sides, side: str) -> list[PlaceMention]:
    return [m for m in places if sides.told(m) == side]


def _couples(sentence: Sentence, places: list[PlaceMention], sides: Sides, joint: re.Pattern[str]) -> list[Couple]:
    """Neighbours of different sides between which ``joint`` stands."""
    text, base = sentence.text, sentence.start
    return [
        (first, second)
        for first, second in pairwise(places)
        if {sides.told(first), sides.told(second)} == {"supporting", "supported"}
        and joint.fullmatch(text, first.end - base, second.start - base)
    ]


def _relation(
    sentence: Sentence,
    date: DateMention,
    aid: list[Hit],
    givers: list[PlaceMention],
    takers: list[PlaceMention],
    couples: list[Couple],
) -> Hit | None:
    """The word that binds the two sides: 甲对口帮扶乙, 甲与乙东西部协作, 协作把甲、乙紧紧连在一起."""
    text, base = sentence.text, sentence.start
    for hit in aid:
        # 北京市从2010年地震后一直对口援助玉树: the giver may stand before the year
        before = [m for m in givers if 0 <= hit.start - m.end <= 8 or m.end <= date.start]
        if hit.has("direction") and before and any(0 <= m.start - hit.end <= 1 for m in takers):
            if OFFICE.match(text, hit.end - base):
                continue
            return hit
        if not _related_word(hit):
            continue
        for _, second in couples:
            at = second.end - base
            near = 0 <= hit.start - second.end <= 8 and _UNDER.search(text, at, hit.start - base) is None
            if near or _BOUND.search(text, at, at + 8):
                return hit
    return None


def _tie_began(couples: list[Couple], year: str) -> bool:
    """Whether an official tie of two sides told as one began in that very year."""
    pairs = [(party(first), party(second)) for first, second in couples]
    return any(one and other and _tied_in(one, other, year) for one, other in pairs)


@lru_cache(maxsize=4096)
def _tied_in(one: Party, other: Party, year: str) -> bool:
    return any(
        (related(row.donor, giver.name) and related(row.recipient, taker.name))
        for row in ties_of(one.code)
        if row.valid_from and row.valid_from[:4] == year
        for giver, taker in ((one, other), (other, one))
    )


def _sums_up(sentence: Sentence, low: int, high: int) -> bool:
    """Whether numbers or 累计 come before the relation: what the years brought, not that they began."""
    end = sentence.clause(high)[1]
    return any(
        low <= q.start < end
        and not q.ordinal
        and not sentence.text.startswith(("年", "春秋", "寒暑"), q.end - sentence.start)
        for q in sentence.quantities
    ) or any(hit.word.text in _TOTALS for hit in sentence.of("cumulative", low, end))


def _widened(sentence: Sentence, sides: Sides) -> Draft | None:
    """2021年6月,甲在原先结对乙40个县的基础上,新增加28个县: more of one side are paired since then."""
    if "增" not in sentence.text and "扩" not in sentence.text and "拓" not in sentence.text:
        return None
    found = _WIDER.search(sentence.text)
    if found is None:
        return None
    at = sentence.start + found.start()
    date = next((d for d in reversed(sentence.dates) if d.end <= at and d.date_start), None)
    low = sentence.clause(date.start)[0] if date else at
    places = within(sentence.places, low, sentence.clause(at)[1])
    if date is None or not (date.date_start or "")[:4].isdecimal():
        return None
    if "协作" not in found[0] and not any(map(_related_word, sentence.of("aid"))):
        return None
    if not _of_side(places, sides, "supporting") or not _of_side(places, sides, "supported"):
        return None
    return _span(sentence, at, sentence.start + found.end(), date, "widened", date.date_start)


def _counted_years(sentence: Sentence, sides: Sides, clock: Clock) -> Draft | None:
    """今年是甲与乙开展对口协作的第一年 (第三年: it began two years before)."""
    if "年" not in sentence.text or "是" not in sentence.text:
        return None
    found = _NTH_YEAR.search(sentence.text)
    if found is None:
        return None
    low, high = sentence.start + found.start(), sentence.start + found.end()
    # 今年是…收官之年,也是甲与乙协作的第九年
    date = next((d for d in sentence.dates if d.end <= low and d.quote.endswith("年")), None)
    places = within(sentence.places, low, high)
    if date is None or (date.end < low and found[1] is None):
        return None
    if not _of_side(places, sides, "supporting") or not _of_side(places, sides, "supported"):
        return None
    this = (date.date_start or (clock.main.date_start if clock.main else None) or "")[:4]
    nth = int(numeral(found[1]) or 0) if found[1] else 1
    if not this.isdecimal() or nth == 0:
        return None
    return _span(sentence, places[0].start, high, date, "counted years", str(int(this) - nth + 1))


def _related_word(hit: Hit) -> bool:
    return _RELATION.fullmatch(hit.word.text) is not None


def _draft(sentence: Sentence, hit: Hit, date: DateMention, how: str, start: str | None) -> Draft:
    draft = _span(sentence, hit.start, hit.end, date, how, start)
    draft.words = hit.word.row
    return draft


def _span(sentence: Sentence, low: int, high: int, date: DateMention, how: str, start: str | None) -> Draft:
    end = date.date_end if start == date.date_start else None
    rule = f"{how} ({date.basis}: {date.rule})"
    when = When(start, end, date.precision, date, rule, own=True, since=how != "bond")
    return Draft(
        "pairing",
        sentence,
        low,
        high,
        f"relation: {how}",
        sentence.text[low - sentence.start : high - sentence.start],
        low,
        "done",
        when,
    )
