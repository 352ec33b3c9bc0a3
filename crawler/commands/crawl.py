"""``scrapy crawl``: Scrapy's own, with clear errors before the start and an exit status that tells of losses."""

from __future__ import annotations

import gc
import sys
from argparse import Namespace
from multiprocessing import forkserver
from typing import TYPE_CHECKING

from scrapy import Spider, signals
from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

if TYPE_CHECKING:
    from crawler.spiders.portal import PortalSpider

LOST = 1
"""Exit status when pages that exist could not be fetched, read or stored; the log names each."""

DISK = 3
"""Exit status when the crawl stopped for want of disk space; the next one goes on where it was."""


class Command(ScrapyCrawl):
    """Run a spider by name. Exit status: 0 all well, 1 something was lost, 2 wrong arguments, 3 disk full."""

    def process_options(self, args: list[str], opts: Namespace) -> None:
        """Read the options, and begin what can go on while the program's own modules are imported."""
        super().process_options(args, opts)
        assert self.settings is not None
        # half a second of an undelayed crawl's start went into looking for garbage among what was just loaded
        gc.disable()
        if not self.settings.getfloat("DOWNLOAD_DELAY") and str(self.settings.get("READ_WORKERS")) != "0":
            # without a delay the first articles are here before the process that workers are forked from has its tables
            forkserver.set_forkserver_preload(["crawler.warm"])
            forkserver.ensure_running()

    def run(self, args: list[str], opts: Namespace) -> None:
        """Check the arguments, crawl, and look at what was lost."""
        from crawler.spiders.portal import PortalSpider  # here, not above: see process_options

        if len(args) != 1:
            raise UsageError("give one spider name: scrapy crawl NAME; scrapy list shows them", print_help=False)
        assert self.crawler_process is not None
        assert self.settings is not None
        try:
            crawler = self._create_crawler(args[0])
        except KeyError:
            names = ", ".join(self.crawler_process.spider_loader.list())
            raise UsageError(f"unknown spider {args[0]!r}; there are: {names}", print_help=False) from None
        if issubclass(crawler.spidercls, PortalSpider):
            self._check(crawler.spidercls, opts.spargs, crawler.settings)
        crawler.signals.connect(_collect_garbage, signals.spider_opened)
        self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        failed = any(crawler.stats.get_value(name, 0) for name in ("duikou/lost", "spider_exceptions/count"))
        if self.crawler_process.bootstrap_failed or failed:
            self.exitcode = LOST
        if crawler.stats.get_value("duikou/disk_full"):
            self.exitcode = DISK

    def _check(self, spider: type[PortalSpider], given: dict[str, str], settings: BaseSettings) -> None:
        from crawler.cluster.checks import ClusterError, check_cluster
        from crawler.commands.shown import say
        from crawler.spiders.arguments import ArgumentError, read_arguments
        from crawler.store import DiskFullError, Store, StoreError

        try:
            spider.check_arguments(read_arguments(given, spider.takes))
            check_cluster(settings)
            if url := settings.get("DATABASE_URL"):
                Store(url, sample=settings.getbool("SAMPLE")).close()
        except DiskFullError as error:
            say(f"scrapy crawl: {error}", file=sys.stderr)
            sys.exit(DISK)
        except (ArgumentError, ClusterError, StoreError) as error:
            raise UsageError(str(error), print_help=False) from None


def _collect_garbage(spider: Spider) -> None:
    """From now on; what is loaded by now stays, and no collection looks at it again."""
    gc.freeze()
    # a page's objects mostly die with it: to look for cycles among them every 700 takes half a millisecond of a page
    gc.set_threshold(10_000, 10, 10)
    gc.enable()
