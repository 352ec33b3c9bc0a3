"""Records made cheaply, of which a text yields thousands, and the places of a few words in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeVar, cast

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

Record = TypeVar("Record")


def maker(kind: type[Record]) -> type[Record]:
    """What makes a ``kind`` as its class would: filled as a twin that is not frozen, then given its class.

    A frozen dataclass takes five times as long to fill.
    """
    names = {field.name: Any for field in fields(cast(Any, kind))}
    twin: Any = dataclass(slots=True)(type(kind.__name__, (), {"__annotations__": names}))

    def make(*values: Any) -> Record:
        made: Any = twin(*values)
        made.__class__ = kind  # both hold the same slots
        return made  # type: ignore[no-any-return]

    return cast("type[Record]", make)


def occurrences(words: Sequence[str], text: str) -> list[tuple[int, int, int]]:
    """(which word, start, end) of some words of one text: those that begin first, of these the longest, none over
    another."""
    if len(words) > _FEW:
        kind = Implementation.NoncontiguousNFA  # the one that is built fastest
        return AhoCorasick(words, matchkind=MatchKind.LeftmostLongest, implementation=kind).find_matches_as_indexes(
            text
        )
    found = []
    for which, word in enumerate(words):
        at = text.find(word)
        while at >= 0:
            found.append((at, -len(word), which))
            at = text.find(word, at + 1)
    found.sort()
    kept, reached = [], 0
    for at, size, which in found:
        if at >= reached:
            reached = at - size
            kept.append((which, at, reached))
    return kept


_FEW = 32  # up to so many words a look for each of them takes less time than an automaton takes to be built
