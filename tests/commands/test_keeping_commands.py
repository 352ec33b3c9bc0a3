"""``scrapy backup``, ``forget`` and what a replay says of them, as the shell runs them."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from crawler.archive import read_file
from crawler.sample import serve
from crawler.store import Store


@pytest.fixture(scope="module")
def harvested(scrapy, tmp_path_factory) -> Path:
    """The folder of a small harvest: ``harvest.sqlite`` and its archive."""
    folder = tmp_path_factory.mktemp("keeping")
    quick = ["DOWNLOAD_DELAY=0", "AUTOTHROTTLE_ENABLED=0", "READ_WORKERS=0", "SAMPLE=1"]
    options = [part for one in (*quick, f"DATABASE_URL=sqlite:///{folder}/harvest.sqlite") for part in ("-s", one)]
    with serve(1) as web:
        (done,) = scrapy([["crawl", "gdfupin", *options]], web.proxy_url)
    assert done.status == 0, done.err[-2000:]
    return folder


@pytest.fixture
def own(harvested: Path, tmp_path: Path) -> Path:
    """A copy of the harvest."""
    shutil.copytree(harvested, tmp_path, dirs_exist_ok=True)
    return tmp_path


def on(folder: Path, *commands: str) -> list[list[str]]:
    """Commands against the harvest of a folder; ``{here}`` is the folder."""
    database = ["-s", f"DATABASE_URL=sqlite:///{folder}/harvest.sqlite"]
    return [[*(word.format(here=folder) for word in command.split()), *database] for command in commands]


def everything(folder: Path) -> str:
    """All that the database says, row by row, and all archived payloads and records."""
    with closing(sqlite3.connect(folder / "harvest.sqlite")) as database:
        rows = [str(line) for line in database.iterdump()]
    for path in (folder / "harvest-archive").iterdir():
        rows += [str(capture) + capture.payload.decode("gb18030", "replace") for _, capture in read_file(path)]
    return "\n".join(rows)


def test_a_backup_is_whole_and_overwrites_nothing(scrapy, own: Path) -> None:
    made, again, nowhere, none, two = scrapy(
        [
            *on(own, "backup {here}/copy.sqlite", "backup {here}/copy.sqlite", "backup {here}/no/copy.sqlite"),
            ["backup", f"{own}/other.sqlite", "-s", f"DATABASE_URL=sqlite:///{own}/nosuch.sqlite"],
            *on(own, "backup {here}/a {here}/b"),
        ]
    )
    assert (made.status, made.out) == (
        0,
        f"{own}/copy.sqlite: {(own / 'copy.sqlite').stat().st_size:,} bytes, checked\n",
    )
    with Store(f"{own}/copy.sqlite") as copy, Store(f"{own}/harvest.sqlite") as live:
        assert copy.dump() == live.dump()
        assert len(live.stored(row.ledger_url for row in live.article_captures())) > 5
    assert "exists already; give a new name, a backup overwrites nothing" in again.last
    assert f"no folder {own}/no; make it or choose another path" in nowhere.last
    assert "no such database; set DATABASE_URL" in none.last
    assert "give one file name: scrapy backup FILE" in two.last
    assert [one.status for one in (again, nowhere, none, two)] == [2, 2, 2, 2]
    assert sorted(path.name for path in own.iterdir() if "copy" in path.name or "other" in path.name) == ["copy.sqlite"]


def test_a_full_disk_ends_a_backup_with_status_3(scrapy, own: Path, small_disk: Path) -> None:
    (small_disk / "filler").write_bytes(bytes(shutil.disk_usage(small_disk).free - 100_000))
    (done,) = scrapy(on(own, f"backup {small_disk}/copy.sqlite"))
    assert done.status == 3
    assert "free space or choose another disk" in done.out
    assert [path.name for path in small_disk.iterdir()] == ["filler"]


def test_a_page_is_forgotten_by_its_address(scrapy, own: Path) -> None:
    with Store(f"{own}/harvest.sqlite") as store:
        row = next(row for row in store.article_captures() if (found := store.record(row.url)) and found.events)
        url, record, before = row.url, store.record(row.url), store.dump()
    assert record is not None
    would, done, again, exported = scrapy(
        on(
            own,
            f"forget {url} --dry-run",
            f"forget {url} --reason asked",
            f"forget {url}",
            "export --with-text -o {here}/out",
        )
    )
    assert "articles: 1 would go" in would.out
    assert done.out == would.out.replace("would go", "forgotten")
    assert again.out == "nothing of it is here; should it come, it is kept out\n"
    assert [one.status for one in (would, done, again, exported)] == [0, 0, 0, 0]
    left = everything(own) + "".join(path.read_text("utf-8-sig") for path in (own / "out").rglob("*.csv"))
    assert not [line for line in left.splitlines() if url in line][:3]
    assert record.article.text[:40] not in left
    with Store(f"{own}/harvest.sqlite") as store:
        after = store.dump()
    assert len(after) < len(before)
    assert not [line for line in after if url in line]


def test_a_name_is_forgotten_in_either_script(scrapy, own: Path) -> None:
    with Store(f"{own}/harvest.sqlite") as store:
        name = next(p.name for row in store.article_captures() if (found := store.record(row.url))
                    for event in found.events for p in event.persons if len(p.name) == 3)  # fmt: skip
    would, done, replayed = scrapy(on(own, f"forget {name} --dry-run", f"forget {name}", "replay --quiet"))
    assert [one.status for one in (would, done, replayed)] == [0, 0, 0], done.err
    assert "captures: " in would.out
    assert "rows of texts: " in would.out
    assert done.out == would.out.replace("would go", "forgotten")
    assert name not in everything(own)
    assert "articles: 0 added, 0 changed, 0 lost" in replayed.out


WRONG = {
    "forget": "give one URL or one name: scrapy forget URL|PERSON",
    "forget a b": "give one URL or one name",
    "forget x": "'x' is neither a URL (with http://) nor a Chinese name of two characters or more",
    "replay now": "unexpected argument 'now'",
}


def test_what_cannot_be_forgotten_is_said_in_a_line(scrapy, harvested: Path) -> None:
    for done, said in zip(scrapy(on(harvested, *WRONG)), WRONG.values(), strict=True):
        assert said in done.last
        assert done.status == 2
