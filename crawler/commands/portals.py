"""``scrapy portals``: what is declared; ``--check NAME``: does the live site still answer to its declaration?"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.commands.shown import say
from crawler.portals import Portal, UnknownPortal, origin, portal, portals
from crawler.spiders.check import Findings, check_spider


class Command(ScrapyCommand):
    """List the portals, or try one list page and one article of a portal on the live site."""

    def syntax(self) -> str:
        """The usage line."""
        return "[options]"

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return "List the declared portals, or check one of them on its live site"

    def add_options(self, parser: ArgumentParser) -> None:
        """Declare the command's own options."""
        super().add_options(parser)
        parser.add_argument(
            "--check", metavar="NAME", help="fetch one list page and one article and say what was found"
        )

    def process_options(self, args: list[str], opts: Namespace) -> None:
        """Keep the log quiet unless ``-L`` asks for it."""
        super().process_options(args, opts)
        assert self.settings is not None
        self.settings.set("LOG_LEVEL", "ERROR", priority="spider")

    def run(self, args: list[str], opts: Namespace) -> None:
        """Print; with --check the exit status is 1 when something expected was not found."""
        if args:
            raise UsageError(f"unexpected {args[0]!r}; to check a portal write --check {args[0]}", print_help=False)
        if not opts.check:
            for declared in portals():
                say(describe(declared))
            return
        try:
            chosen = portal(opts.check)
        except UnknownPortal as error:
            raise UsageError(str(error), print_help=False) from None
        assert self.crawler_process is not None
        findings = Findings(chosen)
        self.crawler_process.crawl(check_spider(chosen), findings=findings)
        self.crawler_process.start()
        for line in findings.lines():
            say(line)
        self.exitcode = 0 if findings.good else 1


def describe(declared: Portal) -> str:
    """A portal in a few lines."""
    verified = declared.verified.isoformat() if declared.verified else "never"
    rows = [
        ("hosts", " ".join(declared.hosts) + (" and mirrors" if declared.mirrors else "")),
        ("lists", " ".join(declared.start_urls)),
        ("articles", declared.article),
        *(("earlier", f"{one.article} (before {one.before})") for one in declared.earlier if one.article),
        ("home", declared.home or "whole country"),
        ("verified", verified),
        ("from", f"package {package}" if (package := origin(declared.name)) else ""),
        ("note", declared.note),
    ]
    return "\n".join(
        [f"{declared.name}  {declared.title}", *(f"  {name + ':':10}{value}" for name, value in rows if value)]
    )
