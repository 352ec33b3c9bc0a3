"""``scrapy replay``: everything archived is read again with today's code, and the differences are told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from crawler.sample import serve
from crawler.store import Store
from tests import forked


def scrapy(*args: str, database: Path, proxy: str | None = None, code: str = "", **environment: str) -> forked.Done:
    """Run a command; ``code`` runs first and may change how pages are read."""
    settings = [f"DATABASE_URL=sqlite:///{database}", "DOWNLOAD_DELAY=0", "AUTOTHROTTLE_ENABLED=0", "SAMPLE=1"]
    options = [part for setting in settings for part in ("-s", setting)]
    return forked.run([*args, *options], proxy=proxy, code=code, **environment)


@pytest.fixture(scope="module")
def harvested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = tmp_path_factory.mktemp("replay") / "harvest.sqlite"
    with serve(1) as web:
        done = scrapy("crawl", "gdfupin", database=database, proxy=web.proxy_url)
    assert done.status == 0, done.err[-2000:]
    return database


def dump(database: Path) -> list[str]:
    with Store(f"sqlite:///{database}") as store:
        return store.dump()


def copied(database: Path, folder: Path) -> Path:
    """A harvest of one's own: database and archive."""
    shutil.copytree(database.parent, folder, dirs_exist_ok=True)
    return folder / database.name


CHANGED = """
import crawler.replay
from dataclasses import replace
original = crawler.replay.recipe
def changed(page, profile=None, **how):
    record = original(page, profile, **how)
    return replace(record, article=replace(record.article, source="另一家报"), events=record.events[1:])
crawler.replay.recipe = changed
"""


def test_the_same_code_changes_nothing(harvested: Path) -> None:
    before = dump(harvested)
    done = scrapy("replay", database=harvested)
    assert done.status == 0, done.err
    with Store(f"sqlite:///{harvested}") as store:
        pages = len(store.article_captures())
    lines = done.out.splitlines()
    assert f"unchanged: {pages}" in lines
    assert f"pages: {pages}" in lines
    assert pages > 5
    assert not [line for line in lines if line[:2] in ("+ ", "- ", "~ ")]
    assert dump(harvested) == before


def test_other_code_is_told_field_by_field_and_written_when_asked(harvested: Path, tmp_path: Path) -> None:
    database = copied(harvested, tmp_path)
    before = dump(database)
    told = scrapy("replay", database=database, code=CHANGED)
    assert told.status == 0
    assert "source" in told.out
    assert "→ 另一家报" in told.out
    assert any(line.startswith("- event ") for line in told.out.splitlines())
    assert "scrapy replay --apply does" in told.out
    assert dump(database) == before
    applied = scrapy("replay", "--apply", "--quiet", database=database, code=CHANGED)
    assert applied.status == 0
    assert "另一家报" in "".join(dump(database))
    again = scrapy("replay", "--quiet", database=database, code=CHANGED)
    assert "articles: 0 added, 0 changed, 0 lost" in again.out
    back = scrapy("replay", "--apply", "--quiet", database=database)
    assert back.status == 0
    assert [line for line in dump(database) if '"events"' in line] == [line for line in before if '"events"' in line]


def test_a_killed_replay_goes_on_where_it_was(harvested: Path, tmp_path: Path) -> None:
    database = copied(harvested, tmp_path)
    small = "import crawler.replay\ncrawler.replay._BATCH = 2\n"
    died = scrapy("replay", "--quiet", database=database, code=small, DUIKOU_FAILPOINT="replay:after-commit:2")
    assert died.status == -9
    other = scrapy("replay", "--quiet", "--portal", "cinic", database=database, code=small)
    assert "pages: 0" in other.out.splitlines()
    assert "went on" not in other.out
    done = scrapy("replay", "--quiet", database=database, code=small)
    assert done.status == 0
    assert "went on with a replay" in done.out
    with Store(f"sqlite:///{database}") as store:
        pages = f"pages: {len(store.article_captures())}"
    assert pages in done.out.splitlines()
    died = scrapy("replay", "--quiet", database=database, code=small, DUIKOU_FAILPOINT="replay:after-commit:2")
    assert died.status == -9
    anew = scrapy("replay", "--quiet", "--anew", database=database)
    assert pages in anew.out.splitlines()
    assert "went on" not in anew.out


def test_broken_pages_are_kept_in_quarantine_and_read_again(tmp_path: Path) -> None:
    database = tmp_path / "harvest.sqlite"
    breaking = """
from crawler.pool import PageLostError, RecipePool
async def breaking(self, page, profile=None):
    raise PageLostError(page.url, "read", "ValueError: cannot read this")
RecipePool.learn = breaking
"""
    with serve(1) as web:
        broken = scrapy("crawl", "gdfupin", database=database, code=breaking, proxy=web.proxy_url)
    assert broken.status == 1
    with Store(f"sqlite:///{database}") as store:
        assert store.article_captures(quarantined=True)
        assert store.portal_summary()[0].articles == 0
    done = scrapy("replay", "--quarantine", "--apply", database=database)
    assert done.status == 0, done.err
    with Store(f"sqlite:///{database}") as store:
        assert store.article_captures(quarantined=True) == []
        assert store.portal_summary()[0].articles > 5


def test_a_missing_archive_file_is_named(harvested: Path, tmp_path: Path) -> None:
    database = copied(harvested, tmp_path)
    (gone,) = (tmp_path / "harvest-archive").glob("*.warc.gz")
    gone.unlink()
    done = scrapy("replay", database=database)
    assert done.status == 1
    assert f"{gone}: No such file or directory; restore it from a backup" in done.out
