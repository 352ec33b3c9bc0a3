"""When words of work and workers tell a journey to work or a job fair."""

from __future__ import annotations

import re

from crawler.events.not_sent import GROUP
from crawler.events.scenes import Sentence
from crawler.events.tables import Frame, Hit

_RIDE = re.compile(r"大巴|列车|专车|专列|包机|班车|航班|动车|客车")


def no_journey_to_work(sentence: Sentence, frame: Frame, head: Hit, span: tuple[int, int]) -> bool:
    """务工人员 set off only in a number, a batch or on what carries them; 欢送会 is for those who go."""
    if frame.head != "workers" or frame.support == "send_off":
        return False
    text, at, behind = sentence.text, head.start - sentence.start, head.end - sentence.start
    return (
        GROUP.search(text, max(0, at - 14), at) is None
        and GROUP.match(text, behind) is None
        and _RIDE.search(text, max(0, at - 24), behind + 14) is None
    )
