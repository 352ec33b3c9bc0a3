"""A calendar that tells apart news, silence, a dead site, a changed layout and a day without a run."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.schedule import calendar, outcomes
from crawler.store import RunRow


def run(day: int, *, reason: str | None = "finished", part: str | None = None, **counts: int) -> RunRow:
    started = f"2026-03-{day:02}T02:00:00Z"
    named = {key.replace("__", "/"): value for key, value in counts.items()}
    ended = None if reason is None else f"2026-03-{day:02}T02:05:00Z"
    return RunRow(day, "x", {"part": part} if part else {}, False, "1", started, ended, reason, named)


@pytest.mark.parametrize(
    ("given", "word"),
    [
        (run(1, lists=2, pages=3, new=3), "news"),
        (run(1, lists=2, pages=1, changed=1), "news"),
        (run(1, lists=1), "no news"),
        (run(1, lost=1, lost__fetch=1), "site down"),
        (run(1, lists=2, lists_empty=2), "layout broke"),
        (run(1, lists=2, lists_empty=1), "no news"),
        (run(1, lists=1, lost=4, lost__read=4), "layout broke"),
        (run(1, reason="disk", lists=1, new=4), "failed"),
        (run(1, reason="shutdown"), "failed"),
        (run(1, reason=None), "unfinished"),
        (run(1, part="rest", pages=4), "back-fill"),
    ],
)
def test_one_run_in_a_word(given, word):
    assert [outcome.word for _, outcome in outcomes([given])] == [word]


def test_what_a_monitor_found_in_the_layout_is_told_and_other_findings_are_not():
    layout = {"cause": "coverage/published", "kind": "layout", "message": "no date on 5 of 5 articles"}
    memory = {"cause": "resources/memory", "kind": "resources", "message": "too much"}
    runs = [run(1, lists=1, new=5), run(2, lists=1, new=5), run(3, lists=1, new=5, part="rest")]
    for entered, found in zip(runs, ([memory], [layout], [layout]), strict=True):
        entered.counts["findings"] = found
    told = outcomes(runs)
    assert [outcome.word for _, outcome in told] == ["news", "layout broke", "layout broke"]
    assert told[1][1].why == "no date on 5 of 5 articles"


def test_days_of_the_calendar():
    runs = [
        run(2, lists=1, new=1),
        run(2, lost=1),
        run(3, lists=1),
        run(4, lost=1),
        run(5, lists=1, lists_empty=1),
        run(6, part="rest", pages=9),
    ]
    days = list(calendar(runs, date(2026, 3, 6), 6))
    assert [word for _, word, _ in days] == ["not run", "news", "no news", "site down", "layout broke", "not run"]
    assert days[0][0] == date(2026, 3, 1)
    assert days[4][2] == "no article on 1 of 1 list pages"


def test_days_are_those_of_shanghai():
    late = RunRow(1, "x", {}, False, "1", "2026-03-01T17:00:00Z", "2026-03-01T17:01:00Z", "finished", {"lists": 1})
    assert [word for _, word, _ in calendar([late], date(2026, 3, 2), 2)] == ["not run", "no news"]
