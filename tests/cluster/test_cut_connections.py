"""A PostgreSQL connection that the server ends in the middle of a transaction: nothing is kept of it, all goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select
from sqlalchemy.engine import make_url

from crawler.model import Article, Record
from crawler.store import DatabaseAwayError, Saved, Store, failpoints
from crawler.store.grouping import StoreThread
from crawler.store.patience import Patience
from crawler.store.schema import sources
from crawler.store.statements import Statement, inserting
from tests.postgres import new_database, on_server

pytestmark = pytest.mark.services

NAMES = Statement(lambda _: select(sources.c.name).order_by(sources.c.name))
SOURCE = inserting(sources)
PATIENCE = Patience(60, lambda: False)


@pytest.fixture
def store(migrated: str) -> Iterator[Store]:
    with new_database(like=migrated) as url, Store(url) as opened:
        yield opened


@pytest.fixture
def cut(store: Store) -> Callable[[], None]:
    """End every connection to the store's database, as an administrator may."""
    database = make_url(store._database.url).database
    command = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'"
    return lambda: on_server(command)


def asks(connection: Connection) -> None:
    NAMES.rows(connection)


def writes(connection: Connection) -> None:
    SOURCE.run(connection, name="报二", first_article="b")


def asks_by_sqlalchemy(connection: Connection) -> None:
    connection.execute(select(sources))


def writes_by_sqlalchemy(connection: Connection) -> None:
    connection.execute(insert(sources).values(name="报三", first_article="c"))


@pytest.mark.parametrize("waits", [False, True], ids=["all was written", "writes wait"])
@pytest.mark.parametrize("then", [asks, writes, asks_by_sqlalchemy, writes_by_sqlalchemy])
def test_a_transaction_whose_connection_is_cut_keeps_nothing_and_the_next_is_as_ever(
    store: Store, cut: Callable[[], None], then: Callable[[Connection], None], waits: bool
) -> None:
    def transaction() -> None:
        with store.write() as connection:
            SOURCE.run(connection, name="报一", first_article="a")
            if not waits:
                NAMES.rows(connection)
            cut()
            then(connection)

    with pytest.raises(DatabaseAwayError):
        transaction()
    with store.write() as connection:
        assert NAMES.column(connection) == [], "neither in the database nor waiting for the next transaction"
        SOURCE.run(connection, name="报四", first_article="d")
    with store.read() as connection:
        assert NAMES.column(connection) == ["报四"]


@pytest.mark.parametrize("boundary", ["save:article", "save:events", "save:before-commit"])
def test_pages_whose_connection_is_cut_are_stored_by_the_next_try(
    store: Store, cut: Callable[[], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, boundary: str
) -> None:
    passed: list[str] = []

    def hook(name: str) -> None:
        passed.append(name)
        if name == boundary and passed.count(boundary) == 2:
            cut()

    with Store(f"sqlite:///{tmp_path}/whole.sqlite") as whole:
        saved = [save(whole, number) for number in range(4)]
        wanted = whole.dump()
    monkeypatch.setattr(failpoints, "_hook", hook)
    assert asyncio.run(saved_by_its_thread(store, 4)) == saved
    assert passed.count(boundary) > 4, "what was cut was done again"
    assert store.dump() == wanted


def save(store: Store, number: int) -> Saved:
    """Four pages with two texts: every second one is a copy."""
    url = f"http://www.cinic.org.cn/hy/cs/{860000 + number}.html"
    words = f"东西部协作联席会议在第{number % 2 + 1}县召开,双方商定共建产业园,并签署了合作协议。" * 3
    article = Article(url=url, title=f"第{number % 2 + 1}县召开联席会议", text=words)
    moment = datetime(2026, 3, 2, tzinfo=UTC)
    return store.save(Record(article, relevant=True), portal="cinic", fetched_at=moment)


async def saved_by_its_thread(store: Store, pages: int) -> list[Saved]:
    """As a crawl has them saved: the calls that wait share a transaction."""
    thread = StoreThread()
    thread.use(store)
    try:
        calls = [thread.submit("write", partial(PATIENCE.call, save, store, number)) for number in range(pages)]
        return await asyncio.gather(*calls)
    finally:
        thread.close()
