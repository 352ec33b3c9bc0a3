"""Counties that a firm, ministry or university of no place was given to help: 2013年新增定点帮扶甲县."""

from __future__ import annotations

import re

from crawler.events.dating import is_since
from crawler.events.draft import Draft, When
from crawler.events.modality import modality
from crawler.events.scenes import Sentence, within
from crawler.events.sides import Sides
from crawler.events.tables import NOWHERE
from crawler.facts import DateMention

_POST = r"定点(?:帮扶|扶贫|支援)|对口(?:支援|帮扶)|结对帮扶"
# 开始承担甲县的定点扶贫任务, 被确定为…单位, 新增定点帮扶甲县
_GIVEN = re.compile(
    r"[^。;；]{0,40}?(?:承担|担负|负责|成为|确定为|确定|列为|明确|新增|增加|接手|开始|参与)"
    rf"[^,，。;；]{{0,24}}?(?:{_POST})"
)
_SINCE = re.compile(rf"[^。;；“”]{{0,60}}?(?:{_POST})")
_COUNTED = re.compile(r"\d")


def find_central_pairings(sentences: list[Sentence], sides: Sides) -> list[Draft]:
    """Pairings told by the year in which a unit of no place was given a county, in order."""
    if sides.donor is None or sides.donor.code != NOWHERE:
        return []
    out: list[Draft] = []
    for sentence in sentences:
        for date in sentence.dates:
            draft = None if sentence.spoken(date.start) else _begun(sentence, date, sides)
            if draft is not None:
                out.append(draft)
                break
    return out


def _begun(sentence: Sentence, date: DateMention, sides: Sides) -> Draft | None:
    if date.precision == "none" or not (date.date_start or "")[:4].isdecimal():
        return None
    since = is_since(sentence, date) or sentence.text.endswith("始于", 0, date.start - sentence.start)
    if not since and date.precision not in ("year", "month"):
        return None
    text, base = sentence.text, sentence.start
    found = (_SINCE if since else _GIVEN).match(text, date.end - base)
    if found is None or _COUNTED.search(found[0]) or modality(sentence, base + found.end()) != "done":
        return None
    low, high = date.start, sentence.clause(base + found.end())[1]
    told = [m for m in within(sentence.places, low, high) if sides.told(m) == "supported"]
    if not told and not since:
        return None
    when = When(
        date.date_start, None, date.precision, date, f"given ({date.basis}: {date.rule})", own=True, since=since
    )
    end = base + found.end()
    start = end - 4  # the word of aid: its clause names whom it helps
    return Draft("pairing", sentence, start, end, "relation: given", found[0], start, "done", when)
