"""How common a character is, alone and after another: what tells a sensible decoding from a chance one."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files

from crawler.text.script import simplified_char

RARE = 14
"""Characters above this cost are rare: about 2,500 stand below it."""
UNSEEN = 24
"""Cost of an ideograph that the table does not hold."""
_BACKOFF = 3


@cache
def _rows() -> dict[str, str]:
    """Each character with its row of the table: the letter of its cost, then its followers with theirs."""
    lines = files("crawler.text").joinpath("data/frequency.tsv").read_text(encoding="utf-8").splitlines()
    return {line[0]: line[1] + line[3:] for line in lines if not line.startswith("#")}


@cache
def cost(char: str) -> int:
    """``-log2`` of how often ``char`` (of either script) is written: 的 has 5, rare characters over ``RARE``."""
    row = _rows().get(simplified_char(char))
    return UNSEEN if row is None else _cost_of(row[0])


def common_chars(limit: int) -> list[str]:
    """The ideographs of simplified script that cost at most ``limit``."""
    return [char for char, row in _rows().items() if "\u4e00" <= char <= "\u9fff" and _cost_of(row[0]) <= limit]


@lru_cache(maxsize=1 << 16)
def step(first: str, second: str) -> int:
    """``-log2`` of how often ``second`` stands behind ``first``, backing off to ``cost(second)`` for unseen pairs."""
    alone = cost(second) + _BACKOFF
    letter = _followers(simplified_char(first)).get(simplified_char(second))
    return alone if letter is None else min(alone, _cost_of(letter) + 1)


@cache
def followers(first: str) -> frozenset[str]:
    """The simplified characters that some word has behind ``first``."""
    return frozenset(second for second, letter in _followers(simplified_char(first)).items() if letter.isupper())


def is_pair(first: str, second: str) -> bool:
    """Whether some word has ``second`` behind ``first``."""
    return simplified_char(second) in followers(first)


def is_seen(first: str, second: str) -> bool:
    """Whether ``second`` is known to stand behind ``first``, inside a word or not."""
    return simplified_char(second) in _followers(simplified_char(first))


@cache
def _followers(first: str) -> dict[str, str]:
    row = _rows().get(first, "")
    return dict(zip(row[1::2], row[2::2], strict=True))


def _cost_of(letter: str) -> int:
    return ord(letter.lower()) - ord("a")
