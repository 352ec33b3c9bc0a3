"""Moments as people type them: ``2026-03-01``, ``2026-03-01T08:00``, ``36h``, ``7d``."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

_SHANGHAI = timezone(timedelta(hours=8))
_AGO = re.compile(r"(\d{1,4})\s*(h|d|w)")
_HOURS = {"h": 1, "d": 24, "w": 168}


class MomentError(ValueError):
    """Not a moment; the message says what to write."""


def parse_moment(text: str, now: datetime) -> datetime:
    """Return the moment in UTC; without an offset it is Shanghai time. Raises MomentError."""
    if ago := _AGO.fullmatch(text.strip()):
        return now.astimezone(UTC) - timedelta(hours=int(ago[1]) * _HOURS[ago[2]])
    try:
        moment = datetime.fromisoformat(text.strip())
        return (moment.replace(tzinfo=_SHANGHAI) if moment.tzinfo is None else moment).astimezone(UTC)
    except (ValueError, OverflowError):
        raise MomentError(f"{text}: not a moment; write 2026-03-01, 2026-03-01T08:00, 36h or 7d") from None
