"""Signings that only add up: 两地共签订协议294项, 安排9亿元资金,共建10个园区,签约项目229个."""

from __future__ import annotations

import re

from crawler.events.draft import When
from crawler.events.modality import is_total
from crawler.events.scenes import Sentence
from crawler.events.tables import Frame, Hit

_COUNTED = re.compile(r"[^,，。;；\d]{0,14}(?!1[份个项家])\d+(?:余|多)?[个份项家笔]")
_BY_NOW = re.compile(r"已(?:有|先后与|与)[^,，。;；\d]{0,8}(?:\d+|[两三四五六七八九十]+)(?:余|多)?[个家所对]")
# 已签署15份协作协议
_SIGNED_BY_NOW = re.compile(r"(?:了)?(?!1[份个项])\d+(?:余|多)?[份个项]")
_CEREMONY = ("link", "sign_event", "visitor", "meeting")


def _among_totals(sentence: Sentence, head: Hit) -> bool:
    """Whether what is signed is counted behind two clauses or more that count other things."""
    if len(sentence.quantities) < 3 or _COUNTED.match(sentence.text, head.end - sentence.start) is None:
        return False
    if any(sentence.of(kind, sentence.start, head.start) for kind in _CEREMONY):
        return False
    low = sentence.clause(head.start)[0]
    counts = {sentence.clause(q.start)[0] for q in sentence.quantities if q.end <= low and not q.ordinal}
    return len(counts) > 1


def adds_up(sentence: Sentence, frame: Frame, head: Hit, when: When) -> bool:
    """结对以来,两地共签订 …; contracts that are only counted."""
    if sentence.totals and not when.own:
        return True  # 自1996年结好以来,…。两市共签订协议294项
    if when.precision not in ("day", "range"):
        if _among_totals(sentence, head):
            return True
        low = sentence.clause(head.start)[0]
        if sentence.text.endswith("共", 0, head.start - sentence.start) or when.since:
            return True
        if sentence.of("cumulative", low, head.start) or _BY_NOW.search(sentence.text, 0, head.start - sentence.start):
            return True
    fine = when.own and when.precision in ("day", "range", "month")
    so_far = not fine and sentence.text.endswith(("已", "已经"), 0, head.start - sentence.start)
    if so_far and _SIGNED_BY_NOW.match(sentence.text, head.end - sentence.start):
        return True
    if frame.head == "sign_counted" and not sentence.text[head.end - sentence.start :][:1].isdecimal():
        return True
    listed = frame.support in ("sign_object", "project_noun") or frame.head == "sign_counted"
    there = bool(sentence.of("link", sentence.start, head.start))
    there = there or "现场" in sentence.text[: head.start - sentence.start]
    if (when.precision in ("day", "range") or not when.known) and there:
        return False  # 此次推介会上共有20家企业签约: all of them on the day told before
    return listed and is_total(sentence, head.start, fine)
