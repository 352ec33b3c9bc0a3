"""Which pinyin readings a character has: the test that tells a gloss from a real parenthesis."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import files

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿếề"
"""Letters that only pinyin uses: a parenthesis that holds one is pinyin."""


@cache
def _tables() -> tuple[dict[str, frozenset[str]], dict[str, tuple[str, ...]], dict[str, str]]:
    by_char: dict[str, set[str]] = {}
    by_reading: dict[str, tuple[str, ...]] = {}
    usual: dict[str, str] = {}
    for line in files("crawler.text").joinpath("data/readings.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        reading, chars = line.split("\t")
        bare = chars.replace("*", "")
        by_reading[reading] = tuple(bare)
        for position, char in enumerate(chars):
            if char == "*":
                usual[chars[position - 1]] = reading
            else:
                by_char.setdefault(char, set()).add(reading)
    return {char: frozenset(found) for char, found in by_char.items()}, by_reading, usual


def readings_of(char: str) -> frozenset[str]:
    """All toned readings of ``char``; empty for anything that is no GBK ideograph."""
    return _tables()[0].get(char, frozenset())


def usual_reading(char: str) -> str | None:
    """The commonest toned reading of ``char``, or None."""
    return _tables()[2].get(char)


def chars_read(reading: str) -> tuple[str, ...]:
    """All GBK characters with the toned ``reading``."""
    return _tables()[1].get(reading, ())


@cache
def toneless(reading: str) -> str:
    """``reading`` without its tone, ü kept: ``lǜ`` gives ``lü``, ``duì`` gives ``dui``."""
    marks = unicodedata.normalize("NFD", reading)
    return unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in "\u0300\u0301\u0304\u030c"))


@cache
def toneless_readings_of(char: str) -> frozenset[str]:
    """All readings of ``char`` without tones, ü also spelt ``v`` and ``u``."""
    bare = {toneless(reading) for reading in readings_of(char)}
    return frozenset(bare | {b.replace("ü", "v") for b in bare} | {b.replace("ü", "u") for b in bare})
