"""The commands as a user types them, and the examples of docs/export.md run as printed."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pandas as pd
import pytest

from tests.forked import ROOT, Done, run

PAGE = (ROOT / "docs" / "export.md").read_text("utf-8")


def scrapy(*arguments: str, database: Path, folder: Path) -> Done:
    return run([*arguments, "-s", f"DATABASE_URL=sqlite:///{database}"], folder)


@pytest.fixture(scope="module")
def folder(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where every command of the page was run."""
    where = tmp_path_factory.mktemp("docs")
    block = re.search(r"```sh\n(.*?)```", PAGE, re.S)
    assert block
    commands = [shlex.split(line, comments=True) for line in block[1].splitlines()]
    for command in (*commands, ["scrapy", "publish", "browse.sqlite"]):
        done = scrapy(*command[1:], database=database, folder=where)
        assert done.status == 0, done.err
        assert "This is sample data" in done.out
    return where


def test_the_commands_of_the_page_write_what_it_says(folder: Path) -> None:
    assert {p.name for p in (folder / "out").iterdir()} == {
        f"{t}.{f}" for t in ("events", "panel") for f in ("csv", "dta", "parquet")
    }
    visits = pd.read_csv(folder / "visits" / "events.csv")
    assert set(visits["type"]) == {"visit"}
    assert visits["year"].between(2016, 2020).all()
    assert (folder / "release-1" / "SHA256SUMS").is_file()


def test_the_panel_example_gives_the_table_that_the_events_give(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    example, _ = re.findall(r"```python\n(.*?)```", PAGE, re.S)
    names: dict = {}
    exec(example, names)
    table = names["table"]
    assert len(table) > 2
    events = pd.read_csv("export/events.csv", dtype=str).fillna("")
    visits = events[(events["type"] == "visit") & (events["status"] != "planned") & (events["year"] != "")]
    for province, row in table.iterrows():
        inside = visits[
            visits["to_places"].map(lambda places, p=province: any(n.startswith(p) for n in places.split(";")))
        ]
        from_inside = inside["from_places"].map(
            lambda places, p=province: any(n.startswith(p) for n in places.split(";"))
        )
        assert row["visits_received"] <= (~from_inside).sum()
    assert table["visits_received"].is_monotonic_decreasing


def test_the_search_example_finds_articles(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    _, example = re.findall(r"```python\n(.*?)```", PAGE, re.S)
    exec(example, {})
    assert "http" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["export", "visits"], "visits: no such table; choose from articles"),
        (["export", "-f", "xls"], "xls: no such format; choose from csv"),
        (["export", "--place", "朝阳区"], "give the full name or an adcode"),
        (["publish"], "give one file name"),
    ],
)
def test_wrong_arguments_are_said_in_one_line(database: Path, tmp_path: Path, arguments: list[str], said: str) -> None:
    done = scrapy(*arguments, database=database, folder=tmp_path)
    assert done.status == 2
    assert said in done.last


def test_no_database_is_made_by_an_export(tmp_path: Path) -> None:
    done = scrapy("export", database=tmp_path / "none.sqlite", folder=tmp_path)
    assert done.status == 2
    assert "no such database" in done.err
    assert list(tmp_path.iterdir()) == []
