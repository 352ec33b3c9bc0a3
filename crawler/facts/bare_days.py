"""The month a bare day (``26日``) lies in: the page's, the one told before, or that of the same day written later."""

from __future__ import annotations

import re

from crawler.facts.calendar import month_shifted, parts
from crawler.facts.records import DateBasis


def named_month(published: str, word: str) -> tuple[int, int, DateBasis]:
    """本月, 上月 of the page date."""
    year, month, _ = parts(published)
    assert year is not None
    assert month is not None
    return (*month_shifted(year, month, 0 if word == "本月" else -1), "published")


def recent_month(published: str, day: int) -> tuple[int | None, int | None, DateBasis]:
    """The month of the page date, or the one before it for a day that was still to come."""
    year, month, today = parts(published)
    assert year is not None
    assert month is not None
    if today is not None and day > today + 1:
        year, month = month_shifted(year, month, -1)
    return year, month, "published"


def month_within(start: str | None, end: str | None, day: int) -> tuple[int | None, int | None]:
    """Year and month of a bare day after a date: 1日 behind 10月30日至11月1日 is of November."""
    (year, month, first), (last_year, last_month, last) = parts(start), parts(end)
    if last_month != month and first is not None and last is not None and day < first and day <= last:
        return last_year, last_month
    return year, month


def month_told_later(flat: str, at: int, day: int) -> int | None:
    """The one month in which the same day is written further on: a lead printed again behind its dateline."""
    if "月" not in flat[at:]:
        return None
    found = {int(month) for month in re.findall(rf"(?<!\d)(1[0-2]|0?[1-9])月0?{day}日", flat[at:])}
    return found.pop() if len(found) == 1 else None


def month_beside(day: str | None, shift: int) -> str | None:
    """上个月, 本月 in a page without a date: counted from the day its report opens with, whose year may be unknown."""
    year, month, known = parts(day)
    if month is None or known is None:
        return None
    if year is not None:
        return "{:04d}-{:02d}".format(*month_shifted(year, month, shift))
    return f"--{(month - 1 + shift) % 12 + 1:02d}"
