"""``scrapy repair [FILE ...]``: damaged text in, mended text out."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import TextIO

from rich.text import Text
from scrapy.commands import ScrapyCommand

from crawler.commands.on_files import OnFiles, read_input
from crawler.commands.shown import Console
from crawler.text import Normalized, Repaired, normalize, repair

_CONTEXT = 12


class Command(OnFiles, ScrapyCommand):
    """Mend text files; needs neither a spider nor a database."""

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return "Undo damage in text (pinyin glosses, lost bytes, injected lines), stdin to stdout or by file"

    def long_desc(self) -> str:
        """The paragraph for ``scrapy repair --help``."""
        return (
            "Reads UTF-8 text from the files, or from stdin (-), each as one page, and writes it mended; the script "
            "stays as it is unless --simplified is given. --diff lists what was changed instead. Give whole pages: "
            "damage shows best in the mass. The exit status is 1 when a file could not be read."
        )

    def add_options(self, parser: ArgumentParser) -> None:
        """Declare the command's own options."""
        super().add_options(parser)
        parser.add_argument("--diff", action="store_true", help="list every edit with its kind instead of the text")
        parser.add_argument("--simplified", action="store_true", help="convert traditional text to simplified script")

    def run(self, args: list[str], opts: Namespace) -> None:
        """Write the mended text, or with ``--diff`` the edits; exit 1 when a file could not be read."""
        self.write(lambda out: self._mend(args or ["-"], opts, out))

    def _mend(self, names: list[str], opts: Namespace, out: TextIO) -> None:
        console = Console(file=out, highlight=False, soft_wrap=True)
        for name in names:
            shown_name = "stdin" if name == "-" else name
            try:
                text = _text(read_input(name))
            except ValueError as error:
                self.complain(shown_name, str(error))
                continue
            except OSError as error:
                self.complain(name, f"{error.strerror or error}; give the path of a readable text file")
                continue
            done = normalize(text) if opts.simplified else repair(text)
            if opts.diff:
                for line in _diff(shown_name, text, done):
                    console.print(line)
            else:
                out.write(done.text)


def _text(data: bytes) -> str:
    """The text of ``data``. Raises ValueError, saying what to do, for anything but UTF-8 text."""
    if b"\0" in data:
        raise ValueError("not a text file (it holds NUL bytes); give UTF-8 text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        cause = f"not UTF-8 (byte {error.start}); convert it first: iconv -f gb18030 -t utf-8"
        raise ValueError(cause) from error


def _diff(name: str, text: str, done: Repaired | Normalized) -> Iterator[Text]:
    """One line per edit: where, which kind, what it was in red and what it is in green, with some text around it."""
    line, counted = 1, 0
    for edit in done.edits:
        line, counted = line + text.count("\n", counted, edit.start), edit.start
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
