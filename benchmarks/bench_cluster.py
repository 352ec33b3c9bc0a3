"""One harvest by 1, 2 and 4 crawler processes: pages a second, and whether they make the record of one machine.

    python benchmarks/bench_cluster.py [--pages 3000] [--size 37000] [--crawlers 1,2,4] [--alone] [--pin]

A server of our own gives the generated site of ``bench_crawl``; PostgreSQL and Redis are started for the run on this
machine, so that crawlers, both servers and the web share its cores. Pages are read inline (READ_WORKERS=0), hosts are
asked without delay, 16 at a time. Told are the time from the first request the web got to the last crawler's end, the
CPU of the crawlers and of PostgreSQL, how many pages were asked for twice, and whether the canonical dump is that of
the first crew (``--alone``: that of one plain crawl into SQLite, which is crawled first). With ``--pin`` a crawler is
held to one core, as on a machine of its own; else one crawler alone spreads its threads over all cores.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import bench_crawl

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from crawler.store import Store  # noqa: E402
from tests.services.servers import Servers  # noqa: E402

asked: list[tuple[float, str]] = []
"""When each request came, and for what."""


class Answers(dict[bytes, bytes]):
    """What the server answers, with a log of what was asked for."""

    def get(self, path: bytes, default: bytes | None = None) -> bytes | None:  # type: ignore[override]
        asked.append((time.perf_counter(), path.decode()))
        return super().get(path, default)


def web(pages: int, size: int) -> str:
    address = bench_crawl.serve(bench_crawl.site(pages, size))
    bench_crawl.Serving.answers = Answers(bench_crawl.Serving.answers)
    return address


def crawl(
    proxy: str, database: str, archive: Path, count: int, cluster: str, *, pin: bool = False
) -> tuple[float, float]:
    """Run ``count`` crawlers; return the seconds from the first request to the end, and the crawlers' CPU seconds."""
    settings = {
        "DATABASE_URL": database, "CLUSTER_URL": cluster, "ARCHIVE_DIR": archive, "READ_WORKERS": 0,
        "DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": 0, "CONCURRENT_REQUESTS_PER_DOMAIN": 16, "LOG_LEVEL": "ERROR",
        "CONTACT": "bench@example.org",
    }  # fmt: skip
    options = [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
    environment = {k: v for k, v in os.environ.items() if "proxy" not in k.lower()} | {"http_proxy": proxy}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    asked.clear()
    command = [sys.executable, "-m", "scrapy", "crawl", "cinic", *options]
    cores = sorted(os.sched_getaffinity(0))
    held = [["taskset", "-c", str(cores[n % len(cores)])] if pin else [] for n in range(count)]
    running = [subprocess.Popen([*only, *command], cwd=ROOT, env=environment) for only in held]
    statuses = [process.wait() for process in running]
    over = time.perf_counter()
    assert set(statuses) == {0}, statuses
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return over - asked[0][0], after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--pages", type=int, default=3000)
    options.add_argument("--size", type=int, default=37_000)
    options.add_argument("--crawlers", default="1,2,4")
    options.add_argument("--alone", action="store_true", help="crawl into SQLite first and compare with that")
    options.add_argument("--pin", action="store_true", help="hold each crawler to one core")
    given = options.parse_args()
    proxy = web(given.pages, given.size)
    print(f"{given.pages} pages of {given.size / 1000:g} KB, {len(os.sched_getaffinity(0))} cores")
    wanted: list[str] | None = None
    one = 0.0
    with tempfile.TemporaryDirectory(prefix="duikou-bench-") as name, Servers() as servers:
        folder = Path(name)
        if given.alone:
            database = f"sqlite:///{folder}/alone.sqlite"
            seconds, cpu = crawl(proxy, database, folder / "alone", 1, "")
            print(f"alone, SQLite: {seconds:.1f} s, {given.pages / seconds:.1f} pages/s, {cpu:.1f} s CPU")
            with Store(database) as store:
                wanted = store.dump()
        for count in map(int, given.crawlers.split(",")):
            database = servers.url()
            served = servers.cpu()
            seconds, cpu = crawl(proxy, database, folder / str(count), count, servers.redis, pin=given.pin)
            twice = sum(n - 1 for url, n in Counter(url for _, url in asked).items() if not url.endswith("robots.txt"))
            with Store(database) as store:
                got, (run,) = store.dump(), store.runs()
            wanted = wanted or got
            one = one or seconds
            same = "the same" if got == wanted else "NOT THE SAME"
            said = (
                f"{seconds:.1f} s, {given.pages / seconds:.1f} pages/s, {one / seconds:.2f} x the first",
                f"CPU {cpu:.1f} s, PostgreSQL {servers.cpu() - served:.1f} s",
                f"{run.counts.get('read_again', 0)} pages read again, {twice} asked twice, {len(got)} records, {same}",
            )
            print(f"{count} crawlers: {'; '.join(said)}", flush=True)


if __name__ == "__main__":
    main()
