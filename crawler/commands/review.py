"""``scrapy review``: the least sure events on a sheet, a person's corrections back into the record."""

from __future__ import annotations

import getpass
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.commands.choosing import add_choice, choice_of, open_store
from crawler.commands.shown import say
from crawler.exports import ExportError
from crawler.exports.export import reading
from crawler.review import ReviewError, apply_sheet, questions, write_sheet
from crawler.review.gold import write_gold
from crawler.store import Store, StoreError


class Command(ScrapyCommand):
    """Exit status: 0 all is well, 1 some rows of the sheet were not taken, 2 nothing was done."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, object]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """The usage line."""
        return "[--least-sure N] -o SHEET.xlsx | --apply SHEET.xlsx [options]"

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return "Have a person check the least sure events; corrections win over the code"

    def add_options(self, parser: ArgumentParser) -> None:
        """Declare the command's own options."""
        super().add_options(parser)
        add = parser.add_argument
        add("--least-sure", type=int, default=100, metavar="N", help="how many events to ask about (default 100)")
        add("-o", "--output", metavar="SHEET.xlsx", help="write the sheet to fill in")
        add("--apply", metavar="SHEET.xlsx", help="store what a person filled in")
        add("--by", metavar="NAME", help="who filled it in (default: your login name)")
        add("--gold", default="data/gold", metavar="FOLDER", help="where complete articles go (default: data/gold)")
        add_choice(parser)

    def run(self, args: list[str], opts: Namespace) -> None:
        """Write a sheet or take one in."""
        if args or bool(opts.output) == bool(opts.apply):
            message = "give -o SHEET.xlsx to write a sheet, or --apply SHEET.xlsx to take one in"
            raise UsageError(message, print_help=False)
        if opts.least_sure < 1:
            raise UsageError("--least-sure must be at least 1", print_help=False)
        self.exitcode = 0
        try:
            with open_store(self.settings["DATABASE_URL"] if self.settings else None) as store:
                if opts.apply:
                    self._apply(store, opts)
                else:
                    self._ask(store, opts)
        except (ReviewError, ExportError, StoreError) as error:
            raise UsageError(str(error), print_help=False) from None

    def _ask(self, store: Store, opts: Namespace) -> None:
        path = Path(opts.output)
        if path.suffix.lower() != ".xlsx":
            raise ReviewError(f"{path}: give a name that ends in .xlsx")
        with reading(store, choice_of(opts)) as view:
            asked = questions(view, opts.least_sure)
            if not asked:
                say("No event is left to review.")
                return
            write_sheet(view.connection, asked, path)
        unsure = sum(bool(one.why) for one in asked)
        pages = len({one.article_id for one in asked})
        say(f"{path}: {unsure} least sure events and {len(asked) - unsure} more of their {pages} articles")

    def _apply(self, store: Store, opts: Namespace) -> None:
        applied = apply_sheet(store, Path(opts.apply), opts.by or getpass.getuser())
        counts = (f"{count} {what}" for what, count in sorted(applied.counts.items()))
        say(", ".join(counts) or "The sheet has no rows that could be taken.")
        try:
            written, left = write_gold(store, applied.complete, Path(opts.gold))
        except OSError as error:
            raise ReviewError(f"{opts.gold}: cannot be written ({error.strerror}); choose another folder") from None
        if written:
            say(f"{opts.gold}: {len(written)} articles added to gold")
        for line in left:
            say(f"not added to gold: {line}")
        for problem in applied.problems:
            say(problem, file=sys.stderr)
        self.exitcode = 1 if applied.problems else 0
