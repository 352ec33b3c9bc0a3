"""Posts held besides: 甲市委副书记、乙区委书记 sits there for the city; the district of that post takes no part."""

from __future__ import annotations

import re

from crawler.events.scenes import Sentence
from crawler.places import PlaceMention

# whoever heads a committee or government sits there for it; a 常委 or 副主任 comes for what the post behind names
_HEADS = re.compile(r"(?:书记|(?<![组社站所部院校队局处科])长)(?:\([^)]{1,8}\))?、")


def drop_other_posts(sentences: list[Sentence]) -> None:
    """Take the places of such posts out of the sentences, unless the article names them elsewhere too."""
    besides: list[tuple[Sentence, PlaceMention]] = []
    for sentence in sentences:
        if "、" not in sentence.text or not sentence.places:
            continue
        for person in sentence.people:
            if person.title_start is None or person.start - person.title_start < 10:
                continue
            first = _HEADS.search(sentence.text, person.title_start - sentence.start, person.start - sentence.start)
            if first is not None:
                low = sentence.start + first.end()
                besides += [(sentence, m) for m in sentence.places if low <= m.start < person.start and m.unit]
    if not besides:
        return
    held = {id(m) for _, m in besides}
    named = {m.name for s in sentences for m in s.places if id(m) not in held}
    for sentence, mention in besides:
        if mention.name not in named:
            sentence.places = [m for m in sentence.places if m is not mention]
