"""Signings that only stand in a list of totals: 安排9亿元资金,共建10个园区,签约项目229个."""

from __future__ import annotations

import re

from crawler.events.scenes import Sentence
from crawler.events.tables import Hit

_COUNTED = re.compile(r"[^,，。;；\d]{0,14}(?!1[份个项家])\d+(?:余|多)?[个份项家笔]")
_CEREMONY = ("link", "sign_event", "visitor", "meeting")


def among_totals(sentence: Sentence, head: Hit) -> bool:
    """Whether what is signed is counted behind two clauses or more that count other things."""
    if len(sentence.quantities) < 3 or _COUNTED.match(sentence.text, head.end - sentence.start) is None:
        return False
    if any(sentence.of(kind, sentence.start, head.start) for kind in _CEREMONY):
        return False
    low = sentence.clause(head.start)[0]
    counts = {sentence.clause(q.start)[0] for q in sentence.quantities if q.end <= low and not q.ordinal}
    return len(counts) > 1
