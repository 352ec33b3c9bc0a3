"""A disk that fills up at any write: the crawl ends cleanly with exit status 3, and the next one goes on from there."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from crawler.store import Store, engine
from tests.spiders.conftest import Web, article_url, cinic
from tests.spiders.killing import Crawls, Job, invalid

# What lies on the small disk, and how much is free there: from no tables at all to a few pages short of a harvest.
PLACES = [("both", 100), ("both", 500), ("both", 700), ("both", 900), ("database", 600), ("archive", 8)]


def test_wherever_the_disk_fills_up_nothing_committed_is_lost(small_disk: Path, tmp_path: Path) -> None:
    web = Web()
    cinic(web)
    calm = f"sqlite:///{tmp_path}/calm.sqlite"
    filler = small_disk / "filler"
    statuses = {}
    try:
        with Crawls(web.proxy) as crawls:
            assert crawls.run(Job(calm, ["cinic"])).codes == [0]
            for what, kilobytes in PLACES:
                name = f"{what}{kilobytes}"
                database, archive = (
                    (small_disk if what in ("both", part) else tmp_path) / name / part
                    for part in ("database", "archive")
                )
                for folder in (database.parent, archive.parent):
                    folder.mkdir(exist_ok=True)
                job = Job(f"sqlite:///{database}", ["cinic"], settings=[f"ARCHIVE_DIR={archive}"])
                filler.write_bytes(bytes(shutil.disk_usage(small_disk).free - kilobytes * 1024))
                (statuses[name],) = crawls.run(job).codes
                filler.unlink()
                if database.exists():
                    with closing(sqlite3.connect(database)) as opened:
                        assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                assert crawls.run(job).codes == [0], name
                with Store(calm) as one, Store(str(database)) as other:
                    assert other.dump() == one.dump(), name
                assert invalid(archive) == []
                shutil.rmtree(small_disk / name)
    finally:
        web.close()
    assert set(statuses.values()) <= {0, 3}, statuses
    assert {name.strip("0123456789") for name, status in statuses.items() if status == 3} == {
        "both", "database", "archive",
    }, statuses  # fmt: skip


def test_a_database_that_may_not_grow_keeps_what_it_has(web, crawl, store, monkeypatch):
    """SQLite's own limit stands for the disk where mounting a small one is not allowed."""
    cinic(web)
    crawl("cinic", url=article_url(1))
    before = store.dump()
    with store.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    configure = engine._configure

    def limited(connection, record):
        configure(connection, record)
        connection.execute(f"PRAGMA max_page_count={pages}")

    with monkeypatch.context() as patch:
        patch.setattr(engine, "_configure", limited)
        full = crawl("cinic")
    assert full.stats["finish_reason"] == "disk"
    assert full["disk_full"] >= 1
    assert {line for line in before if '"record": "article"' in line} <= set(store.dump())
    again = crawl("cinic")
    assert again.stats["finish_reason"] == "finished"
    assert len(store.stored([article_url(n) for n in range(1, 8)])) == 7


def test_a_forgetting_that_finds_no_room_leaves_all_as_it_was(web, crawl, store, tmp_path, small_disk):
    cinic(web)
    crawl("cinic", {"ARCHIVE_DIR": str(small_disk / "a"), "DISK_FREE_MIN_MB": 0})
    before = store.dump()
    sizes = store.archive_sizes()
    (small_disk / "filler").write_bytes(bytes(shutil.disk_usage(small_disk).free))
    with pytest.raises(Exception, match="free space"):
        store.forget_page(article_url(1), small_disk / "a")
    assert store.dump() == before
    assert store.archive_sizes() == sizes
    (small_disk / "filler").unlink()
    store.forget_page(article_url(1), small_disk / "a")
    assert store.record(article_url(1)) is None
