"""Which hours of the week to look at a portal: where a look saves the most waiting, within a budget of looks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate

from crawler.schedule.outcome import SHANGHAI
from crawler.schedule.pattern import WEEK, Pattern

_STEPS = 10  # halvings of the search for the price of a look
_DEAREST = 1 << 12
_RESERVE = 0.05  # of the budget, for what no plan holds: tries again at a site that is down, looks brought forward


@dataclass(frozen=True, slots=True)
class Bounds:
    """Hours between two looks at a portal: at least ``least``, at most ``most``."""

    least: float
    most: float


def plan(
    patterns: Mapping[str, Pattern], bounds: Mapping[str, Bounds], looks_per_day: float
) -> dict[str, tuple[int, ...]]:
    """Return each portal's hours of the week to look at it, on average ``looks_per_day`` per portal and day.

    A look has a price in article-hours of waiting, the same for all portals; the lowest price that keeps to the budget
    is taken. So a portal that publishes much, or at set hours, gets more of the looks, and hours without news get none.
    Bounds go before the budget.
    """
    budget = looks_per_day * 7 * len(patterns) * (1 - _RESERVE)
    cheap, dear = 0.0, float(_DEAREST)
    chosen = {name: week(patterns[name], bounds[name], dear) for name in patterns}
    for _ in range(_STEPS):
        price = (cheap * dear) ** 0.5 if cheap else dear / 16
        tried = {name: week(patterns[name], bounds[name], price) for name in patterns}
        if sum(map(len, tried.values())) <= budget:
            chosen, dear = tried, price
        else:
            cheap = price
    return chosen


def week(pattern: Pattern, bounds: Bounds, price: float) -> tuple[int, ...]:
    """Return the hours of the week at which looks of this price make the least sum of waiting and prices.

    Waiting is in article-hours: an article waits from its appearance to the next look. Shortest path over the hours
    of one week that begins and ends with a look; where to begin is found on two weeks on end.
    """
    least, most = max(1, round(bounds.least)), min(WEEK, max(1, round(bounds.most)))
    first = _path(pattern.per_hour * 2, least, most, price)
    begin = first[bisect_left(first, WEEK // 2)] % WEEK
    turned = pattern.per_hour[begin:] + pattern.per_hour[:begin]
    return tuple(sorted({(begin + hour) % WEEK for hour in _path(turned, least, most, price)}))


def next_slot(hours: Sequence[int], after: datetime) -> datetime:
    """The first moment later than ``after`` that begins one of the hours of the week."""
    local = after.astimezone(SHANGHAI)
    monday = (local - timedelta(days=local.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    moments = (monday + timedelta(hours=hour + shift) for shift in (0, WEEK) for hour in hours)
    return next(moment for moment in moments if moment > after)


def _path(per_hour: Sequence[float], least: int, most: int, price: float) -> list[int]:
    """The cheapest way from a look at hour 0 to one at the end, as the hours looked at, the end included."""
    end = len(per_hour)
    came = [0.0, *accumulate(per_hour)]
    at = [0.0, *accumulate(rate * (hour + 0.5) for hour, rate in enumerate(per_hour))]
    best, back = [0.0] + [float("inf")] * end, [0] * (end + 1)
    for hour in range(1, end + 1):
        # the best look before never moves back as the hour goes on (the waiting obeys the quadrangle inequality)
        for last in range(max(0, hour - most, back[hour - 1]), hour - least + 1):
            cost = best[last] + price + hour * (came[hour] - came[last]) - (at[hour] - at[last])
            if cost < best[hour]:
                best[hour], back[hour] = cost, last
    path, hour = [], end
    while hour > 0:
        path.append(hour)
        hour = back[hour]
    return path[::-1]
