"""Lost bytes: find the stretches that are one byte out of step and read them again."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise, starmap
from operator import attrgetter

from crawler.text.choice import Option, choose
from crawler.text.edits import Change
from crawler.text.frequency import RARE, UNSEEN, cost, is_pair, is_seen
from crawler.text.gbk import LAST_PRIVATE, char_of, code
from crawler.text.glosses import LETTERS
from crawler.text.likelihood import NOT_QUOTED, emission, last_of
from crawler.text.readings import TONED, chars_read
from crawler.text.redecode import Decoding, decodings
from crawler.text.script import simplified_only, traditional_only
from crawler.text.stretch import GLOSS, READING, TAG, Stretch

_PRIVATE = re.compile(f"[\ue000-{LAST_PRIVATE}]")
_TRAIL = r"A-Za-z@\[\\\]^_`{|}~"
_SUSPECT = re.compile(
    rf"[?\ufffd！!{_TRAIL}](?:"  # one class first: that is how the search skips sound text fast
    rf"(?<=[?\ufffd])(?P<reading>{READING}) ?\)"
    rf"|(?<=[?\ufffd])(?=[！，？!,?]|[\u4e00-\u9fff\u0370-\u04ff\u2460-\u33ff\ue000-{LAST_PRIVATE}\uff00-\uffee]"
    rf"|[{_TRAIL}](?![A-Za-z]))"
    r"|(?P<mark>(?<=[！!]))(?=[\u4e00-\u9fff])"
    rf"|(?P<letter>(?<=[{_TRAIL}]))(?= ?\( ?[{LETTERS}]*[{TONED}][{LETTERS}]* ?\)))"
)
_MARGIN = 10
"""A new reading must be so many bits likelier than the page as it stands."""
_GLOSSED_MARGIN = -6
"""The same for a stretch that ends in a glossed letter: only the bytes of two characters explain such a gloss."""
_FREQUENT = 11
_FOREIGN = 6
_NEAR = 20
"""Guesses up to so many bits behind the likeliest one are weighed as words, too."""
_CANDIDATES = 24
_ALIKE = 12
_RIVAL = 14
"""A reading that had to guess is no rival of an exact one if it is so many bits less likely."""
_SHORT = 2
_BACK = 30
_LINE = 400
"""So much of the line in front is looked at."""


_gain = attrgetter("gain")


def find_lost_bytes(text: str) -> list[Change]:
    """Changes that put the bytes back that a byte-wise replacement cost ``text``."""
    changes: list[Change] = []
    for hit in _SUSPECT.finditer(text):
        if changes and hit.start() < changes[-1].end:
            continue
        change = _change(text, hit, changes)
        if change is not None:
            changes.append(change)
    return changes


def _change(text: str, hit: re.Match[str], done: list[Change]) -> Change | None:
    at = hit.start()
    if hit["letter"] is not None:
        return _look_back(text, at, done)
    if hit["mark"] is not None and not _may_be_split(text[at + 1 : at + 4]):
        return None
    tried = _weigh(text, at, done, lost_lead=hit["mark"] is not None)
    if text.startswith("??", at):
        # The second one may be a wide question mark whose bytes straddle two characters.
        other = _weigh(text, at, done, lost_lead=False, wide=True)
        tried = max((each for each in (tried, other) if each), key=lambda each: each[0], default=None)
    if tried is None:
        return None
    crossed = hit["reading"] is not None and bool(chars_read(hit["reading"]))
    return tried[1] if crossed or tried[0] >= _MARGIN else None


def _may_be_split(behind: str) -> bool:
    """Whether a wide ``！`` before ``behind`` can be two halves: its second byte and the next make a mark.

    Where ``behind`` begins with a word, an ordinary sentence begins there.
    """
    mark = char_of(0xA1, code(behind[0])[0]) if code(behind[0]) else None
    return mark is not None and mark in "“”《》【】‘’—…·" and not any(starmap(is_pair, pairwise(behind)))


def _look_back(text: str, at: int, done: list[Change]) -> Change | None:
    """The stretch that ends in the letter at ``at``, the second byte of a glossed character, wherever it begins."""
    floor = max(text.rfind("\n", max(0, at - _BACK), at) + 1, done[-1].end if done else 0, at - _BACK)
    best: tuple[int, Change] | None = None
    for start in range(at - 1, floor - 1, -1):
        if len(code(text[start])) != 2 or not _may_shift(text[start], text[start + 1]):
            break
        tried = _weigh(text, start, done, lost_lead=True)
        if tried is not None and tried[1].end > at and (best is None or tried[0] > best[0]):
            best = tried
    return best[1] if best is not None and best[0] >= _GLOSSED_MARGIN else None


@lru_cache(maxsize=4096)
def _may_shift(char: str, following: str) -> bool:
    """Whether the last byte of ``char`` and the first of ``following`` make a character that texts use."""
    shifted = char_of(code(char)[1], code(following)[0])
    return shifted is not None and (not "\u4e00" <= shifted <= "\u9fff" or cost(shifted) < UNSEEN)


def _weigh(text: str, at: int, done: list[Change], *, lost_lead: bool, wide: bool = False) -> tuple[int, Change] | None:
    """The best repair of the stretch at ``at``, and how many bits likelier it is than the page as it stands."""
    before = _sound_line(text, at, done)
    stretch = Stretch(text, at, before, lost_lead=lost_lead, wide=wide)
    first = stretch.token(0)
    crossed = first is not None and first.reading is not None
    # A reader that drops private-use characters leaves gaps; where the page shows one, none was dropped.
    gaps = not lost_lead and not _shows_private(text)
    # A crossed gloss cannot stand as it is, whatever it costs.
    found = decodings(stretch, before, lost_lead=lost_lead, gaps=gaps, ceiling=not crossed)
    if not found:
        return None
    foreign = _foreign_to(text, at)
    options = []
    for stop, group in found.items():
        end = stretch.end(stop)
        behind = text[end : end + 1]
        stands = stretch.shown_cost(stop) + _junction(stretch.last_char(stop), behind)
        options += [
            Option(
                stands - each.cost - _junction(each.text, behind) - _FOREIGN * len(foreign.intersection(each.text)),
                stop,
                each,
            )
            for each in group
        ]
    options = _best(options)
    top = max(options, key=_gain)
    near = [option for option in options if option.gain > top.gain - _NEAR]
    gain = top.gain
    _, stop, chosen = choose(text, before, stretch, near) if len(near) > 1 else top
    end = stretch.end(stop)
    token = stretch.token(stop - 1)
    tag = TAG.match(text, end) if token is not None and token.byte is None else None
    change = Change(
        "lost byte",
        at,
        tag.end() if tag else end,
        chosen.text,
        # Between two swallowed bytes a dropped pair may be hidden without a trace.
        not (gaps and stretch.swallowed(stop) > 1)
        and _is_exact(chosen, stop, found, before, text[end : end + 1], gaps=gaps),
    )
    return gain, change


@lru_cache(maxsize=4)  # every crossed gloss of a page asks
def _shows_private(text: str) -> bool:
    return _PRIVATE.search(text) is not None


def _sound_line(text: str, at: int, done: list[Change]) -> str:
    """What stands close before ``at`` in its line, earlier changes made and glosses left out."""
    start = max(text.rfind("\n", max(0, at - _LINE), at) + 1, at - _LINE, 0)
    pieces: list[str] = []
    stop = at
    for change in reversed(done):
        if change.end <= start:
            break
        pieces += [text[change.end : stop], change.after]
        stop = change.start
    pieces.append(text[start:stop])
    return GLOSS.sub("", "".join(reversed(pieces)))


def _best(options: list[Option]) -> list[Option]:
    """The likeliest of ``options``, few of them alike but for their end, lest one lost byte crowd out another."""
    if len(options) <= _CANDIDATES:
        return options
    alike = Counter[tuple[int, str]]()
    kept: list[Option] = []
    rest: list[Option] = []
    for option in sorted(options, key=_gain, reverse=True):
        key = option.stop, option.decoding.text[:-2]
        alike[key] += 1
        (kept if alike[key] <= _ALIKE else rest).append(option)
    return [*kept, *rest][:_CANDIDATES]


def _foreign_to(text: str, at: int) -> frozenset[str]:
    """The characters of the script that the text around ``at`` is not in."""
    around = text[max(0, at - 60) : at + 60]
    return simplified_only() if traditional_only().intersection(around) else traditional_only()


def _junction(left: str, behind: str) -> int:
    """Cost of what follows a stretch that ends in ``left``: nothing can open or pause at the end of a line."""
    if behind in "\n/<":
        return 12 if left[-1:] in "“《（，、：；" else 0
    return min(UNSEEN, emission(last_of(left), behind, NOT_QUOTED))


def _is_exact(
    chosen: Decoding, stop: int, found: dict[int, list[Decoding]], before: str, behind: str, *, gaps: bool
) -> bool:
    """Whether no other reading is in common characters only, and nothing was guessed or dropped."""
    if chosen.lost or chosen.guessed or not chosen.common:
        return False
    whole = before[-1:] + chosen.text + behind
    if not all(_is_ordinary(*trio) for trio in zip(" " + whole, whole, whole[1:] + " ", strict=False)):
        return False  # an odd character may be two common ones with a pair dropped between them
    if gaps and len(chosen.text) > _SHORT and not _hangs_together(chosen.text):
        return False  # in a longer stretch such a drop may even leave common characters
    rivals = {
        (where, each.text)
        for where, group in found.items()
        for each in group
        if each.common and (not each.guessed or each.cost < chosen.cost + _RIVAL)
    }
    return rivals == {(stop, chosen.text)}


def _hangs_together(text: str) -> bool:
    """Whether each character of ``text`` is known to follow the one before, and nothing is opened that stays open."""
    return not any(mark in text for mark in "（《“") and all(starmap(is_seen, pairwise(text)))


def _is_ordinary(before: str, char: str, behind: str) -> bool:
    """Whether ``char`` is frequent, or rather common and part of a word where it stands."""
    if not "\u4e00" <= char <= "\u9fff":
        return char.isascii() or char in "，。、：；！？“”《》·（）"
    return cost(char) <= _FREQUENT or (cost(char) <= RARE + 4 and (is_pair(before, char) or is_pair(char, behind)))
