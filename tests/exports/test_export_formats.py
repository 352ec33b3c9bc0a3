"""Every format read back by a reader that is not ours, against the same rows as JSON lines."""

from __future__ import annotations

import csv
import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pyreadstat
import pytest

from crawler.exports import FORMATS, TABLES, ExportError, columns, export
from crawler.exports.columns import Column, values
from crawler.exports.writing import write_csv
from crawler.store import Store


@pytest.fixture(scope="module")
def folder(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("formats")
    with Store(f"sqlite:///{database}") as store:
        export(store, out, formats=FORMATS)
    return out


def records(folder: Path, table: str) -> list[dict]:
    return [json.loads(line) for line in (folder / f"{table}.jsonl").read_text("utf-8").splitlines()]


def joined(record: dict, column: Column) -> object:
    """What one cell of a flat format holds."""
    value = record[column.name]
    return ";".join(value) if isinstance(value, list) else int(value) if isinstance(value, bool) else value


@pytest.mark.parametrize("table", TABLES)
def test_json_lines_hold_exactly_the_columns_of_the_codebook(folder: Path, table: str) -> None:
    rows = records(folder, table)
    assert len(rows) > (5 if table == "event_links" else 20)
    assert all(list(row) == [c.name for c in columns(table)] for row in rows)
    for column in columns(table):
        if column.values:
            assert {row[column.name] for row in rows} <= {v.value for v in column.values} | {None}, column.name


@pytest.mark.parametrize("table", TABLES)
def test_csv_opens_as_utf8_in_excel_and_pandas(folder: Path, table: str) -> None:
    assert (folder / f"{table}.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    frame = pd.read_csv(folder / f"{table}.csv", dtype=str, keep_default_na=False)
    wanted = records(folder, table)
    assert len(frame) == len(wanted)
    for column in (c for c in columns(table) if c.type in ("text", "list")):
        told = ["" if (v := joined(row, column)) is None else v for row in wanted]
        assert [cell.removeprefix("'") for cell in frame[column.name]] == [v.removeprefix("'") for v in told]


@pytest.mark.parametrize("table", TABLES)
def test_parquet_is_read_by_duckdb(folder: Path, table: str) -> None:
    found = duckdb.sql(f"SELECT * FROM '{folder / table}.parquet'")
    names = [c.name for c in columns(table)]
    assert found.columns == names
    assert [dict(zip(names, row, strict=True)) for row in found.fetchall()] == records(folder, table)


@pytest.mark.parametrize("table", TABLES)
def test_stata_is_read_with_its_labels(folder: Path, table: str) -> None:
    frame, meta = pyreadstat.read_dta(str(folder / f"{table}.dta"), apply_value_formats=True)
    wanted = records(folder, table)
    assert meta.number_rows == len(wanted)
    assert meta.column_names_to_labels == {c.name: c.en[:80] for c in columns(table)}
    for column in (c for c in columns(table) if c.values):
        labels = {v.value: f"{v.value} {v.zh}" for v in column.values or ()}
        told = [labels.get(row[column.name]) for row in wanted]
        assert [None if pd.isna(cell) else cell for cell in frame[column.name]] == told
    again = pd.read_stata(folder / f"{table}.dta", convert_categoricals=False)
    for column in (c for c in columns(table) if c.type in ("integer", "number")):
        told = [row[column.name] for row in wanted]
        assert [None if pd.isna(cell) else cell for cell in again[column.name]] == told
    assert "sample" not in again or set(again["sample"]) == {1.0}


def test_excel_is_read_by_openpyxl(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "duikou.xlsx", read_only=True)
    assert book.sheetnames == [*TABLES, "columns"]
    for table in ("events", "persons", "figures"):
        header, *rows = book[table].iter_rows(values_only=True)
        assert list(header) == [c.name for c in columns(table)]
        told = [[joined(record, c) for c in columns(table)] for record in records(folder, table)]
        assert [[None if cell == "" else cell for cell in row] for row in told] == [list(row) for row in rows]
    assert ("events", "type", "text", "Type of the event", "事件类型") in list(book["columns"].values)


def test_sqlite_holds_every_table_and_explains_it(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "duikou.sqlite")) as database:
        for table in TABLES:
            names = [c.name for c in columns(table)]
            told = [tuple(joined(row, c) for c in columns(table)) for row in records(folder, table)]
            assert database.execute(f"SELECT * FROM {table}").fetchall() == told
            assert [n for (n,) in database.execute('SELECT name FROM columns WHERE "table" = ?', (table,))] == names


def test_the_same_data_gives_the_same_bytes(folder: Path, store: Store, tmp_path: Path) -> None:
    export(store, tmp_path, formats=FORMATS)
    names = sorted(path.name for path in folder.iterdir())
    assert names == sorted(path.name for path in tmp_path.iterdir())
    assert [n for n in names if (folder / n).read_bytes() != (tmp_path / n).read_bytes()] == []


def test_texts_are_left_out_unless_asked_for(folder: Path, store: Store, tmp_path: Path) -> None:
    assert "text" not in records(folder, "articles")[0]
    export(store, tmp_path, tables=["articles"], formats=["jsonl"], with_text=True)
    assert all(len(row["text"]) == row["characters"] for row in records(tmp_path, "articles"))


def test_quotes_stand_where_the_offsets_say(folder: Path, store: Store, tmp_path: Path) -> None:
    export(store, tmp_path, tables=["articles"], formats=["jsonl"], with_text=True)
    text = {row["article_id"]: row["text"] for row in records(tmp_path, "articles")}
    for table in ("event_sources", "figures"):
        for row in records(folder, table):
            assert text[row["article_id"]][row["quote_start"] : row["quote_end"]] == row["quote"]


@pytest.mark.parametrize("evil", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_no_csv_cell_runs(tmp_path: Path, evil: str) -> None:
    title = next(c for c in columns("articles") if c.name == "title")
    write_csv(tmp_path / "a.csv", [title], [{"title": evil}])
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [["title"], [f"'{evil}"]]


def test_a_missing_library_is_named_with_its_remedy(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ExportError, match=r"pip install 'duikou\[export\]'"):
        export(store, tmp_path, tables=["ties"], formats=["parquet"])
    assert list(tmp_path.iterdir()) == [], "no half a file is left"


def test_closed_lists_are_those_of_the_model() -> None:
    from typing import get_args

    from crawler.facts.records import Meaning
    from crawler.model import EVENT_LABELS, Confidence, Precision, Side, Status

    assert {v.value: v.zh for v in values("event_type")} == EVENT_LABELS
    for name, literal in (("status", Status), ("confidence", Confidence), ("precision", Precision), ("side", Side)):
        assert {v.value for v in values(name)} == set(get_args(literal))
    assert {v.value for v in values("meaning")} == {*get_args(Meaning), "unstated"}
