"""Words that end a name on its left, and longer words that hold one of them without ending anything."""

from __future__ import annotations

from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick, MatchKind


class Edges:
    """Stop words and the words that keep them: 在 ends a name, but not inside a kept 在线."""

    def __init__(self, keeps: Iterable[str], stops: Iterable[str]) -> None:
        first = sorted(set(keeps), key=len, reverse=True)
        self._kept = len(first)
        words = [*first, *sorted(set(stops), key=len, reverse=True)]
        self._machine = AhoCorasick(words, matchkind=MatchKind.LeftmostFirst)

    def find(self, flat: str, start: int, end: int) -> list[tuple[int, int, bool]]:
        """(start, end, whether it is kept) of each word in ``flat[start:end]``, left to right, kept ones first."""
        kept = self._kept
        found = self._machine.find_matches_as_indexes(flat[start:end])
        return [(start + first, start + last, index < kept) for index, first, last in found]
