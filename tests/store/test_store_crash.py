"""kill -9 at every commit boundary: the next run goes on and the database ends as if nothing had happened."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.store import Store, failpoint
from crawler.store.failpoints import set_hook

HERE = Path(__file__).parent
CRAWL = """
import sys
sys.path.insert(0, sys.argv[2])
from records import harvest
from crawler.store import Fetch, Store
with Store(sys.argv[1]) as store:
    run = store.begin_run("all")
    records = harvest()
    urls = [record.article.url for _, record in records]
    store.found("all", "http://list.example.cn/", urls[:4], ["http://list.example.cn/2"], run)
    store.found("all", "http://list.example.cn/2", urls[4:], [], run)
    stored = store.stored(urls)
    for portal, record in records:
        if record.article.url not in stored:
            fetch = Fetch(status=200, archive_file="a", archive_offset=1, archive_length=2)
            store.mark_fetched(record.article.url, fetch)
            store.save(record, run_id=run, portal=portal)
    store.end_run(run, "finished")
"""
POINTS = [
    "found:before-commit", "found:after-commit", "fetched:before-commit", "fetched:after-commit",
    "save:article", "save:events", "save:before-commit", "save:after-commit",
]  # fmt: skip


BATCHES = """
import sys
sys.path.insert(0, sys.argv[2])
from records import harvest
from crawler.store import Store
from crawler.store.rows import SaveRequest
with Store(sys.argv[1]) as store:
    records = harvest()
    for at in range(0, len(records), 3):
        store.save_many([SaveRequest(record, portal=portal) for portal, record in records[at : at + 3]])
"""


def crawl(url: str, armed: str | None = None, program: str = CRAWL) -> int:
    environment = {name: value for name, value in os.environ.items() if name != "DUIKOU_FAILPOINT"}
    if armed:
        environment["DUIKOU_FAILPOINT"] = armed
    command = [sys.executable, "-c", program, url, str(HERE)]
    return subprocess.run(command, env=environment, cwd=HERE.parent.parent, check=False).returncode


def test_killed_anywhere_the_next_run_ends_as_an_undisturbed_one(make_database_url) -> None:
    undisturbed, killed = make_database_url(), make_database_url()
    assert crawl(undisturbed) == 0
    for point in POINTS:
        assert crawl(killed, point) == -signal.SIGKILL
    assert crawl(killed) == 0
    with Store(undisturbed) as one, Store(killed) as other:
        assert other.dump() == one.dump()
        assert other.pending("all") == []


@pytest.mark.parametrize("passage", [3, 6])
def test_killed_in_mid_harvest_nothing_is_half_written(database_url: str, passage: int) -> None:
    assert crawl(database_url, f"save:before-commit:{passage}") == -signal.SIGKILL
    with Store(database_url) as store:
        dump = store.dump()
        assert sum('"record": "article"' in line for line in dump) == passage - 1
        assert sum('"record": "revision"' in line for line in dump) == passage - 1
        assert len(store.pending("all")) == 7 - (passage - 1)


def test_a_batch_killed_in_its_midst_is_not_there_at_all(make_prepared_url) -> None:
    undisturbed, killed = make_prepared_url(), make_prepared_url()
    assert crawl(undisturbed, program=BATCHES) == 0
    for point, saved in {"save:events:5": 3, "save:before-commit:2": 3, "save:after-commit:2": 6}.items():
        assert crawl(killed, point, BATCHES) == -signal.SIGKILL
        with Store(killed) as store:
            assert sum('"record": "article"' in line for line in store.dump()) == saved, point
    assert crawl(killed, program=BATCHES) == 0
    with Store(undisturbed) as one, Store(killed) as other:
        assert other.dump() == one.dump()


def test_failpoints_call_the_hook_in_this_process() -> None:
    passed: list[str] = []
    set_hook(passed.append)
    try:
        failpoint("somewhere")
    finally:
        set_hook(None)
    failpoint("elsewhere")
    assert passed == ["somewhere"]
