"""What ten million pages take, reckoned from measured figures: the tables of docs/capacity.md.

    python tools/capacity.py [--pages 10000000] [--hosts 15] [--write]

Every figure stands here once, with where it was measured; say how many pages and hosts you have, or put your own
measurements in their place, and the tables are reckoned anew. ``--write`` puts them into docs/capacity.md.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "capacity.md"
BEGIN, END = "<!-- reckoned by tools/capacity.py -->\n", "<!-- end of it -->\n"

DELAY = 1.0
"""Seconds between two requests to a host: the setting DOWNLOAD_DELAY."""


@dataclass(frozen=True)
class Figure:
    """One measurement."""

    value: float
    unit: str
    what: str
    where: str


REPLAY = "`bench_replay.py --pages 1000 --size 37000`"
CRAWL = "`bench_crawl.py`, [reading.md](reading.md)"
FIGURES = {
    "cold": Figure(16.4, "CPU-ms a page", "crawl of an unknown site, 37 KB, SQLite", CRAWL),
    "cold main": Figure(6.7, "CPU-ms a page", "of it in the main process", CRAWL),
    "warm": Figure(15.8, "CPU-ms a page", "crawl of a known site, 37 KB, SQLite", CRAWL),
    "cold large": Figure(29.8, "CPU-ms a page", "crawl of an unknown site, 180 KB, SQLite", CRAWL),
    "extract": Figure(20.8, "CPU-ms a page", "`scrapy extract` of archives, one worker", REPLAY),
    "replay": Figure(21.7, "CPU-ms a page", "`scrapy replay`, nothing changes, one worker, SQLite", REPLAY),
    "apply": Figure(29.0, "CPU-ms a page", "`scrapy replay --apply`, all pages new, SQLite", REPLAY),
    "apply main": Figure(9.9, "CPU-ms a page", "of it in the process that writes, SQLite", REPLAY),
    "apply main pg": Figure(13.1, "CPU-ms a page", "the same, PostgreSQL (its server not counted)", REPLAY),
    "archive": Figure(38_049, "bytes a page", "real pages of 163 KB packed by gzip", "38 saved pages"),
    "archive made up": Figure(5_244, "bytes a page", "made-up pages of 37 KB in the archive, whole captures", REPLAY),
    "sqlite": Figure(11_993, "bytes a page", "SQLite, a third of the pages with events", REPLAY),
    "postgres": Figure(16_056, "bytes a page", "PostgreSQL, without the 9.0 MB of an empty one", REPLAY),
    "redis": Figure(588, "bytes", "Redis, a queued request with its fingerprint", "the same with `--redis`"),
    "dedup": Figure(2.3, "CPU-ms an insert", "index of copies at 660,000 articles", "[duplicates.md](duplicates.md)"),
    "csv": Figure(33.0, "s", "export of 100,000 events as CSV", "`bench_export.py`, [export.md](export.md)"),
    "publish": Figure(64.0, "s", "`scrapy publish` of 100,000 events", "`bench_export.py`, [export.md](export.md)"),
}  # fmt: skip


def value(name: str) -> float:
    """The figure of that name."""
    return FIGURES[name].value


def measured() -> Iterator[str]:
    """What was measured, and where."""
    yield "| measured | figure | by |"
    yield "|---|---|---|"
    for one in FIGURES.values():
        yield f"| {one.what} | {one.value:,g} {one.unit} | {one.where} |"


def disk(pages: int) -> Iterator[str]:
    """Bytes."""
    yield f"| what | for {pages:,} pages |"
    yield "|---|---|"
    for what, name in (
        ("archive, pages like the 38 real ones", "archive"),
        ("archive, pages like the made-up ones", "archive made up"),
        ("SQLite", "sqlite"),
        ("PostgreSQL", "postgres"),
        ("Redis, memory, if all were queued at once", "redis"),
    ):
        yield f"| {what} | {pages * value(name) / 1e9:,.0f} GB |"


def hours(pages: int, hosts: int) -> Iterator[str]:
    """Time, and machines of two cores that finish in the time politeness takes."""
    polite = pages / hosts * DELAY / 3600
    yield f"| what | core hours | hours on one machine of two cores | machines to keep up with {hosts} polite hosts |"
    yield "|---|---|---|---|"
    yield f"| waiting for {hosts} hosts, one request a second each | | {polite:,.0f} | |"
    for what, name in (
        ("crawl, 37 KB, unknown site", "cold"),
        ("crawl, 37 KB, known site", "warm"),
        ("crawl, 180 KB, unknown site", "cold large"),
    ):
        cores = pages * value(name) / 3.6e6
        yield f"| {what} | {cores:,.0f} | {cores / 2:,.0f} | {math.ceil(cores / 2 / polite)} |"
    for what, name in (("extract", "extract"), ("replay", "replay"), ("replay --apply, all new", "apply")):
        cores = pages * value(name) / 3.6e6
        yield f"| {what} | {cores:,.0f} | {cores / 2:,.0f} | no host is asked |"
    for what, name in (("SQLite", "apply main"), ("PostgreSQL", "apply main pg")):
        alone = pages * value(name) / 3.6e6
        yield f"| of it in the one process that writes, {what} | {alone:,.0f} | {alone:,.0f} | never more than one |"


def limits(pages: int) -> Iterator[str]:
    """What gives way first, in pages a second, and hosts at which politeness is no longer the limit."""
    yield "| limit | pages a second | reached with so many hosts at one page a second |"
    yield "|---|---|---|"
    for what, milliseconds, cores in (
        ("two cores crawl, 37 KB, unknown site", value("cold"), 2),
        ("one crawler's main process, 37 KB, unknown site", value("cold main"), 1),
        ("the one writer of a PostgreSQL database, at most", value("apply main pg"), 1),
        ("the index of copies alone, at the worst measured", value("dedup"), 1),
    ):
        rate = 1000 * cores / milliseconds
        yield f"| {what} | {rate:,.0f} | {math.ceil(rate)} |"
    events = pages / 10
    csv, published = (events / 100_000 * value(name) / 60 for name in ("csv", "publish"))
    yield ""
    told = f"With one event in ten pages, {events:,.0f}, a CSV export takes {csv:,.0f} minutes"
    yield f"{told} and `scrapy publish` {published:,.0f}."


def reckoned(pages: int = 10_000_000, hosts: int = 15) -> str:
    """All tables under their headings."""
    parts = {
        "Measured": measured(),
        "Disk and memory": disk(pages),
        "Time and machines": hours(pages, hosts),
        "What gives way first": limits(pages),
    }
    return "\n".join(f"## {head}\n\n" + "\n".join(part) + "\n" for head, part in parts.items())


def main() -> None:
    """Print the tables, or write them into the page."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--pages", type=int, default=10_000_000)
    options.add_argument("--hosts", type=int, default=15)
    options.add_argument("--write", action="store_true")
    given = options.parse_args()
    tables = reckoned(given.pages, given.hosts)
    if not given.write:
        print(tables)
        return
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n{tables}\n{END}{rest.partition(END)[2]}", "utf-8")


if __name__ == "__main__":
    main()
