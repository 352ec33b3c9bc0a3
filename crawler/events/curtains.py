"""Relations told by their opening: 1996年,甲乙协作的大幕由此拉开."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.events.dating import is_since
from crawler.events.scenes import Sentence
from crawler.facts import DateMention

_CURTAIN = re.compile(
    r"(?:拉开|开启|揭开)(?:了)?[^,，。;；]{0,20}[帷序大]幕|[帷序大]幕[^,，。;；]{0,6}(?:拉开|开启|揭开|启)|启幕"
    r"|(?:揭开|掀开|翻开|开启)(?:了)?[^,，。;；]{0,24}(?P<chapter>篇章)"
)
_DECREED = re.compile(r"国家|中央|国务院|方案|通知|意见")
# what is begun is the aid itself and no fair, month or campaign of it
_AID = re.compile(
    r"(?:(?<!劳务|产业|消费|教育|医疗|人才|科技)(?:协作|支援|帮扶)|对口合作|援[疆藏青]|援建|..合作[”\"])(?:工作|事业)?"
)
SHOW = re.compile(
    r"(?:会|节|活动|行动|展|赛|班|营|月|周|季|仪式)[”\"]?(?:在[^,，。;；]{1,14})?(?:的)?(?:正式|就此|由此)?$"
)


def raised(sentence: Sentence) -> Iterator[tuple[DateMention, int, int]]:
    """Each year or month in which the curtain rises on the aid, with the span of the words that say so."""
    if "幕" not in sentence.text and "篇章" not in sentence.text:
        return
    text, base = sentence.text, sentence.start
    for found in _CURTAIN.finditer(text):
        dates = [d for d in sentence.dates if d.end <= base + found.start()]
        date = dates[-1] if dates else None
        if date is None or date.precision not in ("year", "month") or is_since(sentence, date):
            continue
        told = text[date.end - base : found.end()]
        if found["chapter"] and not _DECREED.search(told):
            continue  # 开启两地协作新篇章: said of any visit
        if (date.date_start or "")[:4].isdecimal() and _AID.search(told) and not SHOW.search(text, 0, found.start()):
            yield date, base + found.start(), base + found.end()
