"""What tests of several packages share."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import pytest
from hypothesis import settings

from crawler.model import Page
from crawler.recipe import recipe
from crawler.store import Saved, Store
from crawler.store.engine import Database
from crawler.store.upgrading import upgrade
from tests.postgres import new_database

# a loaded machine is slow, and a test must not fail one day in a hundred
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 4 MB; skipped where mounting is not allowed."""
    folder = tmp_path / "small-disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("mounting a small file system is not allowed here")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.services)])
def any_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an SQLite database that is not there yet and, marked ``services``, of one without rows in PostgreSQL.
    """  # fmt: skip
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'any.sqlite'}"
        return
    with new_database(like=request.getfixturevalue("migrated")) as url:
        yield url


@pytest.fixture(scope="session")
def migrated() -> Iterator[str]:
    """A PostgreSQL database with our tables, which nobody opens: to copy it takes half the time of making them."""
    with new_database() as url:
        database = Database(url)
        upgrade(database)
        database.close()
        yield url


@pytest.fixture
def any_store(any_database: str) -> Iterator[Store]:
    with Store(any_database) as store:
        yield store


@pytest.fixture
def told(any_store: Store) -> Callable[..., Saved]:
    """Save an article as a crawl of a run does: the number makes its address, the text is read by the recipe."""

    def save(
        number: int, body: str, *, title: str = "东西部协作", run_id: int | None = None, portal: str = "cinic"
    ) -> Saved:
        title = escape(title)
        page = (
            f"<html><head><meta charset='utf-8'><title>{title}</title></head><body><h1>{title}</h1>"
            f"<div>来源:某日报 时间:2026-03-02</div><div id='zoom'>"
            + "".join(f"<p>{part}</p>" for part in body.split("|"))
            + "</div></body></html>"
        )
        url = f"http://www.cinic.org.cn/hy/cs/{860000 + number}.html"
        record = recipe(Page(url, page.encode(), fetched_at=datetime(2026, 3, 2, 10, tzinfo=UTC), portal=portal))
        return any_store.save(record, portal=portal, run_id=run_id)

    return save
