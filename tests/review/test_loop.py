"""A sheet written, filled in by a person, taken in; and what wins over the code from then on."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select

from crawler.exports import Choice, export
from crawler.exports.export import reading
from crawler.review import apply_sheet, questions, write_sheet
from crawler.review.gold import write_gold
from crawler.store import Store
from crawler.store import schema as s

SCORER = Path(__file__).parents[1] / "scores" / "score_events.py"


def written(store: Store, path: Path, limit: int = 10) -> list[Any]:
    with reading(store, Choice()) as view:
        asked = questions(view, limit)
        write_sheet(view.connection, asked, path)
    return asked


class Filling:
    """The workbook as a person has it open."""

    def __init__(self, path: Path) -> None:
        self.path, self.book = path, openpyxl.load_workbook(path)
        self.header = [cell.value for cell in self.book["events"][1]]

    def put(self, row: int, sheet: str = "events", **cells: str) -> None:
        header = [cell.value for cell in self.book[sheet][1]]
        for name, value in cells.items():
            self.book[sheet].cell(row, header.index(name) + 1).value = value

    def rows(self, sheet: str = "events") -> list[dict[str, str]]:
        header = [cell.value for cell in self.book[sheet][1]]
        lines = self.book[sheet].iter_rows(min_row=2, values_only=True)
        return [{n: v or "" for n, v in zip(header, line, strict=True)} for line in lines]

    def save(self) -> Path:
        self.book.save(self.path)
        return self.path


def event(store: Store, event_id: str) -> dict[str, Any]:
    with store.read() as connection:
        row = connection.execute(select(s.events).where(s.events.c.event_id == event_id)).mappings().one()
        return dict(row)


def read_again(store: Store, **change: Any) -> None:
    """Save every article anew, as a replay with other code would: its events changed by ``change``."""
    with store.read() as connection:
        urls = list(connection.scalars(select(s.articles.c.url)))
    for url in urls:
        record = store.record(url)
        assert record is not None
        store.save(replace(record, events=tuple(replace(e, **change) for e in record.events)))


def test_the_least_sure_come_first_with_all_events_of_their_articles(store: Store, tmp_path: Path) -> None:
    asked = written(store, tmp_path / "sheet.xlsx", 5)
    assert sum(bool(q.why) for q in asked) == 5
    with store.read() as connection:
        for page in {q.article_id for q in asked}:
            live = connection.scalars(
                select(s.event_sources.c.event_id)
                .join(s.events, s.events.c.event_id == s.event_sources.c.event_id)
                .where(s.event_sources.c.article_id == page, s.events.c.state == "live")
            )
            assert set(live) == {q.event_id for q in asked if q.article_id == page}
    sheet = Filling(tmp_path / "sheet.xlsx")
    assert sheet.book["given"].sheet_state == "hidden"
    assert {row["article_url"] for row in sheet.rows()} == {row["article_url"] for row in sheet.rows("articles")}
    for row in sheet.rows():
        text = next(page["text"] for page in sheet.rows("articles") if page["article_url"] == row["article_url"])
        assert row["quote"] in text


def test_nothing_on_the_sheet_is_a_formula_or_breaks_it(store: Store, tmp_path: Path) -> None:
    with store.read() as connection:
        url = connection.scalars(select(s.articles.c.url).where(s.articles.c.relevant)).first()
    record = store.record(url)
    assert record is not None
    store.save(replace(record, article=replace(record.article, title='=HYPERLINK("x")\x1b[31m')))
    written(store, tmp_path / "sheet.xlsx", 1000)
    cells = [c for sheet in openpyxl.load_workbook(tmp_path / "sheet.xlsx") for row in sheet for c in row]
    assert not [c for c in cells if c.data_type == "f"]
    assert any(c.value == '=HYPERLINK("x")[31m' for c in cells)


def test_corrections_win_from_then_on_and_are_applied_once(store: Store, tmp_path: Path) -> None:
    asked = written(store, tmp_path / "sheet.xlsx", 6)
    sheet = Filling(tmp_path / "sheet.xlsx")
    first, second, third = (asked[n].event_id for n in (0, 1, 2))
    sheet.put(2, date_start="2019-02-03", date_end="2019-02-05", supported="贵州省铜仁市印江县", note="见第二段")
    sheet.put(3, verdict="wrong")
    sheet.put(4, verdict="right")
    path = sheet.save()
    applied = apply_sheet(store, path, "林某")
    assert applied.problems == []
    assert applied.counts == {"corrected": 1, "rejected": 1, "confirmed": 1, "not looked at": len(asked) - 3}
    for _ in range(2):
        now = event(store, first)
        assert (now["date_start"], now["date_end"], now["date_precision"]) == ("2019-02-03", "2019-02-05", "range")
        assert now["supported"] == ["贵州省铜仁市印江土家族苗族自治县"]
        assert (now["review"], now["confidence"]) == ("corrected", "high")
        assert event(store, second)["state"] == "rejected"
        assert (event(store, third)["review"], event(store, third)["state"]) == ("confirmed", "live")
        read_again(store, date_start="2001-01-01", date_end="2001-01-01", date_precision="day")
    assert apply_sheet(store, path, "林某").counts == {"known already": 3, "not looked at": len(asked) - 3}
    with store.read() as connection:
        told = connection.execute(select(s.changes.c.detail).where(s.changes.c.subject_id == first)).scalars().all()
        assert {"reviewer": "林某", "verdict": "corrected"}.items() <= told[0].items()
        row = connection.execute(select(s.reviews).where(s.reviews.c.event_id == first)).mappings().one()
        assert (row["reviewer"], row["note"]) == ("林某", "见第二段")
    export(store, tmp_path / "out", tables=["events"], formats=["jsonl"])
    lines = [json.loads(line) for line in (tmp_path / "out" / "events.jsonl").read_text("utf-8").splitlines()]
    assert second not in {line["event_id"] for line in lines}
    assert {line["event_id"]: line["review"] for line in lines}[first] == "corrected"


def test_what_code_no_longer_finds_is_kept_when_a_person_saw_it(store: Store, tmp_path: Path) -> None:
    asked = written(store, tmp_path / "sheet.xlsx", 4)
    sheet = Filling(tmp_path / "sheet.xlsx")
    for row in range(2, len(asked) + 2):
        sheet.put(row, verdict="right" if row % 2 else "wrong")
    apply_sheet(store, sheet.save(), "林某")
    with store.read() as connection:
        urls = {row.article_id: row.url for row in connection.execute(select(s.articles))}
    for page in {q.article_id for q in asked}:
        record = store.record(urls[page])
        assert record is not None
        store.save(replace(record, events=(), relevant=False))
        store.save(replace(record, events=(), relevant=False))
    for number, question in enumerate(asked):
        now = event(store, question.event_id)
        if question.sources == 1:
            assert now["state"] == ("live" if number % 2 else "withdrawn")
    page = asked[1].article_id
    record = store.record(urls[page])
    assert record is not None
    rewritten = replace(record.article, text="此文已由发布者全部改写，再也没有当初的语句。")
    store.save(replace(record, article=rewritten, events=(), relevant=False))
    if asked[1].sources == 1:
        assert event(store, asked[1].event_id)["state"] == "withdrawn", "the article no longer says it"


def test_a_missed_event_is_added_with_its_words(store: Store, tmp_path: Path) -> None:
    asked = written(store, tmp_path / "sheet.xlsx", 3)
    sheet = Filling(tmp_path / "sheet.xlsx")
    page = sheet.rows("articles")[0]
    words = page["text"].strip().splitlines()[-1][:14]
    sheet.put(len(asked) + 2, type="training", date_start="2018-09", supporting="广东省深圳市", quote=words,
              supported="广西壮族自治区百色市", article_url=page["article_url"])  # fmt: skip
    sheet.put(len(asked) + 3, type="training", quote="此句不在文中", article_url=page["article_url"])
    sheet.put(len(asked) + 4, type="training", article_url=page["article_url"])
    path = sheet.save()
    applied = apply_sheet(store, path, "林某")
    assert applied.counts["added"] == 1
    assert [p.partition(": ")[2] for p in applied.problems] == [
        f"row {len(asked) + 3}: quote: '此句不在文中' does not stand in the article; copy its own words",
        f"row {len(asked) + 4}: a new event needs type, article_url and quote",
    ]
    for _ in range(2):
        with store.read() as connection:
            added = connection.execute(select(s.events).where(s.events.c.review == "added")).mappings().one()
            assert (added["type"], added["date_start"], added["supported"]) == (
                "training",
                "2018-09",
                ["广西壮族自治区百色市"],
            )
            assert added["state"] == "live"
        read_again(store)
    assert apply_sheet(store, path, "林某").counts["known already"] == 1


def test_a_review_follows_its_event_into_a_merge(store: Store, tmp_path: Path) -> None:
    asked = written(store, tmp_path / "sheet.xlsx", 1000)
    single = next(n for n, q in enumerate(asked) if q.sources == 1 and q.values["type"] == "visit")
    sheet = Filling(tmp_path / "sheet.xlsx")
    sheet.put(single + 2, organizations="某某织造厂")
    apply_sheet(store, sheet.save(), "林某")
    with store.read() as connection:
        page = connection.scalar(select(s.articles.c.url).where(s.articles.c.article_id == asked[single].article_id))
    record = store.record(page)
    assert record is not None
    copy = replace(record.article, url="http://www.example.org/2018/copy.html")
    saved = store.save(replace(record, article=copy))
    assert asked[single].event_id in saved.events
    now = event(store, asked[single].event_id)
    assert (now["articles"], now["organizations"]) == (2, ["某某织造厂"])


def test_articles_declared_complete_become_gold(store: Store, tmp_path: Path) -> None:
    asked = written(store, tmp_path / "sheet.xlsx", 8)
    alone = [
        page
        for page in dict.fromkeys(q.article_id for q in asked)
        if all(q.sources == 1 for q in asked if q.article_id == page)
    ]
    sheet = Filling(tmp_path / "sheet.xlsx")
    for row, question in enumerate(asked, 2):
        if question.article_id in alone:
            sheet.put(row, verdict="right")
    for row in range(2, len(sheet.rows("articles")) + 2):
        sheet.put(row, sheet="articles", complete="yes")
    applied = apply_sheet(store, sheet.save(), "林某")
    files, left = write_gold(store, applied.complete, tmp_path / "gold")
    assert [path.stem for path in files] == [f"review-{page}" for page in alone]
    assert len(left) == len(applied.complete) - len(alone)
    case = json.loads(files[0].read_text("utf-8"))
    told = [q for q in asked if q.article_id == alone[0] and q.values["status"] != "planned"]
    assert sorted(e["type"] for e in case["events"]) == sorted(q.values["type"] for q in told)
    text = files[0].with_suffix(".txt").read_text("utf-8")
    assert all(e["evidence"] in text for e in case["events"])
    scored = subprocess.run(
        [sys.executable, str(SCORER), str(tmp_path / "gold")], capture_output=True, text=True, check=True
    )
    assert f"{tmp_path / 'gold'}: {len(files)} articles" in scored.stdout
    assert re.search(r"  events +1\.000", scored.stdout), scored.stdout


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"verdict": "maybe"}, "verdict: 'maybe' is none of right, wrong"),
        ({"verdict": "wrong", "type": "visit", "status": "agreed"}, "verdict wrong and changed cells"),
        ({"event_id": "0123"}, "event_id: '0123' was not on the sheet"),
        ({"supporting": "朝阳区"}, "supporting: '朝阳区' could be"),
    ],
)
def test_a_bad_row_is_said_and_the_others_are_taken(
    store: Store, tmp_path: Path, cells: dict[str, str], said: str
) -> None:
    written(store, tmp_path / "sheet.xlsx", 3)
    sheet = Filling(tmp_path / "sheet.xlsx")
    sheet.put(2, **cells)
    sheet.put(3, verdict="right")
    applied = apply_sheet(store, sheet.save(), "林某")
    assert len(applied.problems) == 1
    assert applied.problems[0].startswith(f"{sheet.path}: row 2: {said}")
    assert applied.counts["confirmed"] == 1


def test_a_replay_finds_nothing_lost_that_a_person_saw(store: Store, tmp_path: Path) -> None:
    asked = written(store, tmp_path / "sheet.xlsx", 2)
    sheet = Filling(tmp_path / "sheet.xlsx")
    sheet.put(2, verdict="right")
    apply_sheet(store, sheet.save(), "林某")
    with store.read() as connection:
        url = connection.scalar(select(s.articles.c.url).where(s.articles.c.article_id == asked[0].article_id))
    record = store.record(str(url))
    assert record is not None
    read = store.admitted(replace(record, events=()))
    assert [e.evidence for e in read.events] == [asked[0].mention.evidence]


@pytest.mark.parametrize("point", ["review:before-commit", "review:after-commit"])
def test_killed_between_two_rows_the_sheet_is_applied_again(own: Path, tmp_path: Path, point: str) -> None:
    url = f"sqlite:///{own}"
    calm = tmp_path / "calm.sqlite"
    calm.write_bytes(own.read_bytes())
    with Store(url) as store:
        written(store, tmp_path / "sheet.xlsx", 4)
    sheet = Filling(tmp_path / "sheet.xlsx")
    sheet.put(2, verdict="right")
    sheet.put(3, verdict="wrong")
    sheet.put(4, status="agreed")
    path = sheet.save()
    command = (
        "import sys; from pathlib import Path; from crawler.review import apply_sheet; from crawler.store import Store"
    )
    command += "\nwith Store(sys.argv[1]) as store: apply_sheet(store, Path(sys.argv[2]), 'x')"
    environment = os.environ | {"DUIKOU_FAILPOINT": f"{point}:2"}
    killed = subprocess.run([sys.executable, "-c", command, url, str(path)], env=environment, check=False)
    assert killed.returncode == -signal.SIGKILL
    with Store(url) as store, Store(f"sqlite:///{calm}") as undisturbed:
        assert apply_sheet(store, path, "x").problems == []
        apply_sheet(undisturbed, path, "x")
        assert store.dump() == undisturbed.dump()
        with store.read() as connection:
            assert len(connection.execute(select(s.reviews)).all()) == 3
