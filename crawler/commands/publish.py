"""``scrapy publish FILE``: an immutable snapshot of the record for browsing and searching."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.commands.choosing import open_store
from crawler.commands.export import show
from crawler.exports import ExportError, Written, publish
from crawler.store import StoreError


class Command(ScrapyCommand):
    """Exit status: 0 the snapshot is there, 2 it could not be made."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, object]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """The usage line."""
        return "FILE [--with-text]"

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return "Write a read-only SQLite snapshot for browsing, with Chinese full-text search"

    def add_options(self, parser: ArgumentParser) -> None:
        """Declare the command's own options."""
        super().add_options(parser)
        parser.add_argument(
            "--with-text", action="store_true", help="full texts of articles, which are the publishers'"
        )

    def run(self, args: list[str], opts: Namespace) -> None:
        """Write the snapshot and say what it holds."""
        if len(args) != 1:
            raise UsageError("give one file name: scrapy publish FILE", print_help=False)
        path = Path(args[0])
        try:
            with open_store(self.settings["DATABASE_URL"] if self.settings else None) as store:
                rows, sample = publish(store, path, with_text=opts.with_text), store.sample
        except (ExportError, StoreError) as error:
            raise UsageError(str(error), print_help=False) from None
        show([Written(path, rows)], sample=sample)
