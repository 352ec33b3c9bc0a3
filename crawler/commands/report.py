"""``scrapy report``: what a run or some days brought, as text or one HTML page."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.commands.shown import say
from crawler.reports import Report, ReportError, html, of_run, of_span, text
from crawler.store import Store, StoreError
from crawler.watch import MomentError, WatchError, parse_moment, read_watches


class Command(ScrapyCommand):
    """Exit status: 0 written, 2 wrong arguments, a run that is not there or a database that cannot be used."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """The usage line."""
        return "[options]"

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return "Report what is new, portals' health, failing monitors and watchlist hits; text or HTML"

    def add_options(self, parser: ArgumentParser) -> None:
        """Declare the command's own options."""
        super().add_options(parser)
        span = parser.add_mutually_exclusive_group()
        span.add_argument("--week", action="store_true", help="the last seven days (default: the last day)")
        span.add_argument("--run", type=int, metavar="ID", help="one run; scrapy runs lists them")
        span.add_argument("--since", metavar="MOMENT", help="since 2026-03-01, 2026-03-01T08:00, 36h or 7d")
        add = parser.add_argument
        add("-o", "--output", metavar="FILE", help="write there; HTML when the name ends in .html")
        add("--list", metavar="FILE", help="the watchlists (TOML); default: the setting WATCHLIST")

    def run(self, args: list[str], opts: Namespace) -> None:
        """Gather, render, write."""
        assert self.settings is not None
        if args:
            raise UsageError(f"unexpected {args[0]!r}; to write into a file give -o {args[0]}", print_help=False)
        if not (url := self.settings["DATABASE_URL"]):
            raise UsageError("DATABASE_URL is empty: there is no database", print_help=False)
        try:
            with Store(url) as store:
                report = self._report(store, opts)
        except (MomentError, WatchError, ReportError, StoreError) as error:
            raise UsageError(str(error), print_help=False) from None
        if not opts.output:
            sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # stdout is a text stream here
            say(text(report), end="")
            return
        target = Path(opts.output)
        try:
            target.write_text(html(report) if target.suffix.lower() in (".html", ".htm") else text(report), "utf-8")
        except OSError as error:
            raise UsageError(f"{target}: cannot be written ({error.strerror})", print_help=False) from None

    def _report(self, store: Store, opts: Namespace) -> Report:
        assert self.settings is not None
        file, now = opts.list or self.settings["WATCHLIST"], datetime.now(UTC)
        watches = read_watches(Path(file)) if file else []
        if opts.run is not None:
            return of_run(store, opts.run, watches, now)
        days = 7 if opts.week else 1
        since = parse_moment(opts.since, now) if opts.since else now - timedelta(days=days)
        return of_span(store, since, now, watches)
