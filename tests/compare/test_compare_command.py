"""``scrapy compare`` as a researcher types it."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest

from tests.exports.test_export_docs import scrapy


@pytest.fixture(scope="module")
def theirs(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our own visits and donations under other column names, half of them with a fault, and two of nobody's."""
    folder = tmp_path_factory.mktemp("theirs")
    assert scrapy("export", "events", "-o", str(folder), database=database, folder=folder).status == 0
    with (folder / "events.csv").open(encoding="utf-8-sig") as file:
        rows = [r for r in csv.DictReader(file) if r["type"] in ("visit", "donation") and len(r["date_start"]) == 10]
    dice = random.Random(7)
    rows = dice.sample([r for r in rows if r["status"] != "planned" and r["supporting"] and r["supported"]], 10)
    path = folder / "theirs.csv"
    with path.open("w", encoding="gb18030", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["编号", "类型", "哪天", "支援方", "受援方", "备注"])
        for number, row in enumerate(rows):
            date = row["date_start"].replace("-", "/") if number % 2 else row["date_start"][:7]
            writer.writerow([f"t{number}", {"visit": "考察", "donation": "捐赠"}[row["type"]], date, row["supporting"],
                             row["supported"], row["event_id"]])  # fmt: skip
        writer.writerow(["t10", "考察", "2018-05-05", "上海市", "云南省临沧市", "=1+1"])
        writer.writerow(["t11", "考察", "二〇一八", "上海市", "云南省临沧市", ""])
    return path


def test_what_both_have_and_what_each_has_alone(database: Path, theirs: Path, tmp_path: Path) -> None:
    done = scrapy("compare", str(theirs), "--map", "date=哪天", "-o", "out", database=database, folder=tmp_path)
    assert done.status == 1, done.err
    assert f"{theirs}: row 13, 哪天: '二〇一八': not a date" in done.err
    assert "10 of 12 of their events are among ours (83.3%)" in done.out
    tables = {}
    for name in ("matched", "only_theirs", "only_ours"):
        with (tmp_path / "out" / f"{name}.csv").open(encoding="utf-8-sig") as file:
            tables[name] = list(csv.DictReader(file))
    assert [row["编号"] for row in tables["only_theirs"]] == ["t10", "t11"]
    assert tables["only_theirs"][0]["备注"] == "'=1+1"
    assert {row["agree_supporting"] for row in tables["matched"]} == {"1.0"}
    assert not {row["our_event_id"] for row in tables["matched"]} & {row["event_id"] for row in tables["only_ours"]}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "give one CSV or Excel file"),
        (["none.csv"], "none.csv: cannot be read"),
        (["bare.csv"], "a date and a place, person or amount are needed"),
        (["bare.csv", "--map", "when=x"], "--map when=x: no such field"),
        (["bare.csv", "--map", "date=x"], "--map date=x: no such column; there are a, b"),
    ],
)
def test_what_cannot_be_compared_is_said_in_one_line(
    database: Path, tmp_path: Path, arguments: list[str], said: str
) -> None:
    (tmp_path / "bare.csv").write_text("a,b\n1,2\n")
    done = scrapy("compare", *arguments, database=database, folder=tmp_path)
    assert done.status == 2
    assert said in done.last
