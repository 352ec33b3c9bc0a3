"""Days in shapes of their own: 今(28)日, 917日 where a page lost its 月, 2/21/2017, 正月初八, 国庆节当天."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from crawler.facts.calendar import iso, parts
from crawler.facts.expressions import Atom
from crawler.facts.numbers import numeral
from crawler.facts.tables import read_table

# A digit comes first and what stands before it is looked at behind: a search then skips to digits.
_GLUED = re.compile(
    r"(?P<day>\d(?<![\d.?\ufffd月]\d)(?:\d{2,3}|(?<=[3-9])\d))(?:日|(?=(?:至|到|-)\d{1,2}日))(?:(?:至|到|-)(?P<last>\d{1,2})日)?(?!报|均|游|元|内|之内)"
)
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)(?![\d/])")
_YEARLESS = re.compile(r"(?<![\d.?\ufffd])((?:19|20)\d\d)(1[0-2]|[1-9])月(?:(3[01]|[12]\d|[1-9])日)?")
_GLUED_MONTH = re.compile(r"月(?<=\d{5}月)")  # most texts have none
_BRACKETED = re.compile(r"[今昨前明]\s?[(]([12]\d|3[01]|0?[1-9])[)]\s?(?:日|天)")
_FIRST_MONTH = re.compile(
    r"(?<![个(])(?:(?:农历)?正月|大年)(初[一二三四五六七八九十]|十[一二三四五六七八九]|二十[一二三四五六七八九]?|廿[一二三四五六七八九])(?!月)"
)
_DAYS = "一二三四五六日"
_WEEKDAY = re.compile(rf"(?P<week>[上本这])(?:个)?(?:周|星期|礼拜)(?P<day>[{_DAYS}])(?![年级、至到])(?:上午|下午|晚)?")
_DAY_BEFORE = re.compile(r"(?<![目之以年月日天此先提生节])前日(?![均本报期常程前])(?:上午|下午|晚)?")  # not 目前|日均
_QUOTE = re.compile('[“”"]')
_FEAST_DAY = re.compile("(节|元旦|扶贫日)(?:这天|那天|当天|当日|这一天|上午|下午|晚上)")
_FEAST = 12  # characters before that may be its name
_RECENT = 45  # days before the page date: what a page that lost a 月 tells as news


def odd_days(flat: str, published: str | None) -> Iterator[Atom]:
    """The days of ``flat`` so written, where one reading alone is possible; for a lost 月 the page date must vouch."""
    for found in _BRACKETED.finditer(flat) if "(" in flat else ():
        yield Atom(found.start(), found.end(), None, None, int(found[1]))
    if "/20" in flat or "/19" in flat:
        for found in _SLASHED.finditer(flat):
            first, second, year = (int(number) for number in found.groups())
            month, day = (second, first) if first > 12 else (first, second)
            if max(first, second) > 12 and iso(year, month, day):
                yield Atom(found.start(), found.end(), year, month, day)
    for found in _FIRST_MONTH.finditer(flat) if "正月" in flat or "大年" in flat else ():
        if first_month := _of_first_month(found[1], published):
            yield Atom(found.start(), found.end(), *first_month)
    yield from _feast_days(flat)
    if ("周" in flat or "星期" in flat) and published and len(published) == 10 and published[0] != "-":
        yield from _weekdays(flat, date.fromisoformat(published))
    if "前日" in flat and published and len(published) == 10 and published[0] != "-":
        told = date.fromisoformat(published) - timedelta(days=2)
        for found in _DAY_BEFORE.finditer(flat):
            yield Atom(found.start(), found.end(), told.year, told.month, told.day)
    for found in _YEARLESS.finditer(flat) if _GLUED_MONTH.search(flat) else ():
        yield Atom(found.start(), found.end(), int(found[1]), int(found[2]), int(found[3]) if found[3] else None)
    if published is not None and len(published) == 10 and published[0] != "-":
        for found in _GLUED.finditer(flat):
            readings = list(_recent(found["day"], published))
            if len(readings) == 1:
                last = found["last"] and Atom(found.start("last"), found.end(), None, None, int(found["last"]))
                yield Atom(found.start(), found.end(), None, *readings[0], last=last or None)


def _weekdays(flat: str, published: date) -> Iterator[Atom]:
    """上周五, 本周一, told from the page date; a bare 星期五 stands beside a date and tells nothing more."""
    for found in _WEEKDAY.finditer(flat):
        monday = published - timedelta(days=published.weekday() + 7 * (found["week"] == "上"))
        day = monday + timedelta(days=_DAYS.index(found["day"]))
        yield Atom(found.start(), found.end(), day.year, day.month, day.day)


@cache
def _feasts() -> dict[str, tuple[int, int]]:
    return {row.word: (int(row.value[:2]), int(row.value[3:])) for row in read_table("feasts")}


def _feast_days(flat: str) -> Iterator[Atom]:
    """A feast told as a day: “六一”儿童节这天; 国庆节前夕 and 教师节期间 are none."""
    for found in _FEAST_DAY.finditer(flat):
        shown = flat[max(0, found.start() - _FEAST) : found.end(1)]
        told = next(((name, size) for name in _feasts() for size in _sizes(name) if _same(shown[-size:], name)), None)
        if told is not None:
            yield Atom(found.end(1) - told[1], found.end(), None, *_feasts()[told[0]])


def _sizes(name: str) -> tuple[int, int]:
    """How long a name is as printed: plain, or its first characters in quotation marks (“六一”儿童节)."""
    return len(name), len(name) + 2


def _same(shown: str, name: str) -> bool:
    return shown == name or (len(shown) == len(name) + 2 and _QUOTE.sub("", shown) == name)


@cache
def _festivals() -> dict[int, date]:
    return {int(row.word): date.fromisoformat(row.value) for row in read_table("spring_festivals")}


def _of_first_month(written: str, published: str | None) -> tuple[int, int, int] | None:
    """Year, month and day of 初八 in the first lunar month before the page date."""
    year = parts(published)[0] if published else None
    number = numeral(written.lstrip("初").replace("廿", "二十"))
    for told in (year, year - 1) if year and number else ():
        first = _festivals().get(told)
        day = first + timedelta(days=int(number) - 1) if first and number else None
        if day and day.isoformat()[: len(published or "")] <= (published or ""):
            return day.year, day.month, day.day
    return None


def _recent(digits: str, published: str) -> Iterator[tuple[int, int]]:
    """The months and days that the digits can be, shortly before the page date."""
    year, _, _ = parts(published)
    for size in (1, 2):
        month, day = int(digits[:size]), digits[size:]
        if not 1 <= len(day) <= 2:
            continue
        for told in (year, (year or 0) - 1):
            value = iso(told, month, int(day))
            if value and 0 <= (date.fromisoformat(published) - date.fromisoformat(value)).days <= _RECENT:
                yield month, int(day)
                break
