"""How many people an event sends: counts of persons in the sentence that states it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from crawler.exports.columns import rows
from crawler.facts import find_quantities
from crawler.text import sentences

_PERSONS = frozenset("人名位")
_BREAK = re.compile(r"[，。；、：！？\n]")


def people_sent(text: str, mention: Mapping[str, Any]) -> int | None:
    """Persons that a mention of a personnel event (its stored JSON) sends, or None when it tells no number.

    Counted are numbers with 人, 名 or 位 in the sentence of the statement whose clause names who is sent
    (``data/sent.tsv``) and nobody who is served; running totals, plans and ranks are not. They add up:
    6名党政干部、33名支教人员 are 39.
    """
    stated = next((quote for quote in mention["evidence"] if quote["field"] == "type"), None)
    if stated is None:
        return None
    start, end = next((s for s in sentences(text) if s[0] <= stated["start"] < s[1]), (stated["start"], stated["end"]))
    sentence = text[start:end]
    counts = [
        quantity.value
        for quantity in find_quantities(sentence)
        if quantity.unit in _PERSONS
        and not (quantity.cumulative or quantity.expected or quantity.ordinal or quantity.each)
        and _sends(_clause(sentence, quantity.start, quantity.end))
    ]
    return int(sum(counts)) if counts else None


def _clause(sentence: str, start: int, end: int) -> str:
    low = max((m.end() for m in _BREAK.finditer(sentence, 0, start)), default=0)
    high = _BREAK.search(sentence, end)
    return sentence[low : high.start() if high else len(sentence)]


def _sends(clause: str) -> bool:
    return any(word in clause for word in _words("sent")) and not any(word in clause for word in _words("served"))


@cache
def _words(kind: str) -> tuple[str, ...]:
    return tuple(row["word"] for row in rows("sent.tsv") if row["kind"] == kind)
