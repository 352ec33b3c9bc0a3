"""The word tables of this package, compiled once into one automaton."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

# One-to-one, so that offsets in the flat text are offsets in the text.
_FLAT = (
    *((chr(ord("０") + i), str(i)) for i in range(10)),
    *zip("，．：；（）～－—–―─﹣％！　\u00a0", ",.:;()~------%!  ", strict=True),
)


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
    kinds: dict[str, dict[str, list[Hit]]] = field(default_factory=dict)  # of the tables that were asked for by kind

    def of(self, table: str) -> list[Hit]:
        """Longest hits of one table, left to right, none inside another."""
        return self.hits.get(table, [])

    def of_kind(self, table: str, kind: str) -> list[Hit]:
        """Those of the hits of one table whose row is of this kind."""
        kinds = self.kinds.get(table)
        if kinds is None:
            kinds = self.kinds[table] = {}
            for hit in self.of(table):
                kinds.setdefault(hit.row.kind, []).append(hit)
        return kinds.get(kind, [])


TABLES = ("titles", "cues", "organizations", "times", "leaders")
# Rows that rules look up near a hit, not in the whole text: function words would be found at every other character.
_LOCAL = frozenset({"stop", "keep", "weak", "loose", "trade", "joint", "describes", "described", "spelt"})


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
def _automaton() -> tuple[AhoCorasick, tuple[tuple[tuple[int, Row], ...], ...]]:
    """The automaton, and for each of its words the rows with the number of their table."""
    by_word: defaultdict[str, list[tuple[int, Row]]] = defaultdict(list)
    for row in rows():
        by_word[row.word].append((TABLES.index(row.table), row))
    machine = AhoCorasick(list(by_word), matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA)
    return machine, tuple(tuple(v) for v in by_word.values())


def flatten(text: str) -> str:
    """The text with half-width digits and punctuation; same length."""
    flat = text
    for wide, plain in _FLAT:  # most of them are in no text: a tenth of the time of str.translate
        if wide in flat:
            flat = flat.replace(wide, plain)
    try:
        flat.encode()
    except UnicodeEncodeError:  # a lone surrogate, which the automaton cannot take
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in flat)
    return flat


def scan(text: str) -> Scan:
    """Run the automaton once; per table keep the leftmost longest hits."""
    flat = flatten(text)
    machine, meanings = _automaton()
    found: list[list[Hit]] = [[] for _ in TABLES]
    reached = [0] * len(TABLES)
    new = tuple.__new__  # a third of the time of the class's own
    for index, start, end in machine.find_matches_as_indexes(flat, overlapping=True):
        for table, row in meanings[index]:
            if start >= reached[table]:
                found[table].append(new(Hit, (start, end, row)))
                reached[table] = end
            elif start <= found[table][-1][0]:
                reached[table] = _replace(found[table], new(Hit, (start, end, row)))
    return Scan(text, flat, dict(zip(TABLES, found, strict=True)))


def _replace(kept: list[Hit], hit: Hit) -> int:
    """Put a hit in the place of those inside it, and say where the last one ends; hits come by their ends, rows of
    one word all stay."""
    start, end, _ = hit
    first = len(kept)
    while first and kept[first - 1][0] >= start:
        first -= 1
    if first and kept[first - 1][1] > start:
        return kept[-1][1]  # the one before begins first
    if kept[first][0] == start and kept[first][1] == end:
        first = len(kept)
    kept[first:] = [hit]
    return end
