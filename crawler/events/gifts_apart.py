"""Gifts of one day or one visit that are two: ceremonies with names of their own, receivers on days of their own."""

from __future__ import annotations

import re

from crawler.events.draft import Draft

_CEREMONY = re.compile(r"“([^“”]{2,16})”?(?:捐赠|捐助|捐款|赠送|发放)(?:仪式|活动)")
_CHEQUE = re.compile(r"(?:转交|移交|递交|交付)了?(?:捐款|善款|支票|捐赠)|捐款支票")
_GIVEN_TO = re.compile(r"[向给为]([^,，。;；]{2,16}?)(?:捐赠|捐助|捐款|赠送|捐|赠|送)")


def gifts_apart(a: Draft, b: Draft) -> bool:
    """Whether two gifts at compatible times are told as two."""
    return _named_apart(a, b) or _given_elsewhere(a, b)


def _named_apart(a: Draft, b: Draft) -> bool:
    """“暖冬”捐赠活动 and “微心愿”捐赠仪式: two ceremonies with names of their own."""
    first, second = (_CEREMONY.search(d.sentence.text, 0, d.end - d.sentence.start) for d in (a, b))
    return first is not None and second is not None and first[1] != second[1]


def _given_elsewhere(a: Draft, b: Draft) -> bool:
    """On a visit of two days a school is given screens, and at the talks of the second day the county money."""
    if a.sentence is b.sentence or a.when.precision != "range" or b.when.precision != "day":
        return False
    if _CHEQUE.search(b.sentence.text, b.start - b.sentence.start, b.clause()[1] - b.sentence.start):
        return False  # on the last day the money told before is handed over
    first, second = (_receiver(d) for d in (a, b))
    return bool(first and second) and first not in second and second not in first


def _receiver(gift: Draft) -> str:
    """Who is given something, as it is written behind 向 (also in the sentence of a ceremony that is told first)."""
    text, base = gift.sentence.text, gift.sentence.start
    found = _GIVEN_TO.search(text, max(0, gift.start - base - 30))
    return found[1] if found else ""
