"""The code blocks of README and docs, and the commands in them."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = sorted(page for page in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")) if page.name != "CHANGELOG.md")
SHELL = {"sh", "bash", "console", ""}

_BLOCK = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```", re.M | re.S)
_PROGRAM = re.compile(r"^(?:\$ )?(?:\.venv/bin/)?scrapy ")


@dataclass(frozen=True)
class Command:
    """One ``scrapy`` command line as printed on a page, without its prompt and comment."""

    page: str
    line: int
    text: str
    stdin: str | None = None

    @property
    def words(self) -> list[str]:
        """The arguments after ``scrapy``."""
        return shlex.split(self.text)[1:]

    @property
    def name(self) -> str:
        """The command: ``crawl``, ``export``, …"""
        return self.words[0]


def name_of(page: Path) -> str:
    """A page as links name it: ``docs/crawling.md``."""
    return str(page.relative_to(ROOT))


def blocks(page: Path) -> list[tuple[str, int, str]]:
    """Language, first line number and text of each fenced block."""
    text = page.read_text("utf-8")
    return [(m[1], text.count("\n", 0, m.start(2)) + 1, m[2]) for m in _BLOCK.finditer(text)]


def commands(page: Path) -> list[Command]:
    """The ``scrapy`` commands of a page's shell blocks, in order; a line that ends in a backslash goes on."""
    found = []
    for language, first, text in blocks(page):
        if language not in SHELL:
            continue
        joined = re.sub(r"\\\n\s*", " ", text)
        for number, line in enumerate(joined.splitlines()):
            if _PROGRAM.match(line):
                found.append(_command(name_of(page), first + number, line))
    return found


def _command(page: str, line: int, text: str) -> Command:
    words = shlex.split(_PROGRAM.sub("scrapy ", text), comments=True)
    words = words[: words.index("|")] if "|" in words else words
    stdin = None
    for sign in ("<", ">"):
        if sign in words:
            at = words.index(sign)
            stdin = words[at + 1] if sign == "<" else stdin
            del words[at : at + 2]
    return Command(page, line, shlex.join(words), stdin)
