"""Dates that something is measured against and that date nothing."""

from __future__ import annotations

import re

from crawler.events.scenes import Sentence
from crawler.facts import DateMention
from crawler.model import EventType

_YARDSTICKS = ("较", "比", "超", "于同", "同比", "降至", "增至", "升至", "由", "降到", "增加到")
_TIMES = re.compile(r"(?:同期)?的?[\d.一二两三四五六七八九十几]+(?:多)?倍")


def only_measured(kind: EventType, text: str, low: int, at: int, behind: int) -> bool:
    """Whether what stands at ``at`` only tells how long something took, or how it stands with it."""
    if kind in ("agreement", "project") and _from_to(text, at, behind):
        return True
    return kind in ("project", "funding") and _surveyed(text, low, at, behind)


def compared(sentence: Sentence, date: DateMention) -> bool:
    """较上年增长, 比去年, 是2011年的3倍: a yardstick, not a time."""
    text, at = sentence.text, date.start - sentence.start
    if text.endswith(_YARDSTICKS, max(0, at - 2), at) or text.startswith("同期", date.end - sentence.start):
        return True
    return "倍" in text and _TIMES.match(text, date.end - sentence.start) is not None


# 详细了解项目开工、资金拨付落实的情况
_LOOKED_INTO = re.compile(r"(?:了解|查看|察看|检查|督查|督导|听取|汇报|掌握|调研)(?:了)?[^,，。;；]{0,24}$")
_STATE_OF = re.compile(r"[^,，。;；]{0,24}(?:情况|进展|进度|质量)")


def _surveyed(text: str, low: int, at: int, behind: int) -> bool:
    """Whether somebody only looks into how it stands with what is told between ``at`` and ``behind``."""
    return _STATE_OF.match(text, behind) is not None and _LOOKED_INTO.search(text, low, at) is not None


# 从签约到开工
_FROM_TO = re.compile(r"从[\u4e00-\u9fff]{2,8}到$")


def _from_to(text: str, at: int, behind: int) -> bool:
    """从签约到开工仅用了100天: how long it took, told by what began and what ended it."""
    return (
        text.startswith("到", behind)
        if text[at - 1 : at] == "从"
        else _FROM_TO.search(text, max(0, at - 14), at) is not None
    )
