"""When words of work and workers tell a journey to work or a job fair."""

from __future__ import annotations

import re

from crawler.events.draft import Draft
from crawler.events.not_sent import GROUP
from crawler.events.scenes import Sentence
from crawler.events.tables import Frame, Hit

# 物资专车, 满载农产品的专列 carry goods
_RIDES = ("专车", "专列", "包车", "班列", "专机", "包机")
_CARGO = re.compile(r"物资|产品|特产|礼包|货物|蔬菜|水果|土豆|苹果|大米|牛羊肉|农货")
_WORKERS = re.compile(r"务工|劳动力|员工|工人|招聘|招工|就业|求职|农民工|返岗|揽才")
_RIDE = re.compile(r"大巴|列车|专车|专列|包机|班车|航班|动车|客车")


def no_journey_to_work(sentence: Sentence, frame: Frame, head: Hit, span: tuple[int, int]) -> bool:
    """务工人员 set off only in a number, a batch or on what carries them; 欢送会 is for those who go."""
    if head.word.text in _RIDES and _CARGO.search(sentence.text) and not _WORKERS.search(sentence.text):
        return True
    if frame.head != "workers" or frame.support == "send_off":
        return False
    text, at, behind = sentence.text, head.start - sentence.start, head.end - sentence.start
    return (
        GROUP.search(text, max(0, at - 14), at) is None
        and GROUP.match(text, behind) is None
        and _RIDE.search(text, max(0, at - 24), behind + 14) is None
    )


_TALKS = ("对接会", "洽谈会")
_JOBS = re.compile(r"岗位|求职|应聘|招聘|招工|用工|就业意向|达成意向|入职|面试|企业")
_ON = 2


def fairs_or_talks(drafts: list[Draft], sentences: list[Sentence]) -> None:
    """Two offices hold a 劳务协作对接会 and nobody offers a post: they meet, it is no fair."""
    for draft in drafts:
        sentence, head = draft.sentence, draft.head - draft.sentence.start
        if draft.type != "labor" or not sentence.text.startswith("劳务", head):
            continue
        end = sentence.text.find("会", head)
        told = sentences[sentence.index : sentence.index + 1 + _ON]
        if sentence.text.endswith(_TALKS, head, end + 1) and not any(_JOBS.search(s.text) for s in told):
            draft.type = "meeting"
