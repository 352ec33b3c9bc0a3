"""Crawls in forked children that die by SIGKILL: at the first of some boundaries they pass, or after some time.

Run as a program it reads one job (JSON) a line from stdin and writes how each ended. It loads Scrapy once and forks a
child per crawl, so that a kill costs what is left to crawl and no start.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import redirect_stdout, suppress
from dataclasses import asdict, dataclass, field
from io import StringIO
from pathlib import Path
from types import SimpleNamespace, TracebackType
from typing import Self

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Job:
    """Crawls of some portals into one database at the same time.

    Each is killed at the first of ``boundaries`` it passes (a failpoint's name; ``NAME 2``: its second passage in that
    crawl) and ``after`` so many seconds, if given.
    """

    database: str
    portals: list[str]
    boundaries: list[str] = field(default_factory=list)
    after: list[float] = field(default_factory=list)
    settings: list[str] = field(default_factory=list)
    torn: bool = False  # afterwards half a record is appended to the newest archive file: a write that was cut short


@dataclass(frozen=True)
class End:
    """Exit codes of a job's crawls (-9: killed), the boundaries that killed them, and how long they ran."""

    codes: list[int]
    boundaries: list[str]
    seconds: float


class Crawls:
    """One process that forks crawls through ``proxy``, job by job."""

    def __init__(self, proxy: str) -> None:
        environment = {k: v for k, v in os.environ.items() if "proxy" not in k.lower()}
        environment |= {"PYTHONPATH": str(ROOT), "http_proxy": proxy, "https_proxy": proxy}
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self._process = subprocess.Popen(
            [sys.executable, __file__], **pipes, text=True, bufsize=1, cwd=ROOT, env=environment
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        with self._process:
            pass

    def run(self, job: Job) -> End:
        """Run one job to its end."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps(asdict(job)), file=self._process.stdin)
        return End(**json.loads(self._process.stdout.readline()))

    def kill_at_each(self, job: Job, boundaries: Iterable[str]) -> tuple[list[End], set[str]]:
        """Run the job until it died once at each boundary, in whatever order it comes to them.

        Returns how the runs ended, and the boundaries that two runs in a row did not pass any more.
        """
        left, ends, whole = set(boundaries), list[End](), 0
        while left and whole < 2:
            ends.append(end := self.run(Job(**asdict(job) | {"boundaries": sorted(left)})))
            left -= set(end.boundaries)
            whole = 0 if end.boundaries else whole + 1
        return ends, left


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
    out = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # what a crawl prints is not for who reads the ends
    _warm()
    for line in sys.stdin:
        job, begun = Job(**json.loads(line)), time.monotonic()
        children = [_child(job, portal) for portal in job.portals]
        pids = [pid for pid, _ in children]
        for pid, deadline in sorted(zip(pids, job.after, strict=False), key=lambda pair: pair[1]):
            time.sleep(max(begun + deadline - time.monotonic(), 0))
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        codes = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]
        boundaries = [name for _, last_words in children if (name := _read(last_words))]
        print(json.dumps(asdict(End(codes, boundaries, time.monotonic() - begun))), file=out)
        if job.torn:
            database = Path(job.database.removeprefix("sqlite:///"))
            tear(database.with_name(f"{database.stem}-archive"))


def _warm() -> None:
    """Load all that a crawl needs, and read a page: dictionaries are loaded by their first use."""
    for folder in ("scrapy/commands", "crawler/commands", "crawler/spiders", "crawler/extensions", "crawler/pipelines"):
        package = importlib.import_module(folder.replace("/", "."))
        for path in package.__path__:
            for module in Path(path).glob("[a-z]*.py"):
                importlib.import_module(f"{package.__name__}.{module.stem}")
    for name in (
        "alembic.command", "crawler.middlewares", "crawler.warm", "mako.template", "protego", "queuelib",
        "scrapy.core.downloader.handlers.http11", "scrapy.core.engine", "scrapy.extensions.remote_control",
        "scrapy.squeues",
    ):  # fmt: skip
        importlib.import_module(name)
    assert "twisted.internet.reactor" not in sys.modules, "a reactor must not be shared by forked crawls"
    from crawler.model import Page
    from crawler.recipe import recipe
    from tests.spiders.conftest import TEXT, article

    recipe(Page("http://www.cinic.org.cn/hy/cs/840001.html", article("联席会议", TEXT.format(n=1)).encode()))


def _child(job: Job, portal: str) -> tuple[int, int]:
    """Fork a crawl; return its process number and the pipe that names the boundary it dies at."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    _arm(frozenset(job.boundaries), writing)
    from scrapy.cmdline import execute

    quick = [
        "DOWNLOAD_DELAY=0",
        "AUTOTHROTTLE_ENABLED=0",
        "REVISIT_AFTER=0",
        "RETRY_TIMES=0",
        "DISK_FREE_MIN_MB=0",
        "READ_WORKERS=0",
    ]
    chosen = [*quick, f"DATABASE_URL={job.database}", *job.settings]
    execute(["scrapy", "crawl", portal, "--nolog", *(part for one in chosen for part in ("-s", one))])
    os._exit(70)  # execute leaves by SystemExit


def _arm(boundaries: frozenset[str], last_words: int) -> None:
    from crawler.store import failpoints

    passed: Counter[str] = Counter()

    def hook(name: str) -> None:
        passed[name] += 1
        here = name if passed[name] == 1 else f"{name} {passed[name]}"
        if here in boundaries:
            os.write(last_words, here.encode())
            os.kill(os.getpid(), signal.SIGKILL)

    failpoints.set_hook(hook)


def _read(pipe: int) -> str:
    with os.fdopen(pipe) as stream:
        return stream.read()


if __name__ == "__main__":
    _main()
