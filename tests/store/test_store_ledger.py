"""The URL ledger: nothing found is lost, nothing done is done twice, whoever is killed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from records import LONG, record

from crawler.store import Fetch, Store, Validators
from crawler.store.ledger import MAX_ATTEMPTS

LIST, NEXT = "http://x.gov.cn/list/", "http://x.gov.cn/list/index_2.html"
ARTICLES = [f"http://x.gov.cn/a/{n}.html" for n in range(3)]


@pytest.fixture
def run(store: Store) -> int:
    return store.begin_run("p")


def open_urls(store: Store) -> list[str]:
    return [row.found_url for row in store.pending("p")]


def test_a_list_page_enters_its_articles_and_the_lists_behind_it(store: Store, run: int) -> None:
    found = store.found("p", LIST, ARTICLES, [NEXT], run)
    assert found.new == tuple(ARTICLES)
    rows = store.pending("p")
    assert [(row.kind, row.found_url) for row in rows] == [("list", NEXT)] + [("article", url) for url in ARTICLES]
    assert {row.list_url for row in rows} == {"http://x.gov.cn/list/"}
    assert store.url(LIST).state == "stored"
    assert store.pending("other") == []


def test_known_urls_are_found_in_any_spelling_and_given_back_as_spelt(store: Store, run: int) -> None:
    store.found("p", LIST, ARTICLES, [], run)
    other = "https://x.gov.cn/a/0.html?utm_source=wx"
    assert store.known([other, "http://x.gov.cn/a/9.html"]) == {other}
    again = store.found("p", LIST, [other, ARTICLES[1]], [], run)
    assert again.known == (other, ARTICLES[1])
    assert again.new == ()
    assert store.stored(ARTICLES) == set()


def test_a_killed_crawl_goes_on_at_the_first_unfinished_list_page(store: Store, run: int) -> None:
    store.found("p", LIST, ARTICLES[:1], [NEXT], run)
    later = store.begin_run("p")  # the first run never ended
    store.found("p", LIST, ARTICLES[:1], [], later)
    assert open_urls(store) == [NEXT, ARTICLES[0]]
    store.found("p", NEXT, ARTICLES[1:], [], later)
    assert open_urls(store) == ARTICLES


def test_list_pages_are_due_again_in_each_run_but_once_in_a_run(store: Store, run: int) -> None:
    store.found("p", LIST, [], [NEXT], run)
    store.found("p", NEXT, [], [LIST], run)
    assert open_urls(store) == []
    later = store.begin_run("p")
    store.found("p", LIST, [], [NEXT], later)
    assert open_urls(store) == [NEXT]


def test_failures_come_back_until_they_are_too_many(store: Store, run: int) -> None:
    store.found("p", None, ARTICLES, [], run)
    store.mark_failed(ARTICLES[0], "fetch", "timeout")
    store.mark_failed(ARTICLES[1], "robots", "forbidden", status=403, final=True)
    store.mark_failed(ARTICLES[2], "fetch", "busy", status=503, next_due=datetime.now(UTC) + timedelta(hours=1))
    assert open_urls(store) == [ARTICLES[0]]
    row = store.url(ARTICLES[1])
    assert (row.state, row.status, row.error) == ("failed", 403, "forbidden")
    for _ in range(MAX_ATTEMPTS):
        store.mark_failed(ARTICLES[0], "fetch", "timeout")
    assert open_urls(store) == []


def test_fetched_pages_stay_open_until_they_are_stored(store: Store, run: int) -> None:
    store.found("p", None, ARTICLES[:1], [], run)
    store.mark_fetched(
        ARTICLES[0], Fetch(status=200, etag='"1"', archive_file="a.warc.gz", archive_offset=12, archive_length=9)
    )
    row = store.pending("p")[0]
    assert (row.state, row.archive_file, row.archive_offset, row.archive_length) == ("archived", "a.warc.gz", 12, 9)
    assert store.validators(ARTICLES[0]) == Validators(None, None)
    store.save(record(ARTICLES[0], LONG), run_id=run, portal="p", fetch=Fetch(last_modified="Thu", content_hash="h"))
    assert open_urls(store) == []
    assert store.stored(ARTICLES) == {ARTICLES[0]}
    assert store.validators(ARTICLES[0]) == Validators('"1"', "Thu")
    assert store.url(ARTICLES[0]).content_hash == "h"


def test_gone_pages_keep_their_article(store: Store, run: int) -> None:
    store.save(record(ARTICLES[0], LONG), run_id=run, portal="p")
    later = store.begin_run("p")
    assert store.mark_gone(ARTICLES[0], 404, run_id=later)
    assert not store.mark_gone("http://x.gov.cn/never.html", 404)
    assert [row.gone for row in store.portal_summary([later])] == [1]
    assert [row.articles for row in store.portal_summary([later])] == [1]
    saved = store.save(record(ARTICLES[0], LONG), run_id=later, portal="p")
    assert saved.outcome == "unchanged"
    assert [row.gone for row in store.portal_summary([later])] == [0]


def test_a_redirect_stores_the_page_under_both_urls(store: Store, run: int) -> None:
    asked = "http://x.gov.cn/go?id=1"
    store.found("p", None, [asked], [], run)
    store.save(record(ARTICLES[0], LONG), run_id=run, portal="p", url=asked)
    assert store.stored([asked, ARTICLES[0]]) == {asked, ARTICLES[0]}
    assert store.url(asked).article_id == store.url(ARTICLES[0]).article_id
    assert store.portal_summary()[0].articles == 1


def test_runs_are_listed_newest_first(store: Store) -> None:
    first = store.begin_run("p", {"full": "1"}, sample=True)
    second = store.begin_run("q")
    store.end_run(first, "finished", {"new": 3})
    assert [run.run_id for run in store.runs()] == [second, first]
    (run,) = store.runs("p")
    assert (run.reason, run.counts, run.arguments, run.sample) == ("finished", {"new": 3}, {"full": "1"}, True)
    assert store.runs("q")[0].ended_at is None


def test_ten_thousand_links_on_a_page(store: Store, run: int) -> None:
    many = [f"http://x.gov.cn/a/{n}.html" for n in range(10_000)]
    assert len(store.found("p", LIST, many, [], run).new) == 10_000
    assert store.known(many) == set(many)
