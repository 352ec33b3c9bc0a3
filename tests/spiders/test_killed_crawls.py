"""kill -9 at every commit boundary and at random moments: the next run goes on, and nothing is lost or half done."""

from __future__ import annotations

import random
import re
import signal
from dataclasses import dataclass
from pathlib import Path

import pytest

from crawler.store import Store
from tests.spiders.conftest import LIST_2, Web, article_url, cinic
from tests.spiders.killing import ROOT, Crawls, End, Job, invalid

#: In which order a crawl comes to them is not fixed: it dies at the first of those left. How many calls share a
#: commit is not either, so that a second shared one is not asked for.
BOUNDARIES = [
    "run:before-commit", "run:after-commit",
    "together:before-commit", "together:after-commit",
    "opened:before-commit", "opened:after-commit",
    "archive:written", "archived:before-commit", "archived:after-commit",
    "found:before-commit", "found:after-commit",
    "archive:written 2", "archived:before-commit 2", "archived:after-commit 2",
    "failed:before-commit", "failed:after-commit", "gone:before-commit", "gone:after-commit",
    "save:article", "save:events", "save:before-commit", "save:after-commit",
    "unchanged:before-commit", "unchanged:after-commit",
    "end:before-commit", "end:after-commit",
]  # fmt: skip
#: Not passed by a crawl of a portal.
ELSEWHERE = {"extract", "fetched", "replay", "settle", "forget", "review"}
RANDOM_KILLS, SEED = 10, 20261122


@dataclass
class Ended:
    """Three databases: ``calm``, undisturbed; ``chain``, killed at each boundary; ``dice``, at random moments."""

    folder: Path
    chain: list[End]
    never_passed: set[str]
    dice: list[End]


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Ended:
    folder = tmp_path_factory.mktemp("killed")
    calm, chain, dice = (Job(f"sqlite:///{folder}/{name}.sqlite", ["cinic"]) for name in ("calm", "chain", "dice"))
    web = Web()
    numbers = cinic(web)
    web.put(article_url(numbers[1]), "gone", 410)
    web.put(article_url(numbers[0]), "broken", 500)
    try:
        with Crawls(web.proxy) as crawls:
            undisturbed = crawls.run(calm)
            assert undisturbed.codes == [1], "the broken page is lost, and nothing else goes wrong"
            ends, never_passed = crawls.kill_at_each(chain, BOUNDARIES)
            thrown = _kill_at_random(crawls, dice, undisturbed.seconds)
            for job in (chain, dice):  # 1: the broken page is lost; 0: it was, too often to be asked for again
                assert all(crawls.run(job).codes[0] in (0, 1) for _ in range(2))
    finally:
        web.close()
    return Ended(folder, ends, never_passed, thrown)


def _kill_at_random(crawls: Crawls, job: Job, seconds: float) -> list[End]:
    """Kill crawls until enough died; a crawl quicker than its moment shortens the time in which the next are drawn."""
    moments, killed = random.Random(SEED), list[End]()
    for _ in range(5 * RANDOM_KILLS):
        end = crawls.run(Job(job.database, job.portals, after=[moments.uniform(0, seconds)]))
        if end.codes == [-signal.SIGKILL]:
            killed.append(end)
        else:
            seconds *= 0.8
        if len(killed) == RANDOM_KILLS:
            break
    return killed


def test_every_boundary_was_the_end_of_one_run(ended: Ended) -> None:
    assert ended.never_passed == set()
    deaths = [end for end in ended.chain if end.boundaries]
    assert sorted(name for end in deaths for name in end.boundaries) == sorted(BOUNDARIES)
    assert {end.codes[0] for end in deaths} == {-signal.SIGKILL}


def test_ten_crawls_were_killed_at_random_moments(ended: Ended) -> None:
    assert len(ended.dice) == RANDOM_KILLS


def test_every_boundary_in_the_code_is_killed_somewhere() -> None:
    written = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "crawler").rglob("*.py"))
    named = set(re.findall(r'failpoint\("([a-z-]+:[a-z-]+)"\)', written))
    assert {point for point in named if point.partition(":")[0] not in ELSEWHERE} == {p.split()[0] for p in BOUNDARIES}


@pytest.mark.parametrize("name", ["chain", "dice"])
def test_nothing_is_lost_and_nothing_is_done_twice(ended: Ended, name: str) -> None:
    folder = ended.folder
    with Store(f"{folder}/calm.sqlite") as calm, Store(f"{folder}/{name}.sqlite") as store:
        assert store.dump() == calm.dump()
        assert len(store.stored([article_url(n) for n in range(1, 8)])) == 5
        assert store.known([LIST_2])
        sizes = store.archive_sizes()
    assert invalid(folder / f"{name}-archive") == []
    assert {path.name: path.stat().st_size for path in (folder / f"{name}-archive").iterdir()} == sizes
