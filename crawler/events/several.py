"""Numbers in a clause that count what is held there or who is sent, so that no single happening is told."""

from __future__ import annotations

import re

from crawler.events.draft import When
from crawler.events.not_sent import NOT_SENT
from crawler.events.scenes import Sentence
from crawler.events.tables import Frame, Hit

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


_TIMES = re.compile(r"(?:活动|共)?(?:\d+|[两三四五六七八九十多数]+)(?:余|多)?(?:期|场次|场|批次|批|人次|次)")
_NUMBERED = re.compile(
    r"(?:活动|共|等|达|企业|项目|车间|工厂)?\d[\d.,]*(?:余|多)?(?:期|场次|场|批次|批|人次|次|个|家|名|人)"
    r"|(?:活动)?[两三四五六七八九十多数]+(?:余|多)?(?:期|场次|场|批次|次)"
)
_HUNDREDS = re.compile(r"(?<![\d.])\d{3,}(?:余|多)?[名位人]")
# 选派3名校长, 教师9人抵达 on a known day: the size of a team, no total
_TEAM = re.compile(r"\d+(?:余|多)?[名位人](?!次)")
_ONE = re.compile(r"(?:共)?1(?:期|场次|场|批次|批|次)")
_MOVED_IN = re.compile(r"\d+[名位人][^,，。;；]{0,16}(?:来到|进驻|入驻|抵达)")
_AGAIN = ("先后", "多次")
MADE_UP = re.compile(r"派出由[^,，。;；]{2,40}组成的[^,，。;；]{0,8}[队组团]")


def many(sentence: Sentence, frame: Frame, head: Hit, when: When, *, fine: bool) -> bool:
    """Whether a number right behind the word counts happenings (培训3期), not the one that is told."""
    text, behind = sentence.text, head.end - sentence.start
    low = sentence.clause(head.start)[0] - sentence.start
    rest_of_clause = sentence.clause(head.start)[1] - sentence.start
    if frame.type == "personnel" and not when.own and _HUNDREDS.search(text, low, max(behind + 8, rest_of_clause)):
        return True  # 不断增强智力援藏,选派243名人才
    made_up = frame.type == "personnel" and MADE_UP.search(text) is not None
    if frame.head == "dispatch" and not (fine or made_up) and text.endswith(_AGAIN, 0, head.start - sentence.start):
        return True  # 先后选派2位校长和6位教师, 先后多次派…
    if frame.head == "donate" and not when.known and text.endswith("先后", 0, head.start - sentence.start):
        return True  # 先后捐款捐物达300万元
    counts = _TIMES if frame.type == "donation" else _NUMBERED  # 捐赠45个高压锅 is one gift
    if not counts.match(text, behind) or (fine and _ONE.match(text, behind)):
        return False
    if frame.type == "training" and when.own and when.precision == "range":
        return False  # 5日至9日,…举办讲座6场
    if (
        frame.head == "dispatch"
        and when.own
        and when.precision == "year"
        and _MOVED_IN.match(text, behind, rest_of_clause)
    ):
        return False  # 2022年,选派7名骨干来到乙县五中: they came, whatever the day
    if frame.head == "workers" and fine:
        return False  # 输送务工人员120名: so many go on that day
    if frame.head == "dispatch" and when.rule.startswith("近日"):
        return False  # 近日,…选派4名医生: news, no total
    if frame.type != "personnel" or not fine or not _TEAM.match(text, behind):
        return True
    rest = behind, sentence.clause(head.start)[1] - sentence.start
    return frame.head == "dispatch" and NOT_SENT.search(text, *rest) is not None
