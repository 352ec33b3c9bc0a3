"""Surface forms: how a unit is written besides its official name, and which units a written form can mean."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from crawler.places.gazetteer import Gazetteer, Unit, gazetteer, lines, town_stem, without_gc

PLAIN = re.compile(r"(特别行政区|自治区|地区|林区|新区|省|市|州|县|区|盟|旗)$")
AUTONOMOUS = re.compile(r"自治(区|州|县|旗)$")
SHARED_SHORT = {"海南", "河南"}  # 海南州 and 河南县 never drop their generic part: the bare word is the province

TOWN_ENDS = "镇乡道木"
Candidate = str | int  # a unit id, or the place of a town in the town table


@dataclass(slots=True)
class Entry:
    """What one written form can be: ``full`` official or typed names, ``short`` bare names, ``abbr`` one character."""

    form: str
    full: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    towns: tuple[int, ...] = ()
    bare_towns: tuple[int, ...] = ()
    abbr: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    strict: bool = False
    deixis: str = ""
    zone: str = ""
    common: bool = False
    known: bool = False
    needs_parent: bool = False
    plain: bool = False  # an official name that stands for its units whatever is around it (but 市 in 市民)


_Match = tuple[int, int, "Entry | None"]


@dataclass(slots=True)
class Lexicon:
    """All forms and their automaton, with the word lists around them."""

    entries: list[Entry | None]  # in the automaton's order; None for a word that merely hides places in it
    automaton: AhoCorasick
    by_form: dict[str, Entry]  # without the forms that only towns have
    left: frozenset[str]  # words whose last character may begin a place name: 召开|县
    right: frozenset[str]  # words whose first character may end one: 大|连片
    words: dict[str, tuple[str, ...]]  # markers by kind
    sets: dict[str, frozenset[str]]  # the same
    starts: dict[str, frozenset[str]]  # their first characters
    abbreviations: dict[str, list[str]]  # official one-character names by unit id
    usual: dict[str, str]  # the unit a form of the table forms.tsv means first
    alone: frozenset[str]  # the one-character names that can mean a place without another beside them
    towns: dict[str, Entry] = field(default_factory=dict)  # forms that only towns have, as they are met

    def begins(self, kind: str, text: str, at: int) -> bool:
        """Whether a marker of a kind begins here."""
        return text[at : at + 1] in self.starts[kind] and text.startswith(self.words[kind], at)

    def find(self, text: str) -> list[tuple[int, int, Entry]]:
        """(start, end, entry) of the forms in a text that begin first and reach farthest, none inside another."""
        entries = self.entries
        found = self.automaton.find_matches_as_indexes(text)
        if towns := self._towns_in(text):
            matches = self._with_towns(text, [(start, end, entries[p]) for p, start, end in found], towns)
            return [match for match in matches if match[2] is not None]  # type: ignore[misc]
        return [(start, end, entry) for p, start, end in found if (entry := entries[p]) is not None]

    def _with_towns(self, text: str, matches: list[_Match], towns: list[_Match]) -> list[_Match]:
        kept: list[_Match] = []
        reached = 0
        for match in sorted([*matches, *towns], key=_by_place):
            start, end, _ = match
            if start >= reached:
                kept.append(match)
                reached = end
            elif end > reached and (entry := kept[-1][2]) is not None and entry.form in self.towns:
                tail = text[reached : end + _LONGEST]  # 常平镇|江… hid what begins behind the town
                again = self.automaton.find_matches_as_indexes(tail)
                behind = [(reached + s, reached + e, self.entries[p]) for p, s, e in again if reached + s < end]
                kept += behind
                reached = max(reached, *(m[1] for m in behind)) if behind else reached
        return kept

    def _towns_in(self, text: str) -> list[_Match]:
        """Names that only towns have, read back from their last character: they are too many for the automaton."""
        named, tails = gazetteer().towns_named, _town_tails()
        found: list[_Match] = []
        for last in TOWN_ENDS:
            at = text.find(last)
            while at >= 0:
                end = at + 1
                if text[max(0, end - 3) : end] in tails or text[end - 2 : end] in named:
                    found += self._towns_until(text, end)
                at = text.find(last, end)
        return found

    def _towns_until(self, text: str, end: int) -> Iterator[_Match]:
        """Names that only towns have and that end here."""
        named = gazetteer().towns_named
        for size in range(min(_LONGEST, end), 1, -1):
            form = text[end - size : end]
            if form in named and form not in self.by_form:
                entry = self.towns.get(form)
                if entry is None:
                    entry = self.towns[form] = Entry(form, towns=tuple(named[form]))
                yield end - size, end, entry


_LONGEST = 15  # characters of a town's name


@cache
def _town_tails() -> frozenset[str]:
    """The last three characters of the names of towns."""
    return frozenset([name[-3:] for name in gazetteer().towns_named])


def _by_place(match: _Match) -> tuple[int, int]:
    return match[0], -match[1]


class _Entries(dict[str, Entry]):
    def __missing__(self, form: str) -> Entry:
        made = self[form] = Entry(form)
        return made


@cache
def short_forms(name: str) -> tuple[tuple[str, ...], str]:
    """(typed forms, bare form) of an official name: 玉屏侗族自治县 -> ((玉屏县, 玉屏自治县), 玉屏)."""
    found = AUTONOMOUS.search(name)
    if found:
        base = _without_peoples(name[: found.start()])
        kind = found.group(1)
        typed = (f"{base}{kind}", f"{base}自治{kind}") if kind != "区" else ()
        return typed, "" if base in SHARED_SHORT and kind != "区" else base
    if name.endswith("矿区") or not PLAIN.search(name):
        return (), ""
    base = PLAIN.sub("", name)
    if len(base) < 2 or (name.endswith("旗") and base[-1] in "左右前中后"):
        return (), ""
    return (), base


@cache
def lexicon() -> Lexicon:
    """Built once from the gazetteer and the word tables (about 0.1 s)."""
    with without_gc():
        return _build()


def _build() -> Lexicon:
    g = gazetteer()
    full, short = _unit_forms(g)
    words = markers()
    abbr, alone, strict = _abbreviations(g)
    entries = _Entries()
    for form, units in full.items():
        entries[form].full = tuple(units)
    for form, units in short.items():
        entries[form].short = tuple(units)
    for form, indexes in _town_shorts(g).items():
        entries[form].bare_towns = tuple(indexes)
    for form, units in abbr.items():
        entries[form].abbr, entries[form].alone = tuple(units), tuple(alone.get(form, ()))
        entries[form].strict = form in strict
    for kind in ("deixis", "anaphor"):
        for form in words[kind]:
            entries[form].deixis = kind
    for form, unit_id in _zones(g).items():
        entries[form].zone = unit_id
    left, right, blocked = set(), set(), list(words["thingname"])
    for line in lines("words.tsv.gz"):
        word, tag = line.split("\t")
        if tag == "l":
            left.add(word)
        elif tag == "r":
            right.add(word)
        elif tag == "x":
            blocked.append(word)
        elif word in entries:
            entries[word].common |= tag == "w"
            entries[word].known |= tag == "n"
    for form in words["onlyplace"]:
        entries[form].common, entries[form].known = False, True
    for form in words["commonword"]:
        entries[form].common = True
    for form in words["needsparent"]:
        entries[form].needs_parent = True
    for form in entries.keys() & g.towns_named.keys():
        entries[form].towns = tuple(g.towns_named[form])
    for form in g.towns_named:
        if form[-1] not in TOWN_ENDS and form not in entries:
            entries[form].towns = tuple(g.towns_named[form])
    for form, entry in entries.items():
        entry.plain = bool(entry.full) and len(form) > 2 and not entry.needs_parent
    hidden = [f for f in dict.fromkeys(blocked) if f not in entries and f not in g.towns_named]
    automaton = AhoCorasick(
        [*entries, *hidden],
        matchkind=MatchKind.LeftmostLongest,
        store_patterns=False,
        implementation=Implementation.ContiguousNFA,
    )
    ordered = [*entries.values(), *[None] * len(hidden)]
    short_for: dict[str, list[str]] = defaultdict(list)
    for char, units in alone.items():
        for unit_id in units:
            short_for[unit_id].append(char)
    usual = {form: unit.unit_id for form, unit in _listed_forms(g)}
    return Lexicon(
        ordered,
        automaton,
        dict(entries),
        frozenset(left),
        frozenset(right),
        words,
        {kind: frozenset(of) for kind, of in words.items()},
        {kind: frozenset([word[0] for word in of]) for kind, of in words.items()},
        dict(short_for),
        usual,
        frozenset(alone),
    )


@cache
def markers() -> dict[str, tuple[str, ...]]:
    """The words of markers.tsv by kind."""
    out: dict[str, list[str]] = defaultdict(list)
    for line in lines("markers.tsv"):
        kind, word, _ = line.split("\t")
        out[kind].append(word)
    return {k: tuple(v) for k, v in out.items()}


def _unit_forms(g: Gazetteer) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    full: dict[str, list[str]] = defaultdict(list)
    short: dict[str, list[str]] = defaultdict(list)
    for u in g.units():
        _add(full, u.name, u)
        typed, bare = short_forms(u.name)
        for form in typed:
            _add(full, form, u)
        if bare and bare != u.name:
            _add(short, bare, u)
    for form, unit in _listed_forms(g):
        _add(full, form, unit)
        for other in short.get(form, ()):  # 巴州 is 巴音郭楞 and, in 巴中, 巴州区
            full[form] += [other] if other not in full[form] else []
    return full, short


def _listed_forms(g: Gazetteer) -> Iterator[tuple[str, Unit]]:
    for line in lines("forms.tsv"):
        form, name, _ = line.split("\t")
        unit = g.by_full_name(name)
        if unit is None:
            raise ValueError(f"forms.tsv: no unit {name!r}; correct the full name of row {form!r}")
        yield form, unit


def _add(table: dict[str, list[str]], form: str, unit: Unit) -> None:
    if unit.unit_id not in table[form]:
        table[form].append(unit.unit_id)


def _abbreviations(g: Gazetteer) -> tuple[dict[str, list[str]], dict[str, list[str]], set[str]]:
    """(units by character, units it can mean by itself, characters that need a verb of reaching before them)."""
    strict: set[str] = set()
    every: dict[str, list[str]] = defaultdict(list)
    alone: dict[str, list[str]] = defaultdict(list)
    for line in lines("abbreviations.tsv"):
        char, name, single, _ = line.split("\t")
        unit = g.by_full_name(name)
        if unit is None:
            raise ValueError(f"abbreviations.tsv: no unit {name!r}; correct the full name of row {char!r}")
        every[char].append(unit.unit_id)
        if single != "n":
            alone[char].append(unit.unit_id)
        if single == "s":
            strict.add(char)
    return every, alone, strict


def _zones(g: Gazetteer) -> dict[str, str]:
    """Development zones: name -> unit id of the city or province they lie in."""
    out = {}
    for line in [*lines("zones.tsv.gz"), *lines("zones.tsv")]:
        _, name, parent = line.split("\t")[:3]
        unit = g.by_code(parent)
        if unit is not None and len(name) > 3:
            out[name] = unit.unit_id
    return out


def _town_shorts(g: Gazetteer) -> dict[str, list[int]]:
    """Bare names of towns of cities without counties (东莞, 中山 …), where towns stand in the place of counties."""
    out: dict[str, list[int]] = defaultdict(list)
    divided = {u.code[:4] for u in g.units() if u.level == "county"}
    whole = {u.unit_id for u in g.units() if u.level == "prefecture" and u.code[:4] not in divided}
    for i, name in g.towns_of(whole):
        if bare := town_stem(name):
            out[bare].append(i)
    return out


@cache
def _peoples() -> re.Pattern[str]:
    names = sorted(lines("ethnic.txt"), key=len, reverse=True)
    return re.compile("(?:" + "|".join(names) + ")$")


def _without_peoples(name: str) -> str:
    while (cut := _peoples().sub("", name)) != name and len(cut) >= 2:
        name = cut
    return name.removesuffix("族") if len(name) > 2 else name
