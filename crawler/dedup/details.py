"""What the sentences around an event state besides: numbers and named things that few other happenings share."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from crawler.dedup.subjects import courses
from crawler.dedup.texts import anchors
from crawler.model import Event

_SENTENCE = re.compile(r"[^。！？；\n]+")


@dataclass(frozen=True, slots=True)
class Details:
    """Numbers of two digits and more, without dates, and classes, fairs and trains by their names."""

    numbers: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()


def details(event: Event, text: str) -> Details:
    """Return what the sentences of ``text`` that state the event, and the one after each, say besides its fields."""
    starts, ends = _sentences(text)
    places = {(bisect_right(starts, evidence.start) - 1, evidence.start) for evidence in event.evidence}
    stating = {n for n, place in places if n >= 0 and place < ends[n]}
    near = sorted({m for n in stating for m in (n, n + 1)})
    said = "。".join(text[starts[n] : ends[n]] for n in near if n < len(starts))
    numbers = {number for number in anchors(said).numbers if number[:2].isdigit()}
    return Details(frozenset(numbers), courses(said))


@lru_cache(maxsize=4)  # every event of a text asks
def _sentences(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Where the sentences of a text start and end."""
    spans = [found.span() for found in _SENTENCE.finditer(text)]
    return tuple(start for start, _ in spans), tuple(end for _, end in spans)
