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
            lists = set(connection.scalars(select(urls.c.found_url).where(urls.c.kind == "list")))
    assert {run.portal for run in runs} == {*PORTALS}
    assert {run.reason for run in runs} == {"finished"}
    # one that came to join a run in the moment it ended looks at the portal's list once more
    again = asked(web, before) - pages
    assert asked(web, before).keys() == pages.keys()
    assert again.keys() <= lists
    assert again.total() <= len(runs) - len(PORTALS)
    for url, *place in kept:
        assert read_place(tmp_path / "archive", Location(*place)).url == url
    assert len({file for _, file, *_ in kept}) >= len(runs), "processes write into one folder, each files of its own"


_BEGUN = select(func.count()).select_from(crawlers)
_STORED = select(func.count()).where(urls.c.state == "stored", urls.c.kind == "article")
_ALL_STORED = select(func.count()).where(
    select(urls.c.url).where(urls.c.state == "stored").exists(),
    select(crawlers.c.crawler).where(crawlers.c.seeding == "done").exists(),
    ~select(urls.c.url).where(urls.c.queued_run.is_not(None)).exists(),
    select(runs.c.run_id).where(runs.c.ended_at.is_(None)).exists(),
)


@pytest.mark.parametrize(
    ("moment", "many"),
    [(_BEGUN, 1), (_STORED, 3), (_ALL_STORED, 1)],
    ids=["before the first page", "in the middle", "between the last page and a run's end"],
)
def test_when_one_harvest_is_killed_the_other_does_its_portals_too(
    servers: Servers, web: SampleWeb, alone, tmp_path: Path, moment: Select[tuple[int]], many: int
) -> None:
    wanted, pages = alone
    database, cluster, before = servers.url(), f"CLUSTER_URL={servers.redis}", len(web.requests)
    doomed = harvest(web, tmp_path, database, cluster, "CLUSTER_LEASE=4", "DOWNLOAD_DELAY=0.3")
    with Store(database, sample=True) as store:
        deadline = time.monotonic() + 60
        while True:
            with store.read() as connection:
                come = connection.scalar(moment) or 0
            if come >= many:
                break
            assert time.monotonic() < deadline
            time.sleep(0.01)
    crawls = subprocess.run(["pgrep", "-P", str(doomed.pid)], capture_output=True, text=True, check=False)
    for pid in (str(doomed.pid), *crawls.stdout.split()):
        os.kill(int(pid), signal.SIGKILL)
    assert ended([doomed])[0][0] == -signal.SIGKILL
    other = harvest(web, tmp_path, database, cluster, "CLUSTER_LEASE=4")
    (status, told) = ended([other])[0]
    assert status == 0, told
    with Store(database) as store:
        assert store.dump() == wanted
        reasons = Counter(run.reason for run in store.runs())
        with store.read() as connection:
            lists = set(connection.scalars(select(urls.c.found_url).where(urls.c.kind == "list")))
    assert reasons["finished"] == len(PORTALS), "runs are gone on with, not begun anew"
    assert reasons.total() - reasons["finished"] <= (2 if moment is _ALL_STORED else 0), "but what ends is not joined"
    again = asked(web, before) - pages
    assert asked(web, before).keys() == pages.keys()
    if reasons[None]:  # the run that comes after looks at the lists
        again = Counter({url: times for url, times in again.items() if url not in lists})
    assert again.total() <= 4, "what was under way in two crawls at the kill, two requests to a host each"
