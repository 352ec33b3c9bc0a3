"""Headings of numbered items (1.某镇冷藏中心项目。), which are one sentence with what stands below them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.facts import Facts

_ITEM = re.compile(r"\s*(?:\d{1,2}[.、．)）]|[(（][一二三四五六七八九十\d]{1,2}[)）])[^,，。;；:：\n]{4,32}。")
_HEADED = re.compile(r"\s*(?:总?投[入资]|计划投资|使用|利用|安排|该项目|项目)")


def with_headings(facts: Facts) -> Sequence[tuple[int, int]]:
    """The sentences, but the heading of a numbered item is one with what it heads (投入 … 万元)."""
    text, spans = facts.text, facts.sentences
    if not any(_ITEM.fullmatch(text, start, end) for start, end in spans):
        return spans
    out: list[tuple[int, int]] = []
    for start, end in spans:
        if (
            out
            and _ITEM.fullmatch(text, *out[-1])
            and _HEADED.match(text, start)
            and "\n" not in text[out[-1][1] : start]
        ):
            out[-1] = out[-1][0], end
        else:
            out.append((start, end))
    return out
