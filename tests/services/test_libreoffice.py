"""The Excel file opened by LibreOffice: every sheet, every row, texts that look like formulas as texts."""

from __future__ import annotations

import csv
import shutil
import subprocess
from pathlib import Path

import pytest

from crawler.exports import TABLES, Choice, export
from crawler.exports.export import reading
from crawler.review import questions, write_sheet
from crawler.store import Store
from tests.exports.conftest import database, store

__all__ = ["database", "store"]
pytestmark = pytest.mark.services
# token 12 is the sheet: -1 writes every one into a file of its own
EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


def opened(path: Path, folder: Path) -> dict[str, list[list[str]]]:
    """The rows of each sheet as LibreOffice reads them, by sheet name."""
    program = shutil.which("soffice")
    assert program, "LibreOffice is not installed; apt-get install libreoffice-calc-nogui"
    command = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", EVERY_SHEET,
               "--outdir", str(folder / "csv"), str(path)]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    tables = {}
    for file in (folder / "csv").glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as stream:
            tables[file.stem.partition("-")[2]] = list(csv.reader(stream))
    return tables


def test_an_export(store: Store, tmp_path: Path) -> None:
    (written,) = export(store, tmp_path, formats=["xlsx"])
    tables = opened(written.path, tmp_path)
    assert {name: len(tables[name]) - 1 for name in TABLES} == written.rows
    header, *rows = tables["events"]
    assert any("广西壮族自治区" in row[header.index("supported")] for row in rows)
    assert not any(
        "#NAME?" in cell or cell.startswith("Err:") for table in tables.values() for row in table for cell in row
    )


def test_a_review_sheet(store: Store, tmp_path: Path) -> None:
    with reading(store, Choice()) as view:
        asked = questions(view, 10)
        write_sheet(view.connection, asked, tmp_path / "sheet.xlsx")
    tables = opened(tmp_path / "sheet.xlsx", tmp_path)
    assert [row[0] for row in tables["events"][1:]] == [q.event_id for q in asked]
    assert {"articles", "help"} <= tables.keys()
