"""What identifies a text: its letters and digits, its shingles, and the facts that survive rewording."""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import blake2b

from rensa import RMinHash

SHINGLE = 3
"""Characters per shingle."""

_MIXED_BANDS, _WORDING_BANDS, _ANCHOR_BANDS = 20, 12, 16
_ROWS = 4
_FEWEST_ANCHORS = 4
_TELLING = 3  # a day, a number or a name tells as much as three towns or years, which all articles of a pair share
_SEED = 20171224

# each pattern looks ahead for its first character, which spares trying its branches at every other one
_NOISE = re.compile(r"(?=[\W_])(?:[^\w.%:/+-]|_|(?<!\d)[.:/+-]|[.:/+-](?!\d)|(?<!\d)%)")
_DATE = re.compile(
    r"(?=\d)(?:(?:(?:19|20)\d\d年)?(?P<month>1[0-2]|0?[1-9])月(?:(?P<day>3[01]|[12]\d|0?[1-9])(?:日|号|(?!\d)))?"
    r"|(?:19|20)\d\d[./-](?P<month2>1[0-2]|0?[1-9])[./-](?P<day2>3[01]|[12]\d|0?[1-9])(?!\d)"
    r"|(?P<year>(?:19|20)\d\d)年)"
)
_WIDE = tuple(zip("，：；！？（）％～　", ",:;!?()%~ ", strict=True))
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_NUMBER = re.compile(r"(?=\d)(?:\d+(?:\.\d+|\d)[%万亿千百]*|(?<![\d.])\d(?![\d.])[%万亿千百]?\w?)")


def plain(text: str) -> str:
    """Return the letters and digits of ``text`` in one spelling: width, case, blanks and punctuation do not count.

    Signs inside numbers stay (3.5, 30%, 2017-12-24).
    """
    return _NOISE.sub("", _THOUSANDS.sub("", _folded(text)))


def content_id(text: str) -> str:
    """Return 20 hex digits that name the content: a hash of ``plain(text)``."""
    return blake2b(plain(text).encode(), digest_size=10).hexdigest()


@dataclass(frozen=True, slots=True)
class Anchors:
    """What rewording leaves alone: dates and numbers of a text and the names and places its reader found in it."""

    dates: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()

    @property
    def all(self) -> frozenset[str]:
        """All anchors in one set."""
        return self.dates | self.numbers | self.names | self.places

    @property
    def figures(self) -> frozenset[str]:
        """Dates and numbers, which every reader finds alike."""
        return self.dates | self.numbers

    @property
    def weighted(self) -> list[str]:
        """All anchors, the telling ones several times under different names: a set to compare by weight."""
        telling = [anchor for anchor in self.figures | self.names if not anchor.endswith(("年", "月"))]
        return [*self.all, *(f"{anchor}#{n}" for anchor in telling for n in range(1, _TELLING))]


def anchors(text: str, names: Iterable[str] = (), places: Iterable[str] = ()) -> Anchors:
    """Return the anchors of ``text``; ``names`` (persons, organizations) and ``places`` as they stand in it."""
    body = _spelt(text)
    dates: set[str] = set()

    def taken(match: re.Match[str]) -> str:
        dates.add(_date(match))
        return "|"

    numbers = {number for number in _NUMBER.findall(_DATE.sub(taken, body)) if len(number) > 1}
    return Anchors(frozenset(dates), frozenset(numbers), _plain_set(names), _plain_set(places))


class Text:
    """One text under comparison: its plain form, shingles and anchors, each computed when first asked for."""

    def __init__(self, text: str, anchors_: Anchors | None = None) -> None:
        self.text = text
        self.anchors = anchors(text) if anchors_ is None else anchors_

    def work_out(self) -> None:
        """Compute what every comparison begins with, to be sent along; shingles are not sent, few texts need them."""
        if self.plain:
            _ = self.id, self.bands

    def __getstate__(self) -> dict[str, object]:
        return {name: value for name, value in self.__dict__.items() if name != "shingles"}

    @cached_property
    def plain(self) -> str:
        """The letters and digits."""
        return plain(self.text)

    @cached_property
    def id(self) -> str:
        """The content id."""
        return blake2b(self.plain.encode(), digest_size=10).hexdigest()

    @cached_property
    def shingles(self) -> frozenset[str]:
        """The distinct shingles of the plain form."""
        return frozenset(_shingles(self.plain))

    @cached_property
    def bands(self) -> tuple[int, ...]:
        """The 64-bit band values: texts that share one are candidates for being copies.

        Most join two minima of the 3-character shingles and one of the figures, so that neither a common phrase nor a
        common date brings texts together by itself; some take shingles alone, for copies that lost their figures; the
        last the anchors, for copies whose words were swapped. On a million articles chance meets some 70 others.
        """
        figures, anchored = self.anchors.figures, self.anchors.weighted
        wording = _minima(_shingles(self.plain), 3 * _MIXED_BANDS + _ROWS * _WORDING_BANDS)
        mixed, plain_ = wording[: 3 * _MIXED_BANDS], wording[3 * _MIXED_BANDS :]
        if figures:
            third = _minima(figures, _MIXED_BANDS)
            mixed = [v for n in range(_MIXED_BANDS) for v in (*mixed[3 * n : 3 * n + 2], third[n])]
        values = _banded("f" if figures else "n", mixed, 3) + _banded("t", plain_, _ROWS)
        if len(self.anchors.all) >= _FEWEST_ANCHORS:
            values += _banded("a", _minima(anchored, _ROWS * _ANCHOR_BANDS), _ROWS)
        return values

    def stated(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return dates, numbers and those of ``names`` the text states, in its order, as often as they stand there."""
        body = _spelt(self.text)
        found = [(match.start(), match.end(), _date(match)) for match in _DATE.finditer(body) if _dated(match)]
        found += [(match.start(), match.end(), match.group()) for match in _NUMBER.finditer(body)]
        found += [(start, start + len(name), name) for name in names for start in _places_of(name, body)]
        facts, end = [], 0
        for start, stop, fact in sorted(found, key=lambda one: (one[0], -one[1])):  # the longest where several begin
            if start >= end:
                end = stop
                facts += [fact] if len(fact) > 1 else []
        return tuple(facts)


def _shingles(body: str) -> list[str]:
    return [body[i : i + SHINGLE] for i in range(max(1, len(body) - SHINGLE + 1))]


def _places_of(word: str, body: str) -> Iterator[int]:
    at = body.find(word)
    while at >= 0:
        yield at
        at = body.find(word, at + len(word))


def _minima(items: Iterable[str], count: int) -> list[int]:
    """Return ``count`` MinHash values: two sets share each with the probability that is their Jaccard similarity."""
    sketch = RMinHash(count, _SEED)
    sketch.update(list(items))
    return list(sketch.digest())


def _banded(space: str, minima: Sequence[int], rows: int) -> tuple[int, ...]:
    """Return one 64-bit hash for every ``rows`` minima, other ones in every ``space`` and place."""
    packed, size, start = struct.pack(f"<{len(minima)}I", *minima), 4 * rows, space.encode()
    count = len(minima) // rows
    hashes = b"".join(
        [blake2b(start + bytes([n]) + packed[n * size : (n + 1) * size], digest_size=8).digest() for n in range(count)]
    )
    return struct.unpack(f"<{count}q", hashes)


def _dated(match: re.Match[str]) -> bool:
    return any(match.group(name) for name in ("month", "month2", "year"))


def _date(match: re.Match[str]) -> str:
    if match["year"]:
        return f"{match['year']}年"
    month, day = match["month"] or match["month2"], match["day"] or match["day2"]
    return f"{int(month)}月{int(day)}日" if day else f"{int(month)}月"


def _spelt(text: str) -> str:
    """Return ``text`` without blanks and thousands separators, in one width and case."""
    return _THOUSANDS.sub("", "".join(_folded(text).split()))


@lru_cache(maxsize=16)
def _folded(text: str) -> str:
    for wide, narrow in _WIDE:  # without these most texts are normal as they are, which is quick to see
        text = text.replace(wide, narrow)
    return unicodedata.normalize("NFKC", text).casefold()


def _plain_set(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word for word in map(plain, words) if len(word) > 1)
