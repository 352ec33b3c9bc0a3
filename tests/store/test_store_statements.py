"""Statements run on the driver: what is written is seen by whatever is asked next, and goes with its transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.exc import DatabaseError

from crawler.store import Store
from crawler.store.schema import changes, sources
from crawler.store.statements import Statement, inserting, numbering

ADDED, NAMES = inserting(sources), Statement(lambda _: select(sources.c.name).order_by(sources.c.name))
ROWS = [{"name": name, "first_article": "a"} for name in ("乙报", "甲报")]


def names(store: Store) -> list[str]:
    with store.read() as connection:
        return NAMES.column(connection)


def test_a_statement_and_a_query_of_sqlalchemy_see_what_was_written_before(store: Store) -> None:
    with store.write() as connection:
        ADDED.many(connection, ROWS)
        assert len(NAMES.column(connection)) == 2
        ADDED.run(connection, name="丙报", first_article="a")
        assert len(connection.scalars(select(sources.c.name)).all()) == 3
        ADDED.run(connection, name="丁报", first_article="a")
    assert len(names(store)) == 4, "the last one was followed by the commit alone"


def write(store: Store, *groups: list[dict[str, str]], then: Callable[[Connection], Any] = lambda _: None) -> None:
    with store.write() as connection:
        for rows in groups:
            ADDED.many(connection, rows)
        then(connection)


def give_up(_: Connection) -> None:
    raise ValueError("given up")


def test_what_fails_takes_its_transaction_along_and_nothing_else(store: Store) -> None:
    with pytest.raises(DatabaseError):
        write(store, ROWS, ROWS)
    with pytest.raises(DatabaseError):
        write(store, [*ROWS, *ROWS], then=NAMES.column)
    with pytest.raises(ValueError, match="given up"):
        write(store, ROWS, then=give_up)
    assert names(store) == []
    write(store, ROWS)
    assert len(names(store)) == 2


def test_numbers_taken_ahead_are_free_and_in_order_behind_what_waits(store: Store) -> None:
    row = {"at": "2026-03-02", "run_id": None, "subject": "article", "subject_id": "a", "detail": {}}
    entered, free = inserting(changes), numbering(changes.c.change)
    with store.write() as connection:
        for kinds in (("gone",), ("back", "gone")):
            numbers = free.column(connection, places=list(range(1, len(kinds) + 1)))
            rows = [row | {"kind": kind, "change": number} for kind, number in zip(kinds, numbers, strict=True)]
            entered.many(connection, rows)
        found = select(changes.c.kind).order_by(changes.c.change)
        assert connection.scalars(found).all() == ["gone", "back", "gone"]
