"""Bytes to text: BOM, header, meta and the bytes themselves weighed together.

Servers and templates lie about charsets (a GBK page whose meta says utf-8 is common), so a declaration only breaks
ties; what decides is whether the bytes decode and whether the result reads like Chinese. ``gb2312`` and ``gbk`` are
always read as ``gb18030``, which holds both.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

SAMPLE = 200_000  # bytes judged; a page shows its charset long before that
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META = re.compile(
    rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9_\-]{3,20})|<\?xml[^>]{0,100}encoding=["']([\w\-]+)""", re.I
)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w\-]+)", re.I)
_TAG = re.compile(r"<(?:script|style)\b.*?</(?:script|style)\s*>|<[^>]*>", re.I | re.S)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]")
_CONTROL_BYTES = bytes([*range(9), 11, 12, *range(14, 32), 127])
_ODD = re.compile(r"[\ufffd\ue000-\uf8ff\u0080-\u009f\uff61-\uff9f\u0100-\u02ff\u0370-\u05ff\uac00-\ud7a3]")
_SAME = {
    **dict.fromkeys(("gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs"), "big5hkscs"),
    **dict.fromkeys(("iso-8859-1", "ascii"), ""),  # the defaults of servers that say nothing
    "utf8": "utf-8",
    "unicode": "utf-16",
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page as text: its encoding's Python name, what told it, and how many characters were lost (U+FFFD)."""

    text: str
    encoding: str
    basis: str
    replacement_chars: int


def decode(content: bytes, headers: Iterable[tuple[str, str]] = ()) -> Decoded:
    """Turn raw bytes into text; never fails, counts what could not be decoded."""
    for bom, name in _BOMS:
        if content.startswith(bom):
            return _decoded(content[len(bom) :], name, "bom")
    wide = _utf16(content[:SAMPLE])
    if wide:
        return _decoded(content, wide, "content")
    sample = content[:SAMPLE]
    if sample.isascii() and content.isascii():
        return _decoded(content, "utf-8", "content")
    if _is_utf8(content):
        return _decoded(content, "utf-8", "content")
    declared = [(name, basis) for name, basis in _declared(sample, headers) if name]
    scored = []
    for name in dict.fromkeys([name for name, _ in declared] + ["utf-8", "gb18030", "big5hkscs"]):
        bonus = sum(0.03 for declared_name, _ in declared if declared_name == name)
        scored.append((_reads_like_chinese(sample, name) + bonus, name))
    best = max(scored, key=lambda pair: pair[0])[1]
    basis = next((basis for name, basis in declared if name == best), "content")
    return _decoded(content, best, basis)


def clean_characters(text: str) -> str:
    """Drop null bytes and other control characters that no parser wants."""
    return _CONTROL.sub("", text)


def _decoded(content: bytes, encoding: str, basis: str) -> Decoded:
    text = content.decode(encoding, "replace")
    # asking the bytes is fifty times as fast as asking the text, and most pages hold none
    if "\ufeff" in text or len(content.translate(None, _CONTROL_BYTES)) < len(content):
        text = clean_characters(text)
    return Decoded(text, encoding, basis, text.count("\ufffd"))


def _declared(sample: bytes, headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The charsets that header and meta claim, as Python codec names that exist."""
    found = []
    for key, value in headers:
        if key.lower() == "content-type" and (match := _HEADER.search(value)):
            found.append((_codec(match[1]), "header"))
    for meta in _META.finditer(sample[:20_000]):
        found.append((_codec((meta[1] or meta[2]).decode("ascii")), "meta"))
        break
    return found


def _codec(name: str) -> str:
    name = name.strip().lower()
    name = _SAME.get(name, name)
    try:
        codecs.lookup(name)
        "".encode(name)
    except (LookupError, TypeError):
        return ""
    return name


def _utf16(sample: bytes) -> str:
    """UTF-16 without a BOM shows as a null in every other byte of its markup."""
    head = sample[:2000]
    if len(head) < 8 or 0 not in head:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.3 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.3 * half and odd < 0.05 * half:
        return "utf-16-be"
    return ""


def _is_utf8(content: bytes) -> bool:
    """Valid UTF-8, allowing a character cut off at the very end (a truncated download)."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.end >= len(content) and error.start >= len(content) - 3 and not content[: error.start].isascii()
    return True


def _reads_like_chinese(sample: bytes, encoding: str) -> float:
    """Share of common characters among the non-ASCII ones, less what is odd or lost; -1 for unusable."""
    try:
        text = sample.decode(encoding, "replace")
    except (LookupError, UnicodeError):
        return -1.0
    text = _TAG.sub("", text)
    wide = [c for c in text if c > "\x7f"]
    if not wide:
        return 0.0
    common = common_characters()
    good = sum(c in common for c in wide)
    odd = len(_ODD.findall("".join(wide)))
    return (good - 3 * odd) / len(wide)


@cache
def common_characters() -> frozenset[str]:
    """The commonest characters of Chinese text in both scripts, with Chinese punctuation (data/common_chars.txt)."""
    lines = files(__package__).joinpath("data/common_chars.txt").read_text(encoding="utf-8").splitlines()
    return frozenset("".join(line for line in lines if not line.startswith("#")))
