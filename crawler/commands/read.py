"""``scrapy read URL|FILE …``: what the reader keeps of a page, what it drops, and by which rule."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from scrapy.commands import ScrapyCommand

from crawler.commands.shown import Console, say
from crawler.guard import AddressRule, fetch
from crawler.model import Page
from crawler.reading import MAX_PAGE_BYTES, Explanation, ReadingError, explain_reading, markup

TIMEOUT = 30  # seconds a page may take in all


class Command(ScrapyCommand):
    """Read pages and show the grounds, line by line."""

    requires_crawler_process = False
    default_settings: ClassVar[dict[str, object]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """The usage line."""
        return "[options] URL|FILE ..."

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return "Show what is kept of a page, what is dropped and by which rule"

    def long_desc(self) -> str:
        """The paragraph for ``scrapy read --help``."""
        return (
            "Reads saved pages (HTML, or .txt holding a whole page's text) or fetches URLs, and prints title, date, "
            "source and credits with their basis, then every line of the body's container: kept, or struck with its "
            "rule. With --html the same as a page for the browser, on stdout. A page that cannot be read gives one "
            "line and exit status 1."
        )

    def add_options(self, parser: ArgumentParser) -> None:
        """Declare the command's own options."""
        super().add_options(parser)
        parser.add_argument("--html", action="store_true", help="write an HTML page with each line and its verdict")
        parser.add_argument("--url", default="", help="the address a saved FILE came from (dates can stand in it)")

    def run(self, args: list[str], opts: Namespace) -> None:
        """Show every page named; exit 1 when one was lost, 2 when none was named."""
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # stdout is a text stream here
        if not args:
            print("scrapy read: name a FILE or a URL to read", file=sys.stderr)
            self.exitcode = 2
            return
        agent = str(self.settings.get("USER_AGENT") if self.settings else "") or "duikou"
        rule = AddressRule.parse(self.settings.getlist("ADDRESSES_ALLOWED") if self.settings else ())
        lost = 0
        for name in args:
            try:
                explanation = explain_reading(_page(name, opts.url, agent, rule))
            except ReadingError as error:
                say(f"scrapy read: {name}: {error.reason}", file=sys.stderr)
                lost += 1
            except (OSError, ValueError) as error:
                cause = getattr(error, "strerror", None) or error
                said = f"{name}: cannot be opened ({cause}); check the name or the connection"
                say(f"scrapy read: {said}", file=sys.stderr)
                lost += 1
            else:
                if opts.html:
                    sys.stdout.write(markup(explanation))
                else:
                    _show(Console(highlight=False, soft_wrap=True), name, explanation)
        self.exitcode = 1 if lost else 0


def _page(name: str, url: str, agent: str, rule: AddressRule) -> Page:
    if name.startswith(("http://", "https://")):
        came = fetch(name, rule, agent=agent, limit=MAX_PAGE_BYTES, seconds=TIMEOUT)
        return Page(came.url, came.body, headers=came.headers)
    path = Path(name)
    content = path.read_bytes()
    if path.suffix.lower() == ".txt":
        return Page(url or path.name, content, kind="text")
    return Page(url or path.name, content)


def _show(console: Console, name: str, explanation: Explanation) -> None:
    for label, value in explanation.facts():
        console.print(Text(f"{label:>11}  ", style="bold") + Text(value))
    console.print(Text(f"{'read from':>11}  ", style="bold") + Text(name))
    for line in explanation.lines:
        if line.kept:
            console.print(Text("  + ", style="green") + Text(line.text))
        else:
            console.print(Text(f"  - [{line.rule}] ", style="red") + Text(line.text[:160], style="dim strike"))
