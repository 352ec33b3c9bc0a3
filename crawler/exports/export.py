"""The export itself: the chosen tables in the chosen formats into one folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from crawler.exports.choosing import Choice
from crawler.exports.columns import TABLES, Column, Row, columns
from crawler.exports.errors import ExportError
from crawler.exports.heavy import write_excel, write_parquet, write_stata
from crawler.exports.panel import panel
from crawler.exports.tables import Tables
from crawler.exports.writing import write_csv, write_jsonl, write_sqlite
from crawler.store import Store

_ONE: dict[str, Callable[[Path, Sequence[Column], Iterator[Row]], int]] = {
    "csv": write_csv,
    "jsonl": write_jsonl,
    "parquet": write_parquet,
    "dta": write_stata,
}
_ALL = {"sqlite": write_sqlite, "xlsx": write_excel}
FORMATS = (*_ONE, *_ALL)
"""csv, jsonl, parquet and dta give a file a table; sqlite and xlsx one file with all."""


@dataclass(frozen=True, slots=True)
class Written:
    """One file of an export and how many rows of each table it holds."""

    path: Path
    rows: dict[str, int]


def export(
    store: Store,
    folder: Path,
    *,
    tables: Sequence[str] = TABLES,
    formats: Sequence[str] = ("csv",),
    choice: Choice | None = None,
    with_text: bool = False,
) -> list[Written]:
    """Write the tables into ``folder`` from one consistent view of the store; files of an earlier export are replaced.

    The same data give the same bytes. Each file appears only when it is whole. Raises ``ExportError`` with one line.
    """
    with reading(store, choice or Choice(), with_text=with_text) as view:
        return write(view, folder, tables, formats, with_text=with_text)


def write(
    view: Tables, folder: Path, tables: Sequence[str], formats: Sequence[str], *, with_text: bool
) -> list[Written]:
    """Write tables of one view; see ``export``."""
    for name in tables:
        if name not in TABLES:
            raise ExportError(f"{name}: no such table; choose from {', '.join(TABLES)}")
    for name in formats:
        if name not in FORMATS:
            raise ExportError(f"{name}: no such format; choose from {', '.join(FORMATS)}")
    ordered = [name for name in TABLES if name in tables]
    done = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for format_ in dict.fromkeys(formats):
            if format_ in _ALL:
                with _whole(folder / f"duikou.{format_}") as part:
                    given = ((name, columns(name, with_text=with_text), rows_of(view, name)) for name in ordered)
                    counts = _ALL[format_](part, given)
                done.append(Written(folder / f"duikou.{format_}", counts))
                continue
            for name in ordered:
                with _whole(folder / f"{name}.{format_}") as part:
                    count = _ONE[format_](part, columns(name, with_text=with_text), rows_of(view, name))
                done.append(Written(folder / f"{name}.{format_}", {name: count}))
    except OSError as error:
        raise ExportError(f"{folder}: cannot be written ({error.strerror}); choose another folder") from error
    return done


def rows_of(view: Tables, name: str) -> Iterator[Row]:
    """The rows of one table."""
    rows: Iterator[Row] = panel(view) if name == "panel" else getattr(view, name)()
    return rows


@contextmanager
def reading(store: Store, choice: Choice, *, with_text: bool = False) -> Iterator[Tables]:
    """Open one consistent view of the store for all tables."""
    with store.read() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield Tables(connection, choice, sample=store.sample, with_text=with_text)


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """A name beside ``path`` that becomes it at the end, or nothing."""
    part = path.with_name(f".part-{path.name}")
    part.unlink(missing_ok=True)
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
