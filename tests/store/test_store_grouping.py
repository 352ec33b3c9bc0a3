"""Calls that queue up share one transaction: told of after its commit, none lost by another's failure."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from crawler.store import Store, grouping
from crawler.store.failpoints import set_hook
from crawler.store.grouping import MOST, StoreThread
from tests.store.records import harvest

HERE = Path(__file__).parent


def in_thread(store: Store, use: Callable[[StoreThread], Coroutine[Any, Any, Any]]) -> tuple[Any, list[str]]:
    """What ``use`` returns, and the failpoints passed."""
    passed: list[str] = []

    async def main() -> Any:
        thread = StoreThread()
        thread.use(store)
        try:
            return await use(thread)
        finally:
            thread.close()

    set_hook(passed.append)
    try:
        return asyncio.run(main()), passed
    finally:
        set_hook(None)


def save(store: Store, number: int) -> Callable[[], str]:
    portal, record = harvest()[number]
    return lambda: store.save(record, portal=portal).outcome


def held(thread: StoreThread) -> Callable[[], None]:
    """Keep the thread busy until the function returned is called: what is submitted meanwhile queues up."""
    gate = threading.Event()
    thread.submit("alone", gate.wait)
    return gate.set


def test_what_queued_up_is_saved_in_one_transaction(store: Store) -> None:
    async def use(thread: StoreThread) -> list[str]:
        go = held(thread)
        saving = [thread.submit("write", save(store, n)) for n in range(7)]
        go()
        return list(await asyncio.gather(*saving))

    outcomes, passed = in_thread(store, use)
    assert outcomes == ["new", "duplicate", "new", "new", "new", "new", "new"]
    assert passed.count("together:after-commit") == 1
    assert passed.count("save:after-commit") == 7


def test_writes_wait_for_company_until_a_call_of_another_kind_comes(store: Store, monkeypatch) -> None:
    monkeypatch.setattr(grouping, "LONGEST", 3600.0)

    async def use(thread: StoreThread) -> list[Any]:
        first = thread.submit("write", save(store, 0))
        done, _ = await asyncio.wait([first], timeout=0.1)
        assert not done
        rest = [thread.submit("write", save(store, 2)), thread.submit("read", lambda: "read")]
        return list(await asyncio.wait_for(asyncio.gather(first, *rest), 60))

    outcomes, passed = in_thread(store, use)
    assert outcomes == ["new", "new", "read"]
    assert passed.count("together:after-commit") == 1


def test_a_write_that_nobody_joins_waits_no_longer_than_a_moment(store: Store) -> None:
    async def use(thread: StoreThread) -> list[str]:
        return [await asyncio.wait_for(thread.submit("write", save(store, n)), 60) for n in (0, 2)]

    assert in_thread(store, use)[0] == ["new", "new"]


def test_one_that_fails_fails_alone(store: Store) -> None:
    def half_done() -> None:
        save(store, 1)()
        raise ValueError("after it wrote")

    async def use(thread: StoreThread) -> list[Any]:
        go = held(thread)
        calls = [thread.submit("write", work) for work in (save(store, 0), half_done, save(store, 2))]
        go()
        return list(await asyncio.gather(*calls, return_exceptions=True))

    (one, failed, two), _ = in_thread(store, use)
    assert (one, two) == ("new", "new")
    assert isinstance(failed, ValueError)
    assert sum('"record": "article"' in line for line in store.dump()) == 3, "alone, its own save was committed"


def test_what_comes_first_runs_before_and_its_flush_once(store: Store) -> None:
    done: list[str] = []

    def first(name: str) -> Callable[[], str]:
        def run() -> str:
            if name == "bad":
                raise OSError("no room")
            done.append(f"first {name}")
            return name

        return run

    async def use(thread: StoreThread) -> list[Any]:
        go = held(thread)
        flush = lambda: done.append("flush")  # noqa: E731  # one and the same for all
        calls = [
            thread.submit("write", lambda name: done.append(f"book {name}"), first(name), flush)
            for name in ("a", "bad", "b")
        ]
        go()
        return list(await asyncio.gather(*calls, return_exceptions=True))

    (_, failed, _), _ = in_thread(store, use)
    assert isinstance(failed, OSError)
    assert done == ["first a", "first b", "flush", "book a", "book b"]


def test_a_flush_that_fails_lets_nothing_be_booked(store: Store) -> None:
    booked: list[str] = []

    def refuse() -> None:
        raise OSError("no room")

    async def use(thread: StoreThread) -> list[Any]:
        go = held(thread)
        calls = [thread.submit("write", booked.append, lambda: "page", refuse) for _ in range(2)]
        calls.append(thread.submit("write", save(store, 0)))
        go()
        return list(await asyncio.gather(*calls, return_exceptions=True))

    results, _ = in_thread(store, use)
    assert [type(one) for one in results] == [OSError, OSError, str]
    assert booked == []


def test_transactions_are_bounded_and_lone_calls_stay_alone(store: Store) -> None:
    order: list[object] = []

    async def use(thread: StoreThread) -> None:
        go = held(thread)
        calls = [thread.submit("write", lambda n=n: order.append(n)) for n in range(MOST + 2)]
        calls.append(thread.submit("alone", lambda: order.append("alone")))
        calls.append(thread.submit("read", lambda: order.append("read")))
        go()
        await asyncio.gather(*calls)

    _, passed = in_thread(store, use)
    assert order == [*range(MOST + 2), "alone", "read"]
    assert passed.count("together:after-commit") == 2


KILLED = """
import sys
sys.path.insert(0, sys.argv[2])
from records import harvest
from crawler.store import Store
with Store(sys.argv[1]) as store:
    run = store.begin_run("all")
    store.found("all", None, [record.article.url for _, record in harvest()], [], run)
    with store.together():
        for portal, record in harvest()[:5]:
            store.mark_fetched(record.article.url)
            store.save(record, run_id=run, portal=portal)
"""


@pytest.mark.parametrize(
    ("point", "kept"), [("save:events:4", 0), ("together:before-commit", 0), ("together:after-commit", 5)]
)
def test_killed_a_shared_transaction_is_kept_whole_or_not_at_all(database_url: str, point: str, kept: int) -> None:
    command = [sys.executable, "-c", KILLED, database_url, str(HERE)]
    ended = subprocess.run(
        command, env=os.environ | {"DUIKOU_FAILPOINT": point}, cwd=HERE.parent.parent, check=False
    ).returncode
    assert ended == -signal.SIGKILL
    with Store(database_url) as store:
        assert sum('"record": "article"' in line for line in store.dump()) == kept
        assert len(store.pending("all")) == 7 - kept
