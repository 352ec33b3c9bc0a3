"""The tables events are found with, loaded once: words by kind, frames by event type, the gradient of aid."""

from __future__ import annotations

import csv
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.resources import files
from operator import attrgetter

from ahocorasick_rs import AhoCorasick, MatchKind

from crawler.model import EventType


@dataclass(frozen=True)
class Word:
    """One lexicon row: a word, its kinds and its line in ``data/lexicon.tsv``."""

    text: str
    kinds: frozenset[str]
    line: int
    telling: bool

    @cached_property
    def row(self) -> str:
        """Name of the table row, for explanations."""
        return f"lexicon.tsv:{self.line} {self.text}"


@dataclass(slots=True, eq=False)
class Hit:
    """A lexicon word found in a text; ``start`` and ``end`` are character offsets."""

    start: int
    end: int
    word: Word

    def has(self, kind: str) -> bool:
        """Whether the word is of ``kind``."""
        return kind in self.word.kinds


# heads whose words are common in reports of any kind, and supports that are hardly more than the day
_EVERYDAY = frozenset(
    (
        "buy",
        "sold",
        "sold_out",
        "employers",
        "into",
        "live",
        "recruit",
        "to_work",
        "train_act",
        "study",
        "fund_move",
        "grant",
        "moved_in",
    )
)
_LOOSE = frozenset(("dated", "trade", "to_needy"))
# supports that are read off the text beside the head, not found as words (``readoff``)
_READ_OFF = frozenset(
    (
        *("", "locative", "counted", "amount", "money", "group", "work", "dated", "trade", "to_needy"),
        *("posts", "class_name", "booked", "told_work", "given_to", "signers"),
    )
)


@dataclass(frozen=True)
class Frame:
    """How an event type is stated: a head kind and a support kind within ``window`` characters of its scope."""

    type: EventType
    head: str
    support: str
    scope: str
    order: str
    window: int
    line: int

    @cached_property
    def needs(self) -> str | None:
        """The kind of word that must stand beside the head; None when the support is read off what follows."""
        return None if self.support in _READ_OFF else self.support

    @cached_property
    def everyday(self) -> bool:
        """Whether its words are common in reports of any kind (``everyday.py``)."""
        return self.head in _EVERYDAY or self.support in _LOOSE

    @cached_property
    def row(self) -> str:
        """Name of the table row, for explanations."""
        return f"frames.tsv:{self.line} {self.type}: {self.head}+{self.support or '-'}"


class Lexicon:
    """All words in one automaton; the leftmost longest word wins, so 以来 keeps 来 from being a movement."""

    def __init__(self, words: list[Word]) -> None:
        self._words = words
        self._automaton = AhoCorasick([word.text for word in words], matchkind=MatchKind.LeftmostLongest)

    def scan(self, text: str) -> list[Hit]:
        """Return the words of ``text`` in order, without overlaps, but those that only keep others from matching."""
        words = self._words
        return [
            Hit(start, end, word)
            for i, start, end in self._automaton.find_matches_as_indexes(text)
            if (word := words[i]).telling
        ]


_line = attrgetter("line")


def _rows(name: str) -> list[tuple[int, dict[str, str]]]:
    lines = (files(__package__) / "data" / name).read_text(encoding="utf-8").splitlines()
    return list(enumerate(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), 2))


@cache
def lexicon() -> Lexicon:
    """The word table, compiled."""
    words, rows = [], [(line, row["word"], frozenset(row["kinds"].split("|"))) for line, row in _rows("lexicon.tsv")]
    aid = [word for _, word, kinds in rows if "aid" in kinds]
    for line, word, kinds in rows:
        # the longest word wins in a text: 结对帮扶协议 must not hide 帮扶
        if kinds.isdisjoint(("none", "absent")) and any(one in word for one in aid):
            kinds |= {"aid"}
        words.append(Word(word, kinds, line, kinds != {"none"}))
    known = {word.text for word in words}
    words += [one for word in words for one in _parted(word) if one.text not in known]
    return Lexicon(words)


_PARTED = ("了", "上", "上了", "起", "起了", "下了", "过")
"""What may stand between the verb and the object of a word that can be parted: 挂牌, 挂了牌, 挂上了牌."""


def _parted(word: Word) -> list[Word]:
    if word.text not in _separable():
        return []
    return [replace(word, text=word.text[0] + between + word.text[1:]) for between in _PARTED]


@cache
def _separable() -> frozenset[str]:
    return frozenset(row["word"] for _, row in _rows("separable.tsv"))


@cache
def frames() -> tuple[Frame, ...]:
    """The frame table in order; the first frame that fits a head names it."""
    return tuple(
        Frame(row["type"], row["head"], row["support"], row["scope"], row["order"], int(row["window"]), line)  # type: ignore[arg-type]
        for line, row in _rows("frames.tsv")
    )


@cache
def everyday_rows() -> frozenset[str]:
    """The names of the frames of everyday words."""
    return frozenset(frame.row for frame in frames() if frame.everyday)


@cache
def _by_head() -> dict[str, tuple[Frame, ...]]:
    return {head: tuple(f for f in frames() if f.head == head) for head in {f.head for f in frames()}}


def frames_for(kinds: Collection[str], only: EventType | None = None) -> list[Frame]:
    """The frames whose head and support are among ``kinds`` (of one type if ``only`` is given), in table order."""
    rows = _by_head()
    found = [f for kind in kinds if kind in rows for f in rows[kind] if f.needs is None or f.needs in kinds]
    if only is not None:
        found = [frame for frame in found if frame.type == only]
    if len(found) > 1:
        found.sort(key=_line)
    return found


@cache
def _gradient() -> dict[str, tuple[int, str]]:
    return {
        row["prefix"]: (int(row["rank"]), f"gradient.tsv:{line} {row['note']}") for line, row in _rows("gradient.tsv")
    }


def level(code: str) -> int:
    """How far down a unit stands: province, prefecture, county, town."""
    return 3 if len(code) > 6 else 0 if code.endswith("0000") else 1 if code.endswith("00") else 2


@cache
def rank(code: str) -> tuple[int, str] | None:
    """Place of an adcode on the gradient of aid (higher gives to lower) and its row, None when not listed."""
    table = _gradient()
    for size in (6, 4, 2):
        if code[:size] in table:
            return table[code[:size]]
    return None


HELD: tuple[EventType, ...] = ("meeting", "training", "labor", "consumption")
"""What is held on a day at a place, by somebody."""

NOWHERE = "~~~~~~"
"""Stands for the adcode of a helper without a place."""

RICH = 18
"""Rank from which a place helps others and is not helped by a stranger."""

FAR = 10
"""Steps of the gradient that tell giver and taker apart without an official tie."""


def steps_above(giver: str, taker: str) -> int | None:
    """How many steps of the gradient one adcode stands above another (negative: below), None when one is not listed."""
    mine, other = rank(giver), rank(taker)
    return mine[0] - other[0] if mine is not None and other is not None else None


@cache
def _toured() -> dict[str, bool]:
    return {row["suffix"]: row["counts"] == "yes" for _, row in _rows("toured.tsv")}


def hosts_visits(name: str, kind: str) -> bool:
    """Whether a toured place counts as an organisation that hosts: by its longest listed ending, else by its kind."""
    table = _toured()
    for size in range(min(5, len(name)), 0, -1):
        if name[-size:] in table:
            return table[name[-size:]]
    return kind in ("company", "school", "hospital", "museum", "institute", "association")
