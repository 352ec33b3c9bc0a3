"""Firms that only what they do tells to be bodies: they give a sum (明月海藻捐赠5万元) or sign with somebody."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from crawler.facts.organization_edges import behind_stops
from crawler.facts.organization_kin import SEPARATOR
from crawler.facts.organization_words import Named, behind_place, common, words
from crawler.facts.words import place_names, tokens

_VERB = re.compile(
    r"(?:认捐|捐赠|捐献|捐款|捐资|捐出|捐助|资助|出资|捐)(?:了|帮扶|协作|资金|善款|现金|人民币|助学金|物资|价值|款|约|近){0,3}\d"
    r"|签(?!名|到|字仪式)"
)
_CUES = ("捐", "签", "资助", "出资")
_ADVERBS = (
    "各自", "各", "分别", "均", "都", "也", "还", "先后", "现场", "当场", "同时", "联合", "一次性", "率先", "共同",
    "正式", "成功",
)  # fmt: skip
_ADVERB_ENDS = frozenset(word[-1] for word in _ADVERBS)
# patterns of what stands before a place, matched on the text turned round: to search for an end is slow
_TO_WHOM = re.compile(r"[^,，。;；就向给为]{2,20}[就向给为]")
_PARTNER = re.compile(r"[^,，。;；、与同和]{2,16}[与同和]")
_CLAUSE = re.compile(r"[\u3400-\u9fffA-Za-z0-9&·、]*")
_REACH = 60
_LEAST, _LONGEST = 4, 10


def slots(flat: str, named: Sequence[Named], persons: Sequence[tuple[int, int]]) -> Iterator[Named]:
    """Members of the list before such a verb which no last word has told: what they deal in ends their name."""
    starts: list[int] = []
    for verb in _verbs(flat):
        at = _before_adverbs(flat, verb)
        if flat[verb] == "签":
            end = _before(_PARTNER, flat, at)
            if end == at:
                continue
            at = _before_adverbs(flat, end)
        if not _trade(flat[at - 4 : at]) and flat.rfind("、", max(0, at - _REACH), at) < 0:
            continue  # neither a firm's name nor the end of a list
        first = _before(_CLAUSE, flat, at)
        starts = starts or [item.start for item in named]
        for start, end in _members(flat, first, at):
            near = bisect_left(starts, end)
            if near and named[near - 1].end > start:
                continue
            if _is_firm(flat[start:end]) and not any(a < end and start < b for a, b in persons):
                yield Named(start, end, "company", "slot")


def _verbs(flat: str) -> Iterator[int]:
    """Where such verbs begin: found by their one sure character, which is quicker than a search for them all."""
    for cue in _CUES:
        at = flat.find(cue)
        while at >= 0:
            start = at - 1 if cue == "捐" and flat[at - 1 : at] == "认" else at
            if _VERB.match(flat, start):
                yield start
            at = flat.find(cue, at + 1)


def _before_adverbs(flat: str, end: int) -> int:
    """Where what stands before a verb ends: 甲公司|还向乙县|捐赠."""
    while True:
        ends = flat[end - 1 : end] in _ADVERB_ENDS
        adverb = next((word for word in _ADVERBS if flat.endswith(word, 0, end)), "") if ends else ""
        start = end - len(adverb) if adverb else _before(_TO_WHOM, flat, end)
        if start == end:
            return end
        end = start


def _before(turned: re.Pattern[str], flat: str, end: int) -> int:
    found = turned.match(flat[max(0, end - _REACH) : end][::-1])
    return end - found.end() if found else end


def _members(flat: str, first: int, end: int) -> Iterator[tuple[int, int]]:
    """Names of a list that ends at ``end``; the first begins behind the last stop word before it."""
    at = first
    for gap in [*SEPARATOR.finditer(flat, first, end), None]:
        stop = gap.start() if gap else end
        start = behind_stops(flat, at, stop) if at == first else at
        if _LEAST <= stop - start <= _LONGEST:
            yield start, stop
        at = gap.end() if gap else end


def _is_firm(name: str) -> bool:
    """Whether a name of its own stands before what a firm deals in: 明月|海藻, 百草堂|药业, 津门|鲜达商贸."""
    if common(name) or name in place_names():
        return False
    trade = _trade(name)
    own = behind_place(name)[:-trade] if trade else ""
    if len(own) < 2 or own in words("describes"):
        return False
    return all(tag[0] in "nxtbjzis" for _, tag in tokens(own))


def _trade(name: str) -> int:
    """How many characters at the end of a name tell what a firm deals in."""
    return next((size for size in (4, 3, 2) if name[-size:] in words("weak") or name[-size:] in words("brand")), 0)
