"""Pinyin glosses that a byte-wise replacement put behind characters: ``協(xié)作``.

A gloss goes when its letters are a reading of what stands before it. Real parentheses stay, and so does a helpful
gloss on a page that is not damaged: nobody explains how 會 is read, but 垚(yáo) or 单(shàn)县 is meant for the reader.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from crawler.text.edits import Change
from crawler.text.frequency import RARE, cost
from crawler.text.gbk import char_of, code, in_gb2312
from crawler.text.readings import TONED, readings_of, toneless, toneless_readings_of, usual_reading

LETTERS = f"a-zü'’{TONED}ɡɑ"
_GLOSS = re.compile(rf"[ \u3000]?[(\uff08] ?([{LETTERS}][{LETTERS} ]{{0,29}}) ?[)\uff09]")
_SIGN = re.compile(rf"[(\uff08] ?[{LETTERS}]")
_CUT = re.compile(rf"[(\uff08]([{LETTERS}]{{1,6}})(?=$|\n|…|\.\.\.)")
_MAX_WORD = 6


class _Found(NamedTuple):
    start: int
    end: int
    chars: str
    toned: bool
    doubled: bool
    usual: bool
    letters: str
    bare: bool
    """Written without tone marks."""

    @property
    def strong(self) -> bool:
        """Whether only damage explains it: a toned usual reading on everyday characters, or a gloss said twice."""
        if self.doubled:
            return True
        rare = sum(cost(char) > RARE for char in self.chars)
        if not self.toned or rare * 3 > len(self.chars):
            return False
        return len(self.chars) > 1 or not in_gb2312(self.chars) or self.usual


def find_glosses(text: str, *, damaged: bool = False) -> list[Change]:
    """The glosses of ``text`` to delete; ``damaged`` says that the page is known to be glossed on other evidence."""
    if not _SIGN.search(text):
        return []
    found = list(_candidates(text))
    lessons = _read_in_two_ways(found)
    found = [each for each in found if each.chars not in lessons]
    toneless_ones = {each.chars for each in found if not each.toned}
    if not damaged and not any(each.strong for each in found) and len(toneless_ones) < 2:
        return _cut(text)
    bare = [each for each in found if each.bare]
    once = sum(not each.doubled for each in bare)  # behind a gloss said twice or thrice stands one space
    spaced = sum(_space_behind(text, each.end) for each in bare) * 3 >= once > 0
    changes = [Change("gloss", each.start, _with_space(text, each, spaced), "") for each in found]
    return changes + _cut(text)


def _read_in_two_ways(found: list[_Found]) -> set[str]:
    """What is read now so, now otherwise, as in a language lesson; a site has one reading for a character."""
    readings: dict[str, set[str]] = {}
    for each in found:
        if not each.bare:
            readings.setdefault(each.chars, set()).add(each.letters)
    return {chars for chars, ways in readings.items() if len(ways) > 1}


def _candidates(text: str) -> list[_Found]:
    found: list[_Found] = []
    for hit in _GLOSS.finditer(text):
        letters = hit[1] if hit[1].isalpha() else re.sub("[ '’]", "", hit[1])
        letters = letters.replace("ɡ", "g").replace("ɑ", "a")
        anchor = hit.start()
        doubled = bool(found) and found[-1].end == anchor
        if doubled and toneless(letters) == toneless(_bare(text[found[-1].start : found[-1].end])):
            found.append(
                _Found(hit.start(), hit.end(), found[-1].chars, found[-1].toned, True, False, letters, found[-1].bare)
            )
            continue
        chars = spelt(text[max(0, anchor - _MAX_WORD) : anchor], letters)
        if not chars and found and anchor == found[-1].end:
            # A second mechanism put its gloss behind the first one's.
            anchor = found[-1].start
            chars = spelt(text[max(0, anchor - _MAX_WORD) : anchor], letters)
        if not chars:
            chars = _straddled(text[max(0, anchor - 2) : anchor], letters)
        if chars:
            usual = letters == usual_reading(chars)
            toned = usual or letters != toneless(letters)
            found.append(
                _Found(hit.start(), hit.end(), chars, toned, False, usual, letters, letters == toneless(letters))
            )
    return found


def _straddled(two: str, letters: str) -> str:
    """The character that the last byte of an ideograph and an ASCII letter make, if it reads ``letters``."""
    if len(two) < 2 or not two[1].isascii() or len(code(two[0])) != 2:
        return ""
    char = char_of(code(two[0])[1], ord(two[1]))
    return char if char and letters in readings_of(char) else ""


def _bare(note: str) -> str:
    return re.sub("[ '’()\uff08\uff09]", "", note)


def spelt(before: str, letters: str) -> str:
    """The last characters of ``before`` that ``letters`` spell, or an empty string."""
    for size in range(1, len(before) + 1):
        chars = before[-size:]
        if not readings_of(chars[0]):
            return ""
        if _spells(chars, letters):
            return chars
    return ""


@lru_cache(maxsize=1 << 14)
def _spells(chars: str, letters: str) -> bool:
    if not chars:
        return not letters
    # In a longer word single syllables may lose their tone (东西 dōngxi); alone the reading must fit exactly.
    first = readings_of(chars[0]) | toneless_readings_of(chars[0])
    return any(letters.startswith(reading) and _spells(chars[1:], letters[len(reading) :]) for reading in first)


def _with_space(text: str, gloss: _Found, spaced: bool) -> int:
    """The end of ``gloss``, with the space behind it where the page puts one behind its toneless glosses."""
    return gloss.end + (spaced and gloss.bare and _space_behind(text, gloss.end))


def _space_behind(text: str, end: int) -> bool:
    return text[end : end + 1] == " " and text[end + 1 : end + 2] not in ("", "(", "\uff08", "\n")


def _cut(text: str) -> list[Change]:
    """Glosses that a cut left open: ``購(g`` at the end of a line."""
    changes = []
    for hit in _CUT.finditer(text):
        before = text[hit.start() - 1 : hit.start()] if hit.start() else ""
        if any(reading.startswith(hit[1]) for reading in readings_of(before)):
            changes.append(Change("gloss", hit.start(), hit.end(), ""))
    return changes
