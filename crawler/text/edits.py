"""Edits, and the map between the offsets of a text before and after them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple


class Change(NamedTuple):
    """A replacement still to be made: ``text[start:end]`` becomes ``after``."""

    kind: str
    start: int
    end: int
    after: str
    exact: bool = True


class Edit(NamedTuple):
    """One undone damage: ``before`` at ``start:end`` of the input is ``after`` at ``out_start:out_end`` of the output.

    ``exact`` is False when ``after`` is the best guess, or when something is lost and only its place is known.
    """

    kind: str
    start: int
    end: int
    out_start: int
    out_end: int
    exact: bool
    before: str
    after: str


@dataclass(frozen=True)
class Repaired:
    """Mended text with its edits in order; offsets map both ways."""

    text: str
    edits: tuple[Edit, ...]
    _ins: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _outs: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_ins", tuple(edit.start for edit in self.edits))
        object.__setattr__(self, "_outs", tuple(edit.out_start for edit in self.edits))

    def to_output(self, i: int) -> int:
        """The offset in ``text`` of input offset ``i``; inside an edit as far in as its output reaches."""
        at = bisect_right(self._ins, i) - 1
        if at < 0:
            return i
        edit = self.edits[at]
        if i >= edit.end:
            return i - edit.end + edit.out_end
        return min(edit.out_start + i - edit.start, edit.out_end)

    def to_input(self, i: int) -> int:
        """The offset in the input of output offset ``i``; a deleted stretch lies before what follows it."""
        at = bisect_right(self._outs, i) - 1
        if at < 0:
            return i
        edit = self.edits[at]
        if i >= edit.out_end:
            return i - edit.out_end + edit.end
        return min(edit.start + i - edit.out_start, edit.end)


def apply(text: str, changes: Iterable[Change]) -> Repaired:
    """Make ``changes`` to ``text``; where two overlap the earlier one stays and the other is dropped."""
    pieces: list[str] = []
    edits: list[Edit] = []
    last = out = 0
    for change in sorted(changes, key=lambda change: (change.start, -change.end)):
        if change.start < last:
            continue
        pieces += [text[last : change.start], change.after]
        out_start = out + change.start - last
        out = out_start + len(change.after)
        before = text[change.start : change.end]
        edits.append(Edit(change.kind, change.start, change.end, out_start, out, change.exact, before, change.after))
        last = change.end
    pieces.append(text[last:])
    return Repaired("".join(pieces), tuple(edits))
