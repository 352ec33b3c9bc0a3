"""A database that goes away is waited for, not for ever, and not by a crawl that is to end."""

from __future__ import annotations

import logging

import pytest

from crawler.store import DatabaseAwayError, patience
from crawler.store.patience import Patience


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What was slept, on a clock that only sleeping moves."""
    pauses: list[float] = []
    monkeypatch.setattr(patience.time, "sleep", pauses.append)
    monkeypatch.setattr(patience.time, "monotonic", lambda: sum(pauses))
    return pauses


def away(times: int):
    left = iter([True] * times)

    def call(value: str) -> str:
        if next(left, False):
            raise DatabaseAwayError("db: no connection")
        return value

    return call


def test_it_is_tried_again_and_told_once(slept, caplog) -> None:
    with caplog.at_level(logging.WARNING):
        assert Patience(60, lambda: False).call(away(7), "kept") == "kept"
    assert slept == [0.25, 0.5, 1, 2, 4, 8, 10]
    assert [line.partition(";")[0] for line in caplog.messages] == [
        "db: no connection",
        "the database is back after 26 s",
    ]


def test_it_ends_with_the_last_error(slept) -> None:
    with pytest.raises(DatabaseAwayError):
        Patience(60, lambda: False).call(away(1000), "never")
    assert sum(slept) <= 60
    with pytest.raises(DatabaseAwayError):
        Patience(60, lambda: True).call(away(1), "never")
