"""``scrapy forget``: take a page or a person's name out of database and archive, and keep it out."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.archive import ArchiveError
from crawler.commands.crawl import DISK
from crawler.middlewares.archive import archive_folder
from crawler.store import DiskFullError, Store, StoreError
from crawler.store.masking import spelling


class Command(ScrapyCommand):
    """Exit status: 0 done, 2 it could not be done (nothing is half done; the same command finishes it), 3 disk full."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """The usage line."""
        return "[options] URL|PERSON"

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return "Take an article, or a person's name, out of database and archive, and keep it out"

    def long_desc(self) -> str:
        """The paragraph for ``scrapy forget --help``."""
        return (
            "With a URL: deletes the article with all that was read from it, its archived pages, and the content of "
            "events that no other article tells of. With a name: puts 某 for each of its characters in every text of "
            "the database and in every archived page. What is forgotten is not fetched, stored or exported again."
        )

    def add_options(self, parser: ArgumentParser) -> None:
        """Declare the command's own options."""
        super().add_options(parser)
        parser.add_argument("--dry-run", action="store_true", help="only say what would go")
        parser.add_argument("--reason", metavar="TEXT", help="kept with the tombstone; must not name what is forgotten")

    def run(self, args: list[str], opts: Namespace) -> None:
        """Forget and say what went."""
        assert self.settings is not None
        if len(args) != 1:
            raise UsageError("give one URL or one name: scrapy forget URL|PERSON", print_help=False)
        if not (url := self.settings["DATABASE_URL"]):
            raise UsageError("DATABASE_URL is empty: there is no database", print_help=False)
        what, folder = args[0].strip(), archive_folder(self.settings)
        folder = folder if folder and folder.is_dir() else None
        how = {"reason": opts.reason, "dry_run": opts.dry_run}
        try:
            with Store(url) as store:
                done = (store.forget_page if "://" in what else store.forget_name)(_checked(what), folder, **how)
        except DiskFullError as error:
            print(f"scrapy forget: {error}")
            self.exitcode = DISK
            return
        except (ArchiveError, StoreError) as error:
            raise UsageError(str(error), print_help=False) from None
        would = "would go" if opts.dry_run else "forgotten"
        for name, count in sorted(done.counts.items()):
            if count:
                print(f"{name}: {count} {would}")
        if not any(done.counts.values()):
            print("nothing of it is here" + ("" if opts.dry_run else "; should it come, it is kept out"))
        for remark in done.remarks:
            print(f"! {remark}")


def _checked(what: str) -> str:
    if "://" not in what and len(spelling(what)) < 2:
        said = f"{what!r} is neither a URL (with http://) nor a Chinese name of two characters or more"
        raise UsageError(said, print_help=False)
    return what
