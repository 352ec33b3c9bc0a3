"""How likely a character is behind another in running text, punctuation and quotation marks included, in bits."""

from __future__ import annotations

from functools import lru_cache

from crawler.text.frequency import step

NOT_QUOTED = -1
_LITERAL_LOSS = 6
_ODD = 16
_ENDS = "。！？!?"
_PAUSES = "，、：；,:;"
_OPENERS = "“《（(「『【"
_AFTER_WORD = {
    "，": 4, ",": 4, "。": 5, "、": 5, "：": 7, ":": 7, "；": 8, ";": 8, "“": 7, "《": 8, "》": 8, "（": 9, "）": 9,
    "【": 9, "】": 9, "！": 9, "？": 9, "!": 9, "(": 9, ")": 9, "·": 9, "—": 9, "…": 10, "‘": 11, "’": 11,
}  # fmt: skip
_DIGIT = 5
_SPACE = 6
_LETTER = 9
_SYMBOL = 20


@lru_cache(maxsize=1 << 16)
def emission(last: str, char: str, quoted: int) -> int:
    """Cost of ``char`` behind ``last``; ``quoted`` is the length of the open quotation so far, or ``NOT_QUOTED``."""
    if "\u4e00" <= char <= "\u9fff":
        cost = step(last or " ", char)
        return min(cost, 8) if last == char else cost  # 天天, 校校: doubling is common and no dictionary lists it
    if char == "”":
        return _closing(last, quoted)
    known = _AFTER_WORD.get(char)
    if known is not None:
        return _mark(last, char, known, quoted)
    if char.isdigit():
        return _DIGIT
    if char in " \n\u3000":
        return _SPACE
    if char in "?\ufffd":
        return _LITERAL_LOSS
    return _LETTER if char.isascii() else _SYMBOL


def last_of(text: str) -> str:
    """What the character behind ``text`` depends on: its last one, but a full stop and closing quote end a sentence."""
    return "。" if text.endswith("。”") else text[-1:]


def quotation(line: str) -> int:
    """How many characters of ``line`` stand in a quotation that is open at its end, or ``NOT_QUOTED``."""
    opened = line.rfind("“")
    return len(line) - opened - 1 if opened > line.rfind("”") else NOT_QUOTED


def _closing(last: str, quoted: int) -> int:
    if last and last in _PAUSES + "“":
        return _ODD
    if quoted != NOT_QUOTED:
        return 3 if last in _ENDS else 4
    return 7 if last in _ENDS else 12


def _mark(last: str, char: str, known: int, quoted: int) -> int:
    if char in _OPENERS:
        return known - 2 if last in _ENDS + _PAUSES else known
    if last and last in _ENDS + _OPENERS + _PAUSES:
        return _ODD
    if char == "。" and 1 <= quoted <= 3:
        return 18  # a quotation of three characters is a term, not a sentence
    return known
