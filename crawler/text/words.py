"""How likely a run of text is as a row of words: what tells 人人自危 from 人人自。 where pairs of characters cannot."""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from functools import cache, lru_cache
from importlib.resources import files
from math import log2

from crawler.text.frequency import UNSEEN
from crawler.text.script import simplified_chars

_LONGEST = 5
_UNKNOWN = UNSEEN
_MARK = 5
_RUN = re.compile("[\u4e00-\u9fff]+")


@lru_cache(maxsize=1 << 14)
def word_cost(text: str, *, torn: bool = False) -> float:
    """Bits that the cheapest cut of ``text`` (of either script) into words costs; all other characters cost alike.

    ``torn`` says that ``text`` may begin inside a word.
    """
    runs = _RUN.findall(simplified_chars(text))
    marks = _MARK * (len(text) - sum(map(len, runs)))
    if torn and _RUN.match(simplified_chars(text)):
        return _torn_cost(runs[0]) + sum(map(_run_cost, runs[1:])) + marks
    return sum(map(_run_cost, runs)) + marks


def _torn_cost(run: str) -> float:
    """The cost of ``run`` when its first piece may be the end of any word."""
    costs = _endings()
    sizes = [size for size in range(1, min(len(run), _LONGEST) + 1) if size == 1 or run[:size] in costs]
    return min(costs.get(run[:size], _UNKNOWN) + _run_cost(run[size:]) for size in sizes)


@lru_cache(maxsize=1 << 14)
def _run_cost(run: str) -> int:
    costs = known_words()
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
def _endings() -> dict[str, float]:
    """What each ending of a word costs: all words that end so taken together, the word itself among them."""
    shares: defaultdict[str, float] = defaultdict(float)
    for word, cost in known_words().items():
        for start in range(len(word)):
            shares[word[start:]] += 2.0**-cost
    return {ending: -log2(share) for ending, share in shares.items()}


@cache
def known_words() -> dict[str, int]:
    """``-log2`` of how often each word is written, names of places among them (tools/build_words.py)."""
    body = gzip.decompress((files("crawler.text") / "data" / "words.txt.gz").read_bytes()).decode()
    costs: dict[str, int] = {}
    for line in body.splitlines():
        cost, *words = line.split(" ")
        costs.update(dict.fromkeys(words, int(cost)))
    return costs
