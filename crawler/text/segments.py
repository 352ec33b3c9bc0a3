"""Sentences as spans of a text."""

from __future__ import annotations

from string import ascii_letters, digits

_RUN = frozenset("。！？!?；;…")
_MARKS = "。！？!?；;…."
_CLOSING = frozenset("”’」』》)）\"'")
_WORD = frozenset(ascii_letters + digits)  # a full stop behind these is a decimal point or ends an abbreviation
_LAST_SPACE = "\u3000"
_PAIRS = {"“": "”", "「": "」", "『": "』", "（": "）", "(": ")", "《": "》", "〈": "〉", "【": "】"}
_MAX_PAIR = 80
"""A quotation or parenthesis longer than this is cut at its inner sentence ends: it is speech, or was never closed."""


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans ``(start, end)`` of the sentences of ``text``, outer white space left out, in order.

    A newline always ends one. ``。！？；`` and an ellipsis end one, with the closing quotes behind them,
    except inside a short quotation or parenthesis.
    """
    marks = iter(_marks(text))
    shut = _kept_whole(text)
    padded = text + "\n"  # there is always a character behind a mark
    spans: list[tuple[int, int]] = []
    start = base = behind = 0
    at = next(marks)
    for line in text.split("\n"):
        stop = base + len(line)
        while at < stop:
            if at >= behind:
                behind = at + 1
                if padded[at] != ".":
                    while padded[behind] in _RUN:
                        behind += 1
                    while padded[behind] in _CLOSING:
                        behind += 1
                    ends = not (shut and shut[at] and shut[behind - 1])
                else:
                    ends = padded[at - 1] not in _WORD and padded[behind].isspace() and not (shut and shut[at])
                if ends:
                    _add(spans, text, start, behind)
                    start = behind
            at = next(marks)
        if start < stop:
            if text[start] > _LAST_SPACE and text[stop - 1] > _LAST_SPACE:
                spans.append((start, stop))
            else:
                _add(spans, text, start, stop)
        start = base = stop + 1
    return spans


def _marks(text: str) -> list[int]:
    """Where the characters stand that may end a sentence, and the end; half the time of a pattern's search."""
    found: list[int] = []
    for mark in _MARKS:
        if mark in text:  # most are not, and this asks twice as fast
            at = text.find(mark)
            while at >= 0:
                found.append(at)
                at = text.find(mark, at + 1)
    found.sort()
    found.append(len(text))
    return found


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    if text[start] <= _LAST_SPACE or text[end - 1] <= _LAST_SPACE:  # few sentences begin or end like that
        piece = text[start:end].rstrip()
        end = start + len(piece)
        start = end - len(piece.lstrip())
    if start < end:
        spans.append((start, end))


def _kept_whole(text: str) -> bytearray | None:
    """One byte per character, 1 inside a short closed pair of one line (the closing mark itself is outside)."""
    inside: bytearray | None = None
    for opener, closer in _PAIRS.items():
        if opener not in text:
            continue
        at = text.find(opener)
        while at >= 0:
            end = text.find(closer, at + 1, at + _MAX_PAIR)
            following = text.find(opener, at + 1)
            if end >= 0 and not at < following < end and text.find("\n", at, end) < 0:
                # A quotation that ends in a full stop is a sentence of its own and may end the outer one.
                inside = inside or bytearray(len(text))
                inside[at:end] = b"\x01" * (end - at)
            at = following
    return inside
