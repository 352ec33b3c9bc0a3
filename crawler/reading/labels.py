"""The word lists that metadata is read by (data/labels.toml), as lists and as alternations for patterns."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> tuple[str, ...]:
    """The words of one list, in its order."""
    return _tables()[name]


@cache
def any_of(name: str) -> str:
    """An alternation of a list's words for use inside a pattern, longest first."""
    return "(?:" + "|".join(sorted(map(re.escape, words(name)), key=len, reverse=True)) + ")"


@cache
def _tables() -> dict[str, tuple[str, ...]]:
    data = tomllib.loads(files(__package__).joinpath("data/labels.toml").read_text(encoding="utf-8"))
    return {name: tuple(row["words"]) for name, row in data.items()}
