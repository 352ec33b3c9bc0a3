"""Archives read again by a real Dask cluster of two worker processes, and by processes that are killed."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from crawler.archive import WarcWriter, index, sources
from crawler.pool import PageLostError
from crawler.store import Store
from crawler.store.archiving import Arrival
from crawler.workers import open_workers
from tests.bulk.test_extract_archives import MOMENT, capture, write
from tests.commands.conftest import scrapy
from tests.forked import Done

__all__ = ["scrapy"]
pytestmark = pytest.mark.services
ROOT = Path(__file__).parents[2]
CLUSTER = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the cluster's scheduler."""
    folder = tmp_path_factory.mktemp("dask")
    script = folder / "cluster.py"
    script.write_text(CLUSTER)
    cluster = subprocess.Popen(
        [sys.executable, str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ
        | {"PYTHONPATH": f"{ROOT}{os.pathsep}{Path(__file__).parent}"}
        | {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"},
        cwd=folder,
    )
    assert cluster.stdout is not None
    assert cluster.stdin is not None
    try:
        yield cluster.stdout.readline().decode().strip()
    finally:
        cluster.stdin.close()
        cluster.wait(60)
        cluster.stdout.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two files of twenty pages, the second with a damaged record."""
    folder = tmp_path_factory.mktemp("crawl")
    write(folder, *(capture(n) for n in range(20)), name="a.warc.gz")
    path = write(folder, *(capture(n) for n in range(20, 40)), name="b.warc.gz")
    data = bytearray(path.read_bytes())
    place = index(sources(path)[0])[0][9]
    data[place.offset + place.length // 2] ^= 0xFF
    path.write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def runs(scrapy, folder: Path, dask: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Done]:
    """Commands on the folder and on two equal databases of archived pages, by what they show."""
    base = tmp_path_factory.mktemp("replays")
    archived(base / "here")
    shutil.copytree(base / "here", base / "there")
    (base / "page.html").write_text("<p>x")
    commands = {
        "one": ["extract", folder],
        "two": ["extract", folder, "--jobs", "2"],
        "dask": ["extract", folder, "--dask", dask],
        "replay": ["replay", "--apply", "-s", f"DATABASE_URL=sqlite:///{base}/here/d.sqlite"],
        "dask replay": ["replay", "--apply", "--dask", dask, "-s", f"DATABASE_URL=sqlite:///{base}/there/d.sqlite"],
        "no scheduler": ["extract", folder, "--dask", "nonsense://x"],
        "pages": ["extract", base / "page.html", "--jobs", "2"],
        "mixed": ["extract", folder, base / "page.html"],
        "nothing to begin anew": ["extract", folder, "--anew"],
    }
    done = dict(zip(commands, scrapy([list(map(str, command)) for command in commands.values()]), strict=True))
    for name in ("here", "there"):
        with Store(f"sqlite:///{base / name}/d.sqlite") as store:
            done[name] = Done(0, "\n".join(store.dump()), "")
    return done


def test_two_processes_and_two_dask_workers_print_what_one_prints(runs: dict[str, Done]) -> None:
    one = runs["one"]
    assert one.status == 1
    assert len(one.out.splitlines()) == 40
    assert one.err.count("damaged") == 1
    assert runs["two"] == one
    assert runs["dask"] == one


def test_a_replay_on_dask_writes_what_a_replay_here_writes(runs: dict[str, Done]) -> None:
    assert runs["replay"].status == 0, runs["replay"].err
    assert "articles: 12 added, 0 changed, 0 lost" in runs["replay"].out
    assert runs["dask replay"].out == runs["replay"].out
    assert runs["there"] == runs["here"]
    assert "嘉定区" in runs["here"].out


def test_what_cannot_be_done_is_said_in_one_line(runs: dict[str, Done]) -> None:
    for name, said in {
        "no scheduler": "nonsense://x: no Dask scheduler answers (",
        "pages": "--out, --anew, --jobs and --dask are for archives and folders of them",
        "mixed": "page.html: no archive; give pages and archives in separate calls",
        "nothing to begin anew": "--anew needs --out FILE",
    }.items():
        assert said in runs[name].last
        assert runs[name].status == 2
        assert "Traceback" not in runs[name].err


def test_killed_twice_the_third_call_ends_with_the_same_file(
    folder: Path, runs: dict[str, Done], tmp_path: Path
) -> None:
    target = tmp_path / "out.jsonl"
    program = "import crawler.bulk.extracting as e; e._KEPT_EVERY = 4; from scrapy.cmdline import execute; execute()"
    command = [sys.executable, "-c", program, "extract", str(folder), "--out", str(target), "--jobs", "1"]
    for passage in (2, 3):
        environment = os.environ | {"DUIKOU_FAILPOINT": f"extract:before-commit:{passage}"}
        assert subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == -signal.SIGKILL
        assert not target.exists()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout == f"{target}: 39 pages, 1 that could not be read\n"
    assert done.returncode == 1
    assert target.read_text("utf-8") == runs["one"].out


def archived(folder: Path) -> None:
    """A database that knows twelve archived pages, none of them read."""
    with Store(f"sqlite:///{folder}/d.sqlite") as store:
        writer = WarcWriter(folder / "d-archive", opened=store.archive_opened)
        run = store.begin_run("cinic")
        urls = [f"http://www.cinic.org.cn/hy/cs/{840000 + n}.html" for n in range(12)]
        store.found("cinic", None, urls, [], run)
        for number, url in enumerate(urls):
            written = writer.write(capture(number, url=url))
            store.archived(Arrival(url, url, "article", "cinic", 200, MOMENT, run_id=run), written)
        writer.close()


@dataclass(frozen=True)
class Work:
    url: str


def act(work: Work) -> int:
    """What the name says."""
    if work.url == "hang":
        time.sleep(600)
    if work.url == "die":
        os._exit(9)
    if work.url == "break":
        raise ValueError("no page")
    return len(work.url)


def test_pages_that_hang_break_or_kill_cost_themselves(dask: str) -> None:
    async def main() -> list[object]:
        names = ["fine", "hang", "break", "fine", "die", *["fine"] * 8]
        async with open_workers(0, dask, time_limit=3) as workers:
            return await asyncio.gather(*(workers.call(act, Work(name)) for name in names), return_exceptions=True)

    answers = asyncio.run(main())
    lost = {answer.url: answer for answer in answers if isinstance(answer, PageLostError)}
    assert {url: one.stage for url, one in lost.items()} == {"hang": "time", "break": "read", "die": "worker"}
    assert [answer for answer in answers if not isinstance(answer, PageLostError)] == [4] * 10
