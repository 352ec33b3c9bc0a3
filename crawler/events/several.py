"""Numbers in a clause that count what is held there, so that no single class, fair or meeting is told."""

from __future__ import annotations

import re

from crawler.events.tables import Hit

# 举办了7场产销对接活动, 先后举办了甲推介会、乙展销会
_SEVERAL_BEFORE = re.compile(
    r"(?<![\d第])(?!1[场次期批])\d+(?:余|多)?(?:场次|场|次|期|批次|批)[^,，。;；\d]{0,16}$|先后(?:举办|举行|组织|开展|召开)(?:了|过)?[^,，。;；]{0,40}$"
)
# 开展教学讲座、巡回义诊等活动100多场次
_SEVERAL_BEHIND = re.compile(
    r"[^,，。;；\d]{0,24}(?:等[^,，。;；\d]{0,4}|活动|培训|会议)(?:共|达|累计)?(?!1[场次期批])\d+(?:余|多)?(?:场次|场|次|期|批次|批)"
)


def several(text: str, clause: tuple[int, int], head: Hit, base: int) -> bool:
    """Whether numbers in the clause count what is held, so that no single one is told."""
    low, high = clause[0] - base, clause[1] - base
    return (
        _SEVERAL_BEFORE.search(text, low, head.start - base) is not None
        or _SEVERAL_BEHIND.match(text, head.end - base, high) is not None
    )
