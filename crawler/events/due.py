"""Days of something else than what is told: 将于9月9日, 9月底前完成签约, 持续至25日, 1998年捐建的小学."""

from __future__ import annotations

import re

from crawler.events.scenes import Sentence
from crawler.facts import DateMention

_BY_THEN = re.compile(
    r"[底末]?前(?![,，后夕往来期述些])[^,，。;；了已]{0,8}(?:完成|实现|建成|落实|全部|全面|签订|投[入用产]|启动|达到)(?!了)"
)

_BUILT_THEN = re.compile(
    r"[,，]?[^,，。;；的]{0,24}(?:修建|援建|捐建|共建|建设|建成|兴建|新建|捐资|投资|捐赠|赠送)[^,，。;；的]{0,8}的"
)
_DECIDED = re.compile(r"(?:确定|决定|商定|议定|明确|研究)了?[,，]?$")


def due(sentence: Sentence, date: DateMention) -> bool:
    """将于9月9日, 9月底前完成签约: a day that is only announced, or by which something is to be done."""
    if "plan" in sentence.kinds and any(0 <= date.start - hit.end <= 1 for hit in sentence.of("plan")):
        return True
    return _BY_THEN.match(sentence.text, date.end - sentence.start) is not None


def decided(sentence: Sentence, date: DateMention) -> bool:
    """会上确定今年由甲区投入: the year that a decision is for, not when anything is told to happen."""
    return date.precision == "year" and _DECIDED.search(sentence.text, 0, date.start - sentence.start) is not None


def built_then(sentence: Sentence, date: DateMention) -> bool:
    """察看了1998年由甲区捐资修建的小学: when what they look at was made."""
    if date.precision not in ("year", "month"):
        return False
    return _BUILT_THEN.match(sentence.text, date.end - sentence.start) is not None


def until(sentence: Sentence, date: DateMention) -> bool:
    """本次活动持续至25日: when it ends, not when what is told behind it happens."""
    return sentence.text.endswith(("持续至", "持续到", "延续至", "延续到"), 0, date.start - sentence.start)
