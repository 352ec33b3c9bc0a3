"""Plain formats, without further libraries: CSV for Excel, JSON lines, SQLite."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

from crawler.exports.columns import Column, Row

_RUNS = frozenset("=+-@\t\r\n＝＋－＠")
_SQLITE = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
_BATCH = 1000

T = TypeVar("T")


def write_csv(path: Path, columns: Sequence[Column], rows: Iterable[Row]) -> int:
    """Write UTF-8 with BOM, so that Excel opens its Chinese; no cell runs as a formula. Returns the number of rows.

    A text that begins like a formula gets a ``'`` before it, also dates without a year (``'--12-24``).
    """
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.name for column in columns])
        for row in rows:
            writer.writerow([safe_cell(flat(column, row[column.name])) for column in columns])
            count += 1
    return count


def write_jsonl(path: Path, columns: Sequence[Column], rows: Iterable[Row]) -> int:
    """Write one object a line in UTF-8; lists stay lists, missing values are null."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            kept = {column.name: plain(column, row[column.name]) for column in columns}
            file.write(json.dumps(kept, ensure_ascii=False) + "\n")
            count += 1
    return count


def write_sqlite(path: Path, tables: Iterable[tuple[str, Sequence[Column], Iterable[Row]]]) -> dict[str, int]:
    """Write all tables into one database, with a table ``columns`` that explains them; returns the numbers of rows."""
    counts = {}
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode=OFF")
        database.execute("BEGIN")
        database.execute('CREATE TABLE columns ("table" TEXT, name TEXT, label TEXT, label_zh TEXT)')
        for name, columns, rows in tables:
            declared = ", ".join(f'"{c.name}" {_SQLITE.get(c.type, "TEXT")}' for c in columns)
            database.execute(f"CREATE TABLE {name} ({declared})")
            explained = [(name, c.name, c.en, c.zh) for c in columns]
            database.executemany("INSERT INTO columns VALUES (?, ?, ?, ?)", explained)
            insert = f"INSERT INTO {name} VALUES ({', '.join('?' * len(columns))})"
            counts[name] = 0
            for batch in batches(rows):
                database.executemany(insert, [[flat(c, row[c.name]) for c in columns] for row in batch])
                counts[name] += len(batch)
        database.execute("COMMIT")
    return counts


def plain(column: Column, value: Any) -> Any:
    """A value as JSON has it: whole numbers without a fraction, truth values as such, lists as lists."""
    if value is None:
        return None
    if column.type == "boolean":
        return bool(value)
    if column.type == "number":
        return int(value) if float(value).is_integer() else float(value)
    return list(value) if column.type == "list" else value


def flat(column: Column, value: Any) -> Any:
    """A value for one cell: lists joined by ``;``, truth values 0 and 1."""
    value = plain(column, value)
    if isinstance(value, list):
        return ";".join(value)
    return int(value) if isinstance(value, bool) else value


def batches(rows: Iterable[T], size: int = _BATCH) -> Iterator[list[T]]:
    """The rows in lists of at most ``size``."""
    batch: list[T] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def safe_cell(value: Any) -> Any:
    """A CSV cell that no spreadsheet runs as a formula: a text that begins like one gets a ``'`` before it."""
    return f"'{value}" if isinstance(value, str) and value[:1] in _RUNS and value else value
