"""The whole record copied from one database into another: SQLite to PostgreSQL, back, or between two of a kind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select, text
from sqlalchemy.engine import make_url

from crawler.store.engine import Database, StoreError, database_url
from crawler.store.schema import meta, metadata
from crawler.store.upgrading import open_up

_BATCH = 500
"""Rows that are in memory at a time; a row of ``texts`` is a whole article."""


def move(url: str, target: str) -> int:
    """Copy everything in the database at ``url`` into the empty or new one at ``target``; return the rows.

    What is copied was committed at one moment; crawls go on meanwhile. Both end up in this code's schema. Killed or
    failed, nothing is left in a PostgreSQL target but empty tables, and no SQLite file appears. Raises ``StoreError``.
    """
    parsed = make_url(database_url(url)[0])
    if parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").is_file():
        raise StoreError(f"{parsed.database}: no such database; set DATABASE_URL to the one that is to be copied")
    with _opened(url) as source, _new(target) as into:
        with source.read() as reading, into.write() as writing:
            writing.execute(delete(meta))  # who opened it first does not matter: what is copied does
            rows = sum(_copy(reading, writing, table) for table in metadata.sorted_tables)
        into.compact()
    return rows


@contextmanager
def _opened(url: str) -> Iterator[Database]:
    database = Database(url)
    try:
        open_up(database, None)
        yield database
    finally:
        database.close()


@contextmanager
def _new(url: str) -> Iterator[Database]:
    """The target; an SQLite file takes its name when it is whole."""
    parsed = make_url(database_url(url)[0])
    if parsed.get_backend_name() != "sqlite":
        with _opened(url) as database:
            with database.read() as connection:
                held = next((table for table in metadata.sorted_tables if _holds(connection, table)), None)
            if held is not None:
                raise StoreError(f"{database.shown}: holds {held.name} already; give an empty database")
            yield database
        return
    path = Path(parsed.database or "")
    if path.exists():
        raise StoreError(f"{path}: exists already; give a new name, a copy overwrites nothing")
    part = path.with_name(f".{path.name}.part")
    _remove(part)
    try:
        with _opened(f"sqlite:///{part}") as database:
            yield database
            with closing(database.engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA journal_mode=DELETE")  # one file
        part.rename(path)
    finally:
        _remove(part)


def _holds(connection: Connection, table: Table) -> bool:
    return table is not meta and connection.execute(select(table).limit(1)).first() is not None


def _copy(reading: Connection, writing: Connection, table: Table) -> int:
    rows = 0
    found = reading.execution_options(yield_per=_BATCH).execute(select(table)).mappings()
    for batch in found.partitions():
        writing.execute(insert(table), [dict(row) for row in batch])
        rows += len(batch)
    if (counted := table.autoincrement_column) is not None and writing.dialect.name == "postgresql":
        _continue(writing, table, counted)
    return rows


def _continue(writing: Connection, table: Table, counted: Any) -> None:
    """Have the numbers that PostgreSQL gives out go on behind those copied."""
    sequence = writing.scalar(select(func.pg_get_serial_sequence(table.name, counted.name)))
    if sequence is not None and (highest := writing.scalar(select(func.max(counted)))) is not None:
        writing.execute(text("SELECT setval(:sequence, :highest)"), {"sequence": sequence, "highest": highest})


def _remove(part: Path) -> None:
    for end in ("", "-journal", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            part.with_name(part.name + end).unlink()
