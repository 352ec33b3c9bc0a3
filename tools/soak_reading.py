"""Read randomly damaged pages by the hundred thousand, as a crawl does, and prove that each ends in time.

    python tools/soak_reading.py [PAGES] [FIRST]

Every page goes through the whole recipe in the worker pool. It must come back read or refused (nothing to read in what
is left of it); one that raises anything else, kills its worker or outlasts the time limit is named, and the exit status
is 1. FIRST is the number of the first page: the same number is always the same page.
"""

# ruff: noqa: E402  (the repository's own modules are found once its folder is on the path)

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "reading")]

from mutants import mutant  # type: ignore[import-not-found]  # beside the tests, which are no package

from crawler.model import Page
from crawler.pool import PageLostError, RecipePool
from crawler.reading import ReadingError

TIME_LIMIT = 30.0  # seconds a page
BATCH = 2_000
SHOWN = 20  # lost pages named at most


async def soak(pages: int, first: int) -> int:
    """Read ``pages`` mutants from number ``first`` on; how many were lost."""
    workers = len(os.sched_getaffinity(0))
    pool = RecipePool(workers, time_limit=TIME_LIMIT)
    ends: Counter[str] = Counter()
    slowest, begun = 0.0, time.monotonic()

    async def one(number: int) -> None:
        nonlocal slowest
        page = Page(f"http://www.example.gov.cn/xw/202105/t{number}.html", mutant(number))
        started = time.monotonic()
        try:
            await pool.run(page)
            ends["read"] += 1
        except ReadingError:
            ends["refused"] += 1
        except PageLostError as error:
            ends["lost"] += 1
            if ends["lost"] <= SHOWN:
                print(f"mutant {number}: {error}", file=sys.stderr, flush=True)
        slowest = max(slowest, time.monotonic() - started)

    async def share(numbers: Iterator[int]) -> None:
        for number in numbers:
            await one(number)

    try:
        for start in range(first, first + pages, BATCH):
            todo = iter(range(start, min(start + BATCH, first + pages)))
            await asyncio.gather(*(share(todo) for _ in range(2 * workers)))
            print(f"{sum(ends.values()):,} pages in {time.monotonic() - begun:.0f} s: {dict(ends)}", flush=True)
    finally:
        await asyncio.to_thread(pool.close)
    print(f"slowest page {slowest:.1f} s, waiting included")
    return ends["lost"]


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    sys.exit(1 if asyncio.run(soak(given[0] if given else 100_000, given[1] if len(given) > 1 else 2_000)) else 0)
