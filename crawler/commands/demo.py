"""``scrapy demo``: harvest the bundled sample web, its five portals, as a live harvest would go."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.table import Table
from scrapy.commands import ScrapyCommand
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError
from sqlalchemy import func, select

from crawler.commands.shown import Console
from crawler.extensions.progress import Board
from crawler.sample import sample_portals, serve
from crawler.store import PortalSummary, Store, StoreError, event_line
from crawler.store.schema import events

_DATABASE = "data/sample.sqlite"
_EVENTS_SHOWN = 8
_PROXIES = ("http_proxy", "https_proxy")
_NO_PROXIES = ("no_proxy", "NO_PROXY")

# The netease portal has a mirror on a host of its own; live mirrors are named the same way, by -a lists=….
_ARGUMENTS = {"netease": {"lists": "http://wyjx.example/dy/list.html"}}


# Only what politeness costs in time is changed, and what marks the harvest as sample.
_SETTINGS = {
    "LOG_LEVEL": "WARNING",
    "LOG_FORMAT": "%(levelname)s: %(message)s",
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "REVISIT_AFTER": 0,
    "CLUSTER_URL": "",
    "SAMPLE": True,
}


class Command(ScrapyCommand):
    """Serve the sample web on a free loopback port, crawl it, and show what came of it."""

    requires_project = True

    def syntax(self) -> str:
        """The usage line."""
        return "[options]"

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return "Harvest the bundled sample web into a database of its own"

    def add_options(self, parser: ArgumentParser) -> None:
        """Declare the command's own options."""
        super().add_options(parser)
        parser.add_argument(
            "--day", type=int, default=1, choices=(1, 2), help="the sample web as of this day (default 1)"
        )
        parser.add_argument(
            "--database", default=_DATABASE, metavar="PATH", help=f"database file (default {_DATABASE})"
        )

    def process_options(self, args: list[str], opts: Namespace) -> None:
        """Set what the demo changes; ``-s`` still wins."""
        super().process_options(args, opts)
        assert self.settings is not None
        self.settings.setdict(_SETTINGS, priority="spider")

    def run(self, args: list[str], opts: Namespace) -> None:
        """Crawl all portals in this process and print the closing table."""
        if args:
            raise UsageError(f"unexpected argument {args[0]!r}", print_help=False)
        assert self.settings is not None
        assert self.crawler_process is not None
        self.settings.set("DATABASE_URL", _url(opts.database), priority="cmdline")
        try:
            with Store(self.settings["DATABASE_URL"], sample=True) as store:
                before = {run.run_id for run in store.runs()}
        except StoreError as error:
            raise UsageError(str(error), print_help=False) from None
        out = Console(highlight=False)
        said = f"Harvesting the sample web (day {opts.day}) into {opts.database}; its people and figures are invented."
        out.print(said, markup=False, soft_wrap=True)
        crawlers = self._crawl(opts.day)
        with Store(self.settings["DATABASE_URL"], sample=True) as store:
            show(store, [run.run_id for run in store.runs() if run.run_id not in before], opts, out)
        lost = sum(crawler.stats.get_value("duikou/lost", 0) for crawler in crawlers)
        self.exitcode = 1 if self.crawler_process.bootstrap_failed or lost else 0

    def _crawl(self, day: int) -> list[Crawler]:
        assert self.settings is not None
        assert self.crawler_process is not None
        board, crawlers = Board(), []
        with serve(day) as web, _proxied(web.proxy_url):
            for name in sample_portals():
                crawler = self.crawler_process.create_crawler(name)
                board.watch(crawler)
                self.crawler_process.crawl(crawler, **_ARGUMENTS.get(name, {}))
                crawlers.append(crawler)
            self.crawler_process.start()
        return crawlers


def show(store: Store, run_ids: list[int], opts: Namespace, out: Console) -> None:
    """The closing table, the newest events and what to try next."""
    summary = store.portal_summary(run_ids)
    out.print(_table(summary, _happenings(store, run_ids)))
    fresh = sum(row.new + row.changed + row.gone for row in summary)
    if fresh:
        out.print("\nNewest events:")
        for event in store.newest_events(_EVENTS_SHOWN):
            out.print(f"  {event_line(event)}", markup=False, soft_wrap=True)
    else:
        out.print("\nNothing new: every article is known, and none has changed.")
    out.print("\nTry next:")
    for line, why in _suggestions(opts.day):
        out.print(f"  {line}\n      {why}", markup=False, soft_wrap=True)


def _suggestions(day: int) -> tuple[tuple[str, str], ...]:
    """Three commands as the user must type them here, and what each is for."""
    scrapy = _shown_program()
    other = 2 if day == 1 else 1
    again = f"make harvest DAY={other}" if "MAKELEVEL" in os.environ else f"{scrapy} demo --day {other}"
    first = "what an incremental harvest finds a day later" if day == 1 else "the web as it was the day before"
    return (
        (again, first),
        (f"{scrapy} portals", "what is declared about each portal"),
        (
            f"{scrapy} crawl cinic -s CONTACT=you@example.org -O cinic.jsonl",
            "the real portal, politely (docs/crawling.md)",
        ),
    )


def _table(summary: list[PortalSummary], happenings: dict[str, int]) -> Table:
    """Figures per portal; in the last row a happening that several portals tell of counts once."""
    columns = ("pages", "articles", "duplicates", "events", "new", "changed", "gone", "new_events")
    table = Table("portal", *(c.replace("_", " ") for c in columns), box=None, pad_edge=False, title=None)
    for column in table.columns[1:]:
        column.justify = "right"
    for row in summary:
        table.add_row(row.portal, *(str(getattr(row, c)) for c in columns))
    table.add_section()
    sums = {column: sum(getattr(row, column) for row in summary) for column in columns} | happenings
    table.add_row("all", *(str(sums[column]) for column in columns))
    return table


def _happenings(store: Store, run_ids: list[int]) -> dict[str, int]:
    count = select(func.count()).where(events.c.state == "live", events.c.status != "planned")
    with store.read() as connection:
        return {
            "events": connection.scalar(count) or 0,
            "new_events": connection.scalar(count.where(events.c.first_run.in_(run_ids))) or 0,
        }


def _url(path: str) -> str:
    return path if "://" in path else f"sqlite:///{path}"


def _shown_program() -> str:
    """The program as the user must type it here."""
    program = Path(sys.argv[0])
    try:
        return str(program.resolve().relative_to(Path.cwd()))
    except ValueError:
        return program.name


@contextmanager
def _proxied(url: str) -> Iterator[None]:
    """Send every request of this process through the proxy: the ordinary variables that Scrapy reads."""
    names = (*_PROXIES, *(n.upper() for n in _PROXIES), *_NO_PROXIES)
    before = {name: os.environ.pop(name, None) for name in names}
    os.environ.update(dict.fromkeys(_PROXIES, url))
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
