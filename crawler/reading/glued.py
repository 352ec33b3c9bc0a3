"""A page that came as one long line: heading, byline and paragraphs set apart again by the spaces left between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crawler.text import normalize

_LONG = 60  # characters of a line that may hold more than a paragraph
_FIRST = 3  # among so many lines stands the one that holds the heading
_DAY = r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?(?:\s*\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?"
_LABELLED = r"(?:(?:发布|发表|发稿|更新)(?:时间|日期)?|时间|日期)\s?[:：]\s?"
_MORE = (
    r"(?:[\s|]*(?:(?:信息|文章|稿件)?来源|稿源|作者|记者|编辑|责任编辑|发布者|发布人|字号|字体|(?:浏览|点击|阅读)(?:次数|量|数)?|浏览)"
    r"\s?[:：]\s?[^\s,，。|]{1,20})*"
)
_SOURCED = r"(?=[\s|]*(?:(?:信息|文章|稿件)?来源|稿源|作者)\s?[:：])"
_HEAD = r"([^\s。！？!?][^。！？!?]{5,58}?)"
_BYLINE = re.compile(rf"{_HEAD}[\s|]+((?:{_LABELLED}{_DAY}|{_DAY}(?:(?<=:\d\d)|{_SOURCED})){_MORE})[\s|]+(?=\S)")
_REPORT = (
    r"(?:(?:19|20)\d\d年)?\d{1,2}月\d{1,2}日(?!电|讯)|近日|日前|为(?:深入|进一步|贯彻|切实|全面|认真)"
    r"|连日来|(?:昨|今)[日天]"
)
_BARE = re.compile(
    rf"((?!\S*(?:讯|电|记者|报道|消息|[:：])\S*\s)[^\s。，,！？!?][^。，,！？!?]{{7,38}}?)\s+(?={_REPORT})"
)
_DATE_FIRST = re.compile(rf"\s*date\s+({_DAY})\s+(?=\S)", re.I)  # how some collections begin their texts
_PARAGRAPH = re.compile(r"(?<=[。！？!?”])[ \u3000]+(?=[\u4e00-\u9fff“\d])")


def unglue(lines: Sequence[str]) -> list[str]:
    """``lines`` with what was glued together set apart; most pages come back as they are."""
    return [piece for number, line in enumerate(lines) for piece in _pieces(line, number)]


def _pieces(line: str, number: int) -> Iterator[str]:
    if number == 0 and (dated := _DATE_FIRST.match(line)):
        yield dated[1]
        line = line[dated.end() :]
    if len(line) < _LONG or " " not in line or "。" not in line:
        yield line
        return
    start = 0
    if number < _FIRST:
        head = line[: 4 * _LONG]
        shown = normalize(head)
        hit = _BYLINE.match(shown.text) or (_BARE.match(shown.text) if number == 0 else None)
        if hit:
            for group in range(1, len(hit.groups()) + 1):
                yield head[shown.to_input(hit.start(group)) : shown.to_input(hit.end(group))].strip()
            start = shown.to_input(hit.end())
    yield from _PARAGRAPH.split(line[start:])
