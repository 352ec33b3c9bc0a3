"""Every store test runs on SQLite and, marked ``services``, on a PostgreSQL database made for it and dropped after."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from crawler.store import Store

SERVER = os.environ.get("TEST_DATABASE_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.services)])
def make_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[object]:
    """A function that makes an empty database and returns its URL."""
    made: list[str] = []

    def sqlite() -> str:
        return f"sqlite:///{tmp_path}/{uuid.uuid4().hex[:8]}.db"

    def postgresql() -> str:
        name = f"duikou_test_{uuid.uuid4().hex[:12]}"
        made.append(name)
        _on_server(f"CREATE DATABASE {name}")
        return make_url(SERVER).set(database=name).render_as_string(hide_password=False)

    yield sqlite if request.param == "sqlite" else postgresql
    for name in made:
        _on_server(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database_url(make_database_url) -> str:
    return make_database_url()


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    with Store(database_url) as opened:
        yield opened


@pytest.fixture
def make_store(make_database_url) -> Iterator[object]:
    """A function that opens a new store on an empty database."""
    opened: list[Store] = []

    def make() -> Store:
        opened.append(Store(make_database_url()))
        return opened[-1]

    yield make
    for one in opened:
        one.close()


def _on_server(command: str) -> None:
    engine = create_engine(SERVER, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text(command))
    finally:
        engine.dispose()
