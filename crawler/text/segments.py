"""Sentences as spans of a text."""

from __future__ import annotations

import re

# One character first and then which it was, so that the search skips to them.
_END = re.compile(
    r"[\n。！？!?；;….](?:(?<=\n)|(?<=\.)(?=\s|$)(?<![0-9A-Za-z]\.)|(?<=[。！？!?；;…])[。！？!?；;…]*[”’」』》)）\"']*)"
)
_PAIRS = {"“": "”", "「": "」", "『": "』", "（": "）", "(": ")", "《": "》", "〈": "〉", "【": "】"}
_MAX_PAIR = 80
"""A quotation or parenthesis longer than this is cut at its inner sentence ends: it is speech, or was never closed."""


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans ``(start, end)`` of the sentences of ``text``, outer white space left out, in order.

    A newline always ends one. ``。！？；`` and an ellipsis end one, with the closing quotes behind them,
    except inside a short quotation or parenthesis.
    """
    shut = _kept_whole(text)
    spans: list[tuple[int, int]] = []
    start = 0
    for hit in _END.finditer(text):
        if hit[0] != "\n" and (shut[hit.start()] and shut[hit.end() - 1]):
            continue
        _add(spans, text, start, hit.end())
        start = hit.end()
    _add(spans, text, start, len(text))
    return spans


def _kept_whole(text: str) -> bytearray:
    """One byte per character, 1 inside a short closed pair of one line (the closing mark itself is outside)."""
    inside = bytearray(len(text))
    for opener, closer in _PAIRS.items():
        at = text.find(opener)
        while at >= 0:
            end = text.find(closer, at + 1, at + _MAX_PAIR)
            if end >= 0 and "\n" not in text[at:end] and opener not in text[at + 1 : end]:
                # A quotation that ends in a full stop is a sentence of its own and may end the outer one.
                inside[at:end] = b"\x01" * (end - at)
            at = text.find(opener, at + 1)
    return inside


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end].rstrip()
    if piece:
        end = start + len(piece)
        spans.append((end - len(piece.lstrip()), end))
