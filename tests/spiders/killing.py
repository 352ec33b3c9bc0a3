"""Crawls in forked children that die by SIGKILL: at the n-th passage of a failpoint, or after some time.

Run as a program it reads jobs (JSON) from stdin and writes how each crawl ended. It loads Scrapy once and forks a child
per crawl, so that a kill costs what is left to crawl and no start.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import redirect_stdout, suppress
from dataclasses import asdict, dataclass, field
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Job:
    """Crawls of some portals into one database at the same time; each is killed ``after`` so many seconds, if given."""

    database: str
    portals: list[str]
    failpoint: str = ""
    after: list[float] = field(default_factory=list)
    torn: bool = False  # afterwards half a record is appended to the newest archive file: a write that was cut short


@dataclass(frozen=True)
class End:
    """Exit codes of a job's crawls (-9: killed), how long they ran, and the failpoints passed."""

    codes: list[int]
    seconds: float


def run(jobs: list[Job], proxy: str, settings: list[str] | None = None) -> list[End]:
    """Run the jobs one after the other in one process that forks."""
    environment = {k: v for k, v in os.environ.items() if "proxy" not in k.lower()}
    environment |= {"PYTHONPATH": str(ROOT), "http_proxy": proxy, "https_proxy": proxy}
    given = json.dumps([[asdict(job) for job in jobs], settings or []]).encode()
    command = [sys.executable, __file__]
    done = subprocess.run(command, input=given, stdout=subprocess.PIPE, cwd=ROOT, env=environment, check=True)
    return [End(**end) for end in json.loads(done.stdout)]


def invalid(folder: Path) -> list[str]:
    """Return what two independent readers (warcio check, FastWARC) say against the archive files of a folder."""
    from fastwarc.warc import ArchiveIterator
    from warcio.checker import Checker

    said = []
    for path in sorted(folder.glob("*.warc.gz")):
        with redirect_stdout(StringIO()) as out:
            bad = Checker(SimpleNamespace(inputs=[str(path)], verbose=False)).process_all()
        if bad:
            said.append(f"{path.name}: {out.getvalue()}")
        with path.open("rb") as stream:
            said += [
                f"{path.name}: {r}" for r in ArchiveIterator(stream, parse_http=False) if not r.verify_block_digest()
            ]
    return said


def tear(folder: Path) -> bool:
    """Append half of the newest archive file's last record to it; return whether there was one."""
    files = sorted(folder.glob("*.warc.gz"), key=lambda path: path.stat().st_mtime)
    if not files:
        return False
    data = files[-1].read_bytes()
    start = data.rfind(b"\x1f\x8b\x08")
    with files[-1].open("ab") as stream:
        stream.write(data[start : start + max((len(data) - start) // 2, 11)])
    return True


def _main() -> None:
    _warm()
    jobs, settings = json.load(sys.stdin)
    ends = []
    for given in jobs:
        job, begun = Job(**given), time.monotonic()
        pids = [_child(job, portal, settings) for portal in job.portals]
        for pid, deadline in sorted(zip(pids, job.after, strict=False), key=lambda pair: pair[1]):
            time.sleep(max(begun + deadline - time.monotonic(), 0))
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        codes = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]
        ends.append(asdict(End(codes, time.monotonic() - begun)))
        if job.torn:
            database = Path(job.database.removeprefix("sqlite:///"))
            tear(database.with_name(f"{database.stem}-archive"))
    json.dump(ends, sys.stdout)


def _warm() -> None:
    """Load all that a crawl needs, and read a page: dictionaries are loaded by their first use."""
    for module in ("crawler.warm", "crawler.spiders.declared", "crawler.commands.crawl", "scrapy.crawler"):
        importlib.import_module(module)
    from crawler.model import Page
    from crawler.recipe import recipe
    from tests.spiders.conftest import TEXT, article

    recipe(Page("http://www.cinic.org.cn/hy/cs/840001.html", article("联席会议", TEXT.format(n=1)).encode()))


def _child(job: Job, portal: str, settings: list[str]) -> int:
    pid = os.fork()
    if pid:
        return pid
    os.dup2(2, 1)
    if job.failpoint:
        _arm(*job.failpoint.split())
    from scrapy.cmdline import execute

    quick = [
        "DOWNLOAD_DELAY=0",
        "AUTOTHROTTLE_ENABLED=0",
        "REVISIT_AFTER=0",
        "RETRY_TIMES=0",
        "DISK_FREE_MIN_MB=0",
        "READ_WORKERS=0",
    ]
    chosen = [*quick, f"DATABASE_URL={job.database}", *settings]
    execute(["scrapy", "crawl", portal, "--nolog", *(part for one in chosen for part in ("-s", one))])
    os._exit(70)  # execute leaves by SystemExit


def _arm(name: str, passage: str = "1") -> None:
    from crawler.store import failpoints

    left = int(passage)

    def hook(passed: str) -> Any:
        nonlocal left
        left -= passed == name
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    failpoints.set_hook(hook)


if __name__ == "__main__":
    _main()
