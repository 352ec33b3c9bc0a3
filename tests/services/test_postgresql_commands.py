"""Every command that takes DATABASE_URL, against one harvest in SQLite and its copy in PostgreSQL: the same answers."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from crawler.archive import read_file
from crawler.sample import serve
from crawler.store import Store
from tests.commands.conftest import scrapy
from tests.forked import ROOT, Done
from tests.postgres import new_database

__all__ = ["scrapy"]
pytestmark = pytest.mark.services

QUICK = ["DOWNLOAD_DELAY=0", "AUTOTHROTTLE_ENABLED=0", "READ_WORKERS=0", "SAMPLE=1", "REVISIT_AFTER=0"]
WATCH = "[[watch]]\nname = '钱'\nplace = '450000'\nmin_cny = 1_000\n"

# What only reads, by name; {to} is a folder of the database's own. The same on both sides, byte for byte.
READING = {
    "runs": "runs",
    "runs json": "runs --json",
    "calendar": "runs --portal gdfupin",
    "report": "report",
    "report html": "report --week -o {to}/week.html",
    "watch": "watch --list {here}/w.toml --all --atom {to}/w.atom",
    "export": "export -o {to}/export -f csv,jsonl --with-text",
    "choice": "export events -o {to}/choice --since 2010 --until 2012 --place 广东省",
    "package": "export --package {to}/package",
    "publish": "publish {to}/snapshot.sqlite",
    "chart": "chart timeline -o {to}/chart.svg",
    "compare": "compare {here}/own.csv -o {to}/compared",
    "review": "review --least-sure 5 -o {to}/sheet.xlsx",
    "duplicates": "duplicates --json {url}",
    "explain": "explain {event}",
    "forget dry": "forget {url} --dry-run",
    "harvest dry": "harvest --dry-run --portal gdfupin --now",
    "replay": "replay",
}
# What writes, in this order; afterwards the records must be equal again.
WRITING = {
    "forget": "forget {url}",
    "forget name": "forget {name}",
    "review apply": "review --apply {to}/sheet.xlsx --by 林某 --gold {to}/gold",
    "replay apply": "replay --apply --anew",
    "crawl again": "crawl gdfupin",
    "harvest": "harvest --portal gdfupin --now",
}


@pytest.fixture(scope="module")
def there() -> Iterator[str]:
    """An empty PostgreSQL database."""
    with new_database() as url:
        yield url


@pytest.fixture(scope="module")
def done(scrapy, there: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Done]]:
    """How the commands ended, by side and name."""
    base = tmp_path_factory.mktemp("parity")
    here = f"sqlite:///{base}/here.sqlite"
    (base / "w.toml").write_text(WATCH, "utf-8")
    with serve(1) as web:
        made = scrapy(
            [
                ["crawl", "gdfupin", *on(here, base / "here-archive")],
                ["backup", there, *on(here, base)],
                ["export", "events", "-o", f"{base}", *on(here, base)],
            ],
            web.proxy_url,
        )
        assert [one.status for one in made] == [0, 0, 0], made
        (base / "events.csv").rename(base / "own.csv")
        shutil.copytree(base / "here-archive", base / "there-archive")
        url, name, event = subjects(here)
        results: dict[str, dict[str, Done]] = {"setup": dict(zip(("crawl", "move", "export"), made, strict=True))}
        for side, database in (("here", here), ("there", there)):
            to = base / side
            to.mkdir()
            filled = {"here": base, "to": to, "url": url, "name": name, "event": event}
            lines = [
                [*(word.format(**filled) for word in line.split()), *on(database, base / f"{side}-archive")]
                for line in (READING | WRITING).values()
            ]
            back = f"sqlite:///{base}/{side}-copy.sqlite"
            lines += [["backup", back, *on(database, base)], ["backup", f"{to}/backup", *on(database, base)]]
            ended = scrapy(lines[: len(READING)], web.proxy_url)
            fill_in(to / "sheet.xlsx")
            ended += scrapy(lines[len(READING) :], web.proxy_url)
            results[side] = dict(zip([*READING, *WRITING, "copy", "backup"], ended, strict=True))
    results["base"] = {"path": Done(0, str(base), "")}
    return results


def on(database: str, archive: Path) -> list[str]:
    settings = [*QUICK, f"DATABASE_URL={database}", f"ARCHIVE_DIR={archive}"]
    return [word for one in settings for word in ("-s", one)]


def subjects(database: str) -> tuple[str, str, str]:
    """An article with events, a person of another one, and the id of an event."""
    with Store(database) as store:
        rows = [
            (row.url, found) for row in store.article_captures() if (found := store.record(row.url)) and found.events
        ]
        name = next(
            p.name for _, found in rows[1:] for event in found.events for p in event.persons if len(p.name) == 3
        )
        return rows[0][0], name, store.newest_events(1)[0].event_id


def fill_in(sheet: Path) -> None:
    """What a person says of the two events asked about first."""
    book = openpyxl.load_workbook(sheet)
    page = book.worksheets[0]
    columns = {cell.value: cell.column for cell in page[1]}
    verdict = next(number for name, number in columns.items() if "verdict" in str(name).lower())
    page.cell(2, verdict).value = "right"
    page.cell(3, verdict).value = "wrong"
    book.save(sheet)


def side_of(done, side: str) -> Path:
    return Path(done["base"]["path"].out) / side


def neutral(text: str) -> str:
    """Without what differs by nature: the side's name, the database's, and moments."""
    text = re.sub(r"postgresql\S*|sqlite:///\S*", "DATABASE", text)
    text = re.sub(r"\b(?:here|there)\b(?=[/-])", "SIDE", text)
    return re.sub(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?", "MOMENT", text)


def test_no_command_that_takes_a_database_is_left_out() -> None:
    takers = {
        path.stem
        for path in (ROOT / "crawler" / "commands").glob("*.py")
        if re.search(r"DATABASE_URL|open_store|snapshot_in", path.read_text("utf-8"))
        and "class Command" in path.read_text("utf-8")
    }
    tried = {line.split()[0] for line in (READING | WRITING).values()} | {"backup", "browse", "demo"}
    assert takers - {"settings"} <= tried


@pytest.mark.parametrize("name", READING)
def test_reading_commands_say_the_same(done, name: str) -> None:
    one, other = done["here"][name], done["there"][name]
    assert one.status == 0, one.err
    assert neutral(other.out) == neutral(one.out)
    assert (other.status, neutral(other.err)) == (one.status, neutral(one.err))


def test_what_they_write_is_the_same(done) -> None:
    here, there = side_of(done, "here"), side_of(done, "there")
    compared = 0
    for path in sorted(here.rglob("*")):
        if path.suffix in (".csv", ".jsonl", ".html", ".atom", ".svg", ".md", ".txt"):
            compared += 1
            other = there / path.relative_to(here)
            assert neutral(other.read_text("utf-8")) == neutral(path.read_text("utf-8")), path.name
    assert compared > 20
    rows = []
    for side in (here, there):
        with closing(sqlite3.connect(side / "snapshot.sqlite")) as snapshot:
            lines = "\n".join(line for line in snapshot.iterdump() if "article_search" not in line)
            rows.append(neutral(lines))
    assert rows[0] == rows[1]


@pytest.mark.parametrize("name", WRITING)
def test_writing_commands_end_well(done, name: str) -> None:
    one, other = done["here"][name], done["there"][name]
    assert one.status == 0, one.err[-2000:]
    assert other.status == 0, other.err[-2000:]
    if name not in ("crawl again", "harvest"):
        assert neutral(other.out) == neutral(one.out)


def test_after_all_that_the_records_are_equal(done, there: str) -> None:
    base = side_of(done, ".")
    with Store(f"sqlite:///{base}/here.sqlite") as one, Store(there) as other:
        assert len(one.dump()) > 100
        assert other.dump() == one.dump()
    archived = [
        {c.url for path in (base / f"{side}-archive").glob("*") for _, c in read_file(path)}
        for side in ("here", "there")
    ]
    assert archived[0] == archived[1]


def test_a_copy_into_the_other_kind_and_back_holds_the_same(done, scrapy, there: str) -> None:
    base = side_of(done, ".")
    assert re.search(r": [\d,]+ rows copied", done["setup"]["move"].out)
    for side in ("here", "there"):
        assert done[side]["copy"].status == 0, done[side]["copy"].err
        assert done[side]["backup"].status == 0, done[side]["backup"].err
        with Store(f"sqlite:///{base}/{side}-copy.sqlite") as copy, Store(there) as source:
            assert copy.dump() == source.dump()
    again, exists, none = scrapy(
        [
            ["backup", there, *on(f"sqlite:///{base}/here.sqlite", base)],
            ["backup", f"sqlite:///{base}/here-copy.sqlite", *on(there, base)],
            ["backup", f"sqlite:///{base}/new.sqlite", *on(f"sqlite:///{base}/nosuch.sqlite", base)],
        ]
    )
    assert [one.status for one in (again, exists, none)] == [2, 2, 2]
    assert "already; give an empty database" in again.last
    assert "exists already; give a new name" in exists.last
    assert "no such database" in none.last


def test_what_is_numbered_goes_on_behind_what_was_copied(done, there: str) -> None:
    with Store(there) as store:
        before = max(run.run_id for run in store.runs())
        assert store.begin_run("gdfupin") == before + 1


def test_the_demo_runs_on_an_empty_database(scrapy) -> None:
    with new_database() as url:
        (demo,) = scrapy([["demo", "--database", url, "-s", "ARCHIVE_DIR=", "-s", "READ_WORKERS=0"]])
    assert demo.status == 0, demo.err
    assert "Newest events:" in demo.out


def test_browse_serves_a_fresh_snapshot(done, there: str) -> None:
    command = [sys.executable, "-m", "scrapy", "browse", "--port", "0", "-s", f"DATABASE_URL={there}"]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    try:
        url = server.stdout.readline().split()[0]
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(url, timeout=30) as answer:
            assert "对口" in answer.read().decode()
    finally:
        server.kill()
        server.wait()
        server.stdout.close()
