"""Words and place names that must not be torn: jieba's dictionary with its word classes, and the gazetteer's names."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from operator import add

from crawler.places import gazetteer
from crawler.places.forms import short_forms


class _Words(dict[str, dict[str, str]]):
    """Words by their first character, each with its class; the words of a character are read when first asked for."""

    def __missing__(self, first: str) -> dict[str, str]:
        """Read a line: the character, then classes with what follows it in their words: ``一 a:乐,亮 d:再``."""
        words: dict[str, str] = {}
        line = _lines().get(first, first)
        for group in line[2:].split(" ") if len(line) > 2 else ():
            tag, _, rest = group.partition(":")
            words.update(dict.fromkeys([first + end for end in rest.split(",")], tag))
        self[first] = words
        return words


@lru_cache(maxsize=1)
def _lines() -> dict[str, str]:
    data = (files("crawler.facts") / "tables" / "words.txt.gz").read_bytes()
    return {line[0]: line for line in gzip.decompress(data).decode().splitlines()}


_DICTIONARY = _Words()
"""Words of two to four characters that are no personal names, with their class (tools/build_words.py)."""


def is_word(text: str) -> bool:
    """Whether ``text`` is a common word or a place, not a personal name."""
    return text in _DICTIONARY[text[:1]] or text in place_names()


def word_class(text: str) -> str:
    """The class of a common word (n, v, d …), ns for a place, empty when it is neither."""
    return _DICTIONARY[text[:1]].get(text) or ("ns" if text in place_names() else "")


def word_kinds(text: str, position: int, sizes: tuple[int, ...] = (2, 3, 4)) -> list[str]:
    """Classes of the words of these lengths that begin at ``position``."""
    words = _DICTIONARY[text[position : position + 1]]
    longest = len(text) - position
    return [words[word] for size in sizes if (word := text[position : position + size]) in words and size <= longest]


def word_starts(text: str, position: int, sizes: tuple[int, ...] = (2, 3, 4)) -> bool:
    """Whether a word of one of these lengths begins at ``position``."""
    return names_thing(word_kinds(text, position, sizes))


def names_thing(kinds: list[str]) -> bool:
    """Whether any of some classes is none of numbers and measure words."""
    for kind in kinds:  # noqa: SIM110  # most have one
        if kind[0] not in "mq":
            return True
    return False


def tokens(text: str) -> Iterator[tuple[str, str]]:
    """Greedy cut into the longest known words with their classes; ``x`` for a single character."""
    names = place_names()
    at, end = 0, len(text)
    while at < end:
        char = text[at]
        tagged = _DICTIONARY[char].get
        word = text[at : at + 4]  # at the end of the text it is the shorter one
        if not (tag := tagged(word)):
            word = text[at : at + 3]
            if not (tag := tagged(word)):
                word = text[at : at + 2]
                if not (tag := tagged(word)):
                    yield char, "x"
                    at += 1
                    continue
        yield word, "ns" if word in names else tag  # 大连 is also an adverb
        at += len(word)


@lru_cache(maxsize=1)
def place_names() -> frozenset[str]:
    """Names of provinces, prefectures and counties, with and without 省 市 县 区 州, and full names of towns."""
    table = gazetteer()
    names = set(table.towns_named)
    for unit in table.units():
        names.add(unit.name)
        names.add(unit.name.rstrip("省市县区州旗盟"))
        typed, bare = short_forms(unit.name)
        names.update((*typed, bare))  # 楚雄州, 玉屏县, 宁夏
    return frozenset(n for n in names if 2 <= len(n) <= 8)


@lru_cache(maxsize=1)
def _joints() -> frozenset[str]:
    """Pairs of neighbouring characters in names of places."""
    joined = "\n".join(place_names())  # pairs with a line end in them meet no text of one line
    return frozenset(map(add, joined, joined[1:]))


def inside_place(text: str, start: int, end: int) -> bool:
    """Whether ``start:end`` lies inside a place name that is longer than it (来 in 惠来县)."""
    names, joints = place_names(), _joints()
    if text[start - 1 : start + 1] not in joints and text[end - 1 : end + 1] not in joints:
        return False
    for begin in range(max(0, start - 3), start + 1):
        for stop in range(max(end, begin + 2), min(len(text), begin + 6) + 1):
            if stop - begin > end - start and text[begin:stop] in names:
                # 牧民|和学校: the word before the stop has its last character
                if begin == start - 1 and stop == end and is_word(text[max(0, begin - 1) : begin + 1]):
                    continue
                return True
    return False
