"""Words that call the news fresh without a day: 近日, 中秋节来临之际."""

from __future__ import annotations

import re

# 中秋节来临之际 is as near as 近日
_LATELY = re.compile("近日|日前|近段时间|近期|前不久")
_FEAST_COMING = re.compile("(?:节|开学|[新国][年庆春]|元旦|寒冬)(?:[^,，。;；]{0,3}之际|前夕|将至)")


def is_lately(text: str, end: int) -> bool:
    """Whether 近日 or a feast that is coming stands before ``end``."""
    if _LATELY.search(text, 0, end):
        return True
    return ("际" in text or "前夕" in text or "将至" in text) and _FEAST_COMING.search(text, 0, end) is not None
