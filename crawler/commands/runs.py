"""``scrapy runs``: the run ledger as a table, or one portal's days as a calendar."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from rich.table import Table
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.commands.shown import Console, say
from crawler.notices import hide
from crawler.schedule import Outcome, calendar, outcomes
from crawler.schedule.outcome import SHANGHAI, Day, moment
from crawler.store import RunRow, Store, StoreError

_FIGURES = (
    ("pages", "pages"),
    ("new", "new"),
    ("changed", "changed"),
    ("lost", "failed"),
    ("new_events", "events"),
)

_SIGNS: dict[Day, str] = {
    "news": "N", "no news": ".", "banned": "B", "site down": "D", "layout broke": "L", "failed": "F",
    "unfinished": "U", "not run": "-",
}  # fmt: skip


class Command(ScrapyCommand):
    """Show when portals were harvested, how that ended and what it cost."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """The usage line."""
        return "[options]"

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return "Show past runs, or one portal's days as a calendar"

    def add_options(self, parser: ArgumentParser) -> None:
        """Declare the command's own options."""
        super().add_options(parser)
        add = parser.add_argument
        add("--portal", metavar="NAME", help="a calendar of this portal, and its runs")
        add("--days", type=int, default=56, metavar="N", help="days of the calendar (default 56)")
        add("--limit", type=int, default=20, metavar="N", help="newest runs listed (default 20; 0 = all)")
        add("--json", action="store_true", help="one JSON line per run instead")

    def run(self, args: list[str], opts: Namespace) -> None:
        """Print."""
        assert self.settings is not None
        if args:
            raise UsageError(f"unexpected {args[0]!r}; to name a portal write --portal {args[0]}", print_help=False)
        if opts.days < 1 or opts.limit < 0:
            raise UsageError("--days needs 1 or more, --limit 0 or more", print_help=False)
        if not (url := self.settings["DATABASE_URL"]):
            raise UsageError("DATABASE_URL is empty: there is no database", print_help=False)
        try:
            with Store(url) as store:
                oldest_first = store.runs(opts.portal)[::-1]
        except StoreError as error:
            raise UsageError(str(error), print_help=False) from None
        judged = _judged(oldest_first)
        shown = judged[: opts.limit or None]
        if opts.json:
            for run, outcome in shown:
                print(json.dumps(_row(run, outcome), ensure_ascii=False))
            return
        console = Console(highlight=False)
        if not console.is_terminal:
            console = Console(highlight=False, width=240)  # whole lines for files and pipes
        if opts.portal and not oldest_first:
            print(f"{opts.portal}: no run in {hide(url)}")
        elif opts.portal:
            today = datetime.now(SHANGHAI).date()
            say("\n".join(_calendar(opts.portal, oldest_first, today, opts.days)))
        if shown:
            console.print(_table(shown))
        elif not opts.portal:
            print(f"no run in {hide(url)}")


def _judged(oldest_first: Sequence[RunRow]) -> list[tuple[RunRow, Outcome]]:
    """Every run with its outcome, newest first; each portal is judged by its own past."""
    ordered = sorted(oldest_first, key=lambda run: run.portal)
    found = [pair for _, runs in groupby(ordered, key=lambda run: run.portal) for pair in outcomes(runs)]
    return sorted(found, key=lambda pair: pair[0].run_id, reverse=True)


def _row(run: RunRow, outcome: Outcome) -> dict[str, object]:
    """A run in the columns of the table, plain values."""
    figures = {label: run.counts.get(key, 0) for key, label in _FIGURES}
    return {
        "run": run.run_id,
        "portal": run.portal,
        "part": run.arguments.get("part"),
        "start": run.started_at,
        "end": run.ended_at,
        "reason": run.reason,
        "outcome": outcome.word,
        "why": outcome.why,
        **figures,
        "bytes": run.counts.get("bytes"),
        "peak_mb": run.counts.get("peak_mb"),
    }


def _table(judged: Sequence[tuple[RunRow, Outcome]]) -> Table:
    right = ("pages", "new", "changed", "failed", "events", "bytes", "peak MB")
    table = Table("run", "portal", "start (UTC)", "took", "reason", *right, "outcome", box=None, pad_edge=False)
    for column in table.columns:
        column.no_wrap = True
        if column.header in right:
            column.justify = "right"
    for run, outcome in judged:
        row = _row(run, outcome)
        figures = [str(row[label]) for _, label in _FIGURES]
        size = f"{row['bytes']:,}" if row["bytes"] is not None else ""
        peak = str(row["peak_mb"] if row["peak_mb"] is not None else "")
        told = f"{outcome.word}: {outcome.why}" if outcome.why else outcome.word
        start = f"{moment(run.started_at):%Y-%m-%d %H:%M}"
        table.add_row(str(run.run_id), run.portal, start, _took(run), run.reason or "", *figures, size, peak, told)
    return table


def _took(run: RunRow) -> str:
    if run.ended_at is None:
        return ""
    return str(moment(run.ended_at) - moment(run.started_at))


def _calendar(portal: str, runs: Sequence[RunRow], until: date, days: int) -> Iterator[str]:
    """Weeks as lines, Monday first; then what the signs mean and the days that need a reader."""
    told = list(calendar(runs, until, days))
    yield f"{portal}, days in Shanghai time up to {until}"
    yield f"{'week of':12}Mo Tu We Th Fr Sa Su"
    for monday, week in groupby(told, key=lambda day: day[0] - timedelta(days=day[0].weekday())):
        signs = {day.weekday(): _SIGNS[word] for day, word, _ in week}
        yield f"{monday}  " + "  ".join(signs.get(weekday, " ") for weekday in range(7))
    met = {word for _, word, _ in told}
    yield "  ".join(f"{sign} {word}" for word, sign in _SIGNS.items() if word in met)
    for day, word, why in told:
        if why:
            yield f"{day} {word}: {why}"
    yield ""
