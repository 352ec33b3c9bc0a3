"""What waits for the lock of PostgreSQL's one writer, and what does not."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from threading import Thread

import pytest

from crawler.archive import Location, Written
from crawler.haste import haste
from crawler.model import Article, Record
from crawler.store import Store
from crawler.store.archiving import Arrival
from crawler.store.grouping import StoreThread
from tests.postgres import new_database

pytestmark = pytest.mark.services

MOMENT = datetime(2026, 3, 2, tzinfo=UTC)
PAGES = [f"http://www.cinic.org.cn/hy/cs/{870000 + number}.html" for number in range(3)]


@pytest.fixture
def stores(migrated: str) -> Iterator[tuple[Store, Store]]:
    """One database, opened as by two processes."""
    with new_database(like=migrated) as url, Store(url) as one, Store(url) as other:
        yield one, other


def booked(store: Store, number: int) -> None:
    arrival = Arrival(PAGES[number], PAGES[number], "article", "cinic", 200, MOMENT)
    store.archived(arrival, Written(Location("a.warc.gz", 100 * number, 100), f"sha1:{number}", "response"))


def saved(store: Store) -> str:
    record = Record(Article(url=PAGES[0], title="协作会议", text="某县与某区召开东西部协作联席会议。"), relevant=True)
    return store.save(record, portal="cinic", fetched_at=MOMENT).outcome


def test_the_archive_is_booked_while_another_process_saves(stores: tuple[Store, Store]) -> None:
    busy, store = stores
    run = store.begin_run("cinic")
    store.found("cinic", None, PAGES, [], run)

    async def go() -> str:
        books, saves = StoreThread("books"), StoreThread()
        books.use(store)
        saves.use(store)
        try:
            with busy.write():
                store.archive_opened("a.warc.gz")
                saving = saves.submit("write", partial(saved, store))
                booking = [books.submit("book", partial(booked, store, number)) for number in range(3)]
                await asyncio.wait_for(asyncio.gather(*booking), 30)
                assert [store.url(page).state for page in PAGES] == ["archived"] * 3
                assert not saving.done()
            return await asyncio.wait_for(saving, 30)
        finally:
            books.close()
            saves.close()

    assert asyncio.run(go()) == "new"
    assert store.archive_sizes() == {"a.warc.gz": 300}
    assert [store.url(page).state for page in PAGES] == ["stored", "archived", "archived"]


def test_a_save_among_bookings_waits_for_the_lock(stores: tuple[Store, Store]) -> None:
    busy, store = stores

    def among() -> None:
        with store.together("book"):
            saved(store)

    with ExitStack() as held:
        held.enter_context(busy.write())
        thread = Thread(target=among)
        thread.start()
        thread.join(0.5)
        assert thread.is_alive()
    thread.join(30)
    assert store.url(PAGES[0]).state == "stored"


def test_a_write_is_in_haste_when_others_had_the_lock_before_it(stores: tuple[Store, Store]) -> None:
    busy, store = stores
    told: list[int] = []

    def written() -> None:
        with store.write():
            told.append(haste._writes)

    written()
    with ExitStack() as held:
        held.enter_context(busy.write())
        thread = Thread(target=written)
        thread.start()
        thread.join(0.5)
        assert told == [0]
    thread.join(30)
    assert told == [0, 1]
    assert haste._writes == 0
