"""When a portal is due, and why: pure functions of its history, its plan and the time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from crawler.schedule.outcome import SHANGHAI, Outcome
from crawler.schedule.pattern import Pattern, hour_of_week
from crawler.schedule.planning import Bounds, next_slot

Part = Literal["news", "rest"]

_REST_EVERY = timedelta(hours=20)
_REST_LATEST = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class Look:
    """One run that read list pages, or tried to."""

    started: datetime
    ended: datetime | None
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Due:
    """A portal is to be harvested from ``at`` on; ``part`` says whether for news or for what is left to do.

    ``found`` is the moment at which that was last looked up, for crawls that start later.
    """

    portal: str
    part: Part
    at: datetime
    why: str
    found: datetime | None = None


def news_due(
    portal: str, looks: Sequence[Look], hours: Sequence[int], pattern: Pattern, bounds: Bounds, now: datetime
) -> Due:
    """Say when the portal's list pages are to be looked at next; ``looks`` oldest first, ``hours`` from ``plan``."""
    if not looks:
        return Due(portal, "news", now, "never looked at")
    last = looks[-1]
    failures = _failures_at_end(looks)
    latest = timedelta(hours=bounds.most)
    if failures:
        wait = min(latest, timedelta(hours=max(1.0, bounds.least) * 2 ** min(failures - 1, 16)))
        times = "once" if failures == 1 else f"{failures} times in a row"
        why = f"{last.outcome.word} {times}, so the next try comes {_span(wait)} after the last"
        return Due(portal, "news", (last.ended or last.started) + wait, why)
    slot = next_slot(hours, last.started + timedelta(hours=bounds.least / 2))
    if slot >= last.started + latest:
        return Due(portal, "news", last.started + latest, f"{_span(latest)} since the last look, the declared bound")
    hour = slot.astimezone(SHANGHAI)
    many = f"{pattern.per_week:.1f} articles a week expected, {len(hours)} looks"
    return Due(portal, "news", slot, f"planned for {hour:%a %H}:00 Shanghai time: {many}")


def rest_due(
    portal: str, last: datetime | None, pattern: Pattern, pending: int, revisits: int, now: datetime
) -> Due | None:
    """Say when to do what is left: deeper list pages, articles to fetch or to look at again; None when nothing is.

    In an hour that rarely brings news, not twice in 20 hours; after 48 hours at any hour. ``last`` is the start of the
    last such run.
    """
    if not pending and not revisits:
        return None
    what = f"{pending} pages left, {revisits} stored articles to look at again"
    earliest = now if last is None else max(now, last + _REST_EVERY)
    latest = earliest if last is None else max(earliest, last + _REST_LATEST)
    for ahead in range(48):
        hour = earliest + timedelta(hours=ahead)
        if pattern.quiet(hour_of_week(hour)):
            return Due(portal, "rest", hour, f"{what}; a quiet hour")
        if last is not None and hour >= latest:
            break
    return Due(portal, "rest", latest, f"{what}; no quiet hour comes")


def _failures_at_end(looks: Sequence[Look]) -> int:
    count = 0
    for look in reversed(looks):
        if look.outcome.good:
            break
        count += 1
    return count


def _span(length: timedelta) -> str:
    hours = length.total_seconds() / 3600
    return f"{hours:g} h" if hours < 48 else f"{hours / 24:g} days"
