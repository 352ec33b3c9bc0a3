"""Repair a page's text: find every damage, make one list of edits, keep the map to what the page showed."""

from __future__ import annotations

from crawler.text.edits import Repaired, apply
from crawler.text.glosses import find_glosses
from crawler.text.injected import find_injected
from crawler.text.lostbytes import find_lost_bytes
from crawler.text.marks import find_marks
from crawler.text.splits import find_splits


def repair(text: str) -> Repaired:
    """``text`` with all damage undone that can be; give it the whole page, because damage shows best in the mass.

    Script stays as it is. Clean text comes back unchanged with no edits.
    """
    lost = find_lost_bytes(text)
    glosses = find_glosses(text, damaged=bool(lost))
    injected = find_injected(text)
    marks = find_marks(text, damaged=bool(lost or glosses or injected))
    return apply(text, [*injected, *lost, *glosses, *marks, *find_splits(text)])
