"""What the sentences around an event state besides: numbers and named things that few other happenings share."""

from __future__ import annotations

import re
from dataclasses import dataclass

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
    places = [evidence.start for evidence in event.evidence]
    sentences = list(_SENTENCE.finditer(text))
    stating = [n for n, s in enumerate(sentences) if any(s.start() <= place < s.end() for place in places)]
    said = "。".join(sentences[n][0] for n in sorted({m for n in stating for m in (n, n + 1)}) if n < len(sentences))
    numbers = {number for number in anchors(said).numbers if number[:2].isdigit()}
    return Details(frozenset(numbers), courses(said))
