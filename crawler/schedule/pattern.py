"""When a portal publishes: expected articles per hour of the week, learnt from when its articles were first seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.schedule.outcome import SHANGHAI

WEEK = 168
"""Hours; hour 0 is Monday 00:00 in Shanghai."""

_HALF_LIFE = 45.0  # days after which a sighting counts half: habits change
_ROUNDS = 6
_START_RATE = 5.0  # articles a week, held for a portal nobody has watched yet; worth one week of watching
_DAYS_PRIOR, _HOURS_PRIOR = 3.0, 5.0  # how many sightings the two tables below are worth

# What is assumed of an unknown portal, and no more: an office's week and day. What is seen soon outweighs it.
_DAYS = (1.0, 1.0, 1.0, 1.0, 1.0, 0.3, 0.3)
_HOURS = (0.2,) * 7 + (0.5, 1.5, 2, 2, 1.5, 0.8, 1, 2, 2, 2, 1.5, 0.8, 0.6, 0.6, 0.5, 0.4, 0.3)


@dataclass(frozen=True, slots=True)
class Sighting:
    """An article that appeared at some moment after ``after`` and not later than ``before``."""

    after: datetime
    before: datetime


@dataclass(frozen=True, slots=True)
class Pattern:
    """``per_hour``: articles expected in each of the 168 hours of the week. ``seen``: sightings it rests on."""

    per_hour: tuple[float, ...]
    seen: int

    @property
    def per_week(self) -> float:
        """Articles expected in a week."""
        return sum(self.per_hour)

    def quiet(self, hour: int) -> bool:
        """Whether an hour of the week brings less than half of what hours bring on average."""
        return self.per_hour[hour % WEEK] * 2 * WEEK < self.per_week


def learn(sightings: Sequence[Sighting], since: datetime, now: datetime) -> Pattern:
    """Estimate the week of a portal that has been watched from ``since`` to ``now``.

    A sighting tells an interval, not a moment, so its weight is shared among the hours of the interval in proportion
    to the estimate, and the estimate made anew, a few times over (expectation maximisation of a Poisson process whose
    rate is a weekday factor times an hour factor). Older sightings count less.
    """
    weighted = [(_hours(s), 0.5 ** (_days(s.before, now) / _HALF_LIFE)) for s in sightings]
    days, hours = _shares(_DAYS), _shares(_HOURS)
    for _ in range(_ROUNDS):
        by_day, by_hour = [_DAYS_PRIOR * share for share in _shares(_DAYS)], [_HOURS_PRIOR * s for s in _shares(_HOURS)]
        for span, weight in weighted:
            odds = [(hour, days[hour // 24] * hours[hour % 24] * overlap) for hour, overlap in span]
            total = sum(odd for _, odd in odds)
            for hour, odd in odds:
                by_day[hour // 24] += weight * odd / total
                by_hour[hour % 24] += weight * odd / total
        days, hours = _shares(by_day), _shares(by_hour)
    rate = (_START_RATE + sum(weight for _, weight in weighted)) / (1 + _weeks_watched(since, now))
    return Pattern(tuple(rate * day * hour for day in days for hour in hours), len(weighted))


def hour_of_week(moment: datetime) -> int:
    """The hour of the week (Shanghai time) that ``moment`` lies in."""
    local = moment.astimezone(SHANGHAI)
    return local.weekday() * 24 + local.hour


def _hours(sighting: Sighting) -> list[tuple[int, float]]:
    """The hours of the week an interval touches and how much of each, at most one week back from its end."""
    start = max(sighting.after, sighting.before - timedelta(hours=WEEK))
    if start >= sighting.before:
        return [(hour_of_week(sighting.before), 1.0)]
    touched = []
    while start < sighting.before:
        full = start.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        end = min(full, sighting.before)
        touched.append((hour_of_week(start), (end - start).total_seconds() / 3600))
        start = end
    return touched


def _weeks_watched(since: datetime, now: datetime) -> float:
    """Length of the watch, older weeks counting less as their sightings do."""
    days = max(0.0, _days(since, now))
    mean_life = _HALF_LIFE / 0.6931471805599453
    return float(mean_life * (1 - 0.5 ** (days / _HALF_LIFE)) / 7)


def _days(earlier: datetime, later: datetime) -> float:
    return (later - earlier).total_seconds() / 86400


def _shares(values: Sequence[float]) -> list[float]:
    total = sum(values)
    return [value / total for value in values]
