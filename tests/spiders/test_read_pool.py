"""Reading in worker processes, in a real crawl: what a page does to its worker is that page's loss alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import select

import crawler.pool
from crawler.model import Page
from crawler.reading import SiteProfile
from crawler.recipe import Learnt, recipe_and_sketch
from crawler.store import Store
from crawler.store.schema import urls
from tests.spiders.conftest import article, article_url, cinic

ROOT = Path(__file__).parents[2]


def act(page: Page, profile: SiteProfile | None) -> Learnt:
    """The recipe, with two pages that do to their worker what a bug in a parser could."""
    content = page.content
    assert isinstance(content, bytes)
    if b"deadly" in content:
        os.kill(os.getpid(), signal.SIGKILL)
    if b"endless" in content:
        time.sleep(600)
    return recipe_and_sketch(page, profile)


@pytest.fixture
def hostile(monkeypatch):
    monkeypatch.setattr(crawler.pool, "recipe_and_sketch", act)


def test_pages_that_kill_or_hang_are_quarantined_alone(web, crawl, store, hostile):
    numbers = cinic(web)
    web.put(article_url(4), article("deadly", "某地召开座谈会,讨论年度计划。"))
    web.put(article_url(6), article("endless", "某地召开座谈会,讨论年度计划。"))
    run = crawl("cinic", {"READ_WORKERS": 2, "READ_TIME_LIMIT": 3})
    assert (run["pages"], run["lost"], run["lost/worker"], run["lost/time"]) == (len(numbers) - 2, 2, 1, 1)
    query = select(urls.c.found_url, urls.c.error_stage, urls.c.error).where(urls.c.state == "failed")
    with store.read() as connection:
        failed = {row.found_url: row for row in connection.execute(query)}
    for number, stage, cause in ((4, "worker", "the worker process died"), (6, "time", "not read within 3 s")):
        url = article_url(number)
        assert failed[url].error_stage == stage
        (line,) = [line for line in run.lines if line.startswith(f"{url}: ")]
        assert cause in line
        assert "scrapy replay --quarantine" in line
    assert {row.ledger_url for row in store.article_captures(quarantined=True)} == set(failed)


def test_one_pool_serves_all_and_ends_with_its_last_user():
    first, second = crawler.pool.share(2, 9.0), crawler.pool.share(2, 9.0)
    assert first is second
    assert crawler.pool.share(1, 9.0) is not first
    crawler.pool.release(first)
    assert crawler.pool.share(2, 9.0) is first


def test_workers_and_threads_write_the_same(web, crawl, tmp_path):
    cinic(web)
    dumps = []
    for workers in (0, 2):
        url = f"sqlite:///{tmp_path}/{workers}.sqlite"
        assert crawl("cinic", {"READ_WORKERS": workers, "DATABASE_URL": url})["lost"] == 0
        with Store(url) as store:
            dumps.append(store.dump())
    assert dumps[0] == dumps[1]


DRIVER = """
import sys
import crawler.pool
from tests.spiders.test_read_pool import act
crawler.pool.recipe_and_sketch = act
from scrapy.cmdline import execute
execute(["scrapy", "crawl", "cinic", *sys.argv[1:]])
"""


@pytest.mark.parametrize(("how", "code"), [(signal.SIGINT, 0), (signal.SIGKILL, -signal.SIGKILL)])
def test_no_worker_outlives_the_crawl(web, tmp_path, how, code):
    cinic(web)
    web.put(article_url(4), article("endless", "某地召开座谈会,讨论年度计划。"))
    environment = {k: v for k, v in os.environ.items() if "proxy" not in k.lower()}
    environment |= {"PYTHONPATH": str(ROOT), "http_proxy": web.proxy}
    quick = ("DOWNLOAD_DELAY=0", "AUTOTHROTTLE_ENABLED=0", "READ_WORKERS=1", "READ_TIME_LIMIT=4", "LOG_LEVEL=INFO")
    settings = [part for s in (*quick, f"DATABASE_URL=sqlite:///{tmp_path}/x.sqlite") for part in ("-s", s)]
    command = [sys.executable, "-c", DRIVER, *settings]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        workers: set[int] = set()
        deadline = time.monotonic() + 60
        while article_url(4) not in web.urls() or len(workers) < 2:  # the fork server and its worker
            assert time.monotonic() < deadline
            workers = members(process.pid) - {process.pid}
            time.sleep(0.05)
        if how == signal.SIGINT:
            os.killpg(process.pid, how)  # as Ctrl-C in a terminal reaches everyone
        else:
            process.kill()
        process.communicate(timeout=60)
    deadline = time.monotonic() + 20
    while members(process.pid):
        assert time.monotonic() < deadline, "a worker goes on without its crawl"
        time.sleep(0.05)
    assert process.returncode in ((0, 1) if code == 0 else (code,))


def members(session: int) -> set[int]:
    """Processes of a session that still run."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == session and fields[0] != "Z":
                found.add(int(entry.name))
    return found
