"""Dates and places as wide or narrow as a text states them: do two overlap, what holds them?"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

Grade = Literal["day", "month", "period"]
Span = tuple[str | None, str | None]

_FULL = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?$")
_YEARLESS = re.compile(r"--(\d\d)(?:-(\d\d))?$")
_ADMIN = re.compile(
    r"(?P<province>.{2,7}?(?:省|自治区|特别行政区)|(?:北京|上海|天津|重庆)市|新疆生产建设兵团)(?P<rest>.*)"
)
_PREFECTURE = re.compile(r".{1,12}?(?:自治州|地区|盟|市|县|区|旗|林区)")
_LEAP_YEAR = 2016
_SHORT = 10


@lru_cache(maxsize=1 << 14)
def overlap(a: Span, b: Span) -> Grade | None:
    """Return how finely two dated spans are known to overlap: within ten days, a month, or only a longer period.

    None when they do not overlap or one is unknown. A date without a year is compared by its day of the year and
    counts as one grade coarser; against a span of over two months it says nothing.
    """
    if _yearless(a) or _yearless(b):
        return _overlap_yearless(a, b)
    first, second = days(a), days(b)
    if first is None or second is None or first[0] > second[1] or second[0] > first[1]:
        return None
    widest = max((end - start).days for start, end in (first, second))
    narrowest = min((end - start).days for start, end in (first, second))
    if widest <= _SHORT:
        return "day"
    return "month" if widest <= 31 or (narrowest <= 10 and widest <= 62) else "period"


def labels(start: str | None, end: str | None) -> list[tuple[str, str]]:
    """Return broad labels for a span (month, year, month of any year), ``=`` where it knows no better, else ``-``."""
    if start and (yearless := _YEARLESS.match(start)):
        return [(f"any-{yearless[1]}", "=")]
    known = days((start, end))
    if known is None:
        return []
    months = _months(*known)
    years = sorted({month[:4] for month in months})
    any_year = sorted({f"any-{month[5:]}" for month in months}) if len(months) <= 3 else []
    if len(months) > 3:
        return [(year, "=") for year in years[:5]]
    return [(month, "=") for month in months] + [(label, "-") for label in years + any_year]


def day_labels(span: Span) -> list[str]:
    """Return the days of a span of at most eleven; spans that ``overlap`` by days have one in common."""
    known = days(span)
    if known is None or (known[1] - known[0]).days > _SHORT:
        return []
    return [(known[0] + timedelta(days=n)).isoformat() for n in range((known[1] - known[0]).days + 1)]


def tiers(name: str) -> tuple[str, str | None]:
    """Return the province and the unit next below it (in full, or None) that a full place name begins with."""
    found = _ADMIN.match(name)
    if not found:
        return name, None
    below = _PREFECTURE.match(found["rest"])
    return found["province"], found["province"] + below.group() if below else None


def days(span: Span) -> tuple[date, date] | None:
    """Return the first and last day of a span, None when its year is not known."""
    start, end = span
    first = _FULL.match(start or "")
    last = _FULL.match(end or start or "")
    if not first or not last:
        return None
    try:
        begin = date(int(first[1]), int(first[2] or 1), int(first[3] or 1))
        year, month = int(last[1]), int(last[2] or 12)
        finish = date(year, month, int(last[3] or monthrange(year, month)[1]))
    except ValueError:
        return None
    return (begin, finish) if begin <= finish else (finish, begin)


def _months(start: date, end: date) -> list[str]:
    count = (end.year - start.year) * 12 + end.month - start.month + 1
    first = start.year * 12 + start.month - 1
    return [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(first, first + min(count, 120))]


def _yearless(span: Span) -> bool:
    return bool(span[0] and _YEARLESS.match(span[0]))


def _overlap_yearless(a: Span, b: Span) -> Grade | None:
    """Compare by the day of the year, laid out in one leap year."""
    for year in {_year(a), _year(b)} - {None} or {_LEAP_YEAR}:
        first, second = days(_in_year(a, year)), days(_in_year(b, year))
        if first and second and first[0] <= second[1] and second[0] <= first[1]:
            widest = max((end - start) for start, end in (first, second))
            if widest > timedelta(days=62):
                return None
            return "month" if widest <= timedelta(days=10) else "period"
    return None


def _year(span: Span) -> int | None:
    found = _FULL.match(span[0] or "")
    return int(found[1]) if found else None


def _in_year(span: Span, year: int | None) -> Span:
    def full(value: str | None) -> str | None:
        return f"{year}-{value[2:]}" if value and value.startswith("--") else value

    return full(span[0]), full(span[1])
