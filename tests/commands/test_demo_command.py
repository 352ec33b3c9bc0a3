"""``scrapy demo``: the whole harvest of the sample web, a second run, and the day after."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing

import pytest

from crawler.sample import sample_articles, sample_portals


@pytest.fixture(scope="module")
def harvest(scrapy, tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    database, out = folder / "sample.sqlite", folder / "day1.jsonl"
    demo = ["demo", "--database", str(database)]
    feeds = f"FEEDS={json.dumps({str(out): {'format': 'jsonlines'}})}"
    live = ["crawl", "cinic", "-s", f"DATABASE_URL=sqlite:///{database}"]
    done = scrapy([[*demo, "-s", feeds], demo, [*demo, "--day", "2"], live])
    return done, database, out


def read(database, query: str) -> list[tuple]:
    with closing(sqlite3.connect(database)) as opened:
        return opened.execute(query).fetchall()


def figures(text: str) -> dict[str, dict[str, int]]:
    """The closing table by portal and column."""
    lines = text.splitlines()
    head = next(i for i, line in enumerate(lines) if line.startswith("portal "))
    columns = re.split(r"\s{2,}", lines[head].strip())[1:]
    rows = (line.split() for line in lines[head + 1 :])
    known = {*sample_portals(), "all"}
    return {r[0]: dict(zip(columns, map(int, r[1:]), strict=True)) for r in rows if r and r[0] in known}


def test_the_first_day_fills_every_portal(harvest):
    (first, *_), database, _ = harvest
    assert first.status == 0, first.err
    table = figures(first.out)
    assert set(table) == {*sample_portals(), "all"}
    assert all(row["articles"] > 0 and row["events"] > 0 and row["new"] == row["articles"] for row in table.values())
    assert table["all"]["duplicates"] > 0
    told = sum(row["events"] for name, row in table.items() if name != "all")
    assert table["all"]["events"] < told, "a happening that three portals tell of counts once"
    assert "Newest events:" in first.out
    assert first.out.count("Try next:") == 1
    assert read(database, "select min(sample) from articles") == [(1,)]


def test_every_sample_article_that_may_be_read_is_in_the_database(harvest):
    _, database, _ = harvest
    stored = {url for (url,) in read(database, "select found_url from articles")}
    shown = [a for name in sample_portals() for a in sample_articles(name) if a.on(1) or a.on(2)]
    missing = [a.id for a in shown if not any(a.id in url for url in stored)]
    assert missing == []


def test_progress_is_shown_line_by_line_without_a_terminal(harvest):
    (first, *_), _, _ = harvest
    for name in sample_portals():
        assert re.search(rf"^{name}: finished: lists \d+, pages \d+, new \d+", first.err, re.M)


def test_exports_are_marked_as_sample(harvest):
    _, _, out = harvest
    items = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert items
    assert all(item["sample"] is True for item in items)


def test_the_second_run_finds_nothing_new_and_says_so(harvest):
    (_, second, *_), _, _ = harvest
    assert second.status == 0
    assert "Nothing new: every article is known, and none has changed." in second.out
    assert figures(second.out)["all"]["new"] == 0


def test_the_next_day_brings_new_edited_and_withdrawn_articles(harvest):
    (_, _, third, _), _, _ = harvest
    assert third.status == 0
    row = figures(third.out)["all"]
    assert row["new"] > 0
    assert row["changed"] >= 1
    assert row["gone"] >= 1


def test_real_harvests_keep_out_of_the_sample_database(harvest):
    (*_, live), _, _ = harvest
    assert live.status == 2
    assert "holds sample data" in live.last
