"""Two ``scrapy harvest`` on one database and one Redis share the portals: the record of one, each page asked once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import Select, func, select

from crawler.archive import Location, read_place
from crawler.sample import sample_portals
from crawler.sample.server import SampleWeb
from crawler.store import Store
from crawler.store.schema import captures, crawlers, runs, urls
from tests.forked import ROOT
from tests.services.servers import Servers

pytestmark = pytest.mark.services

PORTALS = sorted(sample_portals())
SETTINGS = ["SAMPLE=1", "DOWNLOAD_DELAY=0.05", "AUTOTHROTTLE_ENABLED=0", "READ_WORKERS=0", "CLUSTER_LEASE=10"]
SETTINGS += ["DOWNLOAD_TIMEOUT=15"]  # as long a killed crawl holds a host's places


@pytest.fixture(scope="module")
def alone(web: SampleWeb, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], Counter[str]]:
    """What one harvest makes of the sample portals in SQLite, and what it asks for."""
    folder = tmp_path_factory.mktemp("alone")
    database, before = f"sqlite:///{folder}/one.sqlite", len(web.requests)
    (one,) = ended([harvest(web, folder, database)])
    assert one[0] == 0, one
    with Store(database) as store:
        return store.dump(), asked(web, before)


def harvest(web: SampleWeb, folder: Path, database: str, *more: str) -> subprocess.Popen[str]:
    """Start one; all write into the same archive."""
    given = [*SETTINGS, f"DATABASE_URL={database}", f"ARCHIVE_DIR={folder}/archive", *more]
    options = [word for one in given for word in ("-s", one)]
    named = [word for name in PORTALS for word in ("--portal", name)]
    around = {k: v for k, v in os.environ.items() if "proxy" not in k.lower()}
    return subprocess.Popen(
        [sys.executable, "-m", "scrapy", "harvest", "--jobs", "2", "--log-format", "json", *named, *options],
        cwd=ROOT,
        env=around | {"http_proxy": web.proxy_url, "https_proxy": web.proxy_url},
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(running: list[subprocess.Popen[str]]) -> list[tuple[int, str]]:
    """Exit status of each, and what it told."""
    said = [process.communicate(timeout=180)[1] for process in running]
    return [(process.returncode, words) for process, words in zip(running, said, strict=True)]


def asked(web: SampleWeb, since: int) -> Counter[str]:
    return Counter(r.url for r in web.requests[since:] if not r.url.endswith("/robots.txt"))


def started(told: str) -> list[str]:
    notes = [json.loads(line) for line in told.splitlines() if line.startswith("{")]
    return [note["portal"] for note in notes if note.get("event") == "started"]


def test_two_harvests_share_the_portals_and_make_the_record_of_one(
    servers: Servers, web: SampleWeb, alone, tmp_path: Path
) -> None:
    database, before = servers.url(), len(web.requests)
    cluster = f"CLUSTER_URL={servers.redis}"
    both = ended([harvest(web, tmp_path, database, cluster) for _ in range(2)])
    wanted, pages = alone
    assert [status for status, _ in both] == [0, 0], both
    by_one, by_other = (started(told) for _, told in both)
    assert by_one, "both had work"
    assert by_other
    assert {*by_one, *by_other} == {*PORTALS}
    with Store(database) as store:
        assert store.dump() == wanted
        runs = store.runs()
        with store.read() as connection:
            places = select(*(captures.c[name] for name in ("url", "file", "offset", "length")))
            kept = connection.execute(places.where(captures.c.record_type == "response")).all()
    assert sorted(run.portal for run in runs) == PORTALS
    assert {run.reason for run in runs} == {"finished"}
    assert asked(web, before) == pages, "who comes when a run ends begins nothing"
    for url, *place in kept:
        assert read_place(tmp_path / "archive", Location(*place)).url == url
    assert len({file for _, file, *_ in kept}) >= len(runs), "processes write into one folder, each files of its own"


_BEGUN = select(func.count()).select_from(crawlers)
_AT_WORK = select(func.count(urls.c.lease_owner.distinct()))
_ALL_STORED = select(func.count()).where(
    runs.c.ended_at.is_(None),
    select(crawlers.c.crawler).where(crawlers.c.run_id == runs.c.run_id, crawlers.c.seeding == "done").exists(),
    ~select(urls.c.url).where(urls.c.queued_run == runs.c.run_id).exists(),
)


def test_what_a_harvest_killed_before_the_end_of_a_run_had_in_hand_is_gone_on_with_by_the_next(
    servers: Servers, web: SampleWeb, alone, tmp_path: Path
) -> None:
    database, cluster, before = servers.url(), f"CLUSTER_URL={servers.redis}", len(web.requests)
    doomed = harvest(web, tmp_path, database, cluster, "CLUSTER_LEASE=4", "DOWNLOAD_DELAY=0.3")
    with Store(database, sample=True) as store:
        until(store, _ALL_STORED, 1)
        kept = killed_with_its_crawls(doomed, store)
    after = harvest(web, tmp_path, database, cluster, "CLUSTER_LEASE=4")
    goes_on(after, database, alone, web, before, kept)


def test_when_one_of_two_harvests_at_work_is_killed_the_other_does_its_portals_too(
    servers: Servers, web: SampleWeb, alone, tmp_path: Path
) -> None:
    database, cluster, before = servers.url(), f"CLUSTER_URL={servers.redis}", len(web.requests)
    doomed = harvest(web, tmp_path, database, cluster, "CLUSTER_LEASE=4", "DOWNLOAD_DELAY=1")
    with Store(database, sample=True) as store:
        until(store, _BEGUN, 1)
        other = harvest(web, tmp_path, database, cluster, "CLUSTER_LEASE=4")
        until(store, _AT_WORK, 3)  # each has two crawls
        kept = killed_with_its_crawls(doomed, store)
    goes_on(other, database, alone, web, before, kept)


def until(store: Store, moment: Select[tuple[int]], many: int) -> None:
    """Wait until the database counts so many."""
    deadline = time.monotonic() + 120
    while True:
        with store.read() as connection:
            come = connection.scalar(moment) or 0
        if come >= many:
            return
        assert time.monotonic() < deadline
        time.sleep(0.01)


def killed_with_its_crawls(doomed: subprocess.Popen[str], store: Store) -> set[str]:
    """Kill as a machine that loses power; return the articles that were archived by then."""
    doomed.send_signal(signal.SIGSTOP)  # it starts no crawl between the look and the blow
    crawls = subprocess.run(["pgrep", "-P", str(doomed.pid)], capture_output=True, text=True, check=False)
    for pid in (*crawls.stdout.split(), str(doomed.pid)):
        os.kill(int(pid), signal.SIGKILL)
    assert ended([doomed])[0][0] == -signal.SIGKILL
    archived = (captures.c.kind == "article") & (captures.c.status == 200) & captures.c.home.is_(None)
    with store.read() as connection:
        return set(connection.scalars(select(captures.c.url).where(archived)))


def goes_on(
    last: subprocess.Popen[str],
    database: str,
    alone: tuple[list[str], Counter[str]],
    web: SampleWeb,
    since: int,
    kept: set[str],
) -> None:
    """Wait for the harvest that lives: it makes the record of one, asking again for little."""
    wanted, pages = alone
    (status, told) = ended([last])[0]
    assert status == 0, told
    with Store(database) as store:
        assert store.dump() == wanted
        ends = sorted((run.portal, run.reason) for run in store.runs())
    assert ends == [(name, "finished") for name in PORTALS], "runs are gone on with, not begun anew"
    again = asked(web, since) - pages
    assert asked(web, since).keys() == pages.keys()
    assert again.keys().isdisjoint(kept), "an article that was archived is not asked for again"
    assert again.total() <= 4, "what was under way in two crawls at the kill, two requests to a host each"
