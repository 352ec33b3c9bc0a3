"""Dates that date nothing behind them: the years a report covers, the day somebody was told."""

from __future__ import annotations

import re

from crawler.events.scenes import Sentence
from crawler.facts import DateMention

_REPORTS = re.compile(r"介绍|汇报|查看|察看|参观|了解|通报|回顾|总结|听取|讨论|审议|研究")
_ALL_YEAR = re.compile(r"\s*(?:据统计|据介绍|据了解)[,，](?:全年|年内|一年来)")
_HEARD = re.compile(r"[^,，。;；]{0,24}(?:获悉|了解到|得知)[,，]")


def only_heard(sentence: Sentence, date: DateMention, before: list[DateMention]) -> bool:
    """记者8日获悉,2023年,…: the day somebody was told, and the year of what he was told."""
    later = any(d.start > date.end and d.precision in ("year", "period") for d in before)
    if _ALL_YEAR.match(sentence.text, date.end - sentence.start):
        return True  # 30日 据统计,全年实施 …
    return later and _HEARD.match(sentence.text, date.end - sentence.start) is not None


def reported(sentence: Sentence, date: DateMention, low: int) -> bool:
    """双方介绍了2021年以来的情况,并签订 …: the years a report covers date nothing behind its clause."""
    if date.precision not in ("year", "period") or date.end > low:
        return False
    opened = sentence.clause(date.start)[0] - sentence.start
    return _REPORTS.search(sentence.text, opened, date.start - sentence.start) is not None
