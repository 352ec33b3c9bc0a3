"""``scrapy chart``: the pictures of ``scrapy browse`` as SVG or PNG files."""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from contextlib import closing
from dataclasses import fields
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.browse.filters import Filters
from crawler.browse.labels import LANGUAGES, Labels
from crawler.commands.choosing import snapshot_in
from crawler.commands.shown import say
from crawler.exports import ExportError
from crawler.store import StoreError

KINDS = ("map", "timeline", "matrix", "money")


class Command(ScrapyCommand):
    """Exit status: 0 drawn, 2 not."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, object]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """The usage line."""
        return f"{'|'.join(KINDS)} -o FILE.svg|.png [options]"

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return "Draw who helps whom, a timeline, pairs by year or money by year"

    def add_options(self, parser: ArgumentParser) -> None:
        """Declare the command's own options."""
        super().add_options(parser)
        add = parser.add_argument
        add("-o", "--output", metavar="FILE", help="picture to write: .svg or .png")
        add("--snapshot", metavar="FILE", help="a published snapshot (default: a fresh one of the database)")
        add("--language", choices=LANGUAGES, default="zh", help="language of the labels (default zh)")
        choose = parser.add_argument_group("which events", "as in the addresses of scrapy browse")
        for field in fields(Filters):
            choose.add_argument(f"--{field.name}", default="", metavar="VALUE")

    def run(self, args: list[str], opts: Namespace) -> None:
        """Draw one picture."""
        if len(args) != 1 or args[0] not in KINDS:
            raise UsageError(f"say what to draw: {', '.join(KINDS)}", print_help=False)
        target = Path(opts.output or "")
        if target.suffix not in (".svg", ".png"):
            raise UsageError("name a file that ends in .svg or .png with -o", print_help=False)
        filters = Filters.of({field.name: getattr(opts, field.name) for field in fields(Filters)})
        try:
            with tempfile.TemporaryDirectory(prefix="duikou-chart-") as folder:
                url = self.settings["DATABASE_URL"] if self.settings else None
                snapshot = snapshot_in(Path(folder), opts.snapshot, url)
                count = _draw(snapshot, args[0], filters, Labels(opts.language), target)
        except (ExportError, StoreError) as error:
            raise UsageError(str(error), print_help=False) from None
        except OSError as error:
            message = f"{target}: cannot be written ({error.strerror}); choose another name"
            raise UsageError(message, print_help=False) from None
        say(f"{target}: {count} values" if count else f"{target}: no event fits, the picture is empty")


class _File:
    """A snapshot file, as the queries want it."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        database.row_factory = sqlite3.Row

    async def rows(self, sql: str, given: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """Run one query."""
        return [dict(row) for row in self._database.execute(sql, dict(given or {}))]


def _draw(snapshot: Path, kind: str, filters: Filters, labels: Labels, target: Path) -> int:
    try:
        from crawler.browse import charts
    except ModuleNotFoundError as error:
        raise ExportError(f"{error.name} is not installed; pip install 'duikou[browse]'") from None
    with closing(sqlite3.connect(f"{snapshot.resolve().as_uri()}?mode=ro", uri=True)) as database:
        chart, rows = asyncio.run(charts.draw(_File(database), kind, filters, labels))
    target.write_bytes(charts.render(chart, target.suffix[1:]))
    return len(rows)
