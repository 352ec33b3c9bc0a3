"""Words that a space tears apart (``今 年3月``, ``幫扶資 金``): what a spinner or a gloss taken out leaves behind."""

from __future__ import annotations

import re

from crawler.text.edits import Change
from crawler.text.script import simplified_chars
from crawler.text.words import word_cost

_SPLIT = re.compile(" (?<=[\u4e00-\u9fff] )(?=[\u4e00-\u9fff])")  # the space first: to look for it is quick
_LISTED = re.compile("[\u4e00-\u9fff]{2,4}(?=[ )）]|$)")
_RUN_BEFORE = re.compile("[\u4e00-\u9fff]{1,4}$")
_RUN_BEHIND = re.compile("[\u4e00-\u9fff]{1,4}")
_FEWEST = 3
_GAIN = 8
"""Bits by which the two sides are likelier as one row of words."""


def find_splits(text: str) -> list[Change]:
    """The spaces on a page whose running text shows at least three of them inside words, and few others."""
    spaces = [hit.start() for hit in _SPLIT.finditer(text)]
    if len(spaces) < _FEWEST:
        return []
    running = [at for at in spaces if _is_running(text, at)]
    split = sum(_tears(text, at) for at in running)
    if split < _FEWEST or 3 * split < len(running):
        return []
    inside = [at for at in spaces if _tears(text, at)]
    torn = {*inside, *(at for at in running if not _in_list(text, at))}
    return [Change("padding", at, at + 1, "", exact=False) for at in sorted(torn)]


def _tears(text: str, at: int) -> bool:
    before, behind = _RUN_BEFORE.search(text, max(0, at - 4), at), _RUN_BEHIND.match(text, at + 1)
    if before is None or behind is None:
        return False
    left, right = simplified_chars(before[0]), simplified_chars(behind[0])
    return word_cost(left) + word_cost(right) - word_cost(left + right) >= _GAIN


def _in_list(text: str, at: int) -> bool:
    """Whether a name and nothing else stands behind the space: ``記者 王某 李某某)``."""
    return _LISTED.match(text, at + 1) is not None


def _is_running(text: str, at: int) -> bool:
    """Whether the line around ``at`` is running text: has a comma or stop."""
    line = text[text.rfind("\n", 0, at) + 1 : (text.find("\n", at) + 1 or len(text) + 1) - 1]
    return any(mark in line for mark in "，,。")
