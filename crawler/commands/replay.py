"""``scrapy replay``: read the archive again with today's code, show what changes, write it with ``--apply``."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.commands.crawl import DISK
from crawler.commands.shown import Console
from crawler.middlewares.archive import archive_folder
from crawler.replay import Options, Outcome, replay, summary
from crawler.store import DiskFullError, Store, StoreError
from crawler.workers import WorkersError


class Command(ScrapyCommand):
    """Exit status: 0 all read, 1 some page could not be read, 2 wrong arguments, 3 disk full."""

    requires_project = True
    requires_crawler_process = False

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return "Read everything archived again with today's code and report what that changes"

    def long_desc(self) -> str:
        """The paragraph for ``scrapy replay --help``."""
        return (
            "Reads the newest archived copy of every article without the network and reports articles, events and "
            "figures added, changed (field by field) and lost. Nothing is written without --apply. Stopped at any "
            "moment, the same command goes on where it was."
        )

    def add_options(self, parser: ArgumentParser) -> None:
        """Declare the command's own options."""
        super().add_options(parser)
        parser.add_argument("--apply", action="store_true", help="write the differences to the database")
        parser.add_argument("--quarantine", action="store_true", help="only pages whose reading failed before")
        parser.add_argument("--anew", action="store_true", help="from the start, not on with a replay that was stopped")
        parser.add_argument("--portal", help="only this portal's pages")
        parser.add_argument("--jobs", type=int, default=0, help="worker processes (default: this process)")
        parser.add_argument("--dask", metavar="ADDRESS", help="on the workers of the Dask scheduler there")
        parser.add_argument("--quiet", action="store_true", help="only the closing figures")

    def run(self, args: list[str], opts: Namespace) -> None:
        """Replay and print."""
        assert self.settings is not None
        folder = archive_folder(self.settings)
        if args or folder is None:
            said = f"unexpected argument {args[0]!r}" if args else "no archive; set DATABASE_URL and ARCHIVE_DIR"
            raise UsageError(said, print_help=False)
        out = Console(highlight=False)
        assert self.settings is not None
        keep = self.settings.getbool("KEEP_PRIVATE_NAMES")
        options = Options(opts.apply, opts.quarantine, opts.portal, opts.jobs, opts.anew, keep, dask=opts.dask)
        bar = Progress(
            TextColumn("reading again"), BarColumn(), MofNCompleteColumn(), TextColumn("pages"),
            console=Console(stderr=True), transient=True, disable=not Console(stderr=True).is_terminal,
        )  # fmt: skip
        try:
            with Store(self.settings["DATABASE_URL"]) as store, bar:
                task = bar.add_task("", total=None)

                def told(outcome: Outcome) -> None:
                    bar.advance(task)
                    if not opts.quiet:
                        _show(outcome, out)

                counts, resumed = replay(store, folder, options, told, lambda pages: bar.update(task, total=pages))
        except DiskFullError as error:
            print(f"scrapy replay: {error}")
            self.exitcode = DISK
            return
        except (StoreError, WorkersError) as error:
            raise UsageError(str(error), print_help=False) from None
        if resumed:
            out.print("(went on with a replay that had been stopped; its figures are included)")
        _close(counts, opts.apply, out)
        self.exitcode = 1 if counts["failed"] else 0


def _show(outcome: Outcome, out: Console) -> None:
    if outcome.error:
        out.print(f"! {outcome.error}", markup=False, soft_wrap=True)
    for difference in outcome.found:
        out.print(str(difference), markup=False, soft_wrap=True)


def _close(counts: Counter[str], applied: bool, out: Console) -> None:
    for line in summary(counts):
        out.print(line, markup=False)
    changed = any(counts[name] for name in counts if " " in name)
    if changed and not applied:
        out.print("nothing was written; scrapy replay --apply does")
