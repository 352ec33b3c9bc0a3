"""``scrapy backup``: a consistent copy of the database into a file or another database, also while crawls write."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.commands.crawl import DISK
from crawler.store import DiskFullError, StoreError
from crawler.store.backup import backup
from crawler.store.engine import database_url
from crawler.store.moving import move


class Command(ScrapyCommand):
    """Exit status: 0 the backup is whole and on disk, 2 it could not be made, 3 the disk is full."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """The usage line."""
        return "FILE | URL"

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return "Copy the database consistently into a new file, also while crawling"

    def long_desc(self) -> str:
        """The paragraph for ``scrapy backup --help``."""
        return (
            "Copies the database of DATABASE_URL into FILE, which must not exist: an SQLite database, or for "
            "PostgreSQL an archive of pg_dump for pg_restore. Or into the empty database at URL (sqlite:///FILE, "
            "postgresql+psycopg://…), of either kind: so a harvest moves from one to the other. Copy the archive "
            "folder after it, never before."
        )

    def run(self, args: list[str], opts: Namespace) -> None:
        """Back up and say how large it is."""
        assert self.settings is not None
        if len(args) != 1:
            raise UsageError(
                "give one file name: scrapy backup FILE, or the URL of an empty database", print_help=False
            )
        if not (url := self.settings["DATABASE_URL"]):
            raise UsageError("DATABASE_URL is empty: there is no database", print_help=False)
        try:
            if "://" in args[0]:
                done = f"{database_url(args[0])[1]}: {move(url, args[0]):,} rows copied"
            else:
                done = f"{args[0]}: {backup(url, Path(args[0])):,} bytes, checked"
        except DiskFullError as error:
            print(f"scrapy backup: {error}")
            self.exitcode = DISK
        except StoreError as error:
            raise UsageError(str(error), print_help=False) from None
        else:
            print(done)
