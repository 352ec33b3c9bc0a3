"""``scrapy crawl``: Scrapy's own, with clear errors before the start and an exit status that tells of losses."""

from __future__ import annotations

import sys
from argparse import Namespace

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from crawler.cluster.checks import ClusterError, check_cluster
from crawler.commands.shown import say
from crawler.spiders.arguments import ArgumentError, read_arguments
from crawler.spiders.portal import PortalSpider
from crawler.store import DiskFullError, Store, StoreError

LOST = 1
"""Exit status when pages that exist could not be fetched, read or stored; the log names each."""

DISK = 3
"""Exit status when the crawl stopped for want of disk space; the next one goes on where it was."""


class Command(ScrapyCrawl):
    """Run a spider by name. Exit status: 0 all well, 1 something was lost, 2 wrong arguments, 3 disk full."""

    def run(self, args: list[str], opts: Namespace) -> None:
        """Check the arguments, crawl, and look at what was lost."""
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
        self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        failed = any(crawler.stats.get_value(name, 0) for name in ("duikou/lost", "spider_exceptions/count"))
        if self.crawler_process.bootstrap_failed or failed:
            self.exitcode = LOST
        if crawler.stats.get_value("duikou/disk_full"):
            self.exitcode = DISK

    def _check(self, spider: type[PortalSpider], given: dict[str, str], settings: BaseSettings) -> None:
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
