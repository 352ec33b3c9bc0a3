"""What tests of several packages share."""

from __future__ import annotations

import os
import subprocess
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from crawler.model import Page
from crawler.recipe import recipe
from crawler.store import Saved, Store

# a loaded machine is slow, and a test must not fail one day in a hundred
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")

POSTGRES = os.environ.get("TEST_DATABASE_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")


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
    """The URL of an empty SQLite database and, marked ``services``, of a PostgreSQL one dropped afterwards."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'any.sqlite'}"
        return
    name = f"duikou_test_{uuid.uuid4().hex[:12]}"
    engine = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


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
