"""The bytes of a stretch of the page that may be out of step, read from the page as far as somebody asks for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from crawler.text.frequency import UNSEEN
from crawler.text.gbk import code
from crawler.text.glosses import LETTERS, spelt
from crawler.text.likelihood import emission, quotation
from crawler.text.readings import chars_read

READING = rf"[{LETTERS}]{{1,7}}"
GLOSS = re.compile(rf"[ ]?\( ?({READING}) ?\)")
_CROSSED = re.compile(rf"[?\ufffd]({READING}) ?\)")
TAG = re.compile(r"(?:lt;)?/?(?:p|br|span|strong|div|td|b|a|font|section) ?/?>")
_SPARED = "\n，。！？；：、）》】”,!?;:)"
_REACH = 40
"""A stretch is followed so many characters at most."""


class Token(NamedTuple):
    """One byte of the stretch (``byte``), or a swallowed one (``byte`` None).

    ``reading`` is the gloss that follows it: the byte before it and this one make a character that reads so. ``start``
    and ``end`` are what it took up in the page; ``opens`` says that a character of the page begins here.
    """

    byte: int | None
    start: int
    end: int
    opens: bool
    reading: str | None = None


class Stretch:
    """The tokens of ``text`` from ``at`` to the end of its line, a reach at most, glosses of sound characters left out.

    ``before`` is the sound text of the line in front. ``lost_lead`` says that a ``!`` at ``at`` is the second half of a
    character whose first byte is gone; ``wide`` that the second of two ``?`` is a wide question mark.
    """

    def __init__(self, text: str, at: int, before: str, *, lost_lead: bool = False, wide: bool = False) -> None:
        self.text, self.at = text, at
        self.torn = lost_lead and at == 0
        """Whether the text itself begins in mid-character."""
        self._source = _tokens(text, at, lost_lead=lost_lead, wide=wide)
        self._tokens: list[Token] = []
        self._shown = [0]
        self._last, self._quoted = before[-1:], quotation(before)

    def token(self, index: int) -> Token | None:
        """The token at ``index``, or None when the stretch has no more."""
        tokens = self._tokens
        while len(tokens) <= index:
            token = next(self._source, None)
            if token is None:
                return None
            tokens.append(token)
        return tokens[index]

    def ate_ascii(self, token: Token) -> bool:
        """Whether the lost byte of ``token`` took an ASCII character of the text along, a digit perhaps.

        What it took was no part of the text where a mark follows, in front of which the site put a byte of its own, and
        where a tag lost its bracket.
        """
        if token.byte is not None or token.reading is not None:
            return False
        behind = self.text[token.end : token.end + 1]
        return behind not in _SPARED and TAG.match(self.text, token.end) is None

    def swallowed(self, stop: int) -> int:
        """How many of the tokens before ``stop`` are swallowed bytes."""
        return sum(token.byte is None for token in self._tokens[:stop])

    def end(self, stop: int) -> int:
        """Where in the page the tokens before ``stop`` end."""
        return self._tokens[stop - 1].end

    def last_char(self, stop: int) -> str:
        """The last character that the page shows before token ``stop``."""
        return self.text[next(token.start for token in reversed(self._tokens[:stop]) if token.opens)]

    def shown_cost(self, stop: int) -> int:
        """Bits that the page costs as it stands, up to the boundary at token ``stop``."""
        shown = self._shown
        while len(shown) <= stop:
            token, price = self._tokens[len(shown) - 1], shown[-1]
            if token.opens:
                char = self.text[token.start]
                price += min(UNSEEN, emission(self._last, char, self._quoted))
                self._last = char
            shown.append(price)
        return shown[stop]


def _tokens(text: str, at: int, *, lost_lead: bool, wide: bool) -> Iterator[Token]:
    end = text.find("\n", at)
    end = min(len(text) if end < 0 else end, at + _REACH)
    first = at
    while at < end:
        char = text[at]
        if char in "?\ufffd" and (crossed := _CROSSED.match(text, at)) and chars_read(crossed[1]):
            yield Token(None, at, crossed.end(), True, crossed[1])
            at = crossed.end()
            continue
        if char == "!" and (lost_lead or text[at - 1 : at] in "?\ufffd"):
            char = "！"  # pages have their marks made narrow after the damage; its bytes are those of the wide one
        if wide and at == first + 1:
            char = "？"
        if char in "?\ufffd":
            yield Token(None, at, at + 1, True)
            at += 1
            continue
        lost_lead = False
        pair = code(char)
        if not pair:
            return
        gloss = GLOSS.match(text, at + 1) if text[at + 1 : at + 2] in " (" else None
        after = at + 1
        if gloss is not None and (len(pair) == 1 or spelt(char, gloss[1])):
            after = gloss.end()
        if len(pair) == 1:
            yield Token(pair[0], at, after, True, gloss[1] if gloss else None)
        else:
            yield Token(pair[0], at, after, True)
            yield Token(pair[1], at, after, False)
        if gloss is not None and after == at + 1 and chars_read(gloss[1]):
            yield Token(None, after, gloss.end(), True, gloss[1])
            after = gloss.end()
        at = after
