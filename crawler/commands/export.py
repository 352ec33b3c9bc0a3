"""``scrapy export``: the record as tables for Excel, Stata, pandas, DuckDB …, or as a data package to cite."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from sqlalchemy.engine import make_url

from crawler.exports import FORMATS, TABLES, Choice, ExportError, Written, export, package
from crawler.store import Store, StoreError
from crawler.store.engine import database_url


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
        choose = parser.add_argument_group("which records")
        many = {"action": "append", "default": []}
        choose.add_argument("--type", **many, help="type of event")  # type: ignore[arg-type]
        choose.add_argument("--place", **many, help="official name or adcode, its parts included")  # type: ignore[arg-type]
        choose.add_argument("--scheme", **many, help="official scheme of the tie")  # type: ignore[arg-type]
        choose.add_argument("--since", metavar="DATE", help="2016, 2016-05 or 2016-05-31, inclusive")
        choose.add_argument("--until", metavar="DATE", help="as --since, inclusive")
        choose.add_argument("--min-cny", type=float, metavar="YUAN", help="least amount told")
        choose.add_argument("--max-cny", type=float, metavar="YUAN", help="largest amount told")
        choose.add_argument("--portal", **many, help="told by this portal")  # type: ignore[arg-type]
        choose.add_argument("--confidence", **many, help="high, medium or low")  # type: ignore[arg-type]

    def run(self, args: list[str], opts: Namespace) -> None:
        """Write the files and say what they hold."""
        if opts.previous and not opts.package:
            raise UsageError("--previous goes with --package", print_help=False)
        try:
            choice = Choice(
                types=tuple(opts.type), places=tuple(opts.place), schemes=tuple(opts.scheme), since=opts.since,
                until=opts.until, min_cny=opts.min_cny, max_cny=opts.max_cny, portals=tuple(opts.portal),
                confidence=tuple(opts.confidence),
            )  # fmt: skip
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


def open_store(url: str | None) -> Store:
    """Open a database that is there; an export makes none."""
    if not url:
        raise ExportError("DATABASE_URL is empty: there is no database")
    parsed = make_url(database_url(url)[0])
    if parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").is_file():
        raise ExportError(f"{parsed.database}: no such database; set DATABASE_URL, or harvest first")
    return Store(url)


def show(written: list[Written], *, sample: bool) -> None:
    """Print one line a file."""
    for file in written:
        print(f"{file.path}: {', '.join(f'{count:,} {name}' for name, count in file.rows.items())}")
    if sample:
        print("This is sample data: its people and figures are invented; every record says sample = 1.")
