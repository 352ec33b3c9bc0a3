"""What a number counts, for which period, and whether it may be added up."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from crawler.facts.records import DateMention, Meaning, Quantity
from crawler.facts.tables import Scan
from crawler.places.making import maker

_CLAUSE = re.compile(r"[,。;:!?？\n]")
_LAST_CLAUSE = re.compile("(?s:.*)" + _CLAUSE.pattern)
_SENTENCE = re.compile(r"[。!?？\n]")
_EXPECTED = re.compile(
    r"将(?!近)|拟|预计|预期|有望|力争|争取(?!了|[^,。;\n\d]{0,8}?(?:资金|项目|投资|物资|款)[^,。;\n\d]{0,3}\d)|计划(?!生育|单列|的?\d[\d.]*%)|目标|建成后|投产后|达产后|投用后|全部建成|完工后|可(?<![许认不]可)(?!支配|复制|持续|追溯|喜|观|靠)|未来|扩大到|谋划|申请|到20\d\d年底?,?(?=[^。]{0,8}(?:达|实现))|希望(?!小学|学校|工程|中学|初中|之)|确保"
)
# 将资金1亿元划拨到: 将 before what is handed over tells of no future
_HANDED = re.compile(r"[^,。;\n]{0,10}?(?:划?拨付?|下[拨达]|划转|汇|转|打|捐赠?|赠送?|[移转送]交)(?:给|到|至|往|入|予)")
_SUBJECTLESS = ("将向", "将为", "将投", "将再", "将给", "将继", "将进")
_CUMULATIVE = re.compile(
    r"累计|总计|合计|共计|共(?!同|建|享|产|青|商|和|识|赢|谋|育)|已|以来|年来(?<!近年来)|截[至止]|目前|先后|全年|至今|总共|总额"
)
_DELEGATION = re.compile(
    r"(?:一行|率团|率队|率领?|带领|带队|代表团|考察团|访问团|学习团|考察组|调研组|工作组|团队|参观团)(?:成员)?(?:共|共计|等)?(?:一行)?$"
)
_EACH = re.compile(r"(?:各|每[人户年月村个家名亩天所]?|人均|户均|年均|平均|均|每年|每人|每户|每亩)[^,。;\d]{0,6}$")
_MEANINGS: tuple[tuple[Meaning, re.Pattern[str]], ...] = (
    ("in_kind", re.compile(r"价值|折合|折价|折资|物资(?:价值|折)|市值|实物")),
    ("sales", re.compile(r"销售|采购|助销|销往|营业|产值|成交|消费|购买|营收|交易额|订单|帮销")),
    ("agreed", re.compile(r"签约|协议|签订|意向|总投资|拟投|计划投资|合同|签署|意向金额|协议资金|投资额|达成")),
    (
        "paid",
        re.compile(
            r"到位|拨付|落实|投入|获得|完成投资|兑现|发放|下达|安排|支付|捐赠|捐款|捐助|捐资|筹集|支持资金|援助资金|补助|争取|资助|奖补|拨款|到账|募集|投资"
        ),
    ),
)
_TOTAL = re.compile(r"累计|总计|合计|共计|以来|年来(?<!近年来)|截[至止]|总额|总共")
_THIS_YEAR = re.compile(r"今年|全年|年度|当年|本年|20\d\d年(?!以来|至)")
_WHAT_EDGE = re.compile(r"[,。;:!?？\n、()“”《》]|[\d%]")
_LEAD = re.compile(
    r"^(?:其中|共有?|累计|已|现已|目前|全县|全市|全区|全州|全省|全镇|截至|达到?|为|有|是|的|约|近|超过?|完成|实现|并|和|与|及|还|又|则|各类|先后|总计|合计|共计|了|着|等|各|现有|拥有|辖|涉及)+"
)
_TRAIL = re.compile(
    r"(?:共计|共有|累计|总计|合计|达到了?|达|约|近|超过|超|为|共|有|是|了|仅|逾|突破|高达|分别为?|约为|至|到|增至|增加到|等|各|也|就|已)+$"
)


_quantity = maker(Quantity)


# first characters of the words of _LEAD
_LEAD_STARTS = frozenset("其共累已现目全截达到为有是的约近超完实并和与及还又则各先总合了着等拥辖涉")
_TRAIL_ENDS = frozenset("计有达了到约近过超为共是仅逾破别至等各也就已")  # last characters of the words of _TRAIL


class Surroundings:
    """The clauses, sentences and dates around the numbers of one text."""

    def __init__(
        self, scanned: Scan, dates: Sequence[DateMention], published: str | None, numbers: Sequence[tuple[int, int]]
    ) -> None:
        self.text, self.flat, self.published = scanned.text, scanned.flat, published
        self.dates = [d for d in dates if d.precision != "none"]
        self._date_starts = [d.start for d in self.dates]
        self._sentences = [0, *[m.end() for m in _SENTENCE.finditer(self.flat)]]
        self._expected = [m.span() for m in _AFTERWARDS.finditer(self.flat)]
        self._expected_ends = [end for _, end in self._expected]
        self._number_ends = sorted(end for _, end in numbers)

    def describe(self, start: int, end: int, value: float, unit: str, approx: bool, rule: str) -> Quantity:
        """The quantity with all that its surroundings say of it."""
        flat = self.flat
        floor = start - 200 if start > 200 else 0
        cut = _LAST_CLAUSE.match(flat, floor, start)
        clause = cut.end() if cut else floor
        sentence = self._sentences[bisect_right(self._sentences, start) - 1]
        far = max(sentence, start - 120)
        left, near = flat[far:start], flat[clause:start]
        stop = _CLAUSE.search(flat, end, end + 25)
        right = flat[end : min(stop.start(), end + 24) if stop else end + 24]
        delegation = unit in _HEADS and (_DELEGATION.search(near[-14:]) or _PARTY.match(right)) is not None
        period, whole = self._period(start, sentence)
        return _quantity(
            start, end, self.text[start:end], value, unit, self._what(clause, start, end, right), period,
            whole or _CUMULATIVE.search(left[-70:]) is not None, approx,
            self._meaning(near, right, left) if unit == "CNY" else None,
            self._announced(far, start) or _to_come(near, right),
            flat[start - 1 : start] == "第", delegation, _EACH.search(near[-9:]) is not None, rule,
        )  # fmt: skip

    def _announced(self, start: int, end: int) -> bool:
        """Whether ``start:end`` speaks of what will be: 建成后, 预计."""
        last = bisect_right(self._expected_ends, end) - 1
        if last < 0 or self._expected[last][0] < start:
            return False
        high = self._expected_ends[last]  # 住院楼建成后缺少设备,2015年3月,甲市捐助450万元: that is past
        return not (self.flat[high - 1] == "后" and any(high <= at < end for at in self._date_starts))

    def _meaning(self, near: str, right: str, left: str) -> Meaning | None:
        nearest, best = 0, None
        for meaning, pattern in _MEANINGS:
            last = 0
            for hit in pattern.finditer(near):
                last = hit.end()
            if last > nearest:
                nearest, best = last, meaning
        if best is None:
            for meaning, pattern in _MEANINGS:
                if pattern.search(right):
                    return meaning
        if best in ("in_kind", "sales", "agreed"):
            return best
        if _TOTAL.search(left):
            return "total"
        return best or ("this_year" if _THIS_YEAR.search(left) else None)

    def _period(self, start: int, sentence: int) -> tuple[str | None, bool]:
        """The period a number belongs to, and whether it runs up to its end (截至, 以来)."""
        index = bisect_left(self._date_starts, start) - 1
        if index < 0:
            return None, False
        date = self.dates[index]
        before = date.start < sentence
        if before and self.flat.find("\n", date.start + 1, start) >= 0:
            return None, False
        first, last, precision = date.date_start, date.date_end, date.precision
        if first is None:
            return (f"/{last}", True) if last else (None, False)
        if before and precision == "day":
            return None, False
        if precision == "period" and last and first != last:
            return f"{first}/{last}", True
        if precision == "range" and last:
            return f"{first}/{last}", False
        return first, False

    def _what(self, clause: int, start: int, end: int, right: str) -> str:
        """The noun phrase a number counts: behind it when one follows, before it otherwise."""
        edge = _WHAT_EDGE.search(right)
        behind = (right[: edge.start()] if edge else right).lstrip(" 的")
        if behind and not _STOPS_HERE.match(behind):
            return behind[:20]
        index = bisect_right(self._number_ends, start) - 1
        floor = max(clause, self._number_ends[index] if index >= 0 else 0, start - 24)
        before = self.flat[floor:start]
        cut = _LAST_MARK.match(before)
        before = before[cut.end() :] if cut and cut.end() < len(before) else before
        before = before.strip()
        if before[:1] in _LEAD_STARTS and (lead := _LEAD.match(before)):
            before = before[lead.end() :]
        if before[-1:] in _TRAIL_ENDS:
            before = _TRAIL.sub("", before)
        if not before and index >= 0:
            back = self.flat[max(clause, self._number_ends[index] - 24) : self._number_ends[index]]
            before = re.sub(r"[\d.,]+[^\d]{0,4}$", "", back)
        return before[-20:]


_HEADS = frozenset({"人", "名", "位", "余人"})
_PARTY = re.compile(r"(?:的)?[^,。]{0,8}(?:代表团|考察团|访问团)")
_AFTERWARDS = re.compile(r"建成后|投产后|达产后|投用后|完工后|预计|力争")
_LAST_MARK = re.compile(r"(?s:.*)[,。;:、()“”《》]")
_STOPS_HERE = re.compile(r"[,。;、)]")


def _to_come(near: str, right: str) -> bool:
    """Whether words before a number say that it is still to come."""
    cue = _EXPECTED.search(near)
    if cue is None:
        return False
    return cue[0] != "将" or near.startswith(_SUBJECTLESS, cue.start()) or _HANDED.match(right) is None
