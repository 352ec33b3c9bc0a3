"""Where the name of an organisation may begin, and the words that make none."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from crawler.facts.edges import Edges
from crawler.facts.records import OrganizationKind
from crawler.facts.tables import Hit, read_table
from crawler.facts.words import inside_place, place_names, tokens

NAME_KINDS = frozenset(
    {"company", "school", "hospital", "association", "agency", "museum", "park", "farm", "base", "institute", "site"}
)
LEVELS = "省市县区州镇乡旗盟"


@dataclass(frozen=True, slots=True)
class Named:
    """The span of a name, its kind and the row or rule that found it."""

    start: int
    end: int
    kind: OrganizationKind
    rule: str


_INSIDE = re.compile(r"[\u3400-\u9fffA-Za-z0-9·()&\-]")
OUTSIDE = re.compile(r"[^\u3400-\u9fffA-Za-z0-9·()&\-]")
_REACH = 32


@lru_cache(maxsize=1)
def left_stops() -> Edges:
    """Words that end a name on its left, and what keeps them in one."""
    of = read_table("organizations")
    keeps = [r.word for r in (*read_table("cues"), *of) if r.kind == "keep"]
    return Edges(keeps, [r.word for r in of if r.kind == "stop"])


COUNTED = re.compile(
    r"(?:\d+|[一二两三四五六七八九十几多]+)[多余]?(?:家|所|个|名|位|批|座|间|支|处)"
)  # 三家, 12所: a name begins behind


@cache
def words(kind: str) -> frozenset[str]:
    """The words of one kind in the table."""
    return frozenset(r.word for r in read_table("organizations") if r.kind == kind)


def _described(name: str) -> bool:
    """Whether words of the tables that only describe (优质, 村级) and a common last word make up the whole name."""
    describes = words("describes")
    longest = max(map(len, describes))
    for size in range(1, min(len(name), 9)):
        if name[-size:] in words("described"):
            reached = {0}
            rest = len(name) - size
            for at in range(rest):
                if at in reached:
                    reached.update(at + n for n in range(1, longest + 1) if name[at : at + n] in describes)
            if rest in reached:
                return True
    return False


def common(name: str) -> bool:
    """Whether words that only describe make up the whole name: 产业园区, 乡村振兴示范点."""
    return name in words("generic") or _described(name)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where no name reaches back over: ends of the names of persons, and of characters no name holds."""

    walls: Sequence[int]
    breaks: Sequence[int]

    def floor(self, at: int) -> int:
        """The leftmost start of a name whose last word begins at ``at``."""
        wall = bisect_right(self.walls, at)
        return max(0, at - _REACH, self.walls[wall - 1] if wall else 0)

    def left(self, at: int) -> int:
        """The end of the last character before ``at`` that no name holds."""
        index = bisect_right(self.breaks, at)
        return self.breaks[index - 1] if index else 0


def _run_start(flat: str, at: int, bounds: Bounds) -> int:
    """Where the run of characters that names are made of begins, with brackets and quotes in pairs."""
    floor = bounds.floor(at)
    left = max(floor, bounds.left(at))
    quoted = left > floor and flat[left - 1] in _QUOTES
    if not quoted and "(" not in flat[left:at] and ")" not in flat[left:at]:
        return left
    left, depth = at, 0
    while left > floor:
        char = flat[left - 1]
        if char in _QUOTES:  # 大湾区“菜篮子”配送中心: a quoted part inside a name
            opened = max(flat.rfind("“", left - 12, left - 1), flat.rfind('"', left - 12, left - 1))
            if opened <= floor or not _INSIDE.match(flat, opened - 1):
                break
            left = opened
            continue
        if not _INSIDE.match(flat, left - 1):
            break
        if char == ")":
            depth += 1
        elif char == "(":
            if not depth:
                break
            depth -= 1
        left -= 1
    return left


_TOWNS = ("乡", "镇")
_SIDES = frozenset("上下中内后前日月年向至自")  # stop words of one character that stand in names of places
_QUOTES = '”"'


def left_edge(flat: str, hit: Hit, bounds: Bounds) -> int:
    """Where the name that ends in ``hit`` begins: behind the last stop word, person, verb or numeral before it."""
    left = _run_start(flat, hit.start, bounds)
    start = left
    for first, last, kept in left_stops().find(flat, left, hit.end):
        if not kept:
            # 坪上|乡希望小学: part of a town's name
            torn = flat[last : last + 1] in _TOWNS and flat[first:last] in _SIDES and not locality_at(flat, last + 1)
            if last <= hit.start and not torn and not inside_place(flat, first, last):
                start = last
        elif flat[first] in "和与及" and county_at(flat, first + 1):
            start = first + 1  # 和|田阳县, 和|平塘县
        elif flat[first:last] == "和县" and left < first and flat[first - 1] not in "省市":
            start = first + 1  # 县政府和|县教体局
        elif flat[last - 1] in "和与及" and locality_at(flat, last):
            start = last  # 慈善总会和|勉县慈善协会, 区教育局和|县教育局
    for counted in COUNTED.finditer(flat, start, hit.start):
        start = counted.end()
    start = _without_verbs(flat, start, hit.start)
    closed = max(flat.find("”", start, hit.start), flat.find('"', start, hit.start))
    if closed >= 0 and "“" not in flat[start:closed] and '"' not in flat[start:closed]:
        start = closed + 1
    while start < hit.start and flat[start] in ')-&·“"0123456789':
        start += 1
    return start


def county_at(flat: str, position: int) -> bool:
    """Whether the full name of a county, city or district begins here."""
    names = place_names()
    return any(
        flat[position : position + size] in names and flat[position + size - 1] in "县市区旗州" for size in (3, 4)
    )


def locality_at(flat: str, position: int) -> bool:
    """Whether a place begins here, or an office of one named only by its level (县教育局)."""
    names = place_names()
    return flat[position : position + 1] in tuple(LEVELS) or any(
        flat[position : position + n] in names for n in (2, 3, 4, 5)
    )


def _without_verbs(flat: str, start: int, stop: int) -> int:
    """Cut leading verbs and everything up to an adverb or pronoun: 推进|莞韶产业园, 特产开辟更广|消费市场."""
    at, begin, leading = start, start, True
    for word, tag in tokens(flat[start:stop]):
        at += len(word)
        if word in words("keep"):
            leading = False
        elif tag == "v" and len(word) > 1 and not leading and county_at(flat, at):
            begin, leading = at, True  # 医生抵达|双江县人民医院
        elif len(word) > 1 and tag[0] in "dcpru" and not inside_place(flat, at - len(word), at):
            begin, leading = at, True
        elif leading and len(word) > 1 and (tag == "v" or tag[0] in "dcpru" or tag == "ad"):
            begin = at
        else:
            leading = False
    return begin


def open_bracket(name: str) -> bool:
    """Whether a bracket of the name has no partner."""
    return name.count("(") != name.count(")")
