"""Partial ISO dates and the arithmetic on them."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import lru_cache


@lru_cache(maxsize=4096)
def iso(year: int | None, month: int | None = None, day: int | None = None) -> str | None:
    """``2017-12-24``, ``2017-12``, ``2017``, ``--12-24``, ``--12``, ``---24``; None when the day does not exist."""
    if month is not None and not 1 <= month <= 12:
        return None
    if day is not None:
        longest = last_day(year if year is not None else 2000, month) if month is not None else 31
        if not 1 <= day <= longest:
            return None
    if year is not None:
        if month is None:
            return None if day is not None else f"{year:04d}"
        return f"{year:04d}-{month:02d}" + (f"-{day:02d}" if day is not None else "")
    if month is not None:
        return f"--{month:02d}" + (f"-{day:02d}" if day is not None else "")
    return f"---{day:02d}" if day is not None else None


@lru_cache(maxsize=4096)
def parts(value: str | None) -> tuple[int | None, int | None, int | None]:
    """Year, month and day of a partial ISO date; None for what is unknown."""
    if not value:
        return None, None, None
    if value.startswith("---"):
        return None, None, int(value[3:5])
    if value.startswith("--"):
        return None, int(value[2:4]), int(value[5:7]) if len(value) > 5 else None
    pieces = [int(p) for p in value[:10].split("-")]
    year, month, day = [*pieces, None, None][:3]
    return year, month, day


def shifted(value: str, days: int) -> str | None:
    """A day moved by days; one without a year stays so. None when it is no day, or its year would be needed."""
    year, month, day = parts(value)
    if month is None or day is None:
        return None
    if year is None:
        return _shifted_in_any_year(month, day, days)
    try:
        return (date(year, month, day) + timedelta(days=days)).isoformat()
    except (ValueError, OverflowError):
        return None


def _shifted_in_any_year(month: int, day: int, days: int) -> str | None:
    """``--MM-DD`` moved within its year, the same in leap years and others."""
    moved = set()
    for year in (2000, 2001):
        try:
            there = date(year, month, day) + timedelta(days=days)
        except (ValueError, OverflowError):
            return None
        moved.add(there.isoformat()[4:] if there.year == year else None)
    told = moved.pop()
    return None if moved or told is None else f"-{told}"


def month_shifted(year: int, month: int, by: int) -> tuple[int, int]:
    """Year and month moved by months."""
    index = year * 12 + month - 1 + by
    return index // 12, index % 12 + 1


def last_day(year: int, month: int) -> int:
    """The number of days of a month."""
    return 29 if month == 2 and calendar.isleap(year) else _DAYS[month - 1]


_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def next_month(year: int | None, month: int) -> tuple[int | None, int]:
    """The month behind one whose year may be unknown."""
    moved = month_shifted(year if year is not None else 2000, month, 1)
    return (None if year is None else moved[0]), moved[1]
