"""Where guests are received: 副省长在昆明会见代表团 is no meeting of that city."""

from __future__ import annotations

import re

from crawler.events.scenes import Sentence
from crawler.places import PlaceMention

_MET_IN = re.compile(r"在([^,，。;；在]{2,14}?)(?:亲切|热情)?(?:会见|接见|会晤)")


def but_met_in(mentions: list[PlaceMention], sentence: Sentence) -> list[PlaceMention]:
    """Places but the one somebody is received in."""
    found = _MET_IN.search(sentence.text) if mentions and "在" in sentence.text else None
    if found is None:
        return mentions
    low, high = sentence.start + found.start(1), sentence.start + found.end(1)
    return [m for m in mentions if not low <= m.start < high]
