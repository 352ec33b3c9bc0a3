"""How likely a run of text is as a row of words: what tells 人人自危 from 人人自。 where pairs of characters cannot."""

from __future__ import annotations

import re
import warnings
from functools import cache, lru_cache
from math import log2

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # jieba asks setuptools for a part that it deprecates
    import jieba

from crawler.places import gazetteer
from crawler.text.frequency import UNSEEN
from crawler.text.script import simplified_chars

_LONGEST = 5
_PLACE = 14
"""Cost in bits of the name of any county or of anything above it, if the dictionary holds it for rarer."""
_UNKNOWN = UNSEEN
_MARK = 5
_RUN = re.compile("[\u4e00-\u9fff]+")


def word_cost(text: str) -> int:
    """Bits that the cheapest cut of ``text`` (of either script) into words costs; all other characters cost alike."""
    runs = _RUN.findall(simplified_chars(text))
    return sum(map(_run_cost, runs)) + _MARK * (len(text) - sum(map(len, runs)))


@lru_cache(maxsize=1 << 14)
def _run_cost(run: str) -> int:
    costs = _costs()
    best = [0]
    for end in range(1, len(run) + 1):
        cheapest = best[end - 1] + costs.get(run[end - 1], _UNKNOWN)
        for start in range(max(0, end - _LONGEST), end - 1):
            cost = costs.get(run[start:end])
            if cost is not None and best[start] + cost < cheapest:
                cheapest = best[start] + cost
        best.append(cheapest)
    return best[-1]


@cache
def _costs() -> dict[str, int]:
    """``-log2`` of how often each word of jieba's dictionary is written; names of places count as common words."""
    with jieba.get_dict_file() as file:
        rows = [line.split(" ") for line in file.read().decode("utf-8").splitlines()]
    counts = {row[0]: int(row[1]) for row in rows if len(row[0]) <= _LONGEST}
    bits = log2(sum(counts.values()))
    costs = {word: round(bits - log2(count)) for word, count in counts.items() if count > 2}
    for unit in gazetteer().units():
        if len(unit.name) <= _LONGEST:
            costs[unit.name] = min(_PLACE, costs.get(unit.name, _PLACE))
    return costs
