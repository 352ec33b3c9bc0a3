"""What a report only looks back to: 已于5月10日进驻, 十多年前, 此前已与某市签订."""

from __future__ import annotations

import re

from crawler.events.scenes import Sentence
from crawler.facts import DateMention

_BACK = ("已于", "曾于", "早在", "此前", "曾在", "已在", "也已于")
_LONG_AGO = re.compile(r"(?:\d+|[二三四五六七八九十几多]+)(?:多)?年(?:多)?前")
# 此前,…选派; 前期已与…签订: at a time nobody tells
_BEFORE_THAT = re.compile(
    r"(?:^|[,，、;；。\s])\s*(?:此前|在此之前|早前|先前|前期)(?![的工到])|[\u4e00-\u9fff](?:此前|前期|先期)(?:已|就|曾)"
)
# 这两年,省长到乙省调研: within years, on no day
_OVER_YEARS = re.compile(
    r"(?:^|[,，。;；\s])(?:这|近|最近|过去|前)(?:[一两二三四五六七八九十几]多?|些)年(?:来|间|里|中)?(?:以来)?[,，、]"
)


def long_ago(sentence: Sentence, position: int) -> bool:
    """Whether what is stated at ``position`` is told as earlier than the report, on a day nobody names."""
    text, behind = sentence.text, position - sentence.start
    if "年" in text and (("前" in text and _LONG_AGO.search(text, 0, behind)) or _OVER_YEARS.search(text, 0, behind)):
        return True
    return ("前" in text or "先期" in text) and _BEFORE_THAT.search(text, 0, behind) is not None


def looks_back(sentence: Sentence, date: DateMention) -> bool:
    """已于5月10日进驻, 早在去年10月: dates the report only looks back to; the scene stays."""
    if date.quote.startswith(("去年", "前年", "上年", "当年")):
        return True
    at = date.start - sentence.start
    return sentence.text.endswith(_BACK, max(0, at - 2), at)
