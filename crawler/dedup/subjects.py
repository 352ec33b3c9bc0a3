"""What a cooperation is about: the named things that the sentences around an event say are built, opened or used."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

from rapidfuzz.distance import Postfix

from crawler.model import Event
from crawler.text.words import word_cost

TELLING = 12
"""From so many bits on what two names share distinguishes a thing from others of its kind."""

_TAIL = 4
_LONGEST = 18
_RUN = re.compile("[\u4e00-\u9fff]+$")
_COUNTED = re.compile("[第首本此该这各每一二两三四五六七八九十几多]*[个期次场批趟列班]?")
_SENTENCE = re.compile(r"[^。！？；\n]+")


def subjects(event: Event, text: str) -> tuple[str, ...]:
    """Return the named things in the sentences of ``text`` that state the event: runs of characters up to a head word
    of ``subjects.tsv`` (a works, a hospital, a road), with whatever stands before the name; sorted.
    """
    places = [e.start for e in event.evidence]
    found = {name for name in event.organizations if _tail(name) is not None}
    for start, end, names in _named(text):
        if any(start <= place < end for place in places):
            found.update(names)
    return tuple(sorted(found))


def courses(text: str) -> frozenset[str]:
    """Return the classes, fairs and trains that sentences name; one that is merely counted (一个培训班) has no name."""
    runs = [_RUN.search(text, max(0, head.end() - _LONGEST), head.end()) for head in _heads("course").finditer(text)]
    names = {run[0].rpartition("的")[2] for run in runs if run}
    return frozenset(name for name in names if not _COUNTED.fullmatch(name[: -_kind(name)]))


def distinct(one: str, other: str) -> bool:
    """Whether two names end in the same distinguishing words: 凌云县某茶厂 and 某茶厂, but no two 县人民医院."""
    return _kind(one) == _kind(other) > 0 and common(one, other)[1] >= TELLING


@lru_cache(maxsize=1 << 14)
def same_thing(one: frozenset[str], other: frozenset[str]) -> bool | None:
    """Whether two sentences name one thing: True, False when they name others of one kind, None when that is open."""
    pairs = [(a, b) for a in sorted(one) for b in sorted(other) if a[-_kind(a) :] == b[-_kind(b) :]]
    named = [(a, b) for a, b in pairs if _tail(a) and _tail(b)]
    return any(distinct(a, b) for a, b in named) if named else None


def tail(subject: str) -> str:
    """Return the ending that two namings of one thing share."""
    return _tail(subject) or subject


def common(one: str, other: str) -> tuple[str, float]:
    """Return the ending two subjects share, and how many bits it takes to say what distinguishes it from its kind.

    鸡足山镇卫生院 has some 40, of which a 县人民医院 has hardly any.
    """
    shared = one[len(one) - Postfix.similarity(one, other) :]
    return shared, word_cost(shared[: len(shared) - _kind(shared)])


def _tail(name: str) -> str | None:
    """Return the ending to look a subject up by; None when nothing distinguishes it from others of its kind."""
    kind = _kind(name)
    length = max(_TAIL, kind + 1)
    return name[-length:] if kind and len(name) >= length else None


@lru_cache(maxsize=1 << 14)
def _kind(name: str) -> int:
    """Return how many characters at the end of a subject say of what kind it is."""
    return max((len(word) for word in _words() if name.endswith(word)), default=0)


@lru_cache(maxsize=4)  # the events of one article come one after the other
def _named(text: str) -> tuple[tuple[int, int, tuple[str, ...]], ...]:
    """Return start and end of each sentence that names things, and the names."""
    found = []
    for sentence in _SENTENCE.finditer(text):
        names = []
        for head in _heads("head").finditer(sentence[0]):
            run = _RUN.search(sentence[0], max(0, head.end() - _LONGEST), head.end())
            if run and _tail(run[0]) is not None:
                names.append(run[0])
        if names:
            found.append((sentence.start(), sentence.end(), tuple(names)))
    return tuple(found)


@cache
def _heads(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(sorted(_words(kind), key=len, reverse=True)))


@cache
def _words(kind: str | None = None) -> tuple[str, ...]:
    return tuple(row["word"] for row in _rows() if kind in (None, row["kind"]))


def _rows() -> Iterator[dict[str, str]]:
    table = files(__package__).joinpath("subjects.tsv").read_text("utf-8").splitlines()
    yield from csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
