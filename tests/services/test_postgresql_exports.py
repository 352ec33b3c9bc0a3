"""Export, snapshot, review and comparison on PostgreSQL: the same record gives the same files as on SQLite."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from crawler.compare import listed, match, ours
from crawler.exports import TABLES, Choice, export, publish
from crawler.exports.export import reading
from crawler.review import apply_sheet, questions, write_sheet
from crawler.sheets import read_sheet
from crawler.store import Store
from tests.exports.conftest import database, fill
from tests.review.test_loop import Filling, event
from tests.store.conftest import kind, make_database_url

__all__ = ["database", "kind", "make_database_url"]
pytestmark = [pytest.mark.services, pytest.mark.parametrize("kind", ["postgresql"], indirect=True)]


def test_the_same_record_gives_the_same_files(make_database_url, database: Path, tmp_path: Path) -> None:
    with Store(make_database_url(), sample=True) as there, Store(f"sqlite:///{database}") as here:
        fill(there)
        for store, name in ((there, "there"), (here, "here")):
            export(store, tmp_path / name, formats=["csv", "jsonl"], with_text=True)
            publish(store, tmp_path / f"{name}.sqlite")
    for table in TABLES:
        for form in ("csv", "jsonl"):
            both = [(tmp_path / name / f"{table}.{form}").read_text("utf-8").splitlines() for name in ("there", "here")]
            assert [_timeless(line) for line in both[0]] == [_timeless(line) for line in both[1]], (table, form)
    counts = []
    for name in ("there", "here"):
        with closing(sqlite3.connect(tmp_path / f"{name}.sqlite")) as snapshot:
            counts.append(snapshot.execute("SELECT count(*), min(event_id), max(event_id) FROM timeline").fetchone())
    assert counts[0] == counts[1]


def test_reviews_and_comparisons(make_database_url, tmp_path: Path) -> None:
    with Store(make_database_url(), sample=True) as store:
        fill(store)
        with reading(store, Choice()) as view:
            asked = questions(view, 5)
            write_sheet(view.connection, asked, tmp_path / "sheet.xlsx")
        sheet = Filling(tmp_path / "sheet.xlsx")
        sheet.put(2, date_start="2019-02-03", date_end="2019-02-05")
        sheet.put(3, verdict="wrong")
        assert apply_sheet(store, sheet.save(), "林某").problems == []
        assert event(store, asked[0].event_id)["date_start"] == "2019-02-03"
        assert event(store, asked[1].event_id)["state"] == "rejected"
        export(store, tmp_path, tables=["events"])
        theirs, _ = listed(
            read_sheet(tmp_path / "events.csv"),
            {
                "id": "event_id",
                "type": "type",
                "date": "date_start",
                "date_end": "date_end",
                "supporting": "supporting",
            },
        )
        with reading(store, Choice()) as view:
            own = ours(view)
        matches = match(theirs, own)
    dated = [one for one in own if one.days and one.units.get("supporting")]
    assert dated
    assert {m.theirs.key for m in matches if m.theirs.key == m.ours.key} >= {one.key for one in dated}


def _timeless(line: str) -> str:
    """A line without the moment at which the database was filled."""
    return re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "", line)
