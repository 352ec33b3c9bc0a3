"""GBK bytes of characters and back: the encoding in which the broken sites did their damage."""

from __future__ import annotations

from functools import cache

LAST_PRIVATE = "\ue864"
"""The last private-use character of GB 18030's pairs; the first is U+E000."""


@cache
def code(char: str) -> bytes:
    """The GBK bytes of ``char``, one or two; empty when GBK lacks it."""
    try:
        return char.encode("gbk")
    except UnicodeEncodeError:
        # Browsers show the pairs that GBK leaves open as private-use characters or radicals, as GB 18030 has them.
        pair = char.encode("gb18030", "ignore")
        return b"\x80" if char == "€" else pair if len(pair) == 2 else b""


@cache
def char_of(lead: int, trail: int) -> str | None:
    """The character of two GBK bytes, or None when they are no pair."""
    try:
        return bytes((lead, trail)).decode("gbk")
    except UnicodeDecodeError:
        return None


@cache
def private_pairs() -> frozenset[tuple[int, int]]:
    """The pairs of bytes that GBK leaves open and GB 18030 shows as private-use characters."""
    codes = [chr(point).encode("gb18030") for point in range(0xE000, ord(LAST_PRIVATE) + 1)]
    return frozenset((pair[0], pair[1]) for pair in codes if len(pair) == 2)


@cache
def in_use(char: str) -> bool:
    """Whether one of the two national sets has ``char``: GB 2312 or Taiwan's; what neither has is a rare variant."""
    for charset in ("gb2312", "cp950"):
        try:
            char.encode(charset)
        except UnicodeEncodeError:
            continue
        return True
    return False


@cache
def in_gb2312(char: str) -> bool:
    """Whether ``char`` is in GB 2312, the everyday set of the mainland (no traditional forms)."""
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
