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
    (``data/sent.tsv``) and nobody who is served, visits or learns; running totals, plans and ranks are not. They add
    up: 6名党政干部、33名支教人员 are 39. Parts of a number (其中) and what it sums up (3名医生、2名护士组成的5人医疗队)
    do not. A sentence without such a number takes it from the one behind or before it that takes up the same people
    (医疗队由6名医生组成, 这6名教师).
    """
    stated = next((quote for quote in mention["evidence"] if quote["field"] == "type"), None)
    if stated is None:
        return None
    spans = sentences(text)
    at = next((i for i, span in enumerate(spans) if span[0] <= stated["start"] < span[1]), None)
    if at is None:
        return _count(text[stated["start"] : stated["end"]])
    told = _count(text[slice(*spans[at])])
    beside = [
        spans[i] for i in (at + 1, at - 1) if 0 <= i < len(spans) and "\n" not in _between(text, spans[i], spans[at])
    ]
    for span in beside if told is None else ():
        if any(word in text[slice(*span)] for word in _words("same")):
            told = _count(text[slice(*span)])
            break
    return told


def _between(text: str, one: tuple[int, int], other: tuple[int, int]) -> str:
    first, second = sorted((one, other))
    return text[first[1] : second[0]]


def _count(sentence: str) -> int | None:
    counts = [
        quantity
        for quantity in find_quantities(sentence)
        if quantity.unit in _PERSONS
        and not (quantity.cumulative or quantity.expected or quantity.ordinal or quantity.each or quantity.delegation)
        and _sends(_clause(sentence, quantity.start, quantity.end))
    ]
    part = min((found for word in _words("part") if (found := sentence.find(word)) >= 0), default=len(sentence))
    values = [quantity.value for quantity in counts if quantity.start < part or quantity is counts[0]]
    whole = max(values, default=0.0)
    if len(values) > 2 and 2 * whole == sum(values):
        return int(whole)
    return int(sum(values)) if values else None


def _clause(sentence: str, start: int, end: int) -> str:
    low = max((m.end() for m in _BREAK.finditer(sentence, 0, start)), default=0)
    high = _BREAK.search(sentence, end)
    return sentence[low : high.start() if high else len(sentence)]


def _sends(clause: str) -> bool:
    return any(word in clause for word in _words("sent")) and not any(word in clause for word in _words("other"))


@cache
def _words(kind: str) -> tuple[str, ...]:
    return tuple(row["word"] for row in rows("sent.tsv") if row["kind"] == kind)
