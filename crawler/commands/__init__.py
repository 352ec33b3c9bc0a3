"""Commands of ``scrapy`` in this project (COMMANDS_MODULE): thin, each a call into a domain package."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path


def commands_module(arguments: Sequence[str]) -> str:
    """Return what of this package Scrapy is to import, by the program's arguments: the module of the command asked for.

    Scrapy imports every module there to find the one it runs, and all of ours together take more than a second. For a
    command of Scrapy's own that is the empty name; for help, and for any other program, the whole package.
    """
    program, *given = [Path(arguments[0]).name if arguments else "", *arguments[1:]]
    name = next((one for one in given if not one.startswith("-")), "")
    if program not in ("scrapy", "scrapy.exe", "__main__.py") or not name.isidentifier():
        return __name__
    if Path(__file__).with_name(f"{name}.py").is_file():
        return f"{__name__}.{name}"
    return "" if find_spec(f"scrapy.commands.{name}") else __name__
