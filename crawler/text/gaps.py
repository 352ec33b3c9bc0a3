"""What readers drop from damaged pages: pairs of bytes that GBK leaves open, which show as private-use characters.

Where the text is one byte out of step such a pair holds the end of one character and the beginning of the next, and
nothing of it is left on the page.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from functools import cache, lru_cache

from crawler.text.frequency import cost, followers, step
from crawler.text.gbk import code, private_pairs
from crawler.text.plausible import chars_beginning, chars_ending, is_plausible
from crawler.text.readings import chars_read
from crawler.text.script import simplified_char, traditional_spellings

_FEW = 4
_STRONG = 8
"""A character follows another strongly if that costs no more bits than this."""
_FREQUENT = 11
_ONE_MORE = 4
"""Bits that a second dropped pair costs."""


def starts_mark(byte: int) -> bool:
    """Whether ``byte`` is ASCII or begins a mark such as ``，``, in front of which a single byte may be dropped."""
    return byte < 0x80 or byte == 0xA3


@lru_cache(maxsize=1 << 14)
def dropped(last: str, lead: int, trail: int | None, reading: str | None) -> tuple[str, ...]:
    """The likeliest characters behind ``last``: the first has first byte ``lead``, the last has second byte ``trail``.

    ``reading`` is the gloss of the last one; without a ``trail`` it is all that is known of it.
    """
    options = [(step(last, chars[0]) + between, chars) for between, chars in _words_across(lead, trail, reading)]
    for first in _first_halves(lead):
        if (strong := step(last, first)) <= _STRONG:
            options += [(strong + step(first, other), first + other) for other in _ends(first, trail, reading)]
            for middle in _strong_followers(first):
                if _is_open(first, middle):
                    onward = strong + step(first, middle) + _ONE_MORE
                    options += [
                        (onward + step(middle, other), first + middle + other)
                        for other in _ends(middle, trail, reading)
                    ]
    return tuple(chars for _, chars in heapq.nsmallest(_FEW, options))


@cache
def _words_across(lead: int, trail: int | None, reading: str | None) -> list[tuple[int, str]]:
    """Two characters of one word from ``lead`` to ``trail`` or ``reading``, with the step between."""
    seconds = _second_halves(trail, reading)
    return [
        (step(first, other), first + other)
        for first in _first_halves(lead)
        for simple in followers(first) & seconds.keys()
        for other in seconds[simple]
        if _is_open(first, other)
    ]


def _ends(first: str, trail: int | None, reading: str | None) -> Iterator[str]:
    """Frequent characters with second byte ``trail``, or that read ``reading``, a dropped pair behind ``first``."""
    for others in _second_halves(trail, reading).values():
        for other in others:
            if cost(other) <= _FREQUENT and _is_open(first, other):
                yield other


def _is_open(first: str, other: str) -> bool:
    """Whether the second byte of ``first`` and the first of ``other`` make a pair that GBK leaves open."""
    return (code(first)[1], code(other)[0]) in private_pairs()


@cache
def _first_halves(lead: int) -> tuple[str, ...]:
    """Characters with first byte ``lead`` whose second byte may begin a pair that GBK leaves open."""
    leads = {pair[0] for pair in private_pairs()}
    return tuple(char for char in chars_beginning(lead) if code(char)[1] in leads)


@cache
def _strong_followers(first: str) -> tuple[str, ...]:
    """Characters of two bytes, of either script, that follow ``first`` strongly."""
    return tuple(
        spelling
        for simple in sorted(followers(first))
        if step(first, simple) <= _STRONG
        for spelling in traditional_spellings(simple)
        if len(code(spelling)) == 2
    )


@cache
def _second_halves(trail: int | None, reading: str | None) -> dict[str, list[str]]:
    """Characters with second byte ``trail``, that read ``reading``, or both, by their simplified form."""
    found: dict[str, list[str]] = {}
    chars = chars_ending(trail) if trail is not None else filter(is_plausible, chars_read(reading or ""))
    for char in chars:
        if "\u4e00" <= char <= "\u9fff" and (reading is None or char in chars_read(reading)):
            found.setdefault(simplified_char(char), []).append(char)
    return found
