"""Lines through crawler.text: repaired and simplified, one line out for one line in."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from crawler.model import Repair
from crawler.text import normalize

Undone = tuple[str, bool]
"""The kind of one repair, and whether it is exact."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """Repaired lines, in the order given, and what was undone in each."""

    lines: list[str]
    undone: list[list[Undone]]

    def counted(self, numbers: Iterable[int]) -> tuple[Repair, ...]:
        """The repairs of some lines, by kind."""
        counts = Counter(one for number in numbers for one in self.undone[number])
        return tuple(Repair(kind, count, exact) for (kind, exact), count in sorted(counts.items()))


def repair_lines(lines: Sequence[str]) -> Repaired:
    """Repair all lines in one go: damage on a page follows one list, so the page is judged as a whole."""
    joined = normalize("\n".join(lines))
    fixed = joined.text.split("\n")
    if len(fixed) == len(lines):
        starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
        undone: list[list[Undone]] = [[] for _ in lines]
        for edit in joined.edits:
            undone[min(bisect_right(starts, edit.start), len(lines)) - 1].append((edit.kind, edit.exact))
        return Repaired(fixed, undone)
    parts = [normalize(line) for line in lines]
    return Repaired(
        [part.text.replace("\n", " ") for part in parts],
        [[(edit.kind, edit.exact) for edit in part.edits] for part in parts],
    )
