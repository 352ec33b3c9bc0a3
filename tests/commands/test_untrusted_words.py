"""A hostile article through the store, every command and every export: its words stay words."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from rich.table import Table

from crawler.archive import ArchiveError, read_file
from crawler.commands.shown import Console
from crawler.guard import visible, visible_line
from crawler.model import Page
from crawler.recipe import recipe
from crawler.store import Fetch, Store
from tests.forked import Done

ESC, BIDI = "\x1b]0;owned\x07\x1b[31m\x1b[2J\x9b31m", "\u202e\u2066"
TITLE = (
    f"=cmd|'/C calc'!A0{ESC}济南市党政代表团赴湘西州考察{BIDI}<script>alert(1)</script>"
    "[link=http://evil.example]点[/link]"
)
BODY = (
    f"<p>6月23日,济南市党政代表团赴湖南省湘西州考察东西部扶贫协作工作,召开联席会议,双方签署了协作协议。{ESC}{BIDI}</p>"
    "<p>会上,济南市向湘西州捐赠帮扶资金500万元,用于花垣县产业项目建设'); DROP TABLE articles; --。</p>"
    "<p>&lt;img src=x onerror=alert(1)&gt;@SUM(1+1)*cmd|' /C calc'!A0活动期间,代表团看望了挂职干部。</p>"
)
SOURCE = f"来源:+某日报{ESC} 时间:2020-06-23"
PAGE = (
    f"<html><head><meta charset='utf-8'><title>{TITLE.replace('<', '&lt;')}</title></head><body><h1>"
    f"{TITLE.replace('<', '&lt;')}</h1><div class='info'>{SOURCE}</div><div class='content'>{BODY}</div></body></html>"
)
URL = "http://www.cinic.org.cn/hy/cs/840001.html?x='%3B--&y=%1b%5b31m"
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store with the article in it, and a run whose end tells of it."""
    url = f"sqlite:///{tmp_path_factory.mktemp('untrusted') / 'a.sqlite'}"
    moment = datetime(2020, 6, 24, tzinfo=UTC)
    with Store(url) as store:
        run = store.begin_run("cinic", {"url": URL})
        record = recipe(Page(URL, PAGE.encode(), fetched_at=moment, portal="cinic"))
        assert record.events, "the article tells of an event, or this tests nothing"
        store.found("cinic", None, [URL], [], run)
        store.save(record, run_id=run, portal="cinic", url=URL, fetched_at=moment, fetch=Fetch(200))
        store.end_run(run, f"finished{ESC}", {"new": 1})
    return url


def event_of(database: str) -> str:
    with closing(sqlite3.connect(database.removeprefix("sqlite:///"))) as connection:
        return str(connection.execute("SELECT event_id FROM events").fetchone()[0])


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("page")
    saved, text = folder / "page.html", folder / "page.txt"
    saved.write_text(PAGE, encoding="utf-8")
    text.write_text(re.sub(r"<[^>]+>", "\n", PAGE), encoding="utf-8")
    return saved, text


@pytest.fixture(scope="module")
def done(
    scrapy: Callable[..., list[Done]], database: str, page: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Done]:
    """Every command that shows or exports what pages say, run once."""
    saved, text = map(str, page)
    out = tmp_path_factory.mktemp("export")
    watched, theirs = out / "watch.toml", out / "theirs.csv"
    watched.write_text('[[watch]]\nname = "all"\nplace = ["湖南省"]\n', encoding="utf-8")
    with theirs.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["date", "supporting", f"note{ESC}"], [f"{ESC}2020", f"济南市{BIDI}", TITLE]])
    commands = {
        "read": ["read", saved], "read html": ["read", "--html", saved], "explain page": ["explain", saved],
        "explain event": ["explain", event_of(database)], "facts": ["facts", text],
        "repair": ["repair", "--diff", text], "runs": ["runs"], "calendar": ["runs", "--portal", "cinic"],
        "duplicates": ["duplicates", URL], "chain": ["duplicates", event_of(database)],
        "watch": ["watch", "--list", str(watched), "--all"],
        "compare": ["compare", str(theirs), "-o", str(out / "compared")],
        "review": ["review", "-o", str(out / "sheet.xlsx")],
        "report": ["report"], "extract": ["extract", saved], "missing": ["read", f"{ESC}.html"],
        **{form: ["export", "-o", str(out / form), "--format", form] for form in ("csv", "jsonl", "xlsx", "sqlite")},
    }  # fmt: skip
    ran = scrapy([[*words, "-s", f"DATABASE_URL={database}"] for words in commands.values()])
    return {**dict(zip(commands, ran, strict=True)), "folder": Done(0, str(out), "")}


@pytest.mark.parametrize(
    "name",
    ["read", "explain page", "explain event", "facts", "repair", "runs", "calendar", "report", "duplicates", "chain",
     "watch", "compare", "review"],
)  # fmt: skip
def test_commands_show_words_and_steer_nothing(done: dict[str, Done], name: str) -> None:
    ran = done[name]
    # a cell of the strangers' table cannot be understood, and compare says so
    assert ran.status == (1 if name == "compare" else 0), ran.err[-2000:]
    assert ran.out.strip()
    assert not STEERING.findall(ran.out)
    assert not STEERING.findall(ran.err)


def test_errors_are_as_harmless(done: dict[str, Done]) -> None:
    assert done["missing"].status == 1
    assert "\\x1b]0;owned" in done["missing"].err
    assert not STEERING.findall(done["missing"].err)


def test_colours_are_ours_and_only_ours() -> None:
    out = io.StringIO()
    console = Console(file=out, force_terminal=True, color_system="standard", width=400)
    console.print(TITLE, style="red")
    table = Table(TITLE)
    table.add_row(TITLE)
    console.print(table)
    shown = out.getvalue()
    assert "\x1b[31m" in shown
    assert not STEERING.findall(re.sub("\x1b\\[[0-9;]*m", "", shown))
    assert "[link=http://evil.example]" in shown, "markup is words like any other"


def test_data_for_other_programs_keeps_every_character(done: dict[str, Done]) -> None:
    record = json.loads(done["extract"].out)
    for event in record["events"]:
        for evidence in event["evidence"]:
            assert record["text"][evidence["start"] : evidence["end"]] == evidence["quote"]
    assert "DROP TABLE articles" in record["text"]


def test_html_of_a_page_stays_text(done: dict[str, Done]) -> None:
    shown = done["read html"].out
    assert "<script" not in shown
    assert "<img" not in shown
    assert "&lt;img src=x onerror" in shown


@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx", "sqlite"])
def test_exports_hold_texts_and_no_formulas(done: dict[str, Done], form: str) -> None:
    assert done[form].status == 0, done[form].err[-2000:]
    files = [file for file in (Path(done["folder"].out) / form).rglob("*") if file.is_file()]
    titles = [title for file in files for title in _titles(file)]
    assert len(titles) == 1, files
    assert "cmd|" in titles[0]


def _titles(file: Path) -> list[str]:
    """The titles of the articles in an export, every cell looked at on the way."""
    if file.suffix == ".csv":
        rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline="")))
        assert not any(cell[:1] in tuple("=+-@\t\r＝＋－＠") for row in rows for cell in row if cell)
        return [row[rows[0].index("title")] for row in rows[1:]] if file.name.startswith("articles") else []
    if file.suffix == ".jsonl":
        lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        return [line["title"] for line in lines] if file.name.startswith("articles") else []
    if file.suffix == ".xlsx":
        book = load_workbook(file)
        cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
        assert all(cell.data_type != "f" and cell.hyperlink is None for cell in cells)
        rows = list(book["articles"].values) if "articles" in book.sheetnames else []
        return [str(row[rows[0].index("title")]) for row in rows[1:]]
    if file.suffix == ".sqlite":
        with closing(sqlite3.connect(file)) as connection:
            return [title for (title,) in connection.execute("SELECT title FROM articles")]
    return []


def test_sql_in_words_is_words(database: str) -> None:
    with Store(database) as store:
        record = store.record(URL)
        assert record is not None
        assert "DROP TABLE articles" in record.article.text
        assert store.url(URL) is not None
        assert store.known(["'); DROP TABLE urls; --"]) == set()
        assert store.runs("' OR 1=1 --") == []
        assert len(store.runs("cinic")) == 1


def test_members_of_packages_are_read_and_never_unpacked(tmp_path: Path) -> None:
    """Names that climb out, absolute ones and links: they name streams here, not files."""
    package, outside = tmp_path / "in" / "evil.wacz", tmp_path / "evil.warc"
    package.parent.mkdir()
    warc = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.cn/1\r\nWARC-Date: 2020-01-01T00:00:00Z\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: 44\r\n\r\n"
        b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<p>hi\n\r\n\r\n\r\n\r\n"
    )
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("../evil.warc", warc)
        archive.writestr(str(tmp_path / "absolute.warc"), warc)
        link = zipfile.ZipInfo("archive/link.warc")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    before = sorted(tmp_path.rglob("*"))
    try:
        found = [capture.url for _, capture in read_file(package)]
    except ArchiveError as error:  # the link's target is no WARC record
        found = [str(error)]
    assert found
    assert not any("root:x" in part for part in found)
    assert sorted(tmp_path.rglob("*")) == before
    assert not outside.exists()


def test_what_steers_is_written_out_and_the_rest_is_left() -> None:
    assert visible("a\x1b[31mb\x9bc\x7f\u202ed\r") == "a\\x1b[31mb\\x9bc\\x7f\\u202ed\\r"
    assert visible("对口帮扶\t500万元\n“引号”　全角é😀") == "对口帮扶\t500万元\n“引号”　全角é😀"
    assert visible_line("a\nb\tc") == "a\\nb\\tc"
    assert visible("\ud800\U000e0041") == "\\ud800\\U000e0041"
