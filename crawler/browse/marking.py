"""An article with the words that state an event's fields marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and the fields it states; plain text states none."""

    text: str
    fields: tuple[str, ...]


def paragraphs(text: str, quotes: Iterable[Mapping[str, Any]]) -> list[list[Piece]]:
    """Cut a text into paragraphs of pieces; overlapping quotes share pieces. Offsets are those of the quotes."""
    spans = [(q["quote_start"], q["quote_end"], q["field"]) for q in quotes]
    cuts = sorted({0, len(text)} | {at for start, end, _ in spans for at in (start, end) if 0 <= at <= len(text)})
    found: list[list[Piece]] = [[]]
    for start, end in pairwise(cuts):
        fields = tuple(dict.fromkeys(field for low, high, field in spans if low <= start and end <= high))
        for number, line in enumerate(text[start:end].split("\n")):
            if number:
                found.append([])
            if line:
                found[-1].append(Piece(line, fields))
    return [pieces for pieces in found if pieces]
