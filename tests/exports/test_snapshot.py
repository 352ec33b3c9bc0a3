"""The snapshot for browsing: complete, read-only, and searchable for any Chinese words."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.exports import TABLES, ExportError, publish, search_query
from crawler.exports.search import search_tokens
from crawler.store import Store
from crawler.store import schema as s


@pytest.fixture(scope="module")
def snapshot(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("snapshot") / "browse.sqlite"
    with Store(f"sqlite:///{database}") as store:
        publish(store, path)
    return path


@pytest.fixture
def browse(snapshot: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(snapshot)) as opened:
        yield opened


def test_it_holds_every_table_and_is_marked_and_read_only(
    snapshot: Path, browse: sqlite3.Connection, store: Store
) -> None:
    counts = {table: browse.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES}
    assert counts.pop("event_links") == browse.execute("SELECT count(*) FROM chains").fetchone()[0] > 5
    assert min(counts.values()) > 20
    assert dict(browse.execute("SELECT key, value FROM about"))["sample"] == "1"
    assert not os.stat(snapshot).st_mode & 0o222
    assert browse.execute("PRAGMA journal_mode").fetchone() == ("delete",), "one file, no companions"
    line = browse.execute("SELECT persons, quotes, urls FROM timeline WHERE persons IS NOT NULL").fetchone()
    assert all(line)


@pytest.mark.parametrize(
    "words", ["扶贫", "教师", "县", "党政代表团", "深圳市 百色", "产业园", "没有这样的词", "对口帮扶"]
)
def test_search_finds_exactly_the_articles_that_hold_the_words(
    browse: sqlite3.Connection, store: Store, words: str
) -> None:
    query = (
        "SELECT article_id FROM article_search JOIN articles ON articles.rowid = article_search.rowid "
        "WHERE article_search MATCH ?"
    )
    found = {key for (key,) in browse.execute(query, (search_query(words),))}
    with store.read() as connection:
        texts = connection.execute(
            s.articles.join(s.texts, s.texts.c.text_id == s.articles.c.text_id).select()
        ).mappings()
        holding = {
            row["article_id"]
            for row in texts
            if all(word in (row["title"] or "") or word in row["text"] for word in words.split())
        }
    assert found == holding
    assert bool(found) == (words != "没有这样的词")


def test_events_are_found_by_place_and_person(browse: sqlite3.Connection) -> None:
    event, name = browse.execute("SELECT event_id, name FROM persons LIMIT 1").fetchone()
    query = (
        "SELECT event_id FROM event_search JOIN events ON events.rowid = event_search.rowid WHERE event_search MATCH ?"
    )
    assert (event,) in browse.execute(query, (search_query(name),)).fetchall()


def test_full_texts_are_searched_but_not_given_away(snapshot: Path, store: Store) -> None:
    with store.read() as connection:
        text = max(connection.scalars(s.texts.select().with_only_columns(s.texts.c.text)), key=len)
    assert text[100:160].encode() not in snapshot.read_bytes()


@given(
    st.text(alphabet='县凌云，。 aB1"*-(深', max_size=12), st.text(alphabet='县凌云，aB1"*-(深', min_size=1, max_size=4)
)
def test_any_words_make_a_query_that_fts5_reads(text: str, words: str) -> None:
    browse = sqlite3.connect(":memory:")
    browse.execute("CREATE VIRTUAL TABLE t USING fts5(x, content='', tokenize='unicode61 remove_diacritics 0')")
    browse.execute("INSERT INTO t (rowid, x) VALUES (1, ?)", (search_tokens(text),))
    query = search_query(words)
    found = bool(query) and bool(browse.execute("SELECT 1 FROM t WHERE t MATCH ?", (query,)).fetchone())
    browse.close()
    if all("\u4e00" <= character <= "\u9fff" for character in words):
        assert found == (words in text)


def test_it_replaces_a_snapshot_and_nothing_else(snapshot: Path, store: Store, database: Path, tmp_path: Path) -> None:
    before = snapshot.read_bytes()
    publish(store, snapshot)
    assert snapshot.read_bytes() == before, "the same data give the same bytes"
    with pytest.raises(ExportError, match="no snapshot"):
        publish(store, database)
