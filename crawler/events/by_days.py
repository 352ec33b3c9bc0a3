"""News of a journey without its day, told by its days behind: 近日,镇长带队到甲县调研。7日,调研组来到乙镇."""

from __future__ import annotations

from dataclasses import replace

from crawler.events.dating import Clock
from crawler.events.draft import Draft
from crawler.events.modality import modality
from crawler.events.scenes import Sentence
from crawler.model import Precision

_HELD = ("上", "召开", "举行", "在")
_ON = 8  # sentences behind in which a report goes on


def date_by_days(visits: list[Draft], sentences: list[Sentence], clock: Clock) -> None:
    """Give the only journey of a report, told 近日, the days on which its travellers are said to go about."""
    if not visits or not visits[0].when.recent or visits[0].when.known:
        return
    visit = visits[0]
    if any(v.origin != visit.origin for v in visits):
        return
    days = []
    for sentence in sentences[visit.sentence.index + 1 : visit.sentence.index + 1 + _ON]:
        heads = (*sentence.of("visitor"), *sentence.of("delegation"))[:1]
        heads += tuple(
            hit for hit in sentence.of("meeting") if sentence.text.startswith(_HELD, hit.end - sentence.start)
        )
        for hit in heads if sentence.dates else ():
            goes = sentence.of("purpose", hit.end, sentence.end) or sentence.of("move", hit.end, sentence.end)
            if (
                not (goes or hit.has("meeting"))
                or sentence.spoken(hit.start)
                or modality(sentence, hit.start) != "done"
            ):
                continue
            when = clock.at(sentence, hit.start)
            if when.own and when.start and when.precision in ("day", "range"):
                days.append(when)
    if days:
        last = max((when.end or when.start or "" for when in days), default=None)
        span: Precision = "day" if last == days[0].start else "range"
        visit.when = replace(days[0], end=last, precision=span, rule="days of the journey told behind", own=True)
