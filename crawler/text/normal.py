"""Repair and conversion in one step, as every article gets it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from crawler.model import Repair
from crawler.text.edits import Edit, Repaired
from crawler.text.repairs import repair
from crawler.text.script import Script, detect_script, to_simplified

_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]")
_POINT = re.compile("(?<=[0-9])．(?=[0-9])")


@dataclass(frozen=True)
class Normalized:
    """Clean simplified text; ``original`` is what the page showed, ``script`` its script before conversion.

    ``edits`` are the repairs with offsets in ``original`` and ``text`` (conversion moves none);
    ``repairs`` counts them.
    """

    text: str
    original: str
    script: Script
    edits: tuple[Edit, ...]
    repairs: tuple[Repair, ...]
    _repaired: Repaired = field(repr=False, compare=False)

    def to_output(self, i: int) -> int:
        """The offset in ``text`` of offset ``i`` in ``original``."""
        return self._repaired.to_output(i)

    def to_input(self, i: int) -> int:
        """The offset in ``original`` of offset ``i`` in ``text``."""
        return self._repaired.to_input(i)


def normalize(text: str) -> Normalized:
    """Repair ``text``, then bring it into simplified script, its wide digits and letters narrow: no offset moves."""
    repaired = repair(text)
    counts = Counter((edit.kind, edit.exact) for edit in repaired.edits)
    repairs = tuple(Repair(kind, count, exact) for (kind, exact), count in sorted(counts.items()))
    script = detect_script(repaired.text)
    simplified = to_simplified(repaired.text)
    if _WIDE.search(simplified):
        simplified = _POINT.sub(".", _WIDE.sub(_narrow, simplified))
    return Normalized(simplified, text, script, repaired.edits, repairs, repaired)


def _narrow(hit: re.Match[str]) -> str:
    return chr(ord(hit[0]) - 0xFEE0)
