"""The characters a text may plausibly hold, by the bytes that write them."""

from __future__ import annotations

from functools import cache

from crawler.text.frequency import common_chars, cost
from crawler.text.gbk import code, in_use
from crawler.text.script import traditional_spellings

_MOST = 18
"""A character of which a byte is lost is only looked for among those up to this cost."""
_MARKS = "，。、：；！？“”‘’《》（）·—…"


def is_plausible(char: str) -> bool:
    """Whether ``char`` is an ideograph in use."""
    return "\u4e00" <= char <= "\u9fff" and cost(char) <= _MOST and in_use(char)


def chars_ending(trail: int) -> tuple[str, ...]:
    """Plausible characters with second byte ``trail``: ideographs in use, and the marks of running text."""
    return _plausible()[1].get(trail, ())


def chars_beginning(lead: int) -> tuple[str, ...]:
    """The same with first byte ``lead``."""
    return _plausible()[0].get(lead, ())


@cache
def _plausible() -> tuple[dict[int, tuple[str, ...]], dict[int, tuple[str, ...]]]:
    """Plausible characters by first and by second byte, in the order of their bytes."""
    simple = common_chars(_MOST)
    known = filter(in_use, {spelling for char in simple for spelling in traditional_spellings(char)})
    by_lead: dict[int, list[str]] = {}
    by_trail: dict[int, list[str]] = {}
    for pair, char in sorted((code(char), char) for char in (*_MARKS, *known)):
        if len(pair) == 2:
            by_lead.setdefault(pair[0], []).append(char)
            by_trail.setdefault(pair[1], []).append(char)
    return (
        {byte: tuple(chars) for byte, chars in by_lead.items()},
        {byte: tuple(chars) for byte, chars in by_trail.items()},
    )
