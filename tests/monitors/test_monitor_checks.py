"""What fails a monitor and what does not, on run ledgers written by hand; what counts as which damage."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest

from crawler.monitors import Tally, findings, settles, usual_length
from crawler.monitors.chance import surprise
from crawler.store import RunRow

NOW = datetime(2026, 3, 31, 4, tzinfo=UTC)


def run(number: int, part: str | None = "news", found: tuple[str, ...] = (), **counts: int) -> RunRow:
    named = {key.replace("__", "/"): value for key, value in counts.items()}
    named["findings"] = [{"cause": cause, "kind": "layout", "message": ""} for cause in found]
    return RunRow(number, "x", {"part": part}, False, "1", "2026-03-01T02:00:00Z", "2026-03-01T02:05:00Z", "f", named)


def past(days: int, **counts: int) -> list[RunRow]:
    return [run(number, **counts) for number in range(days)]


def causes(earlier: list[RunRow], part: str | None = "news", **counts: int) -> list[str]:
    return [found.cause for found in findings(run(999, part, **counts).counts, part, earlier)]


@pytest.mark.parametrize("field", ["title", "date", "source", "text"])
def test_a_field_that_vanishes(field):
    told = causes(past(20, judged=4), judged=4, **{f"without__{field}": 4})
    assert told == [f"coverage/{'published' if field == 'date' else field}"]


def test_a_field_that_was_rare_or_never_there_does_not_vanish():
    assert causes(past(20, judged=4, without__source=4), judged=4, without__source=4) == []
    assert causes(past(20, judged=4, without__source=3), judged=4, without__source=4) == []


def test_a_first_run_and_a_second_have_nothing_to_fall_from():
    assert causes([], judged=9, without__date=9) == []
    assert causes([run(1, judged=5)], judged=5, without__date=5) == []


def test_a_single_odd_page_is_none():
    assert causes(past(20, judged=4), judged=1, without__date=1) == []
    assert causes(past(20, judged=4), judged=4, without__date=1) == []


def test_lumps_of_pages_without_a_source_are_no_change():
    """Every fifth day only reprints without a source come in."""
    lumpy = [run(n, judged=5, without__source=5 if n % 5 == 0 else 0) for n in range(40)]
    assert causes(lumpy, judged=5, without__source=5) == []
    even = [run(n, judged=5, without__source=1) for n in range(40)]
    assert causes(even, judged=5, without__source=5) == ["coverage/source"]


def test_a_rare_publisher_is_told_with_its_third_page():
    earlier = past(15, judged=1)
    told = []
    for number in range(20, 23):
        told.append(causes(earlier, judged=1, without__date=1))
        earlier.append(run(number, judged=1, without__date=1))
    assert told == [[], [], ["coverage/published"]]


def test_a_failing_cause_does_not_become_the_norm():
    earlier = past(20, judged=4)
    for number in range(20, 60):
        assert causes(earlier, judged=4, without__date=4) == ["coverage/published"]
        earlier.append(run(number, found=("coverage/published",), judged=4, without__date=4))
    assert causes(earlier, judged=4) == []


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ({"lists": 3, "lists_empty": 3}, ["lists/empty"]),
        ({"lists": 3, "lists_empty": 1}, []),
        ({"asked": 20, "lost": 12, "lists": 1}, ["access/errors"]),
        ({"asked": 20, "lost": 2, "lists": 1}, []),
        ({"lost": 3, "lost__read": 3, "lists": 1, "asked": 4}, ["access/unread"]),
        ({"peak_mb": 900, "memory_limit_mb": 800}, ["resources/memory"]),
        ({"peak_mb": 700, "memory_limit_mb": 800}, []),
        ({"judged": 4, "future": 4}, ["dates/future"]),
        ({"judged": 4, "future": 1}, []),
    ],
)
def test_what_needs_no_past(counts, told):
    assert causes([], **counts) == told


@pytest.mark.parametrize(
    ("before", "counts", "told"),
    [
        ({"judged": 4}, {"judged": 4, "damaged": 3}, ["damage/lost"]),
        ({"judged": 4, "damaged": 4}, {"judged": 4, "damaged": 4}, []),
        ({"judged": 4}, {"judged": 4, "repaired": 4}, ["damage/repaired"]),
        ({"judged": 4, "measured": 4}, {"judged": 4, "measured": 4, "short": 4}, ["length/text"]),
        ({"lists": 3}, {"lists": 9, "lists_empty": 3}, ["lists/empty"]),
        ({"asked": 20}, {"asked": 20, "lost": 5, "lists": 1}, ["access/errors"]),
        ({"judged": 5}, {"judged": 9, "without__events": 9}, ["coverage/events"]),
        ({"judged": 5, "without__events": 4}, {"judged": 9, "without__events": 9}, []),
        ({"peak_mb": 200}, {"peak_mb": 700}, ["resources/memory"]),
        ({"peak_mb": 200}, {"peak_mb": 420}, []),
    ],
)
def test_what_the_past_decides(before, counts, told):
    assert causes(past(30, **before), **counts) == told


def test_a_silent_site_is_told_when_it_is_silent_twice():
    silent = {"lost": 1, "lost__fetch": 1, "asked": 1}
    assert causes(past(5, lists=1), **silent) == []
    assert causes([*past(5, lists=1), run(9, **silent)], **silent) == ["access/unreachable"]
    assert causes([*past(5, lists=1), run(9, **silent)], "rest", **silent) == []


def test_behind_the_last_list_page_nothing_is_normal():
    assert causes([], "rest", lists=1, lists_empty=1) == []


def test_a_quiet_day_settles_nothing():
    quiet = {"lists": 1}
    assert not settles("coverage/published", quiet)
    assert settles("lists/empty", quiet)
    assert settles("access/unreachable", quiet)
    assert not settles("access/unread", quiet)


def test_a_year_of_an_honest_portal_has_no_false_alarm():
    """More of it in benchmarks/bench_monitors.py."""
    dice, earlier = random.Random(4), []
    rates = {"without__title": 0.01, "without__date": 0.05, "without__source": 0.4, "without__events": 0.9}
    for number in range(365):
        n = dice.choice([0, 0, 1, 2, 5])
        counts = {name: sum(dice.random() < rate for _ in range(n)) for name, rate in rates.items()}
        assert causes(earlier, lists=1, judged=n, **counts) == []
        earlier.append(run(number, lists=1, judged=n, **counts))


def test_surprise_is_a_chance():
    assert surprise([(0, 5)], [(0, 10)]) == pytest.approx(1)
    assert surprise([(5, 5)], []) > 0.1
    assert surprise([(3, 3)], [(0, 90)]) < 1e-5
    lumps = [(5, 5) if n % 20 == 0 else (0, 5) for n in range(200)]
    assert surprise([(5, 5)], lumps) == pytest.approx(0.05, rel=0.3)
    assert surprise([(5, 5)] * 4, lumps) < 0.002


def seen(**changed) -> dict[str, int]:
    tally = Tally()
    given = {
        "title": "标题", "published": "2026-03-30", "source": "某日报", "text": "正文" * 400,
        "events": [{"status": "done", "date_start": "2026-03"}], "repairs": [], "fetched": NOW,
    }  # fmt: skip
    tally.add("http://x.example/1.html", **given | changed)
    tally.close(700)
    return {name: count for name, count in tally.counts.items() if name not in ("judged", "text_median", "measured")}


@pytest.mark.parametrize(
    ("changed", "counts"),
    [
        ({}, {}),
        ({"title": None}, {"without/title": 1}),
        ({"published": ""}, {"without/date": 1}),
        ({"events": []}, {"without/events": 1}),
        ({"text": " \n"}, {"without/text": 1}),
        ({"text": "只有一句话。"}, {"short": 1}),
        ({"text": "正文" * 400 + "\ufffd"}, {}),
        ({"text": "正文\ufffd" * 200}, {"damaged": 1}),
        ({"repairs": [{"kind": "gloss", "count": 2, "exact": True}]}, {"repaired": 1}),
        ({"published": "2026-04-03"}, {"future": 1}),
        ({"published": "2027"}, {"future": 1}),
        ({"published": "2026-04-01"}, {}),
        ({"events": [{"status": "done", "date_start": "2028-01-01"}]}, {"future": 1}),
        ({"events": [{"status": "planned", "date_start": "2028-01-01"}]}, {}),
        ({"events": [{"status": "done", "date_start": "--12-24"}]}, {}),
    ],
)
def test_what_is_counted_of_an_article(changed, counts):
    assert seen(**changed) == counts


def test_the_usual_length_is_known_after_ten_articles():
    assert usual_length(past(2, judged=4, text_median=500)) is None
    assert usual_length(past(3, judged=4, text_median=500)) == 500
