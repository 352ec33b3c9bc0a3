"""Watchlists from a file to lines and an Atom feed, on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest
from lxml import etree

from crawler.store.ledger import now
from crawler.watch import (
    MomentError,
    WatchError,
    atom,
    happenings,
    hits,
    parse_moment,
    plain,
    read_watches,
    write_feed,
)

LISTS = """
[[watch]]
name = "湘西"
place = "湖南省湘西土家族苗族自治州"

[[watch]]
name = "济南与湘西的钱"
pair = ["山东省济南市", "湖南省湘西土家族苗族自治州"]
type = ["donation", "funding"]
min_cny = 2_000_000

[[watch]]
name = "同名"
person = ["孙立成"]

[[watch]]
name = "他处"
place = ["广东省", "370200"]
"""
VISIT = (
    "3月1日,济南市委书记孙立成率党政代表团赴湖南省湘西州花垣县考察东西部协作工作。"
    "|会上,济南市向湘西州捐赠帮扶资金{}万元。"
)


@pytest.fixture
def watches(tmp_path):
    file = tmp_path / "watch.toml"
    file.write_text(LISTS, "utf-8")
    return read_watches(file)


def found(store, watches, **how) -> dict[str, set[str]]:
    with store.read() as connection:
        by_watch: dict[str, set[str]] = {}
        for hit in hits(connection, watches, **how):
            by_watch.setdefault(hit.watch, set()).add(hit.happening.event.type)
        return by_watch


def test_places_with_their_parts_pairs_amounts_people(any_store, told, watches):
    run = any_store.begin_run("cinic")
    told(1, VISIT.format(300), run_id=run)
    got = found(any_store, watches, run_id=run)
    assert got.keys() == {"湘西", "济南与湘西的钱", "同名"}
    assert {"visit", "donation"} <= got["湘西"]
    assert got["济南与湘西的钱"] == {"donation"}
    assert "visit" in got["同名"]
    assert found(any_store, watches, run_id=run + 1) == {}
    assert found(any_store, watches, since="2999-01-01T00:00:00Z") == {}
    told(2, "3月2日,青岛市向贵州省安顺市捐赠帮扶资金150万元。", run_id=run)
    assert found(any_store, watches)["他处"] == {"donation"}
    assert found(any_store, watches)["济南与湘西的钱"] == {"donation"}


def test_an_amount_below_the_bar_is_no_hit(any_store, told, watches):
    told(1, VISIT.format(100))
    assert "济南与湘西的钱" not in found(any_store, watches)


def test_a_hit_tells_the_sentence_and_where_it_stands(any_store, told, watches):
    told(1, VISIT.format(300), title="济南到<b>湘西</b>")
    with any_store.read() as connection:
        (hit,) = [hit for hit in hits(connection, watches) if hit.watch == "济南与湘西的钱"]
    (quote,) = hit.happening.quotes
    assert quote.text.endswith("济南市向湘西州捐赠帮扶资金300万元。")
    assert quote.url == "http://www.cinic.org.cn/hy/cs/860001.html"
    assert "300万元" in hit.happening.line
    assert hit.new


def test_the_feed_keeps_ids_and_is_renewed_by_a_correction(any_store, told, watches, monkeypatch, tmp_path):
    def feed() -> feedparser.FeedParserDict:
        with any_store.read() as connection:
            write_feed(tmp_path / "feeds" / "w.atom", atom(hits(connection, watches), "watch.toml", "duikou", now()))
        parsed = feedparser.parse((tmp_path / "feeds" / "w.atom").read_bytes())
        assert not parsed.bozo
        return parsed

    def at(moment: str) -> None:
        for module in ("ledger", "dossiers", "changing", "saving"):
            monkeypatch.setattr(f"crawler.store.{module}.now", lambda: moment, raising=False)

    at("2026-03-02T10:00:00Z")
    told(1, VISIT.format(300))
    first = {entry.id: entry for entry in feed().entries}
    assert {entry.updated for entry in first.values()} == {"2026-03-02T10:00:00Z"}
    at("2026-03-03T10:00:00Z")
    told(1, VISIT.format(350))  # the article was edited
    second = {entry.id: entry for entry in feed().entries}
    assert first.keys() == second.keys()
    (corrected,) = (entry for entry in second.values() if entry.updated == "2026-03-03T10:00:00Z")
    assert "350万元" in corrected.title
    assert corrected.published == "2026-03-02T10:00:00Z"
    assert {tag.term for tag in corrected.tags} == {"湘西", "济南与湘西的钱", "donation"}


def test_the_feed_is_valid_by_the_rules_of_rfc_4287(any_store, told, watches):
    told(1, VISIT.format(300), title="题\x0b名&<i>\u202e")
    with any_store.read() as connection:
        for some in (hits(connection, watches), []):
            check_atom(etree.fromstring(atom(some, "w", "t & t", "2026-03-02T10:00:00Z")))


def check_atom(feed) -> None:
    """Sections 4.1.1 and 4.1.2: what must be there once, what at most once, where links and people stand."""
    ns = "{http://www.w3.org/2005/Atom}"

    def count(element, name: str) -> int:
        return len(element.findall(ns + name))

    assert feed.tag == f"{ns}feed"
    for element in (feed, *feed.findall(f"{ns}entry")):
        assert [count(element, name) for name in ("id", "title", "updated")] == [1, 1, 1]
        assert element.findtext(f"{ns}id").startswith("urn:uuid:")
        assert count(element, "author") >= 1
        assert all(author.findtext(f"{ns}name") for author in element.findall(f"{ns}author"))
        assert sum(link.get("rel") == "alternate" for link in element.findall(f"{ns}link")) <= 1
        assert all(link.get("href").startswith("http") for link in element.findall(f"{ns}link"))
        assert all(category.get("term") for category in element.findall(f"{ns}category"))
        for name in ("updated", "published"):
            if moment := element.findtext(ns + name):
                assert datetime.fromisoformat(moment).tzinfo is not None
    ids = [entry.findtext(f"{ns}id") for entry in feed.findall(f"{ns}entry")]
    assert len(ids) == len(set(ids))
    assert all(count(entry, "content") == 1 for entry in feed.findall(f"{ns}entry"))


def test_a_withdrawn_event_leaves_lists_and_feed(any_store, told, watches):
    told(1, VISIT.format(300))
    with any_store.read() as connection:
        ids = [hit.happening.event.event_id for hit in hits(connection, watches)]
    told(1, "全民阅读活动在文化馆举行。")
    with any_store.read() as connection:
        assert hits(connection, watches) == []
        assert all(not one.quotes for one in happenings(connection, ids))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[watch]\nname='a'", "not TOML"),
        ("", "watch: no watch in it"),
        ("[watches]\nx=1", "watches: unknown key"),
        ("[[watch]]\nplace='北京市'", "watch 1: name: give a name"),
        ("[[watch]]\nname='a'", "watch 1 (“a”): watches nothing"),
        ("[[watch]]\nname='a'\nplaces='北京市'", "watch 1 (“a”): places: unknown key"),
        ("[[watch]]\nname='a'\nplace='北京市'\n[[watch]]\nname='b'\nplace='花垣'", "watch 2 (“b”): place: 花垣"),
        ("[[watch]]\nname='a'\ntype='visits'", "watch 1 (“a”): type: visits: not known; choose from visit"),
        ("[[watch]]\nname='a'\npair=['北京市']", "watch 1 (“a”): pair: give two places"),
        ("[[watch]]\nname='a'\npair=['北京市','某地']", "watch 1 (“a”): pair: 某地: no such place"),
        ("[[watch]]\nname='a'\nmin_cny='1万'", "watch 1 (“a”): min_cny: give yuan"),
        ("[[watch]]\nname='a'\nmin_cny=nan", "watch 1 (“a”): min_cny: give yuan"),
        ("[[watch]]\nname='a'\nperson=[1]", "watch 1 (“a”): person: give a string"),
        ("[[watch]]\nname='a'\nperson='b'\n[[watch]]\nname='a'\nperson='b'", "name: “a” is there twice"),
    ],
)
def test_a_mistake_is_one_line_with_file_and_key(tmp_path, text, said):
    file = tmp_path / "lists.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(WatchError) as error:
        read_watches(file)
    assert str(error.value).startswith(f"{file}: ")
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(WatchError, match="No such file"):
        read_watches(Path(tmp_path / "none.toml"))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-01", "2026-02-28T16:00:00+00:00"),
        ("2026-03-01T08:00", "2026-03-01T00:00:00+00:00"),
        ("2026-03-01T08:00:00Z", "2026-03-01T08:00:00+00:00"),
        ("36h", "2026-03-03T12:00:00+00:00"),
        ("7d", "2026-02-26T00:00:00+00:00"),
    ],
)
def test_moments(text, moment):
    assert parse_moment(text, datetime(2026, 3, 5, tzinfo=UTC)).isoformat() == moment


def test_no_moment():
    with pytest.raises(MomentError, match="yesterday: not a moment; write"):
        parse_moment("yesterday", datetime(2026, 3, 5, tzinfo=UTC))


def test_crawled_text_on_a_line_holds_no_control():
    assert plain("a\x1b[31mb\n\u202ec\u2066d\te") == "a[31mb cd e"
