"""``scrapy replay``: everything archived is read again with today's code, and the differences are told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.sample import serve
from crawler.store import Store

ROOT = Path(__file__).parents[2]


def scrapy(*args: str, database: Path, code: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command; ``code`` runs first and may change how pages are read."""
    program = f"{code}\nimport sys\nfrom scrapy.cmdline import execute\nexecute(['scrapy', *sys.argv[1:]])"
    settings = [f"DATABASE_URL=sqlite:///{database}", "DOWNLOAD_DELAY=0", "AUTOTHROTTLE_ENABLED=0", "SAMPLE=1"]
    options = [part for setting in settings for part in ("-s", setting)]
    command = [sys.executable, "-c", program, *args, *options]
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=False, encoding="utf-8"
    )


@pytest.fixture(scope="module")
def harvested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = tmp_path_factory.mktemp("replay") / "harvest.sqlite"
    with serve(1) as web:
        done = scrapy("crawl", "gdfupin", database=database, http_proxy=web.proxy_url, https_proxy=web.proxy_url)
    assert done.returncode == 0, done.stderr[-2000:]
    return database


def dump(database: Path) -> list[str]:
    with Store(f"sqlite:///{database}") as store:
        return store.dump()


def copied(database: Path, folder: Path) -> Path:
    """A harvest of one's own: database and archive."""
    subprocess.run(["cp", "-r", f"{database.parent}/.", str(folder)], check=True)
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
    assert done.returncode == 0, done.stderr
    with Store(f"sqlite:///{harvested}") as store:
        pages = len(store.article_captures())
    lines = done.stdout.splitlines()
    assert f"unchanged: {pages}" in lines
    assert f"pages: {pages}" in lines
    assert pages > 5
    assert not [line for line in lines if line[:2] in ("+ ", "- ", "~ ")]
    assert dump(harvested) == before


def test_other_code_is_told_field_by_field_and_written_when_asked(harvested: Path, tmp_path: Path) -> None:
    database = copied(harvested, tmp_path)
    before = dump(database)
    told = scrapy("replay", database=database, code=CHANGED)
    assert told.returncode == 0
    assert "source" in told.stdout
    assert "→ 另一家报" in told.stdout
    assert any(line.startswith("- event ") for line in told.stdout.splitlines())
    assert "scrapy replay --apply does" in told.stdout
    assert dump(database) == before
    applied = scrapy("replay", "--apply", "--quiet", database=database, code=CHANGED)
    assert applied.returncode == 0
    assert "另一家报" in "".join(dump(database))
    again = scrapy("replay", "--quiet", database=database, code=CHANGED)
    assert "articles: 0 added, 0 changed, 0 lost" in again.stdout
    back = scrapy("replay", "--apply", "--quiet", database=database)
    assert back.returncode == 0
    assert [line for line in dump(database) if '"events"' in line] == [line for line in before if '"events"' in line]


def test_a_killed_replay_goes_on_where_it_was(harvested: Path, tmp_path: Path) -> None:
    database = copied(harvested, tmp_path)
    small = "import crawler.replay\ncrawler.replay._BATCH = 2\n"
    died = scrapy("replay", "--quiet", database=database, code=small, DUIKOU_FAILPOINT="replay:after-commit:2")
    assert died.returncode == -9
    other = scrapy("replay", "--quiet", "--portal", "cinic", database=database, code=small)
    assert "pages: 0" in other.stdout.splitlines()
    assert "went on" not in other.stdout
    done = scrapy("replay", "--quiet", database=database, code=small)
    assert done.returncode == 0
    assert "went on with a replay" in done.stdout
    with Store(f"sqlite:///{database}") as store:
        pages = f"pages: {len(store.article_captures())}"
    assert pages in done.stdout.splitlines()
    died = scrapy("replay", "--quiet", database=database, code=small, DUIKOU_FAILPOINT="replay:after-commit:2")
    assert died.returncode == -9
    anew = scrapy("replay", "--quiet", "--anew", database=database)
    assert pages in anew.stdout.splitlines()
    assert "went on" not in anew.stdout


def test_broken_pages_are_kept_in_quarantine_and_read_again(tmp_path: Path) -> None:
    database = tmp_path / "harvest.sqlite"
    breaking = """
from crawler.pool import PageLostError, RecipePool
async def breaking(self, page, profile=None):
    raise PageLostError(page.url, "read", "ValueError: cannot read this")
RecipePool.learn = breaking
"""
    with serve(1) as web:
        proxies = {"http_proxy": web.proxy_url, "https_proxy": web.proxy_url}
        broken = scrapy("crawl", "gdfupin", database=database, code=breaking, **proxies)
    assert broken.returncode == 1
    with Store(f"sqlite:///{database}") as store:
        assert store.article_captures(quarantined=True)
        assert store.portal_summary()[0].articles == 0
    done = scrapy("replay", "--quarantine", "--apply", database=database)
    assert done.returncode == 0, done.stderr
    with Store(f"sqlite:///{database}") as store:
        assert store.article_captures(quarantined=True) == []
        assert store.portal_summary()[0].articles > 5


def test_a_missing_archive_file_is_named(harvested: Path, tmp_path: Path) -> None:
    database = copied(harvested, tmp_path)
    (gone,) = (tmp_path / "harvest-archive").glob("*.warc.gz")
    gone.unlink()
    done = scrapy("replay", database=database)
    assert done.returncode == 1
    assert f"{gone}: No such file or directory; restore it from a backup" in done.stdout
