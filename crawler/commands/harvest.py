"""``scrapy harvest``: crawl every portal that is due, several at a time, each under its lock."""

from __future__ import annotations

import asyncio
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.cluster.checks import ClusterError, check_cluster
from crawler.commands.telling import teller
from crawler.portals import Portal, UnknownPortal, portal, portals
from crawler.schedule import Due, Harvest, agenda, install, with_shared
from crawler.schedule.outcome import SHANGHAI
from crawler.store import Store, StoreError


class Command(ScrapyCommand):
    """Exit status: 0 all well or nothing due, 1 something was lost, 2 wrong arguments, 3 disk full, 4 a portal was left
    to another harvest, 5 told to stop before the end.
    """  # fmt: skip

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """The usage line."""
        return "[options]"

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return "Crawl the portals that are due; for cron, systemd timers and containers"

    def add_options(self, parser: ArgumentParser) -> None:
        """Declare the command's own options."""
        super().add_options(parser)
        add = parser.add_argument
        add("--jobs", type=int, default=2, metavar="N", help="portals crawled at the same time (default 2)")
        add("--portal", action="append", metavar="NAME", help="only this portal; may be given several times")
        add("--now", action="store_true", help="the portals named are due now, whatever the schedule says")
        add("--dry-run", action="store_true", help="say what is due and why, and crawl nothing")
        add("--forever", action="store_true", help="go on until SIGTERM")
        add("--install-timer", action="store_true", help="write systemd user units that run this, and crawl nothing")
        add("--log-format", choices=("plain", "json"), default="plain", help="lines when stderr is no terminal")

    def run(self, args: list[str], opts: Namespace) -> None:
        """Check the options, then plan and harvest."""
        assert self.settings is not None
        if args:
            raise UsageError(f"unexpected {args[0]!r}; to name a portal write --portal {args[0]}", print_help=False)
        chosen = _chosen(opts)
        if opts.install_timer:
            _install(opts)
            return
        if not (url := self.settings["DATABASE_URL"]):
            raise UsageError("DATABASE_URL is empty: a harvest needs a database to plan by", print_help=False)
        if self.settings.getfloat("HARVEST_LOOKS_PER_DAY") <= 0:
            raise UsageError("HARVEST_LOOKS_PER_DAY must be above 0; 1 is one look a day", print_help=False)
        try:
            check_cluster(self.settings)
            coming = self._agenda(chosen)
            if opts.dry_run:
                _show(coming)
            else:
                self.exitcode = self._harvest(url, chosen, coming, opts)
        except (ClusterError, StoreError) as error:
            raise UsageError(str(error), print_help=False) from None

    def _agenda(self, chosen: Sequence[Portal]) -> list[Due]:
        """What waits, of the chosen portals; the plan is made for all, for they share one budget."""
        assert self.settings is not None
        names = {one.name for one in chosen}
        with Store(self.settings["DATABASE_URL"], sample=self.settings.getbool("SAMPLE")) as store:
            coming = agenda(
                store,
                portals(),
                datetime.now(UTC),
                looks_per_day=self.settings.getfloat("HARVEST_LOOKS_PER_DAY"),
                revisit=(self.settings.getfloat("REVISIT_AFTER"), self.settings.getfloat("REVISIT_DAYS")),
            )
            if self.settings.get("CLUSTER_URL"):
                coming = with_shared(store, coming)
        return [due for due in coming if due.portal in names]

    def _still_due(self, due: Due, chosen: Sequence[Portal]) -> bool:
        """Whether nobody has done it since it was found due."""
        coming, now = self._agenda(chosen), datetime.now(UTC)
        return any((one.portal, one.part) == (due.portal, due.part) and one.at <= now for one in coming)

    def _harvest(self, url: str, chosen: Sequence[Portal], coming: Sequence[Due], opts: Namespace) -> int:
        now = datetime.now(UTC)
        if opts.now:
            due = [Due(one.name, "news", now, "asked for") for one in chosen]
        else:
            due = [one for one in coming if one.at <= now]
        with teller(opts.log_format) as tell:
            shared = bool(self.settings and self.settings.get("CLUSTER_URL"))
            wanted = (lambda one: opts.now or self._still_due(one, chosen)) if shared else None
            harvest = Harvest(url, lambda one: _crawl(one, opts.set, opts.loglevel), tell, opts.jobs, wanted)
            if opts.forever:
                return asyncio.run(harvest.forever(lambda: self._agenda(chosen)))
            if not due and coming:
                tell.waiting(coming[0])
            return asyncio.run(harvest.once(due))


def _chosen(opts: Namespace) -> tuple[Portal, ...]:
    if opts.jobs < 1:
        raise UsageError(f"--jobs {opts.jobs}: give 1 or more", print_help=False)
    if opts.now and (not opts.portal or opts.forever):
        raise UsageError("--now goes with --portal NAME, and not with --forever", print_help=False)
    try:
        return tuple(portal(name) for name in dict.fromkeys(opts.portal)) if opts.portal else portals()
    except UnknownPortal as error:
        raise UsageError(str(error), print_help=False) from None


def _crawl(due: Due, given: Sequence[str], level: str | None) -> list[str]:
    """The command line of one crawl: our settings first, so that those given on ours win."""
    ours = ["PROGRESS=json", f"LOG_LEVEL={level or 'WARNING'}", "LOG_FORMAT=%(levelname)s: %(message)s"]
    if due.found is not None:
        ours.append(f"CLUSTER_FOUND_DUE={due.found.isoformat()}")
    settings = [word for pair in (*ours, *given) for word in ("-s", pair)]
    return [sys.executable, "-m", "scrapy", "crawl", due.portal, "-a", f"part={due.part}", *settings]


def _show(coming: Sequence[Due]) -> None:
    now = datetime.now(UTC)
    for due in coming:
        when = "due now" if due.at <= now else f"{due.at.astimezone(SHANGHAI):%a %Y-%m-%d %H:%M}"
        print(f"{due.portal:12} {due.part:5} {when:21} {due.why}")


def _install(opts: Namespace) -> None:
    command = [sys.executable, "-m", "scrapy", "harvest", "--jobs", str(opts.jobs), "--log-format", opts.log_format]
    for name in opts.portal or ():
        command += ["--portal", name]
    for pair in opts.set:
        command += ["-s", pair]
    try:
        written = install(command, Path.cwd())
    except OSError as error:
        raise UsageError(f"{error.filename}: cannot be written ({error.strerror})", print_help=False) from None
    for path in written:
        print(f"written: {path}")
    print("switch it on: systemctl --user daemon-reload && systemctl --user enable --now duikou-harvest.timer")
    print("to run while nobody is logged in: loginctl enable-linger")
