"""What the rest of a text says about an open place: places it names, the publisher's home, the ties in force."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from crawler.places.forms import Candidate, Entry, lexicon, short_forms
from crawler.places.gazetteer import Unit, gazetteer
from crawler.places.mention import Hit
from crawler.places.ties import linked, tied_to

KINDS = {
    "省": ("province",),
    "州": ("prefecture",),
    "盟": ("prefecture",),
    "县": ("county",),
    "区": ("county", "province"),
    "旗": ("county",),
    "镇": ("town",),
    "乡": ("town",),
    "市": ("county", "prefecture", "province"),
}


@cache
def _followers(words: tuple[str, ...]) -> AhoCorasick:
    return AhoCorasick(list(words), matchkind=MatchKind.LeftmostLongest)


@cache
def _bare_starts() -> frozenset[str]:
    """Characters that can stand for a place: official ones, and those that names down to the county begin with."""
    return lexicon().alone.union([u.name[0] for u in gazetteer().units()])


WEIGHT = {"county": 4.0, "prefecture": 2.0, "province": 1.0, "town": 0.0}  # how much a named parent speaks for a place


class Context:
    """The places seen so far in one text, with the text's date and home."""

    def __init__(self, on: str | None, home: str | None) -> None:
        self.g = gazetteer()
        self.on = on
        self.explicit: dict[Candidate, int] = {}
        self.forms: dict[Candidate, set[str]] = {}  # the names by which the text calls a place
        self.upper: set[Candidate] = set()
        self.places: list[tuple[int, Candidate]] = []
        unit = self.g.place(home, on) if home else None
        self.home: Unit | None = unit
        self.home_line: tuple[Unit, ...] = (unit, *self.g.ancestors(unit, on)) if unit else ()
        self.home_ids = frozenset(u.unit_id for u in self.home_line)
        self._borne: dict[tuple[Candidate, str], bool] = {}
        self._units: dict[tuple[str, str], Unit] = {}
        self._named: dict[tuple[Candidate, str, str], tuple[Unit, str]] = {}
        self._lineages: dict[Candidate, frozenset[Candidate]] = {}
        self._noted: set[Candidate] = set()
        self._tied: set[str] = set()
        self._untied: list[Candidate] = [u.unit_id for u in self.home_line]  # whose partners are not in it yet

    def note(self, candidate: Candidate, at: int, *, explicit: bool, form: str = "") -> None:
        """A place the text names by ``form``; ``explicit`` ones introduce their bare name."""
        if not self.places or at >= self.places[-1][0]:
            self.places.append((at, candidate))
        else:
            insort(self.places, (at, candidate), key=lambda p: p[0])
        if form:
            known = self.forms.get(candidate)
            if known is None:
                self.forms[candidate] = {form}
            else:
                known.add(form)
        if explicit and candidate not in self.explicit:
            self.explicit[candidate] = at
            self._untied.append(candidate)
        if candidate in self._noted:
            return
        self._noted.add(candidate)
        above = self.lineage(candidate) - self.upper
        self.upper |= above
        self._untied += above

    def lineage(self, candidate: Candidate) -> frozenset[Candidate]:
        """Unit ids of all parents."""
        known = self._lineages.get(candidate)
        if known is None:
            line = self.g.town_lineage(candidate) if isinstance(candidate, int) else self.g.lineage(candidate)
            known = self._lineages[candidate] = line
        return known

    def level(self, candidate: Candidate) -> str:
        """province, prefecture, county or town."""
        return "town" if isinstance(candidate, int) else self.g.levels[candidate]

    def unit(self, candidate: Candidate, form: str = "") -> Unit:
        """The row of a candidate on the text's date; in a year of change, the one whose name was written."""
        if isinstance(candidate, int):
            return self.g.town_on(candidate, self.on)
        rows = self.g.rows(candidate)
        if len(rows) == 1:
            return rows[0]
        known = self._units.get((candidate, form))
        if known is None:
            known = self._units[candidate, form] = self._written(rows, form)
        return known

    def _written(self, rows: Sequence[Unit], form: str) -> Unit:
        """The last of a unit's rows in force that bears a name, else the one in force.

        Without a date 北川县 is short for the autonomous county of today, not the county that bore the name before.
        """
        if self.on is None and form in short_forms(rows[-1].name)[0]:
            return rows[-1]
        for row in reversed(rows):
            if row.name == form and row.holds(self.on):
                return row
        return self.g.at(rows[-1], self.on)

    def full_name(self, unit: Unit, written: str = "") -> str:
        """Official name on the text's date; of the names a year of change allows, the one the text writes."""
        written = written if len(written) > len(unit.name) else ""
        for name in self.g.full_names(unit.unit_id, self.on) if written else ():
            if name.endswith(written):
                return name
        return self.g.full_name(unit, self.on)

    def named(self, candidate: Candidate, form: str, written: str) -> tuple[Unit, str]:
        """The row of a candidate and its full name, as written by a form and with what stands before it."""
        key = candidate, form, written
        known = self._named.get(key)
        if known is None:
            unit = self.unit(candidate, form)
            known = self._named[key] = unit, self.full_name(unit, written)
        return known

    def in_force(self, candidates: Sequence[Candidate], form: str) -> list[Candidate]:
        """Those whose row on the date carries the written name, if any does."""
        if len(candidates) == 1:
            return list(candidates)
        now = [c for c in candidates if self._valid(c, form)]
        return now or list(candidates)

    def _valid(self, c: Candidate, form: str) -> bool:
        known = self._borne.get((c, form))
        if known is None:
            known = self._borne[c, form] = self._bears(c, form)
        return known

    def _bears(self, c: Candidate, form: str) -> bool:
        if isinstance(c, int):
            return self.g.town_holds(c, self.on)
        if lexicon().usual.get(form) == c:
            return True
        rows = [u for u in self.g.rows(c) if u.holds(self.on) and (self.on or not u.valid_to)]
        return any(u.name == form or form in short_forms(u.name)[0] or form == short_forms(u.name)[1] for u in rows)

    def best(self, candidates: Sequence[Candidate], form: str, at: int) -> tuple[Candidate | None, str]:
        """The one candidate the context asks for, with the reason: context, home, tie, dominant, or '' when alone."""
        pool = self.in_force(candidates, form)
        if len(pool) == 1:
            score, why = self._score(pool[0], form, alone=True)
            return pool[0], why if score > 0 else ""
        scored = sorted(((*self._score(c, form), i) for i, c in enumerate(pool)), key=lambda t: (-t[0], t[2]))
        if scored[0][0] > 0 and scored[0][0] > scored[1][0]:
            return pool[scored[0][2]], scored[0][1]
        tops = [pool[i] for s, _, i in scored if s == scored[0][0]]
        for c in tops:
            if all(o == c or c in self.lineage(o) for o in tops):
                return c, "dominant"
        high = [c for c in tops if self.level(c) == "prefecture"]
        if len(high) == 1 and form in lexicon().by_form and high[0] in lexicon().by_form[form].short:
            return high[0], "dominant"
        return None, ""

    def introduced(self, c: Candidate, form: str) -> bool:
        """Whether the text names a place by this name or its like: 碧江区 does not introduce 铜仁, its name before."""
        if c not in self.explicit:
            return False
        forms = self.forms.get(c)
        return not forms or any(f[0] == form[0] for f in forms)

    def _score(self, c: Candidate, form: str, *, alone: bool = False) -> tuple[float, str]:
        """How much speaks for a candidate, and what; ``alone``: whether anything does is all that is asked."""
        line, explicit, upper = self.lineage(c), self.explicit, self.upper
        score, why = 0.0, ""
        if c in explicit and self.introduced(c, form):
            score, why = 8.0, "context"
        named = [n for n in line if n in explicit]
        if named:
            score += sum([WEIGHT[self.level(n)] for n in named])
            why = "context"
        elif c in upper or not line.isdisjoint(upper):
            near = (line & upper) | ({c} & upper)
            score += sum([WEIGHT[self.level(n)] for n in near]) / 2
            why = "context"
        if self.home_line:
            own = self.home_line[0].unit_id
            if c == own:
                score, why = score + 6, why or "home"
            elif own in line:
                score, why = score + 4, why or "home"
            elif shared := self.home_ids & line:
                score, why = score + (2 if len(shared) > 1 else 1), why or "home"
        if self.on and isinstance(c, str) and not (alone and score > 0):
            tied = self.tied()
            if c in tied or not line.isdisjoint(tied):
                score, why = score + 0.7, why or "tie"
        return score, why

    def tied(self) -> set[str]:
        """Unit ids in an official tie with any place of the text (or its home) on the date."""
        while self._untied:
            candidate = self._untied.pop()
            if isinstance(candidate, str):
                self._tied |= tied_to(candidate, self.on)
        return self._tied

    def home_of(self, kind: str) -> Candidate | None:
        """The home's unit that 我省, 我市, 我县 … means."""
        for unit in self.home_line:
            if unit.level in KINDS[kind] and unit.name.endswith(kind):
                return self.g.town_index(unit) if unit.level == "town" else unit.unit_id
        return None

    def counties_before(self, at: int) -> list[str]:
        """Counties (unit ids) the text names before ``at``, the last one first, then the home's."""
        i = bisect_left(self.places, at, key=lambda p: p[0])
        named = [c for _, c in reversed(self.places[:i]) if isinstance(c, str) and self.level(c) == "county"]
        named += [u.unit_id for u in self.home_line if u.level == "county"]
        return list(dict.fromkeys(named))

    def latest(self, kind: str, at: int) -> Candidate | None:
        """The last place before ``at`` of the kind that 该县, 该市 … asks for."""
        for i in range(bisect_left(self.places, at, key=lambda p: p[0]) - 1, -1, -1):
            if self.unit(self.places[i][1]).name.endswith(kind):
                return self.places[i][1]
        return None

    def settle_pair(self, left: Hit, right: Hit, followed: bool) -> bool:
        """Fix both sides of a pair such as 粤黔: by a tie, by places of the text, or before a word like 协作."""
        for side in (left, right):  # 锡延: 延 is also the first character of a place the text names
            side.candidates = [
                *side.candidates,
                *(c for c in self._beginning(side.entry.form) if c not in side.candidates),
            ]
        options = [(a, b) for a in left.candidates for b in right.candidates if a != b and a not in self.lineage(b)]

        def rank(pair: tuple[Candidate, Candidate]) -> float:
            a, b = pair
            seen = self._known(a) + self._known(b)
            same = self.level(a) == self.level(b)
            return linked(str(a), str(b), self.on) + seen * 2 + same

        official = {pair: (pair[0] in left.entry.abbr) + (pair[1] in right.entry.abbr) for pair in options}
        # 甬黔: 黔 is 贵州 before it is 黔西南
        ranks = {pair: rank(pair) for pair in options}
        ranked = sorted(options, key=lambda pair: ranks[pair] + 3 * official[pair], reverse=True)
        if not ranked or (ranks[ranked[0]] < 3 and not (followed and ranks[ranked[0]] >= 1 and len(ranked) == 1)):
            return False
        if len(ranked) > 1 and len({(ranks[pair], official[pair]) for pair in ranked[:2]}) == 1:
            return False
        left.candidates, right.candidates = [ranked[0][0]], [ranked[0][1]]
        left.basis = right.basis = "abbreviation"
        return True

    def _known(self, c: Candidate) -> bool:
        return c in self.explicit or c in self.upper or c in self.home_ids

    def _beginning(self, char: str) -> list[Candidate]:
        """Places of the text, or parents of them, below the province whose bare name begins with a character."""
        near = (c for c in self.g.beginning(char) if c in self._noted or c in self.upper)
        named = sorted(c for c in near if self.level(c) != "province" and self.g.rows(c)[-1].name[0] == char)
        return [c for c in named if short_forms(self.unit(c).name)[1]]

    def text_pairs(self, text: str, followers: tuple[str, ...]) -> list[Hit]:
        """凌盐协作: first characters of two places this text names, before a word of cooperation."""
        found = _followers(followers).find_matches_as_indexes(text)
        known = _bare_starts()  # few words have two of these characters before them
        starts = [at for _, at, _ in found if at >= 2 and text[at - 1] in known and text[at - 2] in known]
        if not starts:
            return []
        named = self._initials({char for at in starts for char in text[at - 2 : at]})
        alone = lexicon().alone
        pairs = [
            at - 2
            for at in starts
            if (text[at - 1] in alone or text[at - 1] in named) and (text[at - 2] in alone or text[at - 2] in named)
        ]
        chars = self._characters({char for at in pairs for char in text[at : at + 2]}, named) if pairs else {}
        if len(chars) < 2:
            return []
        out: list[Hit] = []
        for at in pairs:
            a, b = chars.get(text[at]), chars.get(text[at + 1])
            if a and b and a != b and a not in self.lineage(b) and b not in self.lineage(a):
                entry = lexicon().by_form.get(text[at]) or Entry(text[at])
                out.append(Hit(at, at + 1, entry, [a], basis="abbreviation"))
                out.append(Hit(at + 1, at + 2, entry, [b], basis="abbreviation"))
        return out

    def _initials(self, wanted: set[str]) -> dict[str, list[str]]:
        """Places of the text below the province, and its home, by the first character of their bare name, as far as it
        is one of these."""
        found: dict[str, list[str]] = {}
        own = [u.unit_id for u in self.home_line[:1]]  # 我县 … 凌盐协作 in a paper of 凌云
        for c in dict.fromkeys([*self.explicit, *own]):
            rows = self.g.rows(c) if isinstance(c, str) else ()
            for row in rows:
                if row.name[0] in wanted:
                    if self.level(c) != "province":
                        found.setdefault(short_forms(self.unit(c).name)[1][:1], []).append(row.unit_id)
                    break
        return found

    def _characters(self, wanted: set[str], named: dict[str, list[str]]) -> dict[str, Candidate]:
        """The place of the text that each of these characters stands for."""
        chars: dict[str, Candidate] = {}
        for char in wanted:
            known = lexicon().by_form.get(char)  # 楚沪合作: beside 楚雄, 沪 is 上海 by its own abbreviation
            alone = known.alone if known else ()
            if len(named.get(char, ())) == 1:
                chars[char] = named[char][0]
            elif found := [c for c in alone if c in self.explicit] or [c for c in alone if c in self.upper]:
                chars[char] = found[0]
        return chars
