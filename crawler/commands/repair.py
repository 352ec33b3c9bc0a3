"""``scrapy repair [FILE ...]``: damaged text in, mended text out."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from rich.console import Console
from rich.text import Text
from scrapy.commands import ScrapyCommand

from crawler.text import Normalized, Repaired, normalize, repair

_CONTEXT = 12


class Command(ScrapyCommand):
    """Mend text files; needs neither a spider nor a database."""

    requires_crawler_process = False
    default_settings: ClassVar[dict[str, object]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """The usage line."""
        return "[options] [FILE ...]"

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return "Undo damage in text (pinyin glosses, lost bytes, injected lines), stdin to stdout or by file"

    def long_desc(self) -> str:
        """The paragraph for ``scrapy repair --help``."""
        return (
            "Reads UTF-8 text from the files, or from stdin, each as one page, and writes it mended; the script stays "
            "as it is unless --simplified is given. --diff lists what was changed instead. Give whole pages: damage "
            "shows best in the mass. The exit status is 1 when a file could not be read."
        )

    def add_options(self, parser: ArgumentParser) -> None:
        """Declare the command's own options."""
        super().add_options(parser)
        parser.add_argument("--diff", action="store_true", help="list every edit with its kind instead of the text")
        parser.add_argument("--simplified", action="store_true", help="convert traditional text to simplified script")

    def run(self, args: list[str], opts: Namespace) -> None:
        """Write the mended text, or with ``--diff`` the edits; exit 1 when a file could not be read."""
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # stdout is a text stream here
        self.exitcode = 0
        console = Console(highlight=False, soft_wrap=True)
        for name, text in self._texts(args):
            done = normalize(text) if opts.simplified else repair(text)
            if opts.diff:
                for line in _diff(name, text, done):
                    console.print(line)
            else:
                sys.stdout.write(done.text)

    def _texts(self, names: list[str]) -> Iterator[tuple[str, str]]:
        if not names:
            yield "stdin", sys.stdin.buffer.read().decode("utf-8", "replace")
        for name in names:
            try:
                yield name, Path(name).read_bytes().decode("utf-8")
            except UnicodeDecodeError as error:
                self._complain(name, f"not UTF-8 (byte {error.start}); convert it first: iconv -f gb18030 -t utf-8")
            except OSError as error:
                self._complain(name, f"{error.strerror or error}; give the path of a readable text file")

    def _complain(self, name: str, cause: str) -> None:
        print(f"{name}: {cause}", file=sys.stderr)
        self.exitcode = 1


def _diff(name: str, text: str, done: Repaired | Normalized) -> Iterator[Text]:
    """One line per edit: where, which kind, what it was in red and what it is in green, with some text around it."""
    for edit in done.edits:
        line = text.count("\n", 0, edit.start) + 1
        yield Text.assemble(
            (f"{name}:{line}: ", "dim"),
            (f"{edit.kind} ", "cyan"),
            ("exact  " if edit.exact else "guess  ", "green" if edit.exact else "yellow"),
            _flat(text[max(0, edit.start - _CONTEXT) : edit.start]),
            ("[-" + _flat(edit.before) + "-]", "red strike"),
            ("{+" + _flat(edit.after) + "+}" if edit.after else "", "green bold"),
            _flat(text[edit.end : edit.end + _CONTEXT]),
        )
    counts = f"{len(done.edits)} edits, {sum(not edit.exact for edit in done.edits)} of them guessed"
    yield Text(f"{name}: {counts}", style="bold")


def _flat(text: str) -> str:
    return text.replace("\n", "↵")
