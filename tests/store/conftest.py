"""Every store test runs on SQLite and, marked ``services``, on a PostgreSQL database made for it and dropped after."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from crawler.store import Store
from tests.postgres import new_database


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.services)])
def kind(request: pytest.FixtureRequest) -> str:
    """Which database."""
    return str(request.param)


@pytest.fixture
def make_database_url(kind: str, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """A function that makes an empty database and returns its URL."""
    with ExitStack() as made:

        def make() -> str:
            if kind == "sqlite":
                return f"sqlite:///{tmp_path}/{uuid.uuid4().hex[:8]}.db"
            return made.enter_context(new_database())

        yield make


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """By kind, the URL of a database with its tables and nothing else: to copy one is quicker than to migrate."""
    made: dict[str, str] = {}
    with ExitStack() as kept:

        def template(kind: str) -> str:
            if kind not in made:
                path = tmp_path_factory.mktemp("template") / "empty.db"
                made[kind] = f"sqlite:///{path}" if kind == "sqlite" else kept.enter_context(new_database())
                Store(made[kind]).close()
            return made[kind]

        yield template


@pytest.fixture
def make_prepared_url(kind: str, templates: Callable[[str], str], tmp_path: Path) -> Iterator[Callable[[], str]]:
    """A function that makes a database with tables and without data, and returns its URL."""
    with ExitStack() as made:

        def make() -> str:
            empty = templates(kind)
            if kind == "postgresql":
                return made.enter_context(new_database(like=empty))
            path = tmp_path / f"{uuid.uuid4().hex[:8]}.db"
            shutil.copy(empty.removeprefix("sqlite:///"), path)
            return f"sqlite:///{path}"

        yield make


@pytest.fixture
def database_url(make_prepared_url: Callable[[], str]) -> str:
    return make_prepared_url()


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    with Store(database_url) as opened:
        yield opened


@pytest.fixture
def make_store(make_prepared_url: Callable[[], str]) -> Iterator[Callable[[], Store]]:
    """A function that opens a new store without any data."""
    with ExitStack() as opened:
        yield lambda: opened.enter_context(Store(make_prepared_url()))
