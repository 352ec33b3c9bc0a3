"""What is learnt of a portal's week and where the looks go: pure functions under a simulated clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.schedule import (
    Bounds,
    Look,
    Outcome,
    Pattern,
    Sighting,
    hour_of_week,
    learn,
    news_due,
    next_slot,
    plan,
    rest_due,
    sighting,
)
from crawler.schedule.outcome import SHANGHAI
from crawler.schedule.planning import week

MONDAY = datetime(2026, 3, 2, tzinfo=SHANGHAI)
BOUNDS = Bounds(1, 72)


def at(day: int, hour: float) -> datetime:
    return MONDAY + timedelta(days=day, hours=hour)


def tuesdays(weeks: int) -> list[Sighting]:
    """Six articles every Tuesday, each seen to appear between 9 and 11."""
    return [Sighting(at(7 * w + 1, 9), at(7 * w + 1, 11)) for w in range(weeks) for _ in range(6)]


def waiting(pattern: Pattern, hours: tuple[int, ...]) -> float:
    """Article-hours a week, counted hour by hour and not by the sums of the code under test."""
    total = 0.0
    for hour, rate in enumerate(pattern.per_hour):
        ahead = next(n for n in range(1, 400) if (hour + n) % 168 in hours)
        total += rate * (ahead - 0.5)
    return total


def test_a_weekly_bulletin_is_learnt():
    pattern = learn(tuesdays(8), MONDAY, at(56, 0))
    assert hour_of_week(at(1, 9)) == 33
    assert max(range(168), key=lambda hour: pattern.per_hour[hour]) in (33, 34)
    assert 4.5 < pattern.per_week < 6.5
    tuesday = sum(pattern.per_hour[24:48])
    assert tuesday > 0.8 * pattern.per_week


def test_a_wide_interval_takes_the_shape_of_narrow_ones():
    narrow = [Sighting(at(d, 20), at(d, 21)) for d in range(28)]
    wide = [Sighting(at(d, 0), at(d + 1, 0)) for d in range(28)]
    pattern = learn(narrow + wide, MONDAY, at(28, 0))
    evening = sum(rate for hour, rate in enumerate(pattern.per_hour) if hour % 24 == 20)
    assert evening > 0.6 * pattern.per_week


def test_an_unknown_portal_has_an_office_week():
    pattern = learn([], MONDAY, MONDAY)
    assert pattern.per_week == pytest.approx(5)
    assert pattern.quiet(hour_of_week(at(6, 3)))
    assert not pattern.quiet(hour_of_week(at(2, 10)))


def test_looks_come_right_after_the_bulletin():
    pattern = learn(tuesdays(8), MONDAY, at(56, 0))
    hours = plan({"weekly": pattern}, {"weekly": BOUNDS}, 1.0)["weekly"]
    assert len(hours) <= 7
    assert {35, 36} & set(hours), "a look within the hour or two after 9-11 on Tuesday"
    assert waiting(pattern, hours) < waiting(pattern, tuple(range(18, 168, 24))) / 2


def test_busy_portals_get_more_of_the_budget():
    busy = learn([Sighting(at(d, h), at(d, h + 1)) for d in range(28) for h in range(8, 20)], MONDAY, at(28, 0))
    slow = learn([Sighting(at(d, 10), at(d, 11)) for d in range(0, 28, 14)], MONDAY, at(28, 0))
    chosen = plan({"busy": busy, "slow": slow}, {"busy": BOUNDS, "slow": BOUNDS}, 2.0)
    assert len(chosen["busy"]) > 2 * len(chosen["slow"])
    assert len(chosen["busy"]) + len(chosen["slow"]) <= 28


@given(
    rates=st.lists(st.floats(0, 5), min_size=168, max_size=168),
    price=st.floats(0.01, 500),
    least=st.integers(1, 24),
    more=st.integers(0, 140),
)
@settings(max_examples=15, deadline=None)
def test_bounds_hold_around_the_week(rates, price, least, more):
    bounds = Bounds(least, min(168, 2 * least + more))
    hours = week(Pattern(tuple(rates), 9), bounds, price)
    gaps = [(b - a) % 168 or 168 for a, b in zip(hours, (*hours[1:], hours[0]), strict=True)]
    assert all(bounds.least <= gap <= bounds.most for gap in gaps)


def test_a_cheaper_look_never_makes_waiting_longer():
    pattern = learn(tuesdays(4), MONDAY, at(28, 0))
    waits = [waiting(pattern, week(pattern, BOUNDS, price)) for price in (100, 10, 1, 0.1)]
    assert waits == sorted(waits, reverse=True)


def test_next_slot_is_later_and_wraps_into_the_next_week():
    assert next_slot((10, 35), at(0, 10)) == at(1, 11)
    assert next_slot((10, 35), at(1, 11)) == at(7, 10)


def look(moment: datetime, word: str) -> Look:
    return Look(moment, moment + timedelta(minutes=5), Outcome(word))


def test_a_new_portal_is_due_at_once():
    due = news_due("x", [], (10,), learn([], MONDAY, MONDAY), BOUNDS, MONDAY)
    assert (due.at, due.why) == (MONDAY, "never looked at")


def test_failures_back_off_up_to_the_declared_bound():
    pattern, looks, waits = learn([], MONDAY, MONDAY), [look(at(0, 0), "news")], []
    for _ in range(9):
        looks.append(look(at(0, 1), "site down"))
        due = news_due("x", looks, (10,), pattern, BOUNDS, at(0, 2))
        waits.append((due.at - looks[-1].ended) / timedelta(hours=1))
    assert waits == [1, 2, 4, 8, 16, 32, 64, 72, 72]
    assert "site down 9 times in a row" in due.why
    looks.append(look(at(0, 2), "no news"))
    assert news_due("x", looks, (10,), pattern, BOUNDS, at(0, 3)).at == at(0, 10)


def test_a_missed_slot_is_due_and_a_late_look_is_not_followed_at_once():
    pattern = learn([], MONDAY, MONDAY)
    hours = (10, 17)
    assert news_due("x", [look(at(0, 9), "news")], hours, pattern, BOUNDS, at(0, 16)).at == at(0, 10)
    assert news_due("x", [look(at(0, 16.8), "news")], hours, pattern, BOUNDS, at(0, 16.9)).at == at(3, 16.8)


def test_what_is_left_waits_for_a_quiet_hour():
    pattern = learn([], MONDAY, MONDAY)
    due = rest_due("x", at(0, 1), pattern, 5, 0, at(1, 10))
    assert pattern.quiet(hour_of_week(due.at))
    assert at(1, 10) < due.at < at(2, 0)
    assert rest_due("x", None, pattern, 0, 0, at(1, 10)) is None
    loud = Pattern((1.0,) * 168, 99)
    assert rest_due("x", at(0, 1), loud, 5, 0, at(1, 0)).at == at(2, 1), "after 48 hours at any hour"


@pytest.mark.parametrize(
    ("before", "found", "published", "span"),
    [
        (at(0, 20), at(1, 12), "2026-03-03", (at(1, 0), at(1, 12))),
        (at(1, 9), at(1, 12), "2026-03-03", (at(1, 9), at(1, 12))),
        (at(1, 9), at(1, 12), "2026-02-27", (at(-3, 0), at(-2, 0))),
        (at(1, 9), at(1, 12), None, (at(1, 9), at(1, 12))),
        (None, at(1, 12), "2026-03-03T08:31", (at(1, 8) + timedelta(minutes=31), at(1, 8) + timedelta(minutes=32))),
    ],
)
def test_when_an_article_appeared(before, found, published, span):
    seen = sighting(before, found.astimezone(UTC), published)
    assert (seen.after, seen.before) == span


def test_nothing_is_known_of_an_article_without_date_on_the_first_look():
    assert sighting(None, at(0, 1), None) is None
    assert sighting(None, at(0, 1), "2026") is None
