"""Whole pages of our own, read from chrome and damage on: what has been reached is kept."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
PAGES = sorted((TESTS / "gold" / "pages").glob("*.json"))


@pytest.fixture
def scoring(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(TESTS / "scores"))
    import score_events

    yield score_events
    sys.modules.pop("score_events", None)


def test_events_of_whole_pages(scoring) -> None:
    total, dates = scoring.Tally(), scoring.Tally()
    for path in PAGES:
        tallies = scoring.score(path).tallies
        total.add(tallies["events"])
        dates.add(tallies["exact dates"])
    assert len(PAGES) == 226
    assert total.f1 > 0.85
    assert dates.f1 > 0.94
