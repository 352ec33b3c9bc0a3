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

_TAIL = 4
_LONGEST = 18
_RUN = re.compile("[\u4e00-\u9fff]+$")
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


def tail(subject: str) -> str:
    """Return the ending that two namings of one thing share."""
    return _tail(subject) or subject


def common(one: str, other: str) -> tuple[str, int]:
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
        for head in _heads().finditer(sentence[0]):
            run = _RUN.search(sentence[0], max(0, head.end() - _LONGEST), head.end())
            if run and _tail(run[0]) is not None:
                names.append(run[0])
        if names:
            found.append((sentence.start(), sentence.end(), tuple(names)))
    return tuple(found)


@cache
def _heads() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_words("head"), key=len, reverse=True)))


@cache
def _words(kind: str | None = None) -> tuple[str, ...]:
    return tuple(row["word"] for row in _rows() if kind in (None, row["kind"]))


def _rows() -> Iterator[dict[str, str]]:
    table = files(__package__).joinpath("subjects.tsv").read_text("utf-8").splitlines()
    yield from csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
