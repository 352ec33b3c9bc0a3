"""What commands over files share: no spider, no log, UTF-8 out, one line for each file that fails."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar, TextIO

from crawler.commands.shown import say, silence


class OnFiles:
    """A mixin for ``ScrapyCommand``: a command that reads the files it is given, or stdin, and writes to stdout.

    No ``ScrapyCommand`` itself, because Scrapy would take it for one of the project's commands.
    """

    requires_crawler_process = False
    default_settings: ClassVar[dict[str, object]] = {"LOG_ENABLED": False}
    exitcode = 0

    def syntax(self) -> str:
        """The usage line."""
        return "[options] [FILE ...]"

    def write(self, work: Callable[[TextIO], None]) -> None:
        """Run ``work`` with stdout in UTF-8; a reader that stops early, as ``head`` does, ends it without a word."""
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # stdout is a text stream here
        try:
            work(sys.stdout)
            sys.stdout.flush()
        except BrokenPipeError:
            silence(sys.stdout)
            self.exitcode = 1

    def complain(self, name: str, cause: str) -> None:
        """Say on stderr what is wrong with the input ``name``; the run goes on, its exit status will be 1."""
        say(f"{name}: {cause}", file=sys.stderr)
        self.exitcode = 1


def read_input(name: str) -> bytes:
    """The bytes of the file ``name``, of stdin for ``-``. Raises OSError."""
    return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
