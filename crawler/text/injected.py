"""Spam spliced into mirrored pages: runs of words that no report strings together."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from ahocorasick_rs import AhoCorasick, MatchKind

from crawler.text.edits import Change
from crawler.text.script import simplified_chars, traditional_spellings

_MIN_WORDS = 3
_LONGEST_LINE = 400
_ODD = 4  # characters beside a run that belong to its search phrase
_PIECE = re.compile(r"[^,，|、\s_-]+")
_JOINS = ",，、 -_|0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


@cache
def _automata() -> tuple[AhoCorasick, AhoCorasick, frozenset[str]]:
    rows = files("crawler.text").joinpath("data/injected.tsv").read_text(encoding="utf-8").splitlines()
    weights = dict(row.split("\t")[:2] for row in rows if not row.startswith("#"))
    strong = frozenset(word for word, weight in weights.items() if weight == "strong")
    spellings = [spelling for word in strong for spelling in traditional_spellings(word)]
    return AhoCorasick(spellings), AhoCorasick(list(weights), matchkind=MatchKind.LeftmostLongest), strong


def find_injected(text: str) -> list[Change]:
    """Runs of at least three spam words, one of them strong, with nothing but joints and an odd character between.

    A line that holds nothing else goes with its newline.
    """
    strong_words, words, strong = _automata()
    if not strong_words.find_matches_as_indexes(text):
        return []
    plain = simplified_chars(text)
    runs: list[list[tuple[int, int]]] = []
    for _, start, end in words.find_matches_as_indexes(plain):
        if runs and _joined(plain[runs[-1][-1][1] : start]):
            runs[-1].append((start, end))
        else:
            runs.append([(start, end)])
    changes: list[Change] = []
    for run in runs:
        if len(run) >= _MIN_WORDS and any(plain[start:end] in strong for start, end in run):
            start, end = _whole_line(text, *_grown(text, plain, words, run[0][0], run[-1][1]))
            if not changes or start >= changes[-1].end:
                changes.append(Change("injected", start, end, ""))
    return changes


def _grown(text: str, plain: str, words: AhoCorasick, start: int, end: int) -> tuple[int, int]:
    """The span grown over the search phrases beside it: on a line without a stop, pieces of two spam words or more."""
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    stop = len(text) if stop < 0 else stop
    if stop - begin > _LONGEST_LINE or "。" in text[begin:stop]:
        return start, end
    pieces = [(begin + hit.start(), begin + hit.end()) for hit in _PIECE.finditer(text[begin:stop])]
    touched = [i for i, (low, high) in enumerate(pieces) if low < end and high > start]
    if not touched:
        return start, end
    first, last = touched[0], touched[-1]
    if start - pieces[first][0] <= _ODD * (1 + 2 * _is_spam(plain, words, *pieces[first])):
        while first > 0 and _is_spam(plain, words, *pieces[first - 1]):
            first -= 1
        start = pieces[first][0]
    if pieces[last][1] - end <= _ODD * (1 + 2 * _is_spam(plain, words, *pieces[last])):
        while last + 1 < len(pieces) and _is_spam(plain, words, *pieces[last + 1]):
            last += 1
        end = pieces[last][1]
    return start, end


def _is_spam(plain: str, words: AhoCorasick, start: int, end: int) -> bool:
    return len(words.find_matches_as_indexes(plain[start:end])) >= 2


def _joined(between: str) -> bool:
    rest = between.strip(_JOINS)
    return "\n" not in between and len(rest) <= 1


def _whole_line(text: str, start: int, end: int) -> tuple[int, int]:
    """The span grown over its line and one newline, if the line holds nothing else but joints."""
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    stop = len(text) if stop < 0 else stop
    if len(text[begin:start].strip(_JOINS)) > 2 or len(text[end:stop].strip(_JOINS)) > 2:
        return start, end
    if stop < len(text):
        return begin, stop + 1
    return max(0, begin - 1), stop
