"""Where the name of an organisation may begin: stop words, verbs and numerals end it on the left."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from crawler.facts.edges import Edges
from crawler.facts.organization_words import (
    behind_place,
    county_at,
    last_words,
    locality_at,
    nameless,
    trade_words,
    words,
)
from crawler.facts.tables import Hit, read_table
from crawler.facts.words import inside_place, is_word, place_names, tokens, word_class

_INSIDE = re.compile(r"[\u3400-\u9fffA-Za-z0-9·()&\-]")
_OUTSIDE = re.compile(r"(?s:.*)(?:[^\u3400-\u9fffA-Za-z0-9·()&\-]|--)")
_REACH = 32
_NUMBER = re.compile(r"[\d一二两三四五六七八九十几多]")  # what COUNTED begins with


@lru_cache(maxsize=1)
def left_stops() -> Edges:
    """Words that end a name on its left, and what keeps them in one."""
    of = read_table("organizations")
    keeps = [r.word for r in (*read_table("cues"), *of) if r.kind == "keep"]
    return Edges(keeps, [r.word for r in of if r.kind == "stop"])


@lru_cache(maxsize=1)
def _loose_stops() -> frozenset[str]:
    """Stops of one character that are often part of a word: 来 in 未来, 送 in 配送."""
    return frozenset(r.word for r in read_table("organizations") if r.kind == "stop" and r.value == "alone")


def _in_word(flat: str, start: int, end: int) -> bool:
    """Whether the characters ``start:end`` belong to a longer word of the dictionary."""
    before = flat[max(0, start - 1) : end]
    return (
        is_word(before)
        or is_word(flat[start : end + 1])
        or is_word(flat[max(0, start - 1) : end + 1])
        or is_word(flat[max(0, start - 2) : end])
    )


COUNTED = re.compile(
    r"(?:\d+|[一二两三四五六七八九十几多]+)[多余]?(?:家|所|个|名|位|批|座|间|支|处|吨|亩|万元|亿元|元|头|羽|平方米)|[两三四五六七八九十]大"
)  # 三家, 12所: a name begins behind


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where no name reaches back over: ends of the names of persons."""

    walls: Sequence[int]
    names: Sequence[int] = ()  # ends of last words of names

    def names_between(self, start: int, end: int) -> Sequence[int]:
        """Ends of last words of names inside ``start:end``."""
        first = bisect_right(self.names, start)
        return self.names[first : bisect_right(self.names, end - 1, first)]

    def floor(self, at: int) -> int:
        """The leftmost start of a name whose last word begins at ``at``."""
        floor = at - _REACH if at > _REACH else 0
        wall = bisect_right(self.walls, at)
        return max(floor, self.walls[wall - 1]) if wall else floor


_NICKNAME = re.compile(r"[\u3400-\u9fff]{2,5}[\u3400-\u9fff](?<![式型性化村户企校])")  # “福田里”蓝莓产业园


def _run_start(flat: str, at: int, bounds: Bounds) -> int:
    """Where the run of characters that names are made of begins, with brackets and quotes in pairs."""
    floor = bounds.floor(at)
    edge = _OUTSIDE.match(flat, floor, at)  # the last character that no name holds
    left = edge.end() if edge else floor
    quoted = left > floor and flat[left - 1] in _QUOTES
    run = flat[left:at]
    if not quoted and "(" not in run and ")" not in run:
        return left
    left, depth = at, 0
    while left > floor:
        char = flat[left - 1]
        if char in _QUOTES:  # 大湾区“菜篮子”配送中心: a quoted part inside a name
            opened = max(flat.rfind("“", max(0, left - 12), left - 1), flat.rfind('"', max(0, left - 12), left - 1))
            if opened < floor:
                break
            if opened == 0 or not _INSIDE.match(flat, opened - 1):
                return opened if _NICKNAME.fullmatch(flat, opened + 1, left - 1) else left
            left = opened
            continue
        if not _INSIDE.match(flat, left - 1):
            break
        if char == ")":
            depth += 1
        elif char == "(":
            if not depth:
                break
            depth -= 1
        left -= 1
    return left


_TOWNS = ("乡", "镇")
# Stop words of one character that stand in names of places; those that cannot open a clause.
_SIDES = frozenset("上下中内后前日月年向至自")
_NO_OPENING = frozenset("上下中内后前日月年时")
_QUOTES = '”"'


def _trades(flat: str, left: int, at: int) -> int:
    """Where the run of trades before a last word begins: 健康|管理|服务|有限公司."""
    trades = trade_words()
    ends = _trade_ends()
    while flat[at - 2 : at] in ends and (size := _longest_end(flat, left, at, trades)):
        at -= size
    return at


@lru_cache(maxsize=1)
def _trade_ends() -> frozenset[str]:
    """The last two characters of trades."""
    return frozenset([word[-2:] for word in trade_words()])


def _longest_end(flat: str, left: int, at: int, trades: frozenset[str]) -> int:
    """The length of the longest trade in ``flat[left:at]`` that ends at ``at``, else 0."""
    for size in range(min(5, at - left), 1, -1):
        if flat[at - size : at] in trades:
            return size
    return 0


def _in_firm(flat: str, start: int, stop: tuple[int, int], hit: Hit) -> bool:
    """Whether a firm's name goes on over a word such as 时: behind its place, before no other (建德市莘|时|客餐饮)."""
    ahead = flat[start : stop[0]]
    firm = "有限" in hit.row.word or "集团" in hit.row.word
    placed = ahead in place_names() or behind_place(ahead) not in ("", ahead)  # 上海|上药集团
    return firm and placed and not locality_at(flat, stop[1])


def _inner(
    flat: str, left: int, start: int, stop: tuple[int, int], trades: int, names: Sequence[int], hit: Hit
) -> bool:
    """Whether a stop word is part of the name around it."""
    first, last = stop
    word = flat[first:last]
    if word in _COUPLES and first in names:
        return False  # 市商会|和|天宇科技有限公司
    if first >= trades and trades - start >= 2 and not nameless(flat[start:trades]):
        return True  # 联贵|商业|运营|管理|有限公司
    # 坪上|乡希望小学: part of a town's name
    if flat[last : last + 1] in _TOWNS and word in _SIDES and not locality_at(flat, last + 1):
        return True
    if word in _SIDES and first > start and _bare_town(flat[first - 1 : last]):
        return True  # 泉上|初级中学
    if last - first == 1:
        if flat[last] == "村" and first - start > 1 and flat[first - 2] in "镇乡道":
            return True  # 观堂镇张|各|村
        firm = "有限" in hit.row.word or "集团" in hit.row.word
        if word in _FIRM_CHARS and firm and behind_place(flat[start:first]) in place_names():
            return True  # 和田|经|纶服饰有限公司
        if word in _loose_stops() and (_in_word(flat, first, last) or _in_firm(flat, start, stop, hit)):
            return True
        if word == "中" and first == start > left:
            return True  # 2021年|中天公益基金会
        if word in _NO_OPENING and (first == left or last in names or _in_firm(flat, start, stop, hit)):
            return True  # 北京二|中|阿尔山分校
        if word in _COUPLES and (
            (first - left == 1 and not locality_at(flat, last)) or _couples(flat, start, first, last, hit)
        ):
            return True  # 天|和|医院
        if word in _COUPLES and "有限" in hit.row.word and trades <= last:
            return True  # 六|和|农牧有限公司
    elif (
        "有限" in hit.row.word
        and start < first
        and word_class(word) == "t"
        and not behind_place(flat[start:first] + " ").strip()
    ):
        return True  # 苏州|明天|健康管理有限公司
    return inside_place(flat, first, last)


def _bare_town(name: str) -> bool:
    """Whether a town bears this name: 泉上 for 泉上镇."""
    return any(name + kind in place_names() for kind in ("镇", "乡", "街道"))


_COUPLES = frozenset({"与", "和", "及"})


def _couples(flat: str, start: int, first: int, last: int, hit: Hit) -> bool:
    """Whether 与 joins two fields of one body (西部研究|与|发展促进会): nouns of no place before the last word."""
    before = next((w for n in (4, 3, 2) if first - n >= start and is_word(w := flat[first - n : first])), "")
    after = flat[last : hit.start]
    return (
        before not in last_words()
        and len(after) in (2, 4)
        and not locality_at(flat, last)
        and all(word_class(word)[:1] in tuple("nvailj") and word_class(word) != "ns" for word in (before, after[:2]))
    )


def behind_stops(flat: str, start: int, end: int) -> int:
    """The end of the last stop word in ``start:end``, else ``start``; 时 and the like open no clause."""
    for first, last, kept in left_stops().find(flat, start, end):
        if not kept and (first > start or flat[first] not in _NO_OPENING):
            start = max(start, last)  # 组织|中天钢铁: nor right behind another stop
    return start


def _word_end(flat: str, first: int, last: int, limit: int) -> int:
    """The end of the verb or adverb that begins with a stop of one character: 全|面 is 全面, 给|予 is 给予."""
    if last - first == 1:
        for end in (first + 4, first + 3, first + 2):
            if end <= limit and limit - end != 1 and word_class(flat[first:end]).startswith(_EMPTY):
                return end if not locality_at(flat, last) else last  # 至|上海市
    return last


_FIRM_CHARS = frozenset("经全受找当以本再使让请原")  # stops that begin no clause right behind a place
_OFFICES = frozenset("局委办")
_FIRMS = frozenset({"company", "school", "hospital", "farm"})
_EMPTY = ("v", "d", "p", "c", "r", "ad")


def left_edge(flat: str, hit: Hit, bounds: Bounds) -> int:
    """Where the name that ends in ``hit`` begins: behind the last stop word, person, verb or numeral before it."""
    at = hit.start
    left = _run_start(flat, at, bounds)
    start, trades = left, _trades(flat, left, at)
    names = bounds.names_between(left, at + 1)
    for first, last, kept in left_stops().find(flat, left, hit.end):
        if not kept:
            if last <= at and not _inner(flat, left, start, (first, last), trades, names, hit):
                start = max(start, _word_end(flat, first, last, at))
        elif flat[first] in "和与及" and county_at(flat, first + 1):
            start = first + 1  # 和|田阳县, 和|平塘县
        elif flat[last - 1] == "和" and left < first and last <= hit.start and is_word(flat[first - 1 : first + 1]):
            start = last  # 牧民|和学校 holds no 民和
        elif flat[first:last] == "和县" and left < first and flat[first - 1] not in "省市":
            start = first + 1  # 县政府和|县教体局
        elif (
            flat[last - 1] in "和与及"
            and not inside_place(flat, first, last)
            and last <= hit.start
            and (last - 1 in names or locality_at(flat, last) or (flat[first] in _OFFICES and hit.row.kind in _FIRMS))
        ):
            start = last  # 科协|和乙县科协, 慈善总会和|勉县慈善协会, 区教育局和|县教育局, 县商务局和|富路车业公司
    if number := _NUMBER.search(flat, start, at):
        for counted in COUNTED.finditer(flat, number.start(), at):
            start = counted.end()
    if bounds.names_between(start, at):
        start = _behind_another(flat, start, hit, bounds)
    opens = _OPENS.match(flat, start, at)
    if opens and locality_at(flat, opens.end()):
        start = opens.end()  # 自2020年|起对口帮扶|雷山县人民医院
    start = _without_verbs(flat, start, at)
    closed = max(flat.find("”", start, at), flat.find('"', start, at))
    nickname = closed >= 0 and flat[start] == "“"
    if closed >= 0 and "“" not in flat[start:closed] and '"' not in flat[start:closed]:
        start = closed + 1
    while start < at and flat[start] in _LEADING and not nickname:
        start += 1
    return start


_LEADING = frozenset(')-&·“"0123456789')


def _behind_another(flat: str, start: int, hit: Hit, bounds: Bounds) -> int:
    """Behind the verb that follows another body's name: 市工商联|发动|市温州商会, not 清华大学|附属|中学."""
    for end in bounds.names_between(start, hit.start):
        if flat[end - 2 : end] == "公司" and hit.row.kind in _OTHERS:
            start = end  # 乳制品有限公司|闽宁产业园
        helps = _HELPS.match(flat, end, hit.start)
        if helps and locality_at(flat, helps.end()):
            start = helps.end()  # 华山医院|对口支援|永平县人民医院
            continue
        for size in (4, 3, 2):
            after = end + size
            word = flat[end:after]
            if after < hit.start and word_class(word) == "v" and (locality_at(flat, after) or word not in _joining()):
                start = after
                break
    return start


_HELPS = re.compile("(?:对口|结对|定点)(?:支援|帮扶|协作|援助|扶贫|共建)了?")
_OPENS = re.compile(rf"(?:起|开始|后|就|便|正式|已)*{_HELPS.pattern}")
_OTHERS = frozenset({"park", "school", "hospital", "association", "agency", "museum"})


@lru_cache(maxsize=1)
def _joining() -> frozenset[str]:
    """Verbs that join two parts of one body's name: 附属, and what firms do."""
    return frozenset({*words("joint"), *trade_words(), *words("describes")})


def _without_verbs(flat: str, start: int, stop: int) -> int:
    """Cut leading verbs and everything up to an adverb or pronoun: 推进|莞韶产业园, 特产开辟更广|消费市场."""
    at, begin, leading = start, start, True
    kept = words("keep")
    for word, tag in tokens(flat[start:stop]):
        at += len(word)
        if word in kept:
            leading = False
        elif tag == "v" and len(word) > 1 and not leading and county_at(flat, at):
            begin, leading = at, True  # 医生抵达|双江县人民医院
        elif word == "各村" and at - start > 3 and flat[at - 4] in "镇乡道":
            leading = False  # 观堂镇张|各村
        elif len(word) > 1 and tag[0] in "dcpru" and not inside_place(flat, at - len(word), at):
            begin, leading = at, True
        elif leading and len(word) > 1 and (tag == "v" or tag[0] in "dcpru" or tag == "ad"):
            if inside_place(flat, at - len(word), at):
                leading = False  # 擂鼓|镇
                continue
            begin = at
        else:
            leading = False
    return begin
