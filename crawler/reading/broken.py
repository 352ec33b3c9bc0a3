"""Lines that a site broke in mid-sentence, joined again: before every linked keyword, or at a fixed width.

A line that ends in a comma always goes on. Others do where the page is broken: where at least two lines end in a word
or mark that ends no sentence (對, 與, a comma).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.reading.lines import fold, judge

_SURE = 2  # so many lines that cannot end there show that the page is broken
_PAUSES = "，、,"
_PARTICLES = "对對在赴向与與和及把将將从從由给給到至往的率该該"
_NOUNS = re.compile("[目存现現应應反方面导導倾傾不自来來必以甚直总總共参參谐諧普以]$")  # 目的, 存在, 应对, 参与: words
_STOP = re.compile(r"[。！？!?；;：:…”」』）)】]$")
_RUNNING = re.compile(r"[，,。]")
_ITEM = re.compile(r"[(（]?[一二三四五六七八九十\d]{1,2}[)）、.．]|第[一二三四五六七八九十]|[|•·●■◆▲△▶○-]")
_LONGEST = 2_000
_NARROWEST, _WIDEST = 16, 48  # characters of a printed line
_RAGGED = 4  # characters by which such lines differ
_WRAPPED = 5  # so many make a page
_HALF = 0x2E80  # signs below are half as wide


def join_broken(lines: Sequence[str]) -> list[str]:
    """``lines`` with those joined that were broken in mid-sentence; most pages come back as they are."""
    sure = sum(_cannot_end(line) for line in lines)
    if sure < _SURE and _is_wrapped(lines):
        sure = _SURE
    if not sure:
        return list(lines)
    joined: list[str] = []
    goes_on = begun = False
    for number, line in enumerate(lines):
        is_text = number > 0 and not _is_chrome(line)
        if goes_on and is_text and not _ITEM.match(line) and len(joined[-1]) < _LONGEST:
            joined[-1] += line
        else:
            joined.append(line)
        begun = is_text and (begun or _RUNNING.search(line) is not None)
        heads = _ITEM.match(line) is not None and _RUNNING.search(line) is None  # (一)高层互访有序推进
        goes_on = begun and not heads and (line[-1] in _PAUSES if sure < _SURE else _STOP.search(line) is None)
    return joined


def _cannot_end(line: str) -> bool:
    return line[-1] in _PAUSES or (line[-1] in _PARTICLES and len(line) > 2 and _NOUNS.search(line[:-1]) is None)


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Whether many lines are as wide as a printed page, to a character or two, and most of these end in no stop."""
    full = [line for line in lines if _NARROWEST <= _width(line) <= _WIDEST]
    if len(full) < _WRAPPED:
        return False
    widest = max(map(_width, full))
    full = [line for line in full if widest - _width(line) <= _RAGGED]
    return len(full) >= _WRAPPED and sum(_STOP.search(line) is None for line in full) > 0.6 * len(full)


def _width(line: str) -> float:
    return sum(1.0 if ord(char) > _HALF else 0.5 for char in line)


def _is_chrome(line: str) -> bool:
    folded = fold(line)
    return len(folded) <= 200 and (judge(folded, "any") or judge(folded, "head")) is not None
