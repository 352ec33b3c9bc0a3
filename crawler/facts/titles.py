"""Titles before a name: how far they reach to the left, and which part of them is a place or an organisation."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.facts.edges import Edges
from crawler.facts.tables import Hit, read_table
from crawler.facts.words import inside_place

_EDGE = frozenset(',.;:。!?？\n\r\t"“”‘’《》【】[]<>|~ …—「」=*')


@lru_cache(maxsize=1)
def _stops() -> Edges:
    rows = read_table("cues")
    return Edges([r.word for r in rows if r.kind == "keep"], [*(r.word for r in rows if r.kind == "stop"), *_NUMBERS])


_NUMBERS = "0123456789?\ufffd"  # no title holds a digit or a lost byte
_REACH = 48


def title_start(flat: str, head: Hit, ends: dict[int, Hit]) -> int:
    """Where the title that ends with ``head`` begins; ``ends`` are the title heads of the text by their end.

    Joined titles (``县委副书记、县长``) are taken whole: what stands before ``、`` belongs when it ends in a head too.
    """
    start = _segment_start(flat, head)
    while start > 0 and flat[start - 1] in "、/兼" and start - 1 in ends:
        before = ends[start - 1]
        if before.row.kind in ("private", "polite", "byline"):
            break
        gaps = (before.start - 2, before.start - 3)
        if any(gap in ends and ends[gap].row.kind != "byline" and flat[gap] not in "、/兼" for gap in gaps):
            break  # 党委书记|张三|教授、…: that title belongs to a name of its own
        begin = _segment_start(flat, before)
        if begin >= before.end or head.end - begin > 90:
            break
        start = begin
    return start


def _segment_start(flat: str, head: Hit) -> int:
    floor = max(0, head.start - _REACH)
    edge = _LAST_EDGE.match(flat, floor, head.start)
    left = edge.end() if edge else floor
    if left > floor and flat[left - 1] in "()":
        left = _over_brackets(flat, floor, head.start)
    start = left
    for first, last, kept in _stops().find(flat, left, head.start):
        if not kept and not inside_place(flat, first, last):
            start = last
    return min(start, head.start)


_LAST_EDGE = re.compile("(?s:.*)[" + re.escape("".join(_EDGE)) + "、()]")


def _over_brackets(flat: str, floor: int, left: int) -> int:
    """The nearest edge outside closed brackets."""
    depth = 0
    while left > floor:
        char = flat[left - 1]
        if char == ")":
            depth += 1
        elif char == "(":
            if depth == 0:
                break
            depth -= 1
        elif char in _EDGE or (char == "、" and not depth):
            break
        left -= 1
    return left


def unit_of(title: str, heads: list[tuple[int, int]]) -> str | None:
    """The place or organisation of the first office in ``title`` (``凌云县委副书记、县长`` → ``凌云县委``)."""
    if not heads:
        return None
    unit = title[: heads[0][0]]
    if not unit:
        # 县长, 市长: the level is the first character of the head itself
        return title[0] if title[0] in "省市县区州镇乡旗盟村" else None
    if title[heads[0][0] : heads[0][1]][:1] in "省市县区州镇乡旗盟村" and not unit.endswith(
        ("县", "市", "区", "省", "州", "镇", "乡")
    ):
        unit += title[heads[0][0]]
    return unit
