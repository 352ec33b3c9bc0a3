"""What two texts share and where they differ: the evidence a reader can check a relation by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from crawler.dedup.texts import Text

_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
_LEAST = 12


@dataclass(frozen=True, slots=True)
class SharedEvidence:
    """Longest passages word for word in both, longest first; names, places, dates and numbers both state, sorted;
    numbers and dates that only one states.
    """

    passages: tuple[str, ...]
    names: tuple[str, ...]
    places: tuple[str, ...]
    dates: tuple[str, ...]
    numbers: tuple[str, ...]
    only_one: tuple[str, ...]
    only_other: tuple[str, ...]


def shared_evidence(one: Text, other: Text, *, passages: int = 3) -> SharedEvidence:
    """Return what two texts share; passages of 12 letters and digits or more, at most so many."""
    a, b = one.anchors, other.anchors
    facts = [text.dates | text.numbers for text in (a, b)]
    return SharedEvidence(
        passages=_passages(one.plain, other.plain, passages),
        names=tuple(sorted(name for name in a.names | b.names if name in one.plain and name in other.plain)),
        places=tuple(sorted(name for name in a.places | b.places if name in one.plain and name in other.plain)),
        dates=tuple(sorted(a.dates & b.dates)),
        numbers=tuple(sorted(a.numbers & b.numbers)),
        only_one=tuple(sorted(facts[0] - facts[1])),
        only_other=tuple(sorted(facts[1] - facts[0])),
    )


def revised(before: str, after: str) -> list[str]:
    """Return the sentences that differ between two texts, ``- `` for those that went and ``+ `` for those that came."""
    old, new = (_SENTENCE.findall(text) for text in (before, after))
    lines = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            lines += [f"- {sentence.strip()}" for sentence in old[i:j] if sentence.strip()]
            lines += [f"+ {sentence.strip()}" for sentence in new[k:m] if sentence.strip()]
    return lines


def _passages(one: str, other: str, limit: int) -> tuple[str, ...]:
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    found = {one[block.a : block.a + block.size] for block in blocks if block.size >= _LEAST}
    return tuple(sorted(found, key=lambda passage: (-len(passage), passage))[:limit])
