"""The words of the table of organisations, and the names that are made of such words alone."""

from __future__ import annotations

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
    describes = words("describes")
    if name[0] in LEVELS and name.endswith(_SOCIETIES) and len(name) >= 5:
        return False  # 市茶叶协会: the one of that place
    longest = _longest()
    for size in range(1, min(len(name), 9)):
        generic = name[-size:] in words("generic") and name[0] not in LEVELS
        if name[-size:] in words("described") or generic:
            reached = {0}
            rest = len(name) - size
            for at in range(rest):
                if at in reached:
                    reached.update(at + n for n in range(1, longest + 1) if name[at : at + n] in describes)
            if rest in reached:
                return True
    return False


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(map(len, words("describes")))


def common(name: str) -> bool:
    """Whether words that only describe make up the whole name: 产业园区, 乡村振兴示范点, 西藏市场."""
    return (
        name in words("generic")
        or _described(name)
        or any(name[n:] in _nowhere() for n in range(2, min(len(name), 9)) if name[:n] in place_names())
    )


def nameless(before: str) -> bool:
    """Whether words of the dictionary that name no place are all that stands before a last word: 优质富硒茶|基地."""
    return bool(before) and all(
        tag[0] in "nvabdfmztsq" and tag not in ("ns", "nr", "nz", "nt") for _, tag in tokens(before)
    )


@lru_cache(maxsize=1)
def _nowhere() -> frozenset[str]:
    """Generic words that a place before them makes no name of either."""
    return frozenset(r.word for r in read_table("organizations") if r.kind == "generic" and r.value == "place")


def behind_place(name: str) -> str:
    """What follows the places a name begins with."""
    while size := next((n for n in (8, 7, 6, 5, 4, 3, 2) if n < len(name) and name[:n] in place_names()), 0):
        name = name[size:]
    return name


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
    return any(
        flat[position : position + size] in names and flat[position + size - 1] in "县市区旗州" for size in (3, 4)
    )


def locality_at(flat: str, position: int) -> bool:
    """Whether a place begins here, or an office of one named only by its level (县教育局)."""
    names = place_names()
    return (flat[position : position + 1] in tuple(LEVELS) and not is_word(flat[position : position + 2])) or any(
        flat[position : position + n] in names for n in (2, 3, 4, 5)
    )


def open_bracket(name: str) -> bool:
    """Whether a bracket of the name has no partner."""
    return name.count("(") != name.count(")")
