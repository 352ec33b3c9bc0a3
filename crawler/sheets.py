"""Tables that people keep in CSV or Excel files, read as texts by column name with the row numbers a person sees."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any


class SheetError(Exception):
    """The file cannot be read as a table; the message names the file and the cause in one line."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as Excel shows it (the header is row 1) and its cells by column name, stripped."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """The cell of a column, empty when there is none."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: where it came from, its column names in order, its rows without the blank ones."""

    path: Path
    header: tuple[str, ...]
    rows: tuple[Row, ...]


def read_sheet(path: Path, name: str | None = None) -> Sheet:
    """Read a CSV file (UTF-8 or GB 18030; comma, semicolon or tab) or one sheet of an Excel workbook.

    ``name`` is the workbook's sheet, by default its first; a CSV file has only one. Excel dates come as ISO dates,
    whole numbers without a fraction. A ``'`` that keeps a cell from running as a formula is taken off again. Raises
    ``SheetError``.
    """
    try:
        cells = _excel(path, name) if path.suffix.lower() in (".xlsx", ".xlsm") else _csv(path)
        lines = [(number, [_text(value) for value in line]) for number, line in enumerate(cells, 1)]
    except OSError as error:
        raise SheetError(f"{path}: cannot be read ({error.strerror or error})") from error
    filled = [(number, line) for number, line in lines if any(line)]
    if not filled:
        raise SheetError(f"{path}: empty")
    header = tuple(filled[0][1])
    named = [column for column in header if column]
    if twice := sorted({column for column in named if named.count(column) > 1}):
        raise SheetError(f"{path}: two columns are called {twice[0]!r}; rename one")
    rows = [Row(n, {c: v for c, v in zip(header, line, strict=False) if c}) for n, line in filled[1:]]
    return Sheet(path, tuple(named), tuple(rows))


def _csv(path: Path) -> Iterator[list[str]]:
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise SheetError(f"{path}: neither UTF-8 nor GB 18030 text; save it as CSV UTF-8")
    if "\0" in text:
        raise SheetError(f"{path}: binary, not a CSV file")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        yield from csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise SheetError(f"{path}: not a CSV file ({error})") from error


def _excel(path: Path, name: str | None) -> Iterable[tuple[Any, ...]]:
    try:
        openpyxl = import_module("openpyxl")
    except ModuleNotFoundError as error:
        raise SheetError("openpyxl is not installed; pip install 'duikou[export]', or use a CSV file") from error
    with path.open("rb") as file:
        try:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        except Exception as error:  # zip, XML and format errors of several libraries
            raise SheetError(f"{path}: no Excel workbook ({type(error).__name__})") from error
        if name is not None and name not in book.sheetnames:
            raise SheetError(f"{path}: has no sheet {name!r}, only {', '.join(book.sheetnames)}")
        sheet = book[name] if name is not None else book.worksheets[0]
        return list(sheet.iter_rows(values_only=True))


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer():
            return str(int(value))
        case _:
            text = str(value).strip()
            return text[1:] if text[:1] == "'" and text[1:2] in _GUARDED else text


_GUARDED = frozenset("=+-@＝＋－＠")
