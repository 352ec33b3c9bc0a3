"""Tables as people save them: Excel, CSV in two encodings and three delimiters, and what is no table."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from crawler.sheets import SheetError, read_sheet


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_as_it_is_saved_anywhere(tmp_path: Path, encoding: str, mark: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(
        f'日期{mark}地点\r\n2018-06-01{mark}"田林县{mark}隆林县"\r\n\r\n{mark}\r\n2019{mark}\r\n'.encode(encoding)
    )
    sheet = read_sheet(path)
    assert sheet.header == ("日期", "地点")
    assert [(row.number, row["日期"], row["地点"]) for row in sheet.rows] == [
        (2, "2018-06-01", f"田林县{mark}隆林县"),
        (5, "2019", ""),
    ]


def test_excel_dates_numbers_and_guarded_cells(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["when", "much", "note", "sure"])
    book.active.append([datetime(2018, 6, 1, 9, 30), 3.0, "'=1+1", True])
    book.active.append([date(2018, 6, 2), 2.5, "'quoted'", None])
    book.create_sheet("other").append(["x"])
    book.save(path)
    sheet = read_sheet(path)
    assert [list(row.cells.values()) for row in sheet.rows] == [
        ["2018-06-01", "3", "=1+1", "yes"],
        ["2018-06-02", "2.5", "'quoted'", ""],
    ]
    assert read_sheet(path, "other").header == ("x",)
    with pytest.raises(SheetError, match="has no sheet 'third', only Sheet, other"):
        read_sheet(path, "third")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none.csv", None, "cannot be read"),
        ("empty.csv", b"\n\n", "empty"),
        ("binary.csv", b"\x00\x01,\x02", "binary"),
        ("odd.csv", b"\xff\xff\xff", "neither UTF-8 nor GB 18030"),
        ("text.xlsx", b"a,b", "no Excel workbook"),
        ("twice.csv", b"a,b,a\n1,2,3", "two columns are called 'a'"),
    ],
)
def test_what_is_no_table_is_said_in_one_line(tmp_path: Path, name: str, content: bytes | None, said: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SheetError) as error:
        read_sheet(path)
    assert str(path) in str(error.value)
    assert said in str(error.value)
    assert "\n" not in str(error.value)
