"""Time expressions as written: numbers, ranges, lists and words, not yet resolved to a year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from crawler.facts.numbers import numeral
from crawler.facts.tables import Scan


class Atom(NamedTuple):
    """A written date or range: parts of its first and, for a range, of its last day, and the words around it."""

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None
    year_word: str | None = None
    month_word: str | None = None
    last: Atom | None = None
    part: str | None = None  # 上旬, 底, 上半年 …
    suffix: str | None = None  # 以来, 起 …
    until: bool = False  # 截至
    since: bool = False  # 自 … 起, 从 … 以来: background, no date for later words to refer to


class Word(NamedTuple):
    """A time word of the table ``times`` or a span of years (``5年来``)."""

    start: int
    end: int
    kind: str
    value: str
    rule: str
    suffix: str | None = None


_CN = "〇○零一二三四五六七八九"
_YEAR = rf"(?:(?:19|20)\d\d|[一二][〇○零九][{_CN}]{{2}})"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九])"
_TO = r"(?:\s?(?:至|到|-{1,2}|~)\s?)"
_REL = r"(?:今年|去年|前年|明年|本年|同年|当年|[这那]一?年(?=\d|[一二三四五六七八九十])|次年|翌年|上年)"
_PART = (
    r"(?P<part>上旬|中旬|下旬|年?初(?![中级步一二三])|年?底(?!下)|年?末|中(?=[,。、;的)]|以来)|上半年|下半年|春节|国庆|元旦|秋季|春季|夏季|冬季|夏天|"
    r"冬天|春天|秋天|[一二三四]季度|第[一二三四]季度|前[一二三]季度)?"
)
# A number run is never read behind a lost byte, another digit or a decimal point.
_OPEN = rf"(?<![\d?\ufffd第零〇{_CN}百千万廿])(?<!\d\.)(?<![?\ufffd]\d年)(?<![?\ufffd]\d\d年)"
_BARE_DAY_STOP = r"(?!元|均|游|龄|内|之内|报(?!道)|用|常|程|本|军|间|志|产|薪|租|化)"
_ATOM = re.compile(
    rf"{_OPEN}(?:"
    # 2017-12-24, 2017/12/24, 2017.12.24
    rf"(?P<iso>(?:19|20)\d\d)(?P<sep>[-/.])(?P<isom>1[0-2]|0?[1-9])(?P=sep)(?P<isod>3[01]|[12]\d|0?[1-9])(?![\d.])日?"
    # 2016-2020年, 1至9月, 25日至27日: the left side may lack its unit
    rf"|(?:(?P<y>{_YEAR})\s?(?:年度?(?!级)|学年|(?={_TO}{_YEAR}\s?(?:年|学年)))|(?P<y2>\d\d)年(?=\s?{_MONTH}月))?"
    rf"(?P<rel>{_REL})?的?\s?"
    rf"(?:(?P<m>{_MONTH})\s?(?:月份?|(?={_TO}{_MONTH}月(?!龄))))?\s?"
    rf"(?P<relm>(?:本月|上月|上个月|当月)(?={_DAY}日))?"
    rf"(?:(?P<d>{_DAY})\s?(?:日(?!报(?!道|到))|号|(?=(?:{_TO}|、){_DAY}(?:日|号))))?"
    rf"{_PART})"
)
# Where an atom may begin: digits before a unit, a range or a list, or a word for a year or month.
_START = re.compile(
    rf"[\d{_CN}十今去前明本同当次翌上这那](?:(?<=\d)\d{{0,3}}\s?(?=[年月日号至到、\-~./])"
    rf"|(?<=[{_CN}十])[{_CN}十]{{0,3}}\s?(?=[年月日号至到、])|(?<=[今去前明本同当次翌上这那])(?=一?年|月|个月))"
)
_SUFFIX = re.compile(
    r"(?:凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚|夜间|夜)?(?:\d{1,2}[时点:]\d{0,2}分?)?(?:期间)?(?P<since>以来|起|开始|至今)?"
)
_SUFFIX_STARTS = frozenset("凌清早上中下傍晚夜期以起开至0123456789")
_LIST = re.compile(r"\s?(?:、|和|及)\s?")
_RANGE = re.compile(_TO)
_YEARS_BACK = re.compile(
    rf"{_OPEN}(?P<near>近|过去|这)?(?P<n>\d{{1,2}}|[一二两三四五六七八九十]{{1,3}})(?P<more>多|余)?(?:个)?(?P<unit>年|个月|月)(?P<more2>多)?(?:以?来(?!的?路)|间(?=,))"
)


# The last words of such spans: one character that a search finds fast, and then what stands before it.
_YEARS_TAILS = (
    re.compile(r"来(?:(?<=[年月]来)|(?<=[年月][多以]来)|(?<=[年月]多以来))"),
    re.compile(r"间,(?:(?<=[年月]间,)|(?<=[年月]多间,))"),
)


def _years_back(flat: str) -> Iterator[re.Match[str]]:
    """``近5年来``: looked for from its end, which is rare."""
    for pattern in _YEARS_TAILS:
        for tail in pattern.finditer(flat):
            unit = tail.start() - 1
            while flat[unit] not in "年月":
                unit -= 1
            for start in range(max(0, unit - 7), unit):
                found = _YEARS_BACK.match(flat, start)
                if found:
                    yield found
                    break


_NUMBERED = re.compile(r"(?m)^[ \t]*\d{1,2}[.、](?=\d{1,4}[年月])")  # 3.5月9日: the third item of a list
_AFTER_NUMBER = (re.compile(r"\.\d{1,4}[年月]"), re.compile(r"、\d{1,4}[年月]"))  # most texts have none


def expressions(scanned: Scan, odd: Iterable[Atom] = ()) -> Iterator[Atom | Word]:
    """Atoms, those of ``odd`` shapes among them, and words by position, the longer first where they overlap."""
    flat = scanned.flat
    if any(pattern.search(flat) for pattern in _AFTER_NUMBER):
        flat = _NUMBERED.sub(lambda m: " " * len(m.group()), flat)
    items: list[Atom | Word] = [*_atoms(flat), *odd]
    items += [Word(m.start(), m.end(), "years-back", f"{m['n']}/{m['unit']}", "years-back") for m in _years_back(flat)]
    items += [_word(flat, start, end, row.kind, row.value, row.rule) for start, end, row in scanned.of("times")]
    items.sort(key=lambda item: (item[0], -item[1]))
    reached, titles = 0, "《" in flat
    for item in items:
        start, end = item[:2]
        if start >= reached:
            reached = end
            if not (titles and isinstance(item, Atom) and _in_title(flat, start)):
                yield item


def _word(flat: str, start: int, end: int, kind: str, value: str, rule: str) -> Word:
    tail = _WORD_TAIL.match(flat, end)
    suffix = None
    if tail and tail.end() > end:
        end, suffix = tail.end(), tail["since"]
    return Word(start, end, kind, value, rule, suffix)


_WORD_TAIL = re.compile(r"(?:(?:期间|时期|规划期间?|中后期)|(?:上午|下午|晚上|晚|凌晨|中午))?(?P<since>以来|起|开始)?")


def _atoms(flat: str) -> Iterator[Atom]:
    position = 0
    while True:
        seed = _START.search(flat, position)
        if seed is None:
            return
        atom = _atom_at(flat, seed.start())
        if atom is not None and flat.endswith(_LUNAR, 0, atom.start):
            position = atom.end
            continue
        if atom is None:
            position = seed.start() + 1
            continue
        for piece in _chain(flat, atom):
            yield piece
            position = piece.end


def _atom_at(flat: str, position: int) -> Atom | None:
    match = _ATOM.match(flat, position)
    if match is None or match.end() == position:
        return None
    iso, iso_month, iso_day, y, y2, rel, m, rel_month, d, part = match.group(*_PARTS)
    if iso:
        return _with_suffix(flat, position, match.end(), (int(iso), int(iso_month), int(iso_day), None, None, None))
    if not (y or y2 or m or d) and not (rel and part):
        return None  # 今年 alone is a word of the table
    year, month, day = _year(y, y2), _small(m), _small(d)
    if day is not None and month is None and not _day_stands_alone(flat, match):
        return None
    if day is not None and month is None and (year is not None or rel):
        return None
    if month is not None and day is None and _NO_MONTH.match(flat[match.end() : match.end() + 1]):
        return None
    end = match.end()
    while end > position and flat[end - 1] == " ":
        end -= 1
    return _with_suffix(flat, position, end, (year, month, day, rel, rel_month, part))


_LUNAR = ("农历", "阴历", "旧历")  # days of another calendar
_PARTS = ("iso", "isom", "isod", "y", "y2", "rel", "m", "relm", "d", "part")
_Written = tuple[int | None, int | None, int | None, str | None, str | None, str | None]


def _day_stands_alone(flat: str, match: re.Match[str]) -> bool:
    """``21日下午`` and ``25日至`` are dates; ``3日内``, ``1号楼``, ``十日游`` are not."""
    if not match["d"].isdigit() or (
        flat[match.start("d") - 1 : match.start("d")] in ("月", "年") and not match["relm"]
    ):
        return False
    tail = flat[match.end() : match.end() + 3]
    if flat[match.end() - 1] == "号":
        return bool(_HOURS.match(tail))
    if re.match(_BARE_DAY_STOP, tail) is None:
        return False
    return not (flat[match.start() - 1 : match.start()] in ("近", "满", "每", "历") and match.start() > 0)


def _year(four: str | None, two: str | None) -> int | None:
    if four:
        return (
            int(four)
            if four.isdigit()
            else int("".join(str("〇一二三四五六七八九".find(c) if c not in "○零" else 0) for c in four))
        )
    if two:
        return int(two) + (2000 if int(two) < 50 else 1900)
    return None


@lru_cache(maxsize=256)
def _small(text: str | None) -> int | None:
    value = numeral(text) if text else None
    return int(value) if value is not None else None


def _with_suffix(flat: str, start: int, end: int, written: _Written) -> Atom:
    suffix = None
    if flat[end : end + 1] in _SUFFIX_STARTS and (tail := _SUFFIX.match(flat, end)):
        end, suffix = tail.end(), tail["since"]
    before = flat[max(0, start - 3) : start]
    until = "截" in before and _UNTIL.search(before) is not None
    begin = start - (len(before) - before.rfind("截")) if until else start
    since = before[-1:] in ("自", "从") and before[-2:-1] != "来"
    year, month, day, year_word, month_word, part = written
    return Atom(
        begin, end, year, month, day, year_word, month_word, None, part, suffix, until, since or suffix is not None
    )


def _chain(flat: str, first: Atom) -> list[Atom]:
    """Join ``first`` with what follows to a range (至) or a list of days (、); consecutive days become a range."""
    link = _RANGE.match(flat, first.end)
    if link and first.suffix is None:
        last = _atom_at(flat, link.end())
        if last and not last.year_word and grain(last) == grain(first):
            return [first._replace(end=last.end, last=last, suffix=last.suffix)]
        if last is None and _NOW.match(flat[link.end() : link.end() + 2]):
            return [first._replace(end=link.end() + 1, suffix="至今")]
    days = [first]
    while first.day is not None and days[-1].suffix is None:
        link = _LIST.match(flat, days[-1].end)
        following = _atom_at(flat, link.end()) if link else None
        if following is None or following.day is None or following.year is not None or following.year_word:
            break
        inherited = following if following.month else following._replace(month=days[-1].month)
        days.append(inherited._replace(year=days[-1].year, year_word=days[-1].year_word))
    if len(days) > 1 and all(b.month == days[0].month and b.day == (a.day or 0) + 1 for a, b in pairwise(days)):
        return [first._replace(end=days[-1].end, last=days[-1])]
    return days


def _in_title(flat: str, position: int) -> bool:
    """Whether ``position`` lies between 《 and 》 of one line: a date there is part of a document's name."""
    opened = flat.rfind("《", max(0, position - 80), position)
    return opened >= 0 and "》" not in flat[opened:position] and "\n" not in flat[opened:position]


def grain(atom: Atom) -> str:
    """``day``, ``month`` or ``year``: the finest part written."""
    return "day" if atom.day is not None else "month" if atom.month is not None else "year"


_NO_MONTH = re.compile(r"[龄饼球薪租均嫂]")
_HOURS = re.compile(r"上午|下午|晚|早|中午|至|到|-|,")
_UNTIL = re.compile(r"截[至止]到?$|截止$")
_NOW = re.compile(r"今|目前|现在")
