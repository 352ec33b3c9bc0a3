"""Records and automata made cheaply, for a text yields thousands of the ones and needs some of the others."""

from __future__ import annotations

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
        return cast(Record, made)

    return cast("type[Record]", make)


def few(words: list[str]) -> AhoCorasick:
    """An automaton for a few words of one text, the longest first: of the kind that is built fastest."""
    return AhoCorasick(words, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.NoncontiguousNFA)
