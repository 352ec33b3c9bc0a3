"""The pool against workers that really die, hang and raise."""

from __future__ import annotations

import asyncio
import os
import signal
import time

import pytest

from crawler.model import Article, Page, Record
from crawler.pool import Call, PageLostError, RecipePool
from crawler.reading import ReadingError


def act(page: Page, profile: object) -> Record:
    """What a page does to its worker is written in its content."""
    match page.content:
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
        case "hang":
            time.sleep(600)
        case "break":
            raise RecursionError("too deep\nsecond line")
        case "empty":
            raise ReadingError(page.url, "the page is empty")
    return Record(Article(page.url, str(os.getpid())), relevant=False)


def pages(*contents: str) -> list[Page]:
    return [Page(f"http://a.example/{n}", content) for n, content in enumerate(contents)]


def run(*contents: str, workers: int = 2, time_limit: float = 30.0) -> list[Record | BaseException]:
    async def main() -> list[Record | BaseException]:
        pool = RecipePool(workers, time_limit=time_limit, task=act)
        try:
            return await asyncio.gather(*(pool.run(page) for page in pages(*contents)), return_exceptions=True)
        finally:
            pool.close()

    return asyncio.run(main())


def test_a_dying_worker_loses_its_own_page_only() -> None:
    got = run("fine", "die", "fine", "die", "fine", "fine")
    lost = [result for result in got if isinstance(result, PageLostError)]
    assert [(one.url[-1], one.stage) for one in lost] == [("1", "worker"), ("3", "worker")]
    assert sum(isinstance(result, Record) for result in got) == 4


def test_a_hanging_page_is_ended_at_its_time_limit() -> None:
    got = run("hang", "fine", "fine", time_limit=1.5)
    assert isinstance(got[0], PageLostError)
    assert str(got[0]) == "http://a.example/0: time: not read within 1.5 s"
    assert all(isinstance(result, Record) for result in got[1:])


@pytest.mark.parametrize("guilty", ["die", "hang"])
def test_pages_of_one_task_are_tried_again_one_by_one(guilty: str) -> None:
    contents = ["fine"] * 5 + [guilty, "break", "empty"] + ["fine"] * 8
    got = run(*contents, workers=1, time_limit=1.5)
    lost = [(one.url[-1], one.stage) for one in got if isinstance(one, PageLostError)]
    assert lost == [("5", "worker" if guilty == "die" else "time"), ("6", "read")]
    assert isinstance(got[7], ReadingError)
    assert [page for page, one in enumerate(got) if isinstance(one, Record)] == [*range(5), *range(8, 16)]


def test_pages_that_wait_share_tasks_and_one_that_does_not_wait_has_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[int] = []
    begin = RecipePool._begin

    def counted(pool: RecipePool, calls: list[Call]) -> None:
        begun.append(len(calls))
        begin(pool, calls)

    monkeypatch.setattr(RecipePool, "_begin", counted)
    run("fine")
    assert begun == [1]
    begun.clear()
    run(*["fine"] * 40, workers=1)
    assert sum(begun) == 40
    assert max(begun) == 4


@pytest.mark.parametrize("workers", [0, 1])
def test_errors_name_page_stage_and_cause(workers: int) -> None:
    broke, empty, fine = run("break", "empty", "fine", workers=workers)
    assert str(broke) == "http://a.example/0: read: RecursionError: too deep"
    assert isinstance(empty, ReadingError)
    assert isinstance(fine, Record)


def test_no_workers_means_this_process() -> None:
    (here,) = run("fine", workers=0)
    (there,) = run("fine", workers=1)
    assert isinstance(here, Record)
    assert here.article.text == str(os.getpid())
    assert isinstance(there, Record)
    assert there.article.text != str(os.getpid())


def test_a_page_is_read_with_what_is_known_when_its_turn_has_come() -> None:
    asked: list[int] = []

    done: list[Page] = []

    async def main() -> None:
        pool = RecipePool(0)

        async def known() -> None:
            asked.append(len(done))

        async def read(page: Page) -> None:
            await pool.learn(page, known)
            done.append(page)

        try:
            await asyncio.gather(*map(read, pages("<p>广东省。</p>", "<p>贵州省。</p>", "<p>云南省。</p>")))
        finally:
            pool.close()

    asyncio.run(main())
    assert asked == [0, 1, 2]


def test_nobody_waits_for_a_pool_that_is_closed() -> None:
    async def main() -> None:
        pool = RecipePool(1, task=act)
        (page,) = pages("fine")
        await pool.run(page)
        pool.close()
        with pytest.raises(RuntimeError):
            await asyncio.wait_for(pool.run(page), 20)

    asyncio.run(main())
