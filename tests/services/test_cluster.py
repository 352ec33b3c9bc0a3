"""Several crawlers, one run: the same record as one machine makes, whatever dies on the way."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis
from sqlalchemy import func, select

from crawler.sample.server import SampleWeb
from crawler.store import Store
from crawler.store.schema import crawlers, urls
from tests.services.servers import Servers
from tests.spiders.killing import ROOT, Crawls, Job

pytestmark = pytest.mark.services

DELAY = 0.3  # long beside the hitches of a loaded machine
LEASE = 2
SEED = 20261122
SETTINGS = ["SAMPLE=1", f"CLUSTER_LEASE={LEASE}", "DOWNLOAD_TIMEOUT=5"]


@pytest.fixture(scope="module")
def crawls(web: SampleWeb) -> Iterator[Crawls]:
    with Crawls(web.proxy_url) as running:
        yield running


@pytest.fixture(scope="module")
def alone(crawls: Crawls, web: SampleWeb, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], Counter[str]]:
    """What one machine makes of the portal in SQLite, and what it asked for."""
    job = Job(f"sqlite:///{tmp_path_factory.mktemp('alone')}/one.sqlite", ["cinic"], settings=["SAMPLE=1"])
    before = len(web.requests)
    assert crawls.run(job).codes == [0]
    with Store(job.database) as store:
        return store.dump(), asked(web, before)


def asked(web: SampleWeb, since: int) -> Counter[str]:
    return Counter(r.url for r in web.requests[since:] if not r.url.endswith("/robots.txt"))


def shared(servers: Servers, folder: Path, *more: str) -> Job:
    settings = [*SETTINGS, f"CLUSTER_URL={servers.redis}", f"ARCHIVE_DIR={folder}", *more]
    return Job(servers.url(), [], settings=settings)


def crew(job: Job, count: int, **how: object) -> Job:
    return Job(job.database, ["cinic"] * count, settings=job.settings, **how)


@pytest.mark.parametrize("count", [1, 2, 4])
def test_any_number_makes_the_record_of_one_and_asks_once_and_slowly(
    servers: Servers, crawls: Crawls, web: SampleWeb, alone, tmp_path: Path, count: int
) -> None:
    job = shared(servers, tmp_path, f"DOWNLOAD_DELAY={DELAY}")
    before = len(web.requests)
    assert set(crawls.run(crew(job, count)).codes) == {0}
    wanted, pages = alone
    assert asked(web, before) == pages
    moments = sorted(r.at for r in web.requests[before:])  # robots.txt, redirects and all
    for first in range(len(moments) - 3):  # one slot for the way from Redis to the server's log
        assert moments[first + 3] - moments[first] >= 2 * DELAY
    with Store(job.database) as store:
        assert store.dump() == wanted
        (run,) = store.runs()
        with store.read() as connection:
            joined = connection.scalar(select(func.count()).select_from(crawlers))
            assert not connection.scalar(select(func.count()).where(urls.c.queued_run.is_not(None)))
    assert joined == count, "all of them worked at one run"
    assert run.reason == "finished"
    assert run.counts["new"] == sum('"record": "article"' in line for line in wanted)
    assert not Redis.from_url(servers.redis).keys("duikou:*:requests")


def test_killed_crawlers_an_emptied_redis_and_a_restarted_postgresql_change_nothing(
    servers: Servers, crawls: Crawls, web: SampleWeb, alone, tmp_path: Path
) -> None:
    job, dice = shared(servers, tmp_path, "DOWNLOAD_DELAY=0.2"), random.Random(SEED)
    before, over = len(web.requests), threading.Event()

    def restart() -> None:
        servers.stop_postgres()
        over.wait(1)  # an outage takes a while
        servers.start_postgres()

    def strike() -> None:
        for moment, blow in zip(sorted(dice.sample(range(3, 16), 3)), (servers.empty_redis, restart) * 2, strict=False):
            while len(web.requests) - before < moment and not over.wait(0.02):
                pass
            blow()

    thread = threading.Thread(target=strike)
    thread.start()
    end = crawls.run(crew(job, 4, after=sorted(dice.uniform(1.0, 4.0) for _ in range(3))))
    over.set()
    thread.join()
    assert end.codes[3] == 0, "the one that lives does the work of those that died"
    assert end.codes.count(-signal.SIGKILL) >= 1
    with Store(job.database) as store:
        assert store.dump() == alone[0]


def test_a_crawl_begins_nothing_when_another_has_finished_since_the_portal_was_found_due(
    servers: Servers, crawls: Crawls, web: SampleWeb, alone, tmp_path: Path
) -> None:
    job = shared(servers, tmp_path, "CLUSTER_FOUND_DUE=2026-01-01T00:00:00+00:00")
    assert crawls.run(crew(job, 1)).codes == [0]
    before = len(web.requests)
    assert crawls.run(crew(job, 1)).codes == [0]
    assert len(web.requests) == before
    with Store(job.database) as store:
        assert len(store.runs()) == 1
        assert store.dump() == alone[0]


def test_a_crawler_told_to_end_gives_back_its_pages_at_once(servers: Servers, web: SampleWeb, tmp_path: Path) -> None:
    job = shared(servers, tmp_path, "DOWNLOAD_DELAY=0.5", "CLUSTER_LEASE=600", "READ_WORKERS=0")
    options = [word for pair in (*job.settings, f"DATABASE_URL={job.database}") for word in ("-s", pair)]
    environment = {k: v for k, v in os.environ.items() if "proxy" not in k.lower()}
    process = subprocess.Popen(
        [sys.executable, "-m", "scrapy", "crawl", "cinic", "--nolog", *options],
        cwd=ROOT,
        env=environment | {"http_proxy": web.proxy_url, "https_proxy": web.proxy_url},
    )
    with Store(job.database, sample=True) as store:
        held = select(func.count()).where(urls.c.lease_owner.is_not(None), urls.c.kind == "article")

        def count() -> int:
            with store.read() as connection:
                return connection.scalar(held) or 0

        deadline = time.monotonic() + 60
        while not count():
            assert time.monotonic() < deadline
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
        assert count() == 0
        assert store.pending("cinic")
        assert store.runs()[0].reason == "shutdown"
