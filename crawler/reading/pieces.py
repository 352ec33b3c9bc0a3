"""Numbered preview pieces of document portals, stitched back, and the report heading glued to their start.

A portal shows a report as ``1、…`` ``2、…`` cut every few hundred characters, in mid-sentence and mid-number
(``2017年9`` + ``5、月,``). Real enumerations end their items with a stop; preview pieces do not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from crawler.reading.labels import any_of

PIECE = 120  # characters a preview piece holds at least, all but the last
_NUMBER = re.compile(r"^\s*(\d{1,3})\s*(?:、|[.．](?!\d))\s*")
_STOP = re.compile(r"[。！？；;!?…”’」』）)：:]$")
_KINDS = any_of("report_kinds")
_HEADING = re.compile(
    rf"^\s*([^。，！？；,;!?\n（(]{{4,50}}?(?:{_KINDS}))\s*[（(]\s*((?:19|20)\d\d年\d{{1,2}}月(?:\d{{1,2}}日)?)\s*[)）]\s*"
)
_SALUTATION = re.compile(any_of("salutations"))
_ISSUER = re.compile(rf"(?:中共)?[\u4e00-\u9fff]{{2,14}}?(?:{any_of('issuer_endings')}|[^县市省区州旗镇乡][局厅])")


@dataclass(frozen=True, slots=True)
class Heading:
    """A report's own title, date and issuing bodies, and where its text begins."""

    title: str
    date: str
    issuers: tuple[str, ...]
    end: int


def find_pieces(lines: Sequence[str]) -> list[int]:
    """Indices of the lines that are preview pieces of one text, in order; empty when there are none."""
    best: list[int] = []
    run: list[int] = []
    for i, line in enumerate(lines):
        match = _NUMBER.match(line)
        if (match and int(match[1]) == len(run) + 1 and len(line) >= PIECE) or (
            match and run and int(match[1]) == len(run) + 1 and _open(lines[run[-1]])
        ):
            run.append(i)
        elif match and int(match[1]) == 1 and len(line) >= PIECE:
            best, run = max(best, run, key=len), [i]
    best = max(best, run, key=len)
    if len(best) < 2:
        return []
    cut = sum(_open(lines[i]) or _starts_inside(lines[j]) for i, j in pairwise(best))
    return best if cut * 2 > len(best) - 1 else []


def stitch(lines: Sequence[str], pieces: Sequence[int]) -> str:
    """The pieces as one text, their numbers off."""
    return "".join(_NUMBER.sub("", lines[i]).strip() for i in pieces)


def report_heading(text: str) -> Heading | None:
    """Title, date and issuers in front of a report's salutation or first sentence."""
    match = _HEADING.match(text)
    if not match:
        return None
    rest = text[match.end() :]
    issuers: list[str] = []
    at = 0
    salutation = _SALUTATION.search(rest[:120])
    limit = salutation.start() if salutation else 0
    while at < limit:
        issuer = _ISSUER.match(rest[:limit], at)
        if not issuer:
            break
        issuers.append(issuer[0])
        at = issuer.end()
    at = limit if at == limit else 0
    return Heading(match[1].strip(), match[2], tuple(issuers) if at else (), match.end() + at)


def _open(line: str) -> bool:
    return not _STOP.search(line.rstrip())


def _starts_inside(line: str) -> bool:
    return bool(re.match(r"[，。、；：！？,;:!?）)”]", _NUMBER.sub("", line)))
