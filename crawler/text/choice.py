"""Which of several readings of a damaged stretch fits what stands around it: its words, its brackets, and the page."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import NamedTuple

from crawler.text.frequency import step
from crawler.text.likelihood import NOT_QUOTED, emission
from crawler.text.redecode import Decoding
from crawler.text.stretch import GLOSS, Stretch
from crawler.text.words import word_cost

_WORDS = 1
"""What a bit of the words counts beside a bit of the pairs of characters."""
_MISFIT = 5
"""Bits that a bracket costs when its fellow is missing."""
_SAID = 10
"""Bits that a step between two characters costs less, at most, when the page takes it elsewhere, too."""
_STEP = 3
"""Such a step still costs so much."""
_AROUND = 6
_AHEAD = 60
_IDEOGRAPHS = re.compile("[\u4e00-\u9fff]{2,}")
_BRACKETS = (("（", "）"), ("【", "】"), ("《", "》"))


class Option(NamedTuple):
    """One reading of a stretch: how many bits likelier than the page it is, the token where it is back in step."""

    gain: int
    stop: int
    decoding: Decoding


def choose(text: str, before: str, stretch: Stretch, options: list[Option]) -> Option:
    """The one of ``options`` that fits best; ``before`` is the sound line in front."""
    known, own = _pairs(text), _said_only_here(text, stretch, options)
    scores = [
        option.gain
        + sum([_bonus(*pair) for pair in pairwise(context) if pair in known and pair not in own])
        + (emission("", option.decoding.text[:1], NOT_QUOTED) / 2 if stretch.torn else 0)  # half: the words tell it
        - _WORDS * word_cost(context, torn=stretch.torn)
        - _MISFIT * _misfits(text, before, stretch, option)
        for option, context in zip(options, _contexts(text, before, stretch, options), strict=True)
    ]
    return options[scores.index(max(scores))]


def _said_only_here(text: str, stretch: Stretch, options: list[Option]) -> set[tuple[str, str]]:
    """The pairs of neighbouring ideographs that the page shows in and around ``stretch`` and nowhere else."""
    reach = max(stretch.end(option.stop) for option in options) + _AROUND
    known, here = _pairs(text), _pairs(text[max(0, stretch.at - _AROUND) : reach])
    return {pair for pair, count in here.items() if count == known.get(pair)}


@lru_cache(maxsize=16)  # every lost byte of a page asks
def _pairs(text: str) -> Counter[tuple[str, str]]:
    """How often ``text`` shows each pair of neighbouring ideographs, glosses left out."""
    runs = _IDEOGRAPHS.findall(GLOSS.sub("", text))
    return Counter(pair for run in runs for pair in pairwise(run))


@lru_cache(maxsize=1 << 14)
def _bonus(first: str, second: str) -> int:
    """Bits that a step costs less because the page takes it elsewhere, too: reports repeat words."""
    return min(_SAID, max(0, step(first, second) - _STEP))


def _contexts(text: str, before: str, stretch: Stretch, options: list[Option]) -> list[str]:
    """Each of ``options`` with what stands around it up to the next sign of damage; less what all of them end in."""
    reach = max(stretch.end(option.stop) for option in options) + _AROUND
    behind = {
        stop: re.split("[\n?\ufffd/]", GLOSS.sub("", text[stretch.end(stop) : reach]), maxsplit=1)[0]
        for stop in {option.stop for option in options}
    }
    wholes = [option.decoding.text + behind[option.stop] for option in options]
    columns = zip(*map(reversed, wholes), strict=False)
    same = sum(1 for _ in takewhile(lambda column: len(set(column)) == 1, columns))
    return [before[-_AROUND:] + whole[: len(whole) - max(0, same - _AROUND)] for whole in wholes]


def _misfits(text: str, before: str, stretch: Stretch, option: Option) -> int:
    """How many brackets ``option`` leaves open or closes without need."""
    count = 0
    own = option.decoding.text
    for opener, closer in _BRACKETS:
        if opener not in before and opener not in own and closer not in own:
            continue
        end = stretch.end(option.stop)
        rest = text[end : end + _AHEAD].partition("\n")[0]
        rest = rest[: rest.find(opener)] if opener in rest else rest
        depth = before.count(opener) - before.count(closer)
        depth = max(depth, 0) + own.count(opener) - own.count(closer) - (closer in rest)
        count += depth != 0
    return count
