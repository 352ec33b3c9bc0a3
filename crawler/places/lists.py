"""Bare names in a list whose last word says what they are: 绒盖、金沙、灯龙等乡镇, 屏边、红河、石屏等县."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.places.context import Context
from crawler.places.forms import Entry
from crawler.places.mention import Hit

_COUNT = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})?个?"
_TAIL = re.compile(
    rf"等{_COUNT}(?P<town>乡镇|镇乡|镇街|街镇|镇|乡|街道)|等{_COUNT}(?P<county>县市区|市县区|县区|县市|区县|县|区|旗)(?!域|级|委|政府|领导)"
)
_BREAK = re.compile(r"[，。；：！？,;:!?\n（）()“”]")
_ITEM = re.compile(r"[^、和及与]+")
_NAME = 4  # characters of the longest bare name
_REACH = 80  # characters a list may run back


def read_lists(text: str, hits: list[Hit], context: Context) -> None:
    """Read bare names before 等乡镇 as towns of the county named last, and take counties only before 等县."""
    for tail in _TAIL.finditer(text) if "等" in text else ():
        floor = max(0, tail.start() - _REACH)
        breaks = [m.end() for m in _BREAK.finditer(text, floor, tail.start())]
        start = breaks[-1] if breaks else floor
        if "、" not in text[start : tail.start()]:
            continue
        if tail["county"]:
            _counties(hits, start, tail.start(), context)
        else:
            _towns(text, hits, start, tail.start(), context)


def _counties(hits: list[Hit], start: int, end: int, context: Context) -> None:
    for hit in hits:
        if start <= hit.start and hit.end <= end and not hit.strong and not hit.basis:
            counties = [c for c in hit.candidates if context.level(c) == "county"]
            hit.candidates = counties or hit.candidates


def _towns(text: str, hits: list[Hit], start: int, end: int, context: Context) -> None:
    county = next((c for c in context.counties_before(end) if any(_read(text, start, end, context, c))), None)
    found = list(_read(text, start, end, context, county)) if county else []
    if len(found) < 2 or county is None:
        return
    gone = {i for i, h in enumerate(hits) for s, e, _ in found if h.start < e and s < h.end}
    kept = [h for i, h in enumerate(hits) if i not in gone]
    made = [Hit(s, e, Entry(text[s:e], towns=(i,)), [i], basis="context") for s, e, i in found]
    hits[:] = sorted([*kept, *made], key=lambda h: h.start)


def _read(text: str, start: int, end: int, context: Context, county: str) -> Iterator[tuple[int, int, int]]:
    """(start, end, town) of items that are bare names of the county's towns, from the last back to the first, which
    ends in one (深入白玉县绒盖)."""
    stems = context.g.towns_by_stem(county)
    items = list(_ITEM.finditer(text, start, end))
    for item in reversed(items):
        whole = len(item.group())
        first = whole > _NAME or item is items[0]
        for size in range(min(_NAME, whole), 1, -1) if first else (whole,):
            town = stems.get(text[item.end() - size : item.end()])
            if town is not None:
                yield item.end() - size, item.end(), town
                break
        if whole > _NAME:
            return
