"""Hosts that turn us away, break down or ask for patience: backed off, left alone, and told in the calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime

import pytest

from crawler.guard import HostState, Patience, retry_after
from crawler.schedule import calendar, outcomes
from tests.spiders.conftest import LIST_1, article_url, cinic
from tests.spiders.hostile.challenges import CHALLENGES
from tests.spiders.hostile.server import Web, answer, in_turn

CALM = {"BACKOFF_START": 0, "HOST_REFUSALS": 3, "CONCURRENT_REQUESTS": 1}


def outcome(store):
    (_, told), *_ = outcomes(store.runs())
    return told


@pytest.mark.parametrize("name", CHALLENGES)
def test_a_challenge_for_one_page_is_refused_and_the_rest_is_harvested(web: Web, crawl, store, name):
    numbers = cinic(web)
    status, body = CHALLENGES[name]
    web.put(article_url(4), body, status)
    run = crawl("cinic", CALM)
    assert len(run.items) == len(numbers) - 1
    row = store.url(article_url(4))
    assert (row.state, row.status, store.record(article_url(4))) == ("failed", status, None)
    said = [line for line in run.lines if line.startswith(f"{article_url(4)}: ")]
    assert len(said) == 1
    assert "instead of a page" in said[0]
    assert run["lost/refused"] == 1
    assert store.runs()[0].reason == "finished"


def test_a_host_that_turns_us_away_is_left_alone_and_the_rest_waits(web: Web, crawl, store):
    cinic(web)
    status, body = CHALLENGES["too-often-200"]
    good = {n: web.faults[article_url(n)] for n in range(1, 8)}
    for n in good:
        web.put(article_url(n), body, status)
    run = crawl("cinic", CALM)
    articles = [url for url in web.urls() if "/8400" in url]
    assert len(articles) == 3
    assert (run["refused/ban"], run["hosts_closed"], run.items) == (3, 1, [])
    assert run["left"] > 0
    assert store.runs()[0].reason == "banned"
    assert outcome(store).word == "banned"
    told = list(calendar(store.runs(), datetime.now(UTC).date() + timedelta(days=1), 3))
    assert "banned" in {word for _, word, _ in told}
    web.faults.update({article_url(n): fault for n, fault in good.items()})
    again = crawl("cinic", CALM)
    assert len(again.items) == 7, "what was left and what was refused is asked for by the next run"
    assert store.runs()[0].reason == "finished"


def test_a_captcha_for_the_list_itself_is_a_ban_and_no_broken_layout(web: Web, crawl, store):
    status, body = CHALLENGES["riversafe-412"]
    web.put(LIST_1, body, status)
    run = crawl("cinic", CALM | {"HOST_REFUSALS": 1})
    assert run["lists_empty"] == 0
    assert (store.runs()[0].reason, outcome(store).word) == ("banned", "banned")


def test_a_storm_of_errors_ends_as_site_down(web: Web, crawl, store):
    cinic(web)
    for n in range(1, 8):
        web.put(article_url(n), "<p>busy</p>", 502)
    run = crawl("cinic", CALM | {"HOST_FAILURES": 4, "RETRY_TIMES": 3})
    assert len([url for url in web.urls() if "/8400" in url]) == 4
    assert (store.runs()[0].reason, outcome(store).word) == ("site_down", "site down")
    assert run["lost"] >= 1


@pytest.mark.parametrize("form", ["seconds", "date"])
@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_obeyed_within_its_bound(web: Web, crawl, store, form, status):
    cinic(web)
    page = web.faults[article_url(4)]
    soon = datetime.now(UTC) + timedelta(seconds=1)
    value = "1" if form == "seconds" else format_datetime(soon, usegmt=True)
    web.faults[article_url(4)] = in_turn(answer("<p>later</p>", status, Retry_After=value), page)
    run = crawl("cinic", CALM | {"RETRY_TIMES": 2})
    assert len(run.items) == 7
    assert run["lost"] == 0
    assert len([url for url in web.asked if url == article_url(4)]) == 2


def test_a_host_that_asks_for_an_hour_is_left_to_the_next_run(web: Web, crawl, store):
    cinic(web)
    web.put(LIST_1, "<p>later</p>", 503, Retry_After="3600")
    run = crawl("cinic", CALM | {"RETRY_TIMES": 3})
    assert web.urls() == [LIST_1]
    assert store.runs()[0].reason == "throttled"
    assert outcome(store).word == "banned"
    assert any("www.cinic.org.cn: left alone" in line for line in run.lines)


def test_pauses_double_and_end() -> None:
    state = HostState(Patience(start=5, most=30, failures=9, refusals=9))
    waits = []
    now = 0.0
    for _ in range(6):
        assert state.trouble("failed", now) is None
        waits.append(state.wait(now))
        now += 100
    assert waits == [0, 5, 10, 20, 30, 30]
    state.good()
    assert state.trouble("failed", now) is None
    assert state.wait(now) == 0
    assert state.trouble("refused", now) is None
    assert state.wait(now) == 5
    assert state.trouble("busy", now, asked=12) is None
    assert state.wait(now) == 12
    assert state.trouble("busy", now, asked=31) == "throttled"
    assert state.closed == "throttled"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("120", 120), ("Sun, 22 Nov 2026 00:01:00 GMT", 60), ("Sun, 22 Nov 2025 00:00:00 GMT", 0), ("soon", None),
     ("", None), (None, None), ("-5", None), ("9" * 400, 999_999_999), ("Sun, 99 Nov 2026 99:99:99 GMT", None)],
)  # fmt: skip
def test_retry_after_is_read_in_both_forms(value, seconds) -> None:
    assert retry_after(value, datetime(2026, 11, 22, tzinfo=UTC)) == seconds


def test_the_day_of_a_ban_is_told_apart(store) -> None:
    run = store.begin_run("cinic", {})
    store.end_run(run, "banned", {"lost": 4, "refused/challenge": 3})
    ((_, told),) = outcomes(store.runs())
    assert (told.word, told.good) == ("banned", False)
    assert "challenge" in told.why
    assert isinstance(date.today(), date)
