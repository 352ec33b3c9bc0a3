"""``scrapy watch``: what hit the watchlists since a moment, as lines, JSON or an Atom feed."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.commands.shown import say
from crawler.store import Store, StoreError
from crawler.store.ledger import stamp
from crawler.watch import MOST_ENTRIES, Hit, MomentError, WatchError, atom, hits, parse_moment, read_watches, write_feed


class Command(ScrapyCommand):
    """Exit status: 0 done, 2 wrong arguments, a watchlist with a mistake or a database that cannot be used."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """The usage line."""
        return "[options]"

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return "Show which events hit the watchlists since a moment; also as an Atom feed"

    def add_options(self, parser: ArgumentParser) -> None:
        """Declare the command's own options."""
        super().add_options(parser)
        add = parser.add_argument
        add("--list", metavar="FILE", help="the watchlists (TOML); default: the setting WATCHLIST")
        add("--since", default="7d", metavar="MOMENT", help="2026-03-01, 2026-03-01T08:00, 36h or 7d (default 7d)")
        add("--all", action="store_true", help="since ever")
        add("--atom", metavar="FILE", help="write an Atom feed of the newest 200 events there")
        add("--json", action="store_true", help="one JSON line per hit instead")

    def run(self, args: list[str], opts: Namespace) -> None:
        """Read the lists, look, print."""
        assert self.settings is not None
        if args:
            raise UsageError(f"unexpected {args[0]!r}; to name a watchlist write --list {args[0]}", print_help=False)
        if not (file := opts.list or self.settings["WATCHLIST"]):
            raise UsageError("no watchlist; give --list FILE or set WATCHLIST", print_help=False)
        if not (url := self.settings["DATABASE_URL"]):
            raise UsageError("DATABASE_URL is empty: there is no database", print_help=False)
        now = datetime.now(UTC)
        try:
            since = None if opts.all else stamp(parse_moment(opts.since, now))
            watches = read_watches(Path(file))
            with Store(url) as store, store.read() as connection:
                found = hits(connection, watches, since=since)
                newest = hits(connection, watches, limit=MOST_ENTRIES) if opts.atom else []
        except (MomentError, WatchError, StoreError) as error:
            raise UsageError(str(error), print_help=False) from None
        if opts.atom:
            try:
                write_feed(Path(opts.atom), atom(newest, Path(file).name, f"duikou: {Path(file).stem}", stamp(now)))
            except OSError as error:
                raise UsageError(f"{opts.atom}: cannot be written ({error.strerror})", print_help=False) from None
        for hit in found:
            if opts.json:
                print(json.dumps(_row(hit), ensure_ascii=False))
            else:
                say("\n".join(_lines(hit)))
        if not found and not opts.json:
            print(f"no hit since {since or 'ever'} of {len(watches)} watches")


def _lines(hit: Hit) -> list[str]:
    mark = "new      " if hit.new else "corrected"
    lines = [f"{mark} [{hit.watch}] {hit.happening.line}"]
    for quote in hit.happening.quotes:
        lines.append(f"          “{quote.text}” {quote.source or quote.portal} {quote.url}".rstrip())
    return lines


def _row(hit: Hit) -> dict[str, Any]:
    happening = hit.happening
    return {
        "watch": hit.watch,
        "new": hit.new,
        "event": happening.event.event_id,
        "line": happening.line,
        "created_at": happening.created_at,
        "updated_at": happening.updated_at,
        "quotes": [{"text": q.text, "url": q.url, "title": q.title} for q in happening.quotes],
    }
