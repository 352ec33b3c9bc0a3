"""``scrapy export``: the record as tables for Excel, Stata, pandas, DuckDB …, or as a data package to cite."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.commands.choosing import add_choice, choice_of, open_store
from crawler.exports import FORMATS, TABLES, ExportError, Written, export, package
from crawler.store import StoreError


class Command(ScrapyCommand):
    """Exit status: 0 everything was written, 2 it could not be."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, object]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """The usage line."""
        return "[TABLE ...] [options]"

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return "Export articles, events, figures, ties and the panel as CSV, Parquet, Stata, Excel …"

    def long_desc(self) -> str:
        """The paragraph for ``scrapy export --help``."""
        return (
            f"Tables: {', '.join(TABLES)} (default: all). Options that choose may be repeated: any of their values "
            "will do. Columns are explained in docs/codebook.md and docs/codebook.zh.md."
        )

    def add_options(self, parser: ArgumentParser) -> None:
        """Declare the command's own options."""
        super().add_options(parser)
        parser.add_argument("-o", "--output", default="export", metavar="FOLDER", help="where to (default: export)")
        parser.add_argument(
            "-f", "--format", default="csv", help=f"comma-separated: {','.join(FORMATS)} (default: csv)"
        )
        parser.add_argument(
            "--with-text", action="store_true", help="full texts of articles, which are the publishers'"
        )
        parser.add_argument("--package", metavar="FOLDER", help="write a release to cite into this new folder instead")
        parser.add_argument("--previous", metavar="FOLDER", help="the last release, to tell what changed since")
        add_choice(parser)

    def run(self, args: list[str], opts: Namespace) -> None:
        """Write the files and say what they hold."""
        if opts.previous and not opts.package:
            raise UsageError("--previous goes with --package", print_help=False)
        try:
            choice = choice_of(opts)
            formats = [name for name in opts.format.split(",") if name]
            with open_store(self.settings["DATABASE_URL"] if self.settings else None) as store:
                given = {"tables": args or TABLES, "formats": formats, "choice": choice, "with_text": opts.with_text}
                if opts.package:
                    previous = Path(opts.previous) if opts.previous else None
                    written = package(store, Path(opts.package), previous=previous, **given)
                else:
                    written = export(store, Path(opts.output), **given)
                sample = store.sample
        except (ExportError, StoreError) as error:
            raise UsageError(str(error), print_help=False) from None
        show(written, sample=sample)


def show(written: list[Written], *, sample: bool) -> None:
    """Print one line a file."""
    for file in written:
        print(f"{file.path}: {', '.join(f'{count:,} {name}' for name, count in file.rows.items())}")
    if sample:
        print("This is sample data: its people and figures are invented; every record says sample = 1.")
