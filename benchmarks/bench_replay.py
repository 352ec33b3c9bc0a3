"""Pages a second of ``scrapy extract`` and ``scrapy replay`` over an archive, and what a page takes on disk.

    python benchmarks/bench_replay.py [--pages 1000] [--size 37000] [--server postgresql://…] [--redis redis://…]

The made-up pages of ``bench_crawl.py`` (a third of them tell of cooperation) are archived as a crawl archives them.
Then they are extracted by no, one and two worker processes; replayed with ``--apply`` into a database that knows them
only as archived, which reads and stores each for the first time; and replayed again, when nothing changes. CPU counts
all processes of a command, its start of some two seconds included, as does the time. With ``--server`` the database is
also filled on PostgreSQL, with ``--redis`` the bytes of a queued request are measured.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from bench_crawl import HOST, measured, site
from bench_store import database

from crawler.archive import Capture, WarcWriter
from crawler.store import Store
from crawler.store.archiving import Arrival

QUEUED = 20_000


def archive(url: str, folder: Path, pages: dict[str, bytes]) -> int:
    """Archive and book every page as fetched by a run; return the bytes of the archive."""
    moment = datetime(2026, 11, 1, tzinfo=UTC)
    headers = (("Content-Type", "text/html; charset=utf-8"), ("Date", "Sun, 01 Nov 2026 00:00:00 GMT"))
    with Store(url) as store:
        run = store.begin_run("cinic")
        store.found("cinic", None, list(pages), [], run)
        writer = WarcWriter(folder, opened=store.archive_opened)
        for address, body in pages.items():
            fields = (("portal", "cinic"), ("kind", "article"), ("requested", address))
            written = writer.write(Capture(address, 200, headers, body, moment, "OK", fields=fields))
            store.archived(Arrival(address, address, "article", "cinic", 200, moment, run_id=run), written)
        writer.close()
    return sum(path.stat().st_size for path in folder.iterdir())


def scrapy(*words: str | Path) -> list[str]:
    return [sys.executable, "-m", "scrapy", *map(str, words)]


def bench(url: str, folder: Path, pages: dict[str, bytes], where: str, *, extracting: bool) -> None:
    """Print a line for each command, then what the pages take on disk."""
    size = archive(url, folder / "archive", pages)
    settings = ["-s", f"DATABASE_URL={url}", "-s", f"ARCHIVE_DIR={folder / 'archive'}"]
    for jobs in ("0", "1", "2"):
        if extracting:
            command = scrapy("extract", folder / "archive", "--jobs", jobs, "--out", folder / f"{jobs}.jsonl")
            measured(f"extract, {jobs} workers", command, "", len(pages))
    measured(
        f"{where}: replay --apply", scrapy("replay", "--apply", "--quiet", "--jobs", "2", *settings), "", len(pages)
    )
    for jobs in ("0", "1", "2"):
        command = scrapy("replay", "--quiet", "--jobs", jobs, *settings)
        measured(f"{where}: replay, {jobs} workers", command, "", len(pages))
    print(
        f"{where}: {size / len(pages):,.0f} bytes a page in the archive, "
        f"{on_disk(url) / len(pages):,.0f} in the database"
    )


def on_disk(url: str) -> int:
    """Bytes of a database with its indexes, after its log is written into it."""
    with Store(url) as store:
        store._database.compact()
        with store.read() as connection:
            if url.startswith("sqlite"):
                return Path(urlsplit(url).path[1:]).stat().st_size
            return int(connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar() or 0)


def queue(url: str) -> float:
    """Bytes Redis takes for a queued request of a crawl, its fingerprint included."""
    from redis import Redis
    from scrapy import Request, Spider

    from crawler.cluster.queues import RunQueue

    class Asking(Spider):
        name = "asking"

        def parse_article(self) -> None: ...

        def failed(self) -> None: ...

    spider, server = Asking(), Redis.from_url(url)
    requests = RunQueue(server, spider, f"duikou-bench-{os.getpid()}")
    before = server.info("memory")["used_memory"]
    for number in range(QUEUED):
        address = f"http://{HOST}/hy/cs/{840000 + number}.html"
        asked = {"requested": address}
        requests.offer(
            Request(
                address,
                spider.parse_article,
                errback=spider.failed,
                cb_kwargs=asked,
                meta={"kind": "article", "home": "110000"},
            )
        )
    taken = server.info("memory")["used_memory"] - before
    requests.forget()
    return float(taken) / QUEUED


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--pages", type=int, default=1000)
    options.add_argument("--size", type=int, default=37_000)
    options.add_argument("--server", help="PostgreSQL")
    options.add_argument("--redis")
    given = options.parse_args()
    made = site(given.pages, given.size).items()
    pages = {f"http://{HOST}{path}": body for path, body in made if path.endswith(".html") and "index" not in path}
    held = sum(map(len, pages.values())) / len(pages)
    print(
        f"{len(pages)} pages of {held:,.0f} bytes on {len(os.sched_getaffinity(0))} cores, "
        f"load {os.getloadavg()[0]:.1f}"
    )
    for server in [None, given.server] if given.server else [None]:
        with tempfile.TemporaryDirectory(prefix="duikou-bench-") as folder, database(server) as url:
            where = "PostgreSQL" if server else "SQLite"
            bench(url, Path(folder), pages, where, extracting=server is None)
    if given.redis:
        print(f"Redis: {queue(given.redis):,.0f} bytes a queued request")


if __name__ == "__main__":
    main()
