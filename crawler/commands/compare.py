"""``scrapy compare THEIRS``: a researcher's own list of events matched against ours."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from rich.table import Table
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.commands.choosing import add_choice, choice_of, open_store
from crawler.commands.shown import Console, say
from crawler.compare import FIELDS, Listed, agreements, guess, listed, match, ours, write_comparison
from crawler.exports import ExportError
from crawler.exports.choosing import Choice
from crawler.exports.export import reading
from crawler.sheets import SheetError, read_sheet
from crawler.store import StoreError


class Command(ScrapyCommand):
    """Exit status: 0 compared, 1 compared but some cells were not understood, 2 not compared."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, object]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """The usage line."""
        return "THEIRS.csv|.xlsx [options]"

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return "Match a list of events of your own against ours"

    def long_desc(self) -> str:
        """The paragraph for ``scrapy compare --help``."""
        return (
            f"A column can hold: {', '.join(FIELDS)}. Columns with the usual names are found by themselves; on a "
            "terminal the others are asked for. Without --since and --until our events of their years are compared."
        )

    def add_options(self, parser: ArgumentParser) -> None:
        """Declare the command's own options."""
        super().add_options(parser)
        add = parser.add_argument
        add("-o", "--output", default="compared", metavar="FOLDER", help="where the tables go (default: compared)")
        add("--sheet", metavar="NAME", help="the workbook's sheet (default: its first)")
        add("--map", action="append", default=[], metavar="FIELD=COLUMN", help="which column holds what; repeatable")
        add("--days", type=int, default=3, metavar="N", help="days two dates of one event may lie apart (default 3)")
        add("--any-type", action="store_true", help="pair events of different types too")
        add_choice(parser)

    def run(self, args: list[str], opts: Namespace) -> None:
        """Compare, write the tables, print the summary."""
        if len(args) != 1:
            raise UsageError("give one CSV or Excel file", print_help=False)
        try:
            sheet = read_sheet(Path(args[0]), opts.sheet)
            columns = _columns(sheet.header, opts.map, ask=sys.stdin.isatty() and sys.stdout.isatty())
            theirs, problems = listed(sheet, columns)
            with (
                open_store(self.settings["DATABASE_URL"] if self.settings else None) as store,
                reading(store, _period(choice_of(opts), theirs), with_text=False) as view,
            ):
                own, chosen = ours(view), view.choice
            matches = match(theirs, own, days=opts.days, any_type=opts.any_type)
            written = write_comparison(Path(opts.output), sheet, theirs, own, matches, problems, days=opts.days)
        except (SheetError, ExportError, StoreError) as error:
            raise UsageError(str(error), print_help=False) from None
        except OSError as error:
            message = f"{opts.output}: cannot be written ({error.strerror}); choose another folder"
            raise UsageError(message, print_help=False) from None
        say("Columns: " + ", ".join(f"{name}={column}" for name, column in columns.items()))
        if chosen.since:
            say(f"Our events from {chosen.since} to {chosen.until}.")
        for count, of, what in (
            (len(matches), len(theirs), "of their events are among ours"),
            (len(matches), len(own), "of our events are among theirs"),
        ):
            say(f"{count} of {of} {what}" + (f" ({count / of:.1%})" if of else ""))
        table = Table("field", "same", "95 %", "matched events that state it on both sides", box=None, pad_edge=False)
        for one in agreements(matches):
            table.add_row(one.field, f"{one.share:.3f}", "–".join(f"{end:.2f}" for end in one.interval), str(one.both))
        if table.row_count:
            Console(soft_wrap=True).print(table)
        for path in written:
            say(path)
        for problem in problems:
            say(f"{args[0]}: {problem}", file=sys.stderr)
        self.exitcode = 1 if problems else 0


def _columns(header: Sequence[str], given: Sequence[str], *, ask: bool) -> dict[str, str]:
    """The mapping: what was given, else what the names say, else what a person answers."""
    columns = guess(header)
    for one in given:
        name, _, column = one.partition("=")
        if name not in FIELDS:
            raise ExportError(f"--map {one}: no such field; choose from {', '.join(FIELDS)}")
        if column and column not in header:
            raise ExportError(f"--map {one}: no such column; there are {', '.join(header)}")
        columns = {n: c for n, c in columns.items() if n != name and c != column}
        if column:
            columns[name] = column
    if ask:
        for name in ("type", "date", "supporting", "supported"):
            if name not in columns:
                columns |= _asked(name, [column for column in header if column not in columns.values()])
    if not columns.keys() & {"date", "year"} or not columns.keys() - {"id", "type", "date", "date_end", "year"}:
        named = ", ".join(header)
        raise ExportError(f"a date and a place, person or amount are needed; name columns by --map, of: {named}")
    return columns


def _asked(name: str, free: Sequence[str]) -> dict[str, str]:
    say(f"Which column holds {name}? (Enter: none)")
    for number, column in enumerate(free, 1):
        say(f"  {number}  {column}")
    answer = input("> ").strip()
    if answer.isdigit() and 1 <= int(answer) <= len(free):
        return {name: free[int(answer) - 1]}
    return {name: answer} if answer in free else {}


def _period(choice: Choice, theirs: Sequence[Listed]) -> Choice:
    """The choice, with the years of their events where it names no time."""
    years = sorted(date[:4] for event in theirs for date in (event.start, event.end) if date)
    if choice.since or choice.until or not years:
        return choice
    return replace(choice, since=years[0], until=years[-1])
