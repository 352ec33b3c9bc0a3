"""Names to be forgotten: found in any spelling a page gives them, covered by as many characters as they have."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from hashlib import blake2b
from typing import Any, TypeVar

from crawler.reading import decode
from crawler.text.script import simplified_chars

COVER = "某"
"""Stands for each character of a forgotten name."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Mask:
    """Covers names: words of one of ``lengths`` characters that ``is_name`` (asked in simplified script) knows.

    Traditional characters, blanks and glosses between characters, and in markup also tags, character references,
    escapes and percent signs, do not hide a name. What is covered keeps its length.
    """

    lengths: tuple[int, ...]
    is_name: Callable[[str], bool]

    def text(self, text: str) -> str:
        """Cover the names in plain text."""
        return self._covered(text, _RUN)

    def markup(self, text: str) -> str:
        """Cover the names in HTML, JSON or a script."""
        return self._covered(text, _MARKUP_RUN)

    def value(self, value: Any) -> Any:
        """Cover the names in every string of a JSON value."""
        match value:
            case str():
                return self.text(value)
            case Mapping():
                return {self.text(str(key)): self.value(item) for key, item in value.items()}
            case list() | tuple():
                return type(value)(self.value(item) for item in value)
            case _:
                return value

    def record(self, record: T) -> T:
        """Cover the names in every string of a dataclass except addresses; the same object when there is none."""
        covered: T = self._dataclass(record)
        return record if covered == record else covered

    def payload(self, content: bytes, headers: tuple[tuple[str, str], ...] = ()) -> bytes:
        """Cover the names in a page in its own encoding; the same bytes when there is none."""
        encoding = decode(content, headers).encoding
        if b"\x00" in content[:1024] and not encoding.startswith("utf-16"):
            return content  # no text
        whole = self._recoded(content, encoding)
        if whole is not None:
            return whole
        return b"".join(self._mended(part, encoding) for part in re.split(rb"(?<=[\n<>])", content))

    def _recoded(self, content: bytes, encoding: str) -> bytes | None:
        text = content.decode(encoding, "surrogateescape")
        if text.encode(encoding, "surrogateescape") != content:
            return None
        covered = self.markup(text)
        return content if covered == text else covered.encode(encoding, "surrogateescape")

    def _mended(self, part: bytes, encoding: str) -> bytes:
        """Cover a piece of a page whose bytes do not all survive decoding: only a piece with a name loses those."""
        exact = self._recoded(part, encoding)
        if exact is not None:
            return exact
        text = part.decode(encoding, "replace")
        covered = self.markup(text)
        return part if covered == text else covered.encode(encoding, "replace")

    def _dataclass(self, value: Any) -> Any:
        if is_dataclass(value) and not isinstance(value, type):
            given = {f.name: getattr(value, f.name) for f in fields(value)}
            return replace(value, **{n: v if n in _KEPT else self._dataclass(v) for n, v in given.items()})
        if isinstance(value, tuple):
            return tuple(self._dataclass(item) for item in value)
        return self.value(value)

    def _covered(self, text: str, run: re.Pattern[str]) -> str:
        parts, end = [], 0
        for start, stop in self._hits(text, run):
            parts += [text[end:start], _cover(text[start:stop])]
            end = stop
        return "".join((*parts, text[end:])) if parts else text

    def _hits(self, text: str, run: re.Pattern[str]) -> Iterator[tuple[int, int]]:
        """Yield start and end of each character that belongs to a name."""
        shortest = min(self.lengths)
        char = _CHAR if run is _RUN else _MARKUP_CHAR
        for found in run.finditer(text):
            if found.end() - found.start() < shortest:
                continue
            marks = [(m.start(), m.end()) for m in char.finditer(text, found.start(), found.end()) if m[0][0] != "<"]
            spelt = simplified_chars("".join(_plain(text[start:end]) for start, end in marks))
            hit: set[int] = set()
            for length in self.lengths:
                for place in range(len(marks) - length + 1):
                    if self.is_name(spelt[place : place + length]):
                        hit.update(range(place, place + length))
            yield from (marks[place] for place in sorted(hit) if spelt[place] != "·")


def known_name(name: str) -> Mask:
    """The mask of one name."""
    spelt = spelling(name)
    return Mask((len(spelt),), spelt.__eq__)


def hashed_names(digests: frozenset[str], salt: str) -> Mask:
    """The mask of names known by their :func:`digest` only."""
    lengths = sorted({int(one.partition(":")[0]) for one in digests})
    return Mask(tuple(lengths), lambda word: digest(word, salt) in digests)


def digest(name: str, salt: str) -> str:
    """Return length and salted hash of a name in the spelling of :func:`spelling`."""
    return f"{len(name)}:{blake2b(name.encode(), key=salt.encode(), digest_size=16).hexdigest()}"


def spelling(name: str) -> str:
    """Return the one spelling a name is compared in: simplified, without blanks, one kind of middle dot."""
    return simplified_chars("".join(_plain(m[0]) for m in _CHAR.finditer(name)))


_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_DOTS = "·•・‧∙"
_GLOSS = r"[(（][a-zü\u00e0-\u01dc]{1,6}[)）]"
_CHAR = re.compile(f"[{_HAN}{_DOTS}]")
_RUN = re.compile(f"[{_HAN}](?:(?:[ \u3000\xa0]|{_GLOSS})*[{_HAN}{_DOTS}])*")
_SPELT = rf"[{_HAN}{_DOTS}]|&#x[0-9a-fA-F]{{4,5}};|&#\d{{5,6}};|&middot;|\\u[0-9a-fA-F]{{4}}|(?:%[0-9a-fA-F]{{2}}){{3}}"
_TAG = rf"</?(?:a|b|em|font|i|span|strong|u|wbr)\b[^<>%&\\{_HAN}]{{0,300}}>"
_BLANK = r"[ \t\u3000\xa0]|&(?:nbsp|emsp|ensp|#160|#32|#12288);"
_MARKUP_CHAR = re.compile(rf"{_TAG}|{_SPELT}")
_MARKUP_RUN = re.compile(rf"(?:{_SPELT})(?:(?:{_BLANK}|{_TAG}|{_GLOSS})*(?:{_SPELT}))*")
_KEPT = frozenset({"url", "id", "encoding"})
_FOLDED = dict.fromkeys(_DOTS, "·")


def _plain(mark: str) -> str:
    """Return the one character a mark stands for, ``?`` for a mark that is no Chinese character."""
    if len(mark) == 1:
        return _FOLDED.get(mark, mark)
    if mark.startswith("%"):
        char = bytes.fromhex(mark.replace("%", "")).decode("utf-8", "replace")
    elif mark == "&middot;":
        char = "·"
    elif mark.startswith("&#"):
        code = int(mark[3:-1], 16) if mark[2] in "xX" else int(mark[2:-1])
        char = chr(code) if code < 0x110000 else "?"
    else:
        char = json.loads(f'"{mark}"')
    return _FOLDED.get(char, char) if len(char) == 1 and char.isprintable() else "?"


def _cover(mark: str) -> str:
    """Return the cover in the form the character had."""
    if len(mark) == 1:
        return COVER
    if mark.startswith("%"):
        return "".join(f"%{byte:02X}" for byte in COVER.encode())
    if mark.startswith("&#"):
        return f"&#x{ord(COVER):x};" if mark[2] in "xX" else f"&#{ord(COVER)};"
    return f"\\u{ord(COVER):04x}"
