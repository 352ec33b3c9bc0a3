"""A backup is what was committed at one moment, taken while another process writes, and never half of it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import IO

import pytest
from records import harvest
from sqlalchemy.engine import make_url

from crawler.store import DiskFullError, Store, StoreError
from crawler.store.backup import backup

HERE = Path(__file__).parent
WRITER = """
import itertools, sys
sys.path.insert(0, sys.argv[2])
from dataclasses import replace
from records import harvest
from crawler.store import Store
with Store(sys.argv[1]) as store:
    for turn in itertools.count():
        for portal, record in harvest()[4:]:
            url = f"http://w.example.cn/{turn}/{record.article.url[-1]}.html"
            store.save(replace(record, article=replace(record.article, url=url)), portal=portal)
        print(turn, flush=True)
"""


def filled(url: str) -> list[str]:
    with Store(url) as store:
        for portal, record in harvest():
            store.save(record, portal=portal)
        return store.dump()


def goes_on(told: IO[bytes]) -> None:
    """Wait until the writer has begun and ended a turn after this moment."""
    os.set_blocking(told.fileno(), False)
    told.read()  # what it had told before
    os.set_blocking(told.fileno(), True)
    for _ in range(3):  # the rest of a line, the turn under way, a whole one
        told.readline()


def test_a_backup_taken_while_another_process_writes_is_whole(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/d.sqlite"
    before = filled(url)
    command = [sys.executable, "-c", WRITER, url, str(HERE)]
    writer = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=HERE.parents[1])
    try:
        assert writer.stdout is not None
        writer.stdout.readline()
        copies = [tmp_path / f"copy{n}.sqlite" for n in range(3)]
        for path in copies:
            assert backup(url, path) == path.stat().st_size
            goes_on(writer.stdout)
    finally:
        writer.kill()
        writer.communicate()
    dumps = []
    for path in copies:
        with Store(str(path)) as store:
            dumps.append(store.dump())
    with Store(url) as store:
        live = store.dump()
    for earlier, later in zip([before, *dumps], [*dumps, live], strict=True):
        assert set(earlier) < set(later)
    for lines in dumps:
        assert sum('"record": "article"' in line for line in lines) == sum(
            '"record": "revision"' in line for line in lines
        )
    assert not list(tmp_path.glob(".*part*"))


def test_a_restored_backup_is_equal_and_one_plain_file(tmp_path: Path) -> None:
    before = filled(f"sqlite:///{tmp_path}/d.sqlite")
    backup(f"{tmp_path}/d.sqlite", tmp_path / "copy.sqlite")
    with closing(sqlite3.connect(tmp_path / "copy.sqlite")) as copy:
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    shutil.copy(tmp_path / "copy.sqlite", tmp_path / "restored.sqlite")
    with Store(f"{tmp_path}/restored.sqlite") as store:
        assert store.dump() == before


def test_nothing_is_overwritten_and_nothing_made_up(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/d.sqlite"
    target = tmp_path / "copy.sqlite"
    with pytest.raises(StoreError, match="no such database"):
        backup(url, target)
    assert not target.exists()
    filled(url)
    target.write_text("mine")
    with pytest.raises(StoreError, match="exists already"):
        backup(url, target)
    assert target.read_text() == "mine"
    with pytest.raises(StoreError, match="no folder"):
        backup(url, tmp_path / "none" / "x")
    (tmp_path / "notes.sqlite").write_text("no database")
    with pytest.raises(StoreError, match="cannot be backed up"):
        backup(f"{tmp_path}/notes.sqlite", tmp_path / "x")


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, small_disk: Path) -> None:
    url = f"sqlite:///{tmp_path}/d.sqlite"
    filled(url)
    (small_disk / "filler").write_bytes(bytes(shutil.disk_usage(small_disk).free - 200_000))
    with pytest.raises(DiskFullError, match="free space"):
        backup(url, small_disk / "copy.sqlite")
    assert [path.name for path in small_disk.iterdir()] == ["filler"]


@pytest.mark.services
@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_postgresql_is_dumped_and_restored(make_database_url, tmp_path: Path) -> None:
    url, other = make_database_url(), make_database_url()
    before = filled(url)
    assert backup(url, tmp_path / "d.dump") > 0
    server = make_url(other).set(drivername="postgresql").render_as_string(hide_password=False)
    subprocess.run(["pg_restore", f"--dbname={server}", str(tmp_path / "d.dump")], check=True)
    with Store(other) as store:
        assert store.dump() == before


@pytest.mark.services
def test_without_pg_dump_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StoreError, match="pg_dump is not installed; install"):
        backup("postgresql://127.0.0.1/x", tmp_path / "d.dump")
    assert os.listdir(tmp_path) == []
