"""Money and counts: the number, its unit, and through ``quantity_context`` what it counts and how to add it up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from crawler.facts.dates import dates_in
from crawler.facts.numbers import numeral
from crawler.facts.quantity_context import Surroundings
from crawler.facts.records import DateMention, Quantity
from crawler.facts.tables import Scan, read_table, scan
from crawler.facts.words import word_starts


def find_quantities(text: str, *, published: str | None = None) -> list[Quantity]:
    """All amounts of money and counts of ``text`` in order of appearance."""
    scanned = scan(text)
    return quantities_in(scanned, dates_in(scanned, published), published)


def quantities_in(scanned: Scan, dates: Sequence[DateMention], published: str | None) -> list[Quantity]:
    """``find_quantities`` on a text already scanned and dated."""
    numbers = list(_numbers(scanned, dates))
    if not numbers:
        return []
    around = Surroundings(scanned, dates, published, [(n.start, n.end) for n in numbers])
    return [around.describe(n.start, n.end, n.value, n.unit, n.approx, n.rule) for n in numbers]


class _Number(NamedTuple):
    start: int
    end: int
    value: float
    unit: str
    approx: bool
    rule: str


_MONEY = {
    "元": "CNY", "人民币": "CNY", "元人民币": "CNY", "块钱": "CNY", "块": "CNY", "元钱": "CNY",
    "美元": "USD", "港元": "HKD", "港币": "HKD", "元港币": "HKD", "欧元": "EUR", "日元": "JPY", "澳元": "AUD",
    "英镑": "GBP",
}  # fmt: skip
_CURRENCY_BEFORE = re.compile(r"(港币|港元|美元|欧元|日元|英镑)\s?$")  # 港币200万元
_CURRENCY_ENDS = frozenset("币元镑")
_UNITS = {row.word: row for row in read_table("units")}
_UNIT = "|".join(re.escape(u) for u in sorted(_UNITS, key=len, reverse=True))
_CURRENCY = "元人民币|元港币|人民币元|美元|港元|港币|欧元|日元|澳元|英镑|元钱|块钱|元(?![旦素宝谋氏阳代])|人民币"
_CN = "零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟"
_ARABIC = r"\d+(?:\.\d+)?亿零?\d+(?:\.\d+)?(?=万)|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
# Digits never begin behind a lost byte, inside a longer number, a code or a word in Latin letters.
_OPEN = r"(?<![\d.A-Za-z?\ufffd_/#:])(?<![?\ufffd][,.])"
# what is left of a number behind a lost byte is none: 资金?00万元, 资金?.5万元
_WHOLE = r"(?<![\d.?\ufffd])"
_QUANTITY = re.compile(
    rf"(?P<pre>不少于|不低于|超过|大约|将近|接近|至少|突破|多达|(?<![附最邻临靠])近|约|逾|超|过|上(?=[百千万十])|数(?=[十百千万亿])|几(?=[十百千万亿]))?\s?"
    rf"(?:{_OPEN}(?P<arabic>{_ARABIC})|(?P<hundredth>百分之)?{_WHOLE}(?P<chinese>[{_CN}]+(?:点[零一二三四五六七八九]+[万亿]?)?))"
    rf"\s?(?P<more1>多|余|来|几)?(?P<scale>(?:[十百万亿]|千(?![米瓦克卡伏])){{0,3}})(?P<more2>多|余|来)?"
    rf"(?:(?P<currency>{_CURRENCY})|(?P<unit>个月|个小时|个工作日|个多月|小时|分钟|岁|天|{_UNIT})(?!均(?!匀)|(?<=[村镇乡县])级|(?<=部)门|(?<=个)年头))?"
    rf"(?P<more3>以上|左右|上下|多(?=[,。;、]))?"
)
_NUMERAL = re.compile(r"[\d一二三四五六七八九十〇]")
_POWERS = frozenset("万亿")
_FOLLOWING = frozenset(f"多余来几点分个 -~至到{_CN}元人块美港日欧澳英小岁天") | {unit[0] for unit in _UNITS}
# a run of digits, or of Chinese ones before a unit or up to a power: no 三 in 三峡
_SEED = re.compile(rf"[\d{_CN}](?:(?<=\d)\d*|[{_CN}]*+(?:(?<=[万亿])|(?=[{re.escape(''.join(sorted(_FOLLOWING)))}])))")
_ONE = re.compile(r"第一|一[元块点多余几至到\-~人美港欧日澳英]")  # where a lone 一 may still be a number
_RANGE = re.compile(r"\s?(?:-{1,2}|~|至|到)\s?")
_TIME_UNITS = frozenset({"个月", "个小时", "个工作日", "个多月", "小时", "分钟", "岁", "天"})
_HEADS = (
    (
        re.compile(
            r"(?:名)?[^,。;、\d]{0,10}?(?:人口|群众|劳动力|村民|学生|儿童|师生|居民|市民|农民|人员|干部|党员|职工|游客|妇女|移民|教师|医生)"
        ),
        "人",
    ),
    (re.compile(r"[^,。;、\d]{0,8}?(?:农户|贫困户|脱贫户|搬迁户|户)"), "户"),
)
_HEAD_LEFT = re.compile(
    r"(?:人口|群众|劳动力|人数|人员|学生|就业|游客)(?:达到|达|有|为|共|约|近|超过|超|突破)?(?:[^,。;]{0,12}?(?:由|从|到|至))?$"
)

_FUND = re.compile(r"[^,。;、\d的]{0,8}?(?:资金|经费|善款|捐款|援助款|救助金|助学金|奖学金|慰问金|扶贫款|补助款)")
_FUND_LEFT = re.compile(
    r"(?:资金|善款|经费|捐款|款项|捐资|筹资|募资|筹集|募集|集资|拨付|拨款|金额|总额|销售额|成交额|交易额|产值|投资|投入)"
    r"(?:达到?|了|共计?|累计|合计|约|近|超过?|为|有)*$"
)
_ENDS = re.compile(r"[,。;、)!]|用于|的|$")


def _numbers(scanned: Scan, dates: Sequence[DateMention]) -> Iterator[_Number]:
    flat = scanned.flat
    taken = iter([(d.start, d.end) for d in dates if _NUMERAL.search(d.quote)])
    block = next(taken, None)
    position = 0
    while seed := _SEED.search(flat, position):
        start, position = seed.span()
        while block is not None and block[1] <= start:
            block = next(taken, None)
        if block is not None and block[0] <= start:
            position = max(block[1], position)
            continue
        if flat[start] == "一" and position - start == 1 and not _ONE.search(flat, max(0, start - 1), position + 1):
            continue
        for number in _at(flat, start, scanned.text):
            yield number
            position = max(number.end, position)


_CODE = re.compile(r"[\dA-Za-z]-")
_PREFIX = re.compile(
    r"(?:不少于|不低于|超过|大约|将近|接近|至少|突破|多达|(?<![附最邻临靠])近|约|逾|超|过|上|数|几)\s?$"
)
_PREFIX_ENDS = frozenset("于过约近少破达逾超上数几")


def _at(flat: str, position: int, text: str) -> Sequence[_Number]:
    before = flat[position - 1 : position]
    if before == "-" and _CODE.match(flat, max(0, position - 2), position):
        return ()  # the tail of a telephone number or a code
    led = before in _PREFIX_ENDS or before.isspace()
    lead = _PREFIX.search(flat, max(0, position - 4), position) if led else None
    match = _QUANTITY.match(flat, lead.start()) if lead else None
    if match is None or match.end() <= position:
        match = _QUANTITY.match(flat, position)
    if match is None:
        return ()
    _, arabic, _, chinese, _, scale, _, currency, unit, _ = match.groups()
    if arabic and "," in arabic and "，" in text[match.start("arabic") : match.end("arabic")]:
        return ()
    first = _value(arabic, chinese, scale)
    if first is None or (chinese in _POWERS and before in ("余", "多")):
        return ()  # 总额?余万元: the digits are lost
    if unit is None and currency is None:
        link = _RANGE.match(flat, match.end())
        other = _QUANTITY.match(flat, link.end()) if link else None
        if other and (other["unit"] or other["currency"]) and (other["arabic"] or other["chinese"]) and link:
            second = _value(*other.group("arabic", "chinese", "scale"))
            low = first
            if second is not None and not match["scale"] and other["scale"] and first < second and match["arabic"]:
                low = numeral(match["arabic"] + other["scale"]) or first
            made = _make(flat, match.start(), other.end(), other, low, match)
            if made and second is not None:
                return made, _Number(made.start, made.end, second, made.unit, made.approx, made.rule)
        bare = _bare(flat, match, first)
        return (bare,) if bare else ()
    made = _make(flat, match.start(), match.end(), match, first, match)
    return (made,) if made else ()


def _value(arabic: str | None, chinese: str | None, scale: str | None) -> float | None:
    if arabic:
        return numeral(arabic + (scale or ""))
    if chinese is None:
        return None
    word = chinese + (scale or "")
    return _pointed(word) if "点" in word else numeral(word)


def _pointed(word: str) -> float | None:
    """三点五亿."""
    whole, _, rest = word.partition("点")
    digits = "".join(str(int(numeral(c) or 0)) for c in rest.rstrip("百千万亿"))
    front = numeral(whole)
    scale = rest[len(digits) :]
    return None if front is None or not digits else numeral(f"{int(front)}.{digits}{scale}")


def _make(flat: str, start: int, end: int, unit: re.Match[str], value: float, number: re.Match[str]) -> _Number | None:
    pre, _, hundredth, _, more1, _, more2, currency, name, more3 = number.groups()
    if unit is number:
        approx = bool(pre or more1 or more2 or more3)
    else:
        currency, name = unit.group("currency", "unit")
        approx = bool(pre or more1 or more2) or any(unit.group("more1", "more2", "more3"))
    left = flat[start - 1 : start] if currency == "元" else ""
    led = left in _CURRENCY_ENDS or left.isspace()
    if led and (before := _CURRENCY_BEFORE.search(flat, max(0, start - 4), start)):
        return _Number(start, end, value, _MONEY[before.group(1)], approx, "money:" + before.group(1))
    if currency:
        return _Number(start, end, value, _MONEY.get(currency, "CNY"), approx, "money:" + currency)
    if name in _TIME_UNITS:
        return None
    if hundredth:
        return _Number(start, end, value, "%", approx, "units:%")
    if not _countable(flat, start, end, number, name, value):
        return None
    return _Number(start, end, value, name, approx, "units:" + name)


_POWER = re.compile(r"[十百千万亿拾佰仟零〇]")
_NEVER_PADDED = frozenset({"村", "镇", "乡", "县", "街道", "社区", "方", "里", "口", "面", "部", "度", "块", "把"})
_NUMBERED = frozenset({"批", "届", "次", "期", "轮", "场"})  # what 第二批, 第三届 count


def _countable(flat: str, start: int, end: int, number: re.Match[str], unit: str, value: float) -> bool:
    """Whether a number with a measure word counts something: 五辆 does, 一个, 三门县 and “四个意识” do not."""
    if arabic := number["arabic"]:
        if arabic[0] == "0" and unit in _NEVER_PADDED:
            return False
        return not (unit == "米" and flat[end : end + 1] in ("粉", "线"))
    digits, at = number["chinese"], number.start("chinese")
    if flat[at - 1 : at] == "第" and at > 0:
        return unit in _NUMBERED and len(digits) < 4 and not (unit == "次" and digits in "一二两")
    if len(digits) > 1 and not _POWER.search(digits):
        return False  # 三四个, 五一班: no number is written so
    if flat[start - 1 : start] in ("“", "‘", "《", '"') and start > 0:
        return False
    if unit != "个" and flat[end : end + 1] in _PLACE_NEXT:
        return False
    if (
        digits == "二"
        or (digits in "三四五六七八九" and unit in ("期", "处"))
        or word_starts(flat, at, (3, 4) if at + 3 > end else (4,) if at + 4 > end else ())
    ):
        return False  # 二期, 秘书三处, 六盘水, 五位一体
    row = _UNITS.get(unit)
    small = value < 10
    if small:
        return (
            row is not None
            and row.value == "cn"
            and digits not in ("一", "零")
            and not _PHRASE.match(flat[end : end + 2])
        )
    if digits[0] in "百千万亿" and not (number["pre"] or number["more1"] or number["more2"]):
        return False
    return digits != "十" or bool(number["pre"] or number["more1"] or (row is not None and row.value == "cn"))


def _bare(flat: str, match: re.Match[str], value: float) -> _Number | None:
    """``3万贫困人口``, ``人口10.2万``, ``30万村级救助资金``, ``筹资480余万``: a large number whose noun is its unit."""
    if match["hundredth"]:
        return _Number(match.start(), match.end(), value, "%", bool(match["pre"]), "units:%")
    scaled = bool(match["scale"]) or bool(match["chinese"] and match["chinese"][-1] in "万亿")
    approx = bool(match["pre"] or match["more1"] or match["more2"])
    if not (scaled or match["more1"]) or (match["chinese"] and match["chinese"][0] in "百千万亿十"):
        return None
    for head, unit in _HEADS:
        if head.match(flat, match.end()):
            return _Number(match.start(), match.end(), value, unit, approx, "noun:" + unit)
    left = max(0, match.start() - 20)
    if _HEAD_LEFT.search(flat, left, match.start()):
        return _Number(match.start(), match.end(), value, "人", approx, "noun:人")
    if _FUND.match(flat, match.end()) or (
        _ENDS.match(flat, match.end()) and _FUND_LEFT.search(flat, left, match.start())
    ):
        return _Number(match.start(), match.end(), value, "CNY", approx, "money:万")
    return None


_PLACE_NEXT = frozenset("县市区镇乡村洞位子屯庄寨湾沟")
_PHRASE = re.compile(r"一体|一庭|班子|一[^\d]")
