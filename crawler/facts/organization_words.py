"""The words of the table of organisations, and the names that are made of such words alone."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from crawler.facts.records import OrganizationKind
from crawler.facts.tables import read_table
from crawler.facts.words import is_word, place_names, tokens

NAME_KINDS = frozenset(
    {"company", "school", "hospital", "association", "agency", "museum", "park", "farm", "base", "institute", "site"}
)
LEVELS = "省市县区州镇乡旗盟"


class Named(NamedTuple):
    """The span of a name, its kind and the row or rule that found it."""

    start: int
    end: int
    kind: OrganizationKind
    rule: str


@cache
def words(kind: str) -> frozenset[str]:
    """The words of one kind in the table."""
    return frozenset(r.word for r in read_table("organizations") if r.kind == kind)


_SOCIETIES = ("协会", "商会", "联合会", "促进会", "基金会")


def _described(name: str) -> bool:
    """Whether words of the tables that only describe (优质, 村级) and a common last word make up the whole name."""
    first = name[0]
    local = first in LEVELS
    if first not in _describing_starts():
        return False
    if local and name.endswith(_SOCIETIES) and len(name) >= 5:
        return False  # 市茶叶协会: the one of that place
    ends, size = words("described") if local else _described_ends(), len(name)
    for at in range(size - 1, max(0, size - 9), -1):  # noqa: SIM110  # asked for every name
        if name[at:] in ends and _describing(name[:at]):
            return True
    return False


@lru_cache(maxsize=1)
def _describing_starts() -> frozenset[str]:
    return frozenset([word[0] for word in words("describes")])


@lru_cache(maxsize=1)
def _described_ends() -> frozenset[str]:
    return words("described") | words("generic")


def _describing(text: str) -> bool:
    """Whether a text can be cut into words that only describe."""
    describes, longest = _describes()
    reached, size = {0}, len(text)
    for at in range(size):
        if at in reached:
            for end in range(at + 1, min(at + longest, size) + 1):
                if text[at:end] in describes:
                    reached.add(end)
            if len(reached) == 1:
                return False  # nothing that describes stands at the beginning
    return size in reached


@lru_cache(maxsize=1)
def _describes() -> tuple[frozenset[str], int]:
    """Words that only describe, and the length of the longest."""
    return words("describes"), max(map(len, words("describes")))


def common(name: str) -> bool:
    """Whether words that only describe make up the whole name: 产业园区, 乡村振兴示范点, 西藏市场."""
    if name in words("generic") or _described(name):
        return True
    nowhere, ends = _nowhere()
    if name[-1] not in ends:
        return False
    names = place_names()
    for size in range(2, min(len(name), 9)):  # noqa: SIM110  # asked for every name
        if name[size:] in nowhere and name[:size] in names:
            return True
    return False


def nameless(before: str) -> bool:
    """Whether words of the dictionary that name no place are all that stands before a last word: 优质富硒茶|基地."""
    for _, tag in tokens(before):
        if tag[0] not in _PLAIN or tag in _PROPER:
            return False
    return bool(before)


_MADE = "初粗精深茶笋菇菌果豆粉米面油酒酱醋糖蜜椒姜蒜菜薯药枣"  # what a plant makes
_VILLAGE = re.compile(r"^.*[村镇乡]")  # 凤仪村|茶叶加工厂
_WORKS = ("加工厂", "制造厂", "厂")


def nameless_plant(name: str) -> bool:
    """Whether only what it makes stands before 厂: 方竹笋|加工厂."""
    if name[-1] != "厂":
        return False
    before = next(name.removesuffix(end) for end in _WORKS if name.endswith(end))
    return nameless(_VILLAGE.sub("", before).rstrip(_MADE))


_PLAIN = frozenset("nvabdfmztsq")
_PROPER = frozenset({"ns", "nr", "nz", "nt"})


@lru_cache(maxsize=1)
def _nowhere() -> tuple[frozenset[str], frozenset[str]]:
    """Generic words that a place before them makes no name of either, and their last characters."""
    found = frozenset(r.word for r in read_table("organizations") if r.kind == "generic" and r.value == "place")
    return found, frozenset([word[-1] for word in found])


def behind_place(name: str) -> str:
    """What follows the places a name begins with."""
    names = place_names()
    while size := _longest_start(name, names):
        name = name[size:]
    return name


def _longest_start(name: str, names: frozenset[str]) -> int:
    """The length of the longest of these names that a longer name begins with, else 0."""
    for size in range(min(8, len(name) - 1), 1, -1):
        if name[:size] in names:
            return size
    return 0


@lru_cache(maxsize=1)
def last_words() -> frozenset[str]:
    """All last words of names, generic ones too."""
    return frozenset(r.word for r in read_table("organizations") if r.kind in NAME_KINDS or r.kind == "generic")


@lru_cache(maxsize=1)
def trade_words() -> frozenset[str]:
    """Words that say what a firm does: 管理, 食品."""
    return frozenset(w for w in words("trade") | words("weak") if len(w) > 1)


def county_at(flat: str, position: int) -> bool:
    """Whether the full name of a county, city or district begins here."""
    names = place_names()
    three, four = flat[position : position + 3], flat[position : position + 4]
    return (three[2:] in _COUNTIES and three in names) or (four[3:] in _COUNTIES and four in names)


_COUNTIES = frozenset("县市区旗州")
_LEVELS = frozenset(LEVELS)


def locality_at(flat: str, position: int) -> bool:
    """Whether a place begins here, or an office of one named only by its level (县教育局)."""
    names = place_names()
    if flat[position : position + 1] in _LEVELS and not is_word(flat[position : position + 2]):
        return True
    return (
        flat[position : position + 2] in names
        or flat[position : position + 3] in names
        or flat[position : position + 4] in names
        or flat[position : position + 5] in names
    )


def open_bracket(name: str) -> bool:
    """Whether a bracket of the name has no partner."""
    return name.count("(") != name.count(")")
