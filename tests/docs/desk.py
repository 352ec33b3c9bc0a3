"""Run commands at a desk: in a user's folder, with a home of its own."""

from __future__ import annotations

from pathlib import Path

from tests import forked


def run(commands: list[tuple[list[str], str | None]], folder: Path, proxy: str) -> list[forked.Done]:
    """Run each of (words after ``scrapy``, file for stdin) in ``folder``, all requests through ``proxy``."""
    home = {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder / ".config"), "COLUMNS": "160"}
    quick = {"SCRAPY_SETTINGS_MODULE": "tests.docs.quick"}
    return [forked.run(words, folder, proxy=proxy, stdin=stdin, **home, **quick) for words, stdin in commands]
