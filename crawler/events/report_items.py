"""Items of a report (一、高位推动 …, ◆ 宁波 …): a day told in one of them dates nothing that another tells."""

from __future__ import annotations

import re

from crawler.events.scenes import Sentence

_ITEM = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[.、．](?!\d)|[◆●■▲★◇▶])"
)
_STEP = re.compile(r"\s*\d")  # 项目进展如下:1、… 2、…: inside a paragraph it goes on with what leads to it
# 一是强化领导。…二是抓实项目。: what the rest of such a paragraph tells without a day was done in the whole year
_POINT = re.compile(r"\s*[一二三四五六七八九十]是")
_FIRST = frozenset("一二三四五六七八九十(（0123456789◆●■▲★◇▶")  # what an item begins with
_ENOUGH = 2  # a lone mark heads no list


def blocks(sentences: list[Sentence]) -> list[tuple[int, bool]]:
    """The block of text each sentence stands in, its paragraph or item, and whether the report's items have begun."""
    opens = [(s.text[:1] in _FIRST or s.text[:1].isspace()) and _ITEM.match(s.text) is not None for s in sentences]
    listed = sum(opens) >= _ENOUGH
    out: list[tuple[int, bool]] = []
    block, paragraph, begun = 0, -1, False
    for sentence, item in zip(sentences, opens, strict=True):
        begun = begun or (listed and item)
        if sentence.paragraph != paragraph or (listed and item and not _STEP.match(sentence.text)):
            block, paragraph = block + 1, sentence.paragraph
        out.append((block, begun))
    return out


def summed_up(sentences: list[Sentence]) -> set[int]:
    """The sentences of paragraphs that run through a report's points (一是 …。二是 …。), by their index."""
    points: dict[int, list[int]] = {}
    for sentence in sentences:
        if "是" in sentence.text[:4] and _POINT.match(sentence.text):
            points.setdefault(sentence.paragraph, []).append(sentence.index)
    many = {paragraph: told[0] for paragraph, told in points.items() if len(told) >= _ENOUGH}
    return {
        s.index
        for s in sentences
        if s.paragraph in many and s.index > many[s.paragraph] and not s.dates and "link" not in s.kinds
    }


def goes_on(sentences: list[Sentence], sentence: Sentence) -> bool:
    """Whether a sentence behind a semicolon goes on with totals (累计支持17亿元;社会各界捐赠2亿元)."""
    before = sentences[sentence.index - 1] if sentence.index else None
    if before is None or before.paragraph != sentence.paragraph or not before.following:
        return False
    return before.totals or bool(before.of("cumulative"))
