"""All faults in one run with the settings of a live crawl: it ends, every good page is there, memory stays bounded."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.store import Store
from tests.spiders.conftest import LIST_1, TEXT, article, listing
from tests.spiders.hostile.challenges import CHALLENGES
from tests.spiders.hostile.server import Web
from tests.spiders.hostile.test_faults import FAULTS, SITE

pytestmark = pytest.mark.services  # two whole crawls: not among the quick tests

ROOT = Path(__file__).parents[3]
GROWTH = 250
"""MB that the run with all faults may hold beyond one without: a few answers of DOWNLOAD_MAXSIZE, and their copies."""


def crawl(web: Web, database: Path) -> dict[str, object]:
    """A crawl in a process of its own; the figures of its run."""
    settings = {
        "DATABASE_URL": f"sqlite:///{database}", "DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": 0, "RETRY_TIMES": 0,
        "DOWNLOAD_TIMEOUT": 10, "HOST_FAILURES": 999, "HOST_REFUSALS": 999, "BACKOFF_START": 0, "READ_WORKERS": 0,
        "LOG_LEVEL": "ERROR",
    }  # fmt: skip
    options = [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
    environment = {k: v for k, v in os.environ.items() if "proxy" not in k.lower()} | {"http_proxy": web.proxy}
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "cinic", *options],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    with Store(f"sqlite:///{database}") as store:
        assert store.runs(), done.stderr[-3000:]
        run = store.runs()[0]
        assert run.reason == "finished", done.stderr[-3000:]
        return dict(run.counts)


def portal(web: Web, faults: list[object]) -> int:
    """A list whose every other article is a fault; returns the number of good ones."""
    rows = []
    for n in range(max(20, len(faults))):
        good = f"{SITE}7{n:05}.html"
        rows.append((good, f"济南市与湘西州第{n}次扶贫协作联席会议召开", "2020-06-01"))
        web.put(good, article(f"济南市与湘西州第{n}次扶贫协作联席会议召开", TEXT.format(n=n)))
        if n < len(faults):
            bad = f"{SITE}9{n:05}.html"
            rows.append((bad, "党政代表团考察东西部协作", "2020-06-01"))
            web.faults[bad] = faults[n]  # type: ignore[assignment]
    web.put(LIST_1, listing(rows))
    return len(rows) - len(faults)


def test_all_faults_in_one_run(web: Web, tmp_path: Path) -> None:
    portal(web, [])
    quiet = crawl(web, tmp_path / "quiet.sqlite")
    # those that lead to themselves name an address of the other test
    faults: list[object] = [fault for name, (fault, _, _) in FAULTS.items() if not name.endswith("itself")]
    for n, (status, body) in enumerate(CHALLENGES.values()):
        web.put(url := f"{SITE}c{n}.html", body, status)
        faults.append(web.faults[url])
    good = portal(web, faults)
    loud = crawl(web, tmp_path / "loud.sqlite")
    assert loud["new"] == good
    assert loud["lost"] == len(faults)
    assert int(str(loud["peak_mb"])) - int(str(quiet["peak_mb"])) < GROWTH
    print(f"peak {quiet['peak_mb']} MB without faults, {loud['peak_mb']} MB with {len(faults)}")
