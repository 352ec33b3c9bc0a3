"""What is to be read of a folder of archives, and how far it is: a small SQLite file beside the output.

It holds places in files, no pages, so that ten million of them need no memory.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from crawler.archive import Entry, Source

_TABLES = """
BEGIN;
CREATE TABLE about (what TEXT NOT NULL);
CREATE TABLE files (file INTEGER PRIMARY KEY, path TEXT NOT NULL, member TEXT, base INTEGER NOT NULL, size INTEGER,
                    walk_from INTEGER);
CREATE TABLE entries (file INTEGER, offset INTEGER, length INTEGER NOT NULL, digest TEXT, refers INTEGER NOT NULL,
                      error TEXT, PRIMARY KEY (file, offset)) WITHOUT ROWID;
CREATE TABLE progress (file INTEGER NOT NULL, offset INTEGER NOT NULL, bytes INTEGER NOT NULL, tally TEXT NOT NULL);
INSERT INTO progress VALUES (0, -2, 0, '{}');
COMMIT;
"""
_BATCH = 1000

WHOLE = -1
"""Offset of an entry that says what is wrong with a file as a whole."""


class PlanError(Exception):
    """The plan that is there cannot be gone on with; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One thing to tell of: a page's place, where its payload lies if elsewhere (``base``), or what is wrong there."""

    file: int
    source: Source
    entry: Entry
    base: tuple[Source, Entry] | None = None

    def __str__(self) -> str:
        return str(self.source) if self.entry.offset == WHOLE else f"{self.source}@{self.entry.offset}"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the output is: the last place told of, the bytes written so far, and the count of what they hold."""

    file: int
    offset: int
    bytes: int
    tally: dict[str, int] = field(default_factory=dict)


class Plan:
    """The plan in the file ``path``, a new one if there is none; ``about`` is all that the output depends on.

    Raises :class:`PlanError` for one that was made for something else.
    """

    def __init__(self, path: Path, about: dict[str, Any]) -> None:
        said = json.dumps(about, ensure_ascii=False, sort_keys=True)
        self._database = sqlite3.connect(path, isolation_level=None)
        try:
            if self._one("SELECT count(*) FROM sqlite_master") == 0:
                self._database.executescript(_TABLES)
            if self._one("SELECT count(*) FROM about") and self._one("SELECT what FROM about") != said:
                raise PlanError(f"{path.parent}: was begun with other files, options or another version; say --anew")
        except sqlite3.Error as error:
            self.close()
            raise PlanError(f"{path}: cannot be gone on with ({error}); say --anew") from error
        except PlanError:
            self.close()
            raise
        self._said = said

    def __enter__(self) -> Plan:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    @property
    def made(self) -> bool:
        """Whether the files are entered."""
        return bool(self._one("SELECT count(*) FROM about"))

    def make(self, found: Iterable[Source | tuple[Source, str]]) -> None:
        """Enter all files in their order, in ONE transaction; one that cannot be opened with what is wrong with it."""
        with self._database:
            self._database.execute("BEGIN")
            for number, one in enumerate(found):
                source, error = one if isinstance(one, tuple) else (one, None)
                row = (number, str(source.path), source.member, source.base, source.size, None if error else 0)
                self._database.execute("INSERT INTO files VALUES (?, ?, ?, ?, ?, ?)", row)
                if error:
                    self._enter(number, [Entry(WHOLE, 0, error=error)])
            self._database.execute("INSERT INTO about VALUES (?)", (self._said,))

    def to_walk(self) -> list[tuple[int, Source, int]]:
        """Files that are not indexed to their end: number, source, and the offset to go on from."""
        rows = self._database.execute("SELECT * FROM files WHERE walk_from IS NOT NULL ORDER BY file").fetchall()
        return [(row[0], _source(row), row[5]) for row in rows]

    def walked(self, file: int, entries: Iterable[Entry], onward: int | None) -> None:
        """Enter what was found of a file, and from where to go on; None: it is done."""
        with self._database:
            self._database.execute("BEGIN")
            self._enter(file, entries)
            self._database.execute("UPDATE files SET walk_from = ? WHERE file = ?", (onward, file))

    def index(self) -> int:
        """Make payloads findable, once all files are walked; return how many places there are to tell of."""
        self._database.execute("CREATE INDEX IF NOT EXISTS by_digest ON entries (digest)")
        return int(self._one("SELECT count(*) FROM entries"))

    def after(self, progress: Progress) -> Iterator[Planned]:
        """What is left, files in their order and places by offset."""
        files = "SELECT * FROM files WHERE file >= ? ORDER BY file"
        places = "SELECT * FROM entries WHERE file = ? AND offset > ? ORDER BY offset LIMIT ?"
        at = progress.offset
        for row in self._database.execute(files, (progress.file,)).fetchall():
            while found := self._database.execute(places, (row[0], at, _BATCH)).fetchall():
                for place in found:
                    entry = _entry(place)
                    yield Planned(row[0], _source(row), entry, self._base(entry) if entry.refers else None)
                at = found[-1][1]
            at = WHOLE - 1

    def progress(self) -> Progress:
        """How far the output is."""
        file, offset, size, tally = self._database.execute("SELECT * FROM progress").fetchone()
        return Progress(file, offset, size, json.loads(tally))

    def advance(self, progress: Progress) -> None:
        """Note that everything up to a place is on disk."""
        values = (progress.file, progress.offset, progress.bytes, json.dumps(progress.tally))
        self._database.execute("UPDATE progress SET file = ?, offset = ?, bytes = ?, tally = ?", values)

    def _base(self, entry: Entry) -> tuple[Source, Entry] | None:
        query = """
            SELECT f.*, e.* FROM entries e JOIN files f ON f.file = e.file
            WHERE e.digest = ? AND NOT e.refers AND e.error IS NULL ORDER BY e.file, e.offset LIMIT 1"""
        row = self._database.execute(query, (entry.digest,)).fetchone()
        return (_source(row[:6]), _entry(row[6:])) if row else None

    def _enter(self, file: int, entries: Iterable[Entry]) -> None:
        rows = ((file, e.offset, e.length, e.digest, e.refers, e.error) for e in entries)
        self._database.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?, ?)", rows)

    def _one(self, query: str) -> Any:
        return self._database.execute(query).fetchone()[0]


def _source(row: Any) -> Source:
    return Source(Path(row[1]), row[2], row[3], row[4])


def _entry(row: Any) -> Entry:
    return Entry(row[1], row[2], row[3], bool(row[4]), row[5])
