"""The word tables of this package, compiled once into one automaton."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from operator import itemgetter
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

# One-to-one, so that offsets in the flat text are offsets in the text.
_FLAT = {
    **{ord("０") + i: ord("0") + i for i in range(10)},
    **{ord(a): ord(b) for a, b in zip("，．：；（）～－—–―─﹣％！　\u00a0", ",.:;()~------%!  ", strict=True)},
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: the word, its class, and a value whose meaning the table's heading gives."""

    table: str
    word: str
    kind: str
    value: str

    @property
    def rule(self) -> str:
        """The row's address: ``titles:县长``."""
        return f"{self.table}:{self.word}"


class Hit(NamedTuple):
    """A table row found in the text."""

    start: int
    end: int
    row: Row


@dataclass(frozen=True)
class Scan:
    """One pass of the automaton over a text: ``flat`` is the text with half-width digits and punctuation."""

    text: str
    flat: str
    hits: dict[str, list[Hit]] = field(default_factory=dict)

    def of(self, table: str) -> list[Hit]:
        """Longest hits of one table, left to right, none inside another."""
        return self.hits.get(table, [])


TABLES = ("titles", "cues", "organizations", "times", "leaders")
# Rows that rules look up near a hit, not in the whole text: function words would be found at every other character.
_LOCAL = frozenset({"stop", "keep", "weak", "loose", "trade", "joint", "describes", "described"})


@lru_cache(maxsize=1)
def rows() -> tuple[Row, ...]:
    """Every row of the tables that go into the automaton."""
    return tuple(
        row
        for table in TABLES
        for row in read_table(table)
        if row.kind not in _LOCAL and not (row.kind == "follow" and len(row.word) == 1)
    )


@cache
def read_table(name: str) -> tuple[Row, ...]:
    """Rows of ``tables/NAME.tsv`` (columns word, kind, value, source); empty lines and ``#`` lines are comments."""
    found = []
    with files(__package__).joinpath(f"tables/{name}.tsv").open(encoding="utf-8") as lines:
        body = (line for line in lines if line.strip() and not line.startswith("#"))
        for record in csv.DictReader(body, delimiter="\t", quoting=csv.QUOTE_NONE):
            found += [Row(name, word, record["kind"], record["value"] or "") for word in record["word"].split()]
    return tuple(found)


@lru_cache(maxsize=1)
def _automaton() -> tuple[AhoCorasick, tuple[tuple[Row, ...], ...]]:
    by_word: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows():
        by_word[row.word].append(row)
    return AhoCorasick(list(by_word), matchkind=MatchKind.Standard), tuple(tuple(v) for v in by_word.values())


def flatten(text: str) -> str:
    """The text with half-width digits and punctuation; same length."""
    flat = text.translate(_FLAT)
    try:
        flat.encode()
    except UnicodeEncodeError:  # a lone surrogate, which the automaton cannot take
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in flat)
    return flat


def scan(text: str) -> Scan:
    """Run the automaton once; per table keep the leftmost longest hits."""
    flat = flatten(text)
    machine, meanings = _automaton()
    found: dict[str, list[tuple[int, int, int, Row]]] = {table: [] for table in TABLES}
    for order, (index, start, end) in enumerate(machine.find_matches_as_indexes(flat, overlapping=True)):
        for row in meanings[index]:
            found[row.table].append((start, -end, order, row))
    return Scan(text, flat, {table: _longest(hits) for table, hits in found.items()})


def _longest(hits: list[tuple[int, int, int, Row]]) -> list[Hit]:
    """The hits that begin first and reach farthest, of (start, -end, order, row); rows of one word all stay."""
    kept: list[Hit] = []
    begin = reached = -1
    hits.sort(key=_BY_PLACE)
    for start, end, _, row in hits:
        if start >= reached or (start == begin and -end == reached):
            begin, reached = start, -end
            kept.append(Hit(start, -end, row))
    return kept


_BY_PLACE = itemgetter(0, 1, 2)
