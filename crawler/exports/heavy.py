"""Formats of well-kept libraries (``pip install 'duikou[export]'``): Parquet, Stata and Excel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from crawler.exports.columns import Column, Row
from crawler.exports.errors import ExportError
from crawler.exports.writing import batches, flat, plain

# What the formats ask for, though the same data must give the same bytes.
_MOMENT = datetime(2000, 1, 1)
_EXCEL_ROWS = 1_048_575
_EXCEL_CELL = 32_767
_STATA_LABEL = 80
_STATA_LONG = 2045


def write_parquet(path: Path, columns: Sequence[Column], rows: Iterable[Row]) -> int:
    """Write one Parquet file; lists are lists, every field carries its labels as metadata. Returns the rows."""
    pa, parquet = _library("pyarrow"), _library("pyarrow.parquet")
    types = {"integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(), "list": pa.list_(pa.string())}
    fields = [pa.field(c.name, types.get(c.type, pa.string()), metadata={"en": c.en, "zh": c.zh}) for c in columns]
    schema, count = pa.schema(fields), 0
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in batches(rows, 20_000):
            arrays = [
                pa.array([plain(c, row[c.name]) for row in batch], field.type)
                for c, field in zip(columns, fields, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
            count += len(batch)
    return count


def write_stata(path: Path, columns: Sequence[Column], rows: Iterable[Row]) -> int:
    """Write Stata 14 and later (118): labelled variables; closed lists as numbers with value labels. Returns the rows.

    Missing texts are empty, missing numbers ``.``; the table is held in memory as a whole.
    """
    pd = _library("pandas")
    cells: dict[str, list[Any]] = {c.name: [] for c in columns}
    numbers = {c.name: {v.value: n for n, v in enumerate(c.values, 1)} for c in columns if c.values}
    for row in rows:
        for c in columns:
            value = flat(c, row[c.name])
            if c.values and value is not None and value not in numbers[c.name]:
                raise ExportError(f"{c.table}.{c.name}: {value!r} is in no list of values; add it to values.tsv")
            cells[c.name].append(numbers[c.name].get(value) if c.values else value)
    series, long = {}, []
    for c in columns:
        if c.values or c.type in ("integer", "number", "boolean"):
            series[c.name] = pd.Series(cells[c.name], dtype="float64")
        else:
            texts = ["" if value is None else value.replace("\0", "") for value in cells[c.name]]
            series[c.name] = pd.Series(texts, dtype=object)
            if any(len(text.encode()) > _STATA_LONG for text in texts):
                long.append(c.name)
    frame = pd.DataFrame(series)
    labels = {c.name: {n: f"{v.value} {v.zh}" for n, v in enumerate(c.values, 1)} for c in columns if c.values}
    labels |= {c.name: {0: "no 否", 1: "yes 是"} for c in columns if c.type == "boolean"}
    frame.to_stata(
        path,
        write_index=False,
        version=118,
        time_stamp=_MOMENT,
        variable_labels={c.name: c.en[:_STATA_LABEL] for c in columns},
        value_labels=labels,
        convert_strl=long,
    )
    return len(frame)


def write_excel(path: Path, tables: Iterable[tuple[str, Sequence[Column], Iterable[Row]]]) -> dict[str, int]:
    """Write one workbook, a sheet a table and one that explains the columns; texts are texts, never formulas.

    Returns the numbers of rows. Texts over 32,767 characters, which no cell holds, are cut and end in …; raises
    ``ExportError`` when a table has more rows than a sheet.
    """
    xlsxwriter, counts, explained = _library("xlsxwriter"), {}, []
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(path, options) as book:
        book.set_properties({"created": _MOMENT, "title": "duikou"})
        bold = book.add_format({"bold": True})
        for name, columns, rows in tables:
            explained += [(name, c.name, c.type, c.en, c.zh) for c in columns]
            counts[name] = _sheet(
                book, name, [c.name for c in columns], ([flat(c, row[c.name]) for c in columns] for row in rows), bold
            )
        _sheet(book, "columns", ["table", "column", "type", "label", "label_zh"], explained, bold)
    return counts


def _sheet(book: Any, name: str, header: Sequence[str], rows: Iterable[Sequence[Any]], bold: Any) -> int:
    sheet, count = book.add_worksheet(name), 0
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, header, bold)
    for count, row in enumerate(rows, 1):
        if count > _EXCEL_ROWS:
            raise ExportError(f"{name}: more rows than an Excel sheet holds; choose fewer, or another format")
        for place, value in enumerate(row):
            if isinstance(value, str) and value:
                sheet.write_string(count, place, value if len(value) <= _EXCEL_CELL else value[: _EXCEL_CELL - 1] + "…")
            elif value is not None and value != "":
                sheet.write_number(count, place, value)
    sheet.autofilter(0, 0, count, len(header) - 1)
    return count


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise ExportError(f"{error.name} is not installed; pip install 'duikou[export]'") from error
