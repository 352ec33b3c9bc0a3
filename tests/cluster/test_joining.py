"""A crawler that comes while its run is being ended waits for it, and stops waiting when it is told to stop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from scrapy import Spider
from scrapy.utils.test import get_crawler

from crawler.extensions import ledger as ledger_module
from crawler.extensions.ledger import Ledger
from crawler.store.joint import DoneMeanwhileError


class Crew:
    """Asked to join, it answers what it was given; ``stop`` is called when that is used up."""

    def __init__(self, answers: list[int | None], stop: Callable[[], None]) -> None:
        self.answers, self.stop, self.asked = answers, stop, 0

    def join(self, *_: object) -> int | None:
        self.asked += 1
        answer = self.answers.pop(0)
        if not self.answers:
            self.stop()
        return answer


def joined(answers: list[int | None], monkeypatch: pytest.MonkeyPatch) -> tuple[int | Exception, int]:
    """What comes of joining, and how often it was tried; with the last answer the crawl is told to stop."""
    monkeypatch.setattr(ledger_module, "LOOK", 0.001)
    crawler = get_crawler(Spider)
    crawler.crawling = True

    async def main() -> tuple[int | Exception, int]:
        ledger = Ledger(crawler)
        crew = Crew(answers, lambda: setattr(crawler, "crawling", False))
        try:
            return await asyncio.wait_for(ledger._joined(crew, "cinic", {}), 30), crew.asked  # type: ignore[arg-type]
        except DoneMeanwhileError as error:
            return error, crew.asked
        finally:
            ledger._thread.close()

    return asyncio.run(main())


def test_it_joins_once_the_run_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    assert joined([None, None, 7, None], monkeypatch) == (7, 3)


def test_told_to_stop_it_waits_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    told, asked = joined([None, None, None], monkeypatch)
    assert isinstance(told, DoneMeanwhileError)
    assert "told to stop" in str(told)
    assert asked == 3
