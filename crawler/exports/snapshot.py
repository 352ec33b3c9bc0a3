"""The snapshot for browsing: one immutable SQLite file, denormalised and searchable in Chinese."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from crawler import __version__
from crawler.exports.browsing import add_browsing_tables
from crawler.exports.choosing import Choice
from crawler.exports.columns import TABLES, columns
from crawler.exports.errors import ExportError
from crawler.exports.export import reading, rows_of
from crawler.exports.search import search_tokens
from crawler.exports.tables import Tables
from crawler.exports.writing import batches, write_sqlite
from crawler.model import SCHEMA_VERSION
from crawler.store import Store

_INDEXES = {
    "articles": ("article_id", "portal", "published"),
    "events": ("event_id", "type", "date_start", "tie_scheme"),
    "event_sources": ("event_id", "article_id"),
    "event_links": ("earlier", "later"),
    "figures": ("article_id",),
    "persons": ("event_id", "name"),
    "panel": ("unit_id", "year"),
}
_VIEWS = """
CREATE VIEW timeline AS
SELECT e.event_id, e.type, e.status, e.date_start, e.date_end, e.supporting, e.supported, e.from_places, e.to_places,
       e.amount_cny, e.tie_label, e.confidence, e.independent,
       (SELECT group_concat(name, '、') FROM (SELECT name FROM persons p
        WHERE p.event_id = e.event_id ORDER BY position)) AS persons,
       (SELECT group_concat(quote, ' … ') FROM (SELECT DISTINCT quote FROM event_sources q
        WHERE q.event_id = e.event_id AND q.field = 'type' ORDER BY article_id, quote_start)) AS quotes,
       (SELECT group_concat(url, ' ') FROM (SELECT DISTINCT url FROM event_sources q
        WHERE q.event_id = e.event_id ORDER BY url)) AS urls
FROM events e;
CREATE VIRTUAL TABLE article_search USING fts5(title, text, content='', tokenize='unicode61 remove_diacritics 0');
CREATE VIRTUAL TABLE event_search USING fts5(words, content='', tokenize='unicode61 remove_diacritics 0');
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


def publish(store: Store, path: Path, *, with_text: bool = False) -> dict[str, int]:
    """Write every exported table, the view ``timeline`` and two search indexes into ``path``; return the rows.

    ``article_search`` covers titles and full texts (held by the index only, unless ``with_text``), ``event_search``
    places, people, organisations and quotes; their rowids are those of ``articles`` and ``events``. Query them with
    ``search_query``. The file appears when it is whole, replaces an earlier snapshot and is read-only; readers of the
    earlier one keep it. Raises ``ExportError`` with one clear line.
    """
    if path.is_dir() or (path.exists() and not is_snapshot(path)):
        raise ExportError(f"{path}: is there already and no snapshot; give another name")
    part = path.with_name(f".part-{path.name}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        with reading(store, Choice(), with_text=with_text) as view:
            given = ((name, columns(name, with_text=with_text), rows_of(view, name)) for name in TABLES)
            counts = write_sqlite(part, given)
            texts = Tables(view.connection, Choice(), sample=store.sample, with_text=True)
            with closing(sqlite3.connect(part)) as database:
                _complete(database, texts)
        part.chmod(0o444)
        os.replace(part, path)
    except OSError as error:
        raise ExportError(f"{path}: cannot be written ({error.strerror}); choose another path") from error
    except sqlite3.Error as error:
        raise ExportError(f"{path}: cannot be written ({error}); free space or choose another path") from error
    finally:
        part.unlink(missing_ok=True)
    return counts


def _complete(database: sqlite3.Connection, texts: Tables) -> None:
    """Add indexes, views, search and what the file is."""
    database.executescript(_VIEWS)
    add_browsing_tables(database, texts)
    for table, names in _INDEXES.items():
        for name in names:
            database.execute(f"CREATE INDEX {table}_{name} ON {table} ({name})")
    about = {
        "schema": SCHEMA_VERSION,
        "code_version": __version__,
        "sample": str(int(texts.sample)),
        "made_by": "duikou",
    }
    database.executemany("INSERT INTO about VALUES (?, ?)", sorted(about.items()))
    numbers = dict(database.execute("SELECT article_id, rowid FROM articles"))
    for batch in batches(_article_words(texts, numbers)):
        database.executemany("INSERT INTO article_search (rowid, title, text) VALUES (?, ?, ?)", batch)
    for words in batches(_event_words(database)):
        database.executemany("INSERT INTO event_search (rowid, words) VALUES (?, ?)", words)
    for name in ("article_search", "event_search"):
        database.execute(f"INSERT INTO {name} ({name}) VALUES ('optimize')")
    database.commit()
    database.execute("ANALYZE")
    database.commit()


def _article_words(texts: Tables, numbers: dict[str, int]) -> Iterator[tuple[int, str, str]]:
    for row in texts.articles():
        if row["article_id"] in numbers:
            yield numbers[row["article_id"]], search_tokens(row["title"] or ""), search_tokens(row["text"])


def _event_words(database: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    query = """
        SELECT e.rowid, e.supporting, e.supported, e.from_places, e.to_places, e.organizations, t.persons, t.quotes
        FROM events e JOIN timeline t ON t.event_id = e.event_id ORDER BY e.rowid"""
    for number, *words in database.execute(query):
        yield number, search_tokens(" ".join(word for word in words if word))


def is_snapshot(path: Path) -> bool:
    """Whether the file is a snapshot that ``publish`` wrote."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
            found = database.execute("SELECT value FROM about WHERE key = 'made_by'").fetchone()
    except sqlite3.Error:
        return False
    return bool(found == ("duikou",))
