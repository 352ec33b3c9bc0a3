"""Find places in text: one automaton over all written forms, chains of parents, then the rest of the text.

The rules are general and few; the words they need are rows of ``data/*.tsv``. What stays open is said to be open:
``unit`` None with all ``candidates``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from operator import attrgetter, itemgetter

from crawler.places.context import Context
from crawler.places.forms import Candidate, Entry, Lexicon, lexicon
from crawler.places.lists import read_lists
from crawler.places.mention import Hit, PlaceMention
from crawler.places.tails import organisation_ends, read_villages, repeat_villages, to_mention

_SURROGATE = re.compile("[\ud800-\udfff]")
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁沈姚卢姜崔钟谭陆汪范廖贾夏韦付邹孟熊秦邱尹薛闫段雷侯史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔汤"
)
NAME_STARTS = frozenset("，。、；：“”（）() \n\t长记任员席师")  # what stands before a person's name
NAME_TITLES = frozenset("长记任员席师授监裁理事")
AFTER_CITY = frozenset("民场值容")  # 市民, 市场, 市值, 市容: the city is meant by its bare name
_LEADING = frozenset("和与同从及由向对在到来往赴以为给经自")  # words before a place that open other names of places
Match = tuple[int, int, Entry]
_START = itemgetter(0)
_SPAN = attrgetter("start", "end")
PREFECTURE_OFFICES = ("地委", "行署", "州委", "盟委", "盟行署")
_OFFICE_STARTS = frozenset([office[0] for office in PREFECTURE_OFFICES])
AFTER_TOWNSHIP = frozenset("村镇土亲下间愁情贤")  # 乡村, 乡镇 …: a word, no township


def find_places(text: str, *, on: str | None = None, home: str | None = None) -> list[PlaceMention]:
    """All places of a text in order.

    ``on`` is the text's ISO date (or its known part), ``home`` the publisher's adcode or full name.
    """
    lex = lexicon()
    try:
        text.encode()
    except UnicodeEncodeError:  # the automaton takes no half characters
        return find_places(_SURROGATE.sub("\ufffd", text), on=on, home=home)
    context = Context(on, home)
    hits = _chains(_hits(text, lex), context)
    read_villages(text, hits)
    for hit in hits:
        if hit.strong and not hit.entry.deixis and len(hit.candidates) == 1:
            context.note(hit.candidates[0], hit.start, explicit=True, form=hit.entry.form)
    read_lists(text, hits, context)
    open_hits = [hit for hit in hits if not hit.basis and not (hit.strong and len(hit.candidates) == 1)]
    for rounds in range(2):
        for hit in open_hits:
            if not hit.basis:
                _resolve(text, hit, context, lex, last=rounds == 1)
    kept = [h for h in hits if h.basis != "drop"]
    kept += _pairs(text, kept, context, lex)
    kept.sort(key=_SPAN)
    ends = organisation_ends(text) if kept else []
    return [to_mention(text, h, context, ends) for h in repeat_villages(text, kept)]


def _hits(text: str, lex: Lexicon) -> list[Hit]:
    """Matches worth a look: candidates set, words that merely look like a place dropped."""
    hits: list[Hit] = []
    matches = lex.find(text)
    for start, end, entry in matches:
        if hits and start < hits[-1].end:
            continue  # 向|阳新县: inside what a second look found
        if entry.abbr and end - start == 1:
            _abbreviation(text, start, entry, lex, hits)
        elif entry.deixis:
            hits.append(Hit(start, end, entry))
        elif entry.plain and (text[end - 1] != "市" or text[end : end + 1] not in AFTER_CITY):
            hits.append(Hit(start, end, entry, [*entry.full]))
        else:
            hits += _named(text, start, end, entry, lex, matches, bool(hits) and hits[-1].end == start)
    return hits


def _named(
    text: str, start: int, end: int, entry: Entry, lex: Lexicon, matches: Sequence[Match], joined: bool
) -> list[Hit]:
    """Official forms stand for themselves, bare ones wait for the context; ``joined``: right behind another place."""
    after = text[end : end + 1]
    if (
        not entry.full
        and entry.form[0] in _LEADING
        and (hidden := _second_look(text, start, end, lex, town=not entry.short))
    ):
        return hidden  # 和|庆元县, 来|安远县
    if not (entry.full or entry.short or entry.towns or entry.bare_towns or entry.zone):
        return []  # a thing named after a place
    if entry.zone and not entry.full:
        return [Hit(start, end, entry, [entry.zone], zone=entry.form)]
    if (
        after in AFTER_CITY
        and text[end - 1] == "市"
        and not _begins(matches, end)
        and not lex.begins("cityword", text, end)
        and (bare := lex.by_form.get(text[start : end - 1]))
    ):
        return [Hit(start, end - 1, bare, list(bare.full + bare.short), strong=False)]
    if entry.towns and not entry.full and text[end - 1] == "乡" and after in AFTER_TOWNSHIP:
        return []
    if entry.full or (entry.towns and not entry.short and not entry.bare_towns):
        word = end - start == 2 and start > 0 and not joined and text[start - 1 : start + 1] in lex.left
        candidates: list[Candidate] = [*entry.full] or [*entry.towns]
        guarded = entry.needs_parent or word
        return [Hit(start, end, entry, candidates, strong=bool(entry.full) and not guarded, guarded=guarded)]
    if after and lex.begins("thing", text, end) and not text.startswith("村民", end):
        return []
    straddles = (
        start > 0
        and not joined
        and text[start - 1 : start + 1] in lex.left
        and (text[end - 1 : end + 1] in lex.right or not entry.known)
    )
    if straddles or _inside_name(text, start, end, entry):
        return _second_look(text, start, end, lex)
    return [Hit(start, end, entry, [*entry.short, *entry.bare_towns], strong=False)]


def _begins(matches: Sequence[Match], at: int) -> bool:
    """Whether a match of more than one character begins at a position."""
    index = bisect_left(matches, at, key=_START)
    return index < len(matches) and matches[index][0] == at and matches[index][1] - at > 1


def _second_look(text: str, start: int, end: int, lex: Lexicon, *, town: bool = False) -> list[Hit]:
    """A rejected bare name may have hidden a full one that begins inside it, that of a ``town`` a bare county too."""
    for s, e, entry in lex.find(text[start + 1 : end + 12]):
        if s + start + 1 >= end:
            break
        if entry.full:
            return [Hit(s + start + 1, e + start + 1, entry, list(entry.full))]
        told = town or any(entry.form + kind in text for kind in "县市区旗")  # 来|安图, beside 安图县
        if told and entry.short and e + start + 1 > end:
            return [Hit(s + start + 1, e + start + 1, entry, [*entry.short], strong=False)]  # 嘉善和|庆元
    return []


def _inside_name(text: str, start: int, end: int, entry: Entry) -> bool:
    """A surname right before an unfamiliar bare name, itself behind a boundary: 、王大方."""
    return (
        not entry.known and start > 0 and text[start - 1] in SURNAMES and (start == 1 or text[start - 2] in NAME_STARTS)
    )


def _abbreviation(text: str, at: int, entry: Entry, lex: Lexicon, hits: list[Hit]) -> None:
    """粤 behind 赴/来/驻 …, before 企/籍, or side by side with another one (粤黔)."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    other = lex.by_form.get(after) if after else None
    last = hits[-1] if hits else None
    if last is not None and last.basis == "pair" and last.end == at and last.start == at - 1 and last.strong:
        hits.append(Hit(at, at + 1, entry, list(entry.abbr), strong=False, basis="pair"))
    elif other is not None and other.abbr and not text.startswith(lex.words["pairstop"], at + 2):
        word = before + text[at] in lex.left or after + text[at + 2 : at + 3] in lex.right
        named = before in SURNAMES and text[at - 2 : at - 1] in NAME_STARTS and at > 1  # 州长杨云珠
        named = named or (  # 主任徐惠明
            text[at] in SURNAMES and before in NAME_TITLES and not text.startswith(lex.words["pairing"], at + 2)
        )
        if not word and not named and text[at : at + 2] not in lex.by_form:
            hits.append(Hit(at, at + 1, entry, list(entry.abbr), strong=True, basis="pair"))
    elif entry.alone:
        toward = before in lex.sets["reaching" if entry.strict else "toward"]
        if not (toward or after in lex.sets["behind"]):
            return
        if text[at : at + 2] in lex.right and not toward:
            return
        hits.append(Hit(at, at + 1, entry, list(entry.alone), strong=False))


def _chains(hits: list[Hit], context: Context) -> list[Hit]:
    """Join a parent and the child written right behind it: 广西 百色市 凌云县."""
    out: list[Hit] = []
    for hit in hits:
        last = out[-1] if out else None
        if last is None or last.end != hit.start or hit.entry.deixis or last.entry.deixis:
            out.append(hit)
            continue
        if hit.zone and hit.candidates[0] in last.candidates:
            hit.start = last.start  # 青岛市|西海岸新区
            out[-1] = hit
            continue
        if not last.zone:
            county = (
                last.strong and len(last.candidates) == 1 and context.level(last.candidates[0]) in ("county", "town")
            )
            hit.abuts = county and last.end - last.start > 2
            if last.candidates and not hit.basis and not last.basis:
                pool: list[Candidate] = [*hit.candidates]
                pool += [t for t in (*hit.entry.towns, *hit.entry.bare_towns) if t not in hit.candidates]
                below = [c for c in pool if not context.lineage(c).isdisjoint(last.candidates)]
                if below:
                    below = context.in_force(below, hit.entry.form)
                    hit.candidates, hit.start, hit.strong = below, last.start, True
                    hit.chained = True
                    out[-1] = hit
                    continue
        out.append(hit)
    return out


def _resolve(text: str, hit: Hit, context: Context, lex: Lexicon, *, last: bool) -> None:
    """Decide an open hit from the rest of the text; in the last round say what stays open."""
    entry = hit.entry
    if entry.deixis:
        if last:
            _deixis(text, hit, context)
        return
    if hit.strong or (entry.full and not hit.guarded):
        _choose(hit, context, last)
        if hit.basis or not last:
            return
        hit.basis = "ambiguous"
        if entry.form in lex.usual:
            hit.candidates, hit.basis = [lex.usual[entry.form]], "short"
        return
    if hit.guarded:
        best = [c for c in hit.candidates if c in context.explicit or c in context.home_ids]
        hit.candidates, hit.basis = (best, "context") if len(best) == 1 else (hit.candidates, "drop" if last else "")
        return
    if entry.towns and not entry.short and not entry.bare_towns:
        _town(hit, context, last)
        return
    _bare(text, hit, context, lex, last)


def _choose(hit: Hit, context: Context, last: bool) -> None:
    best, why = context.best(hit.candidates, hit.entry.form, hit.start)
    if best is not None:
        hit.candidates, hit.basis = [best], why
        context.note(best, hit.start, explicit=True, form=hit.entry.form)


def _town(hit: Hit, context: Context, last: bool) -> None:
    best, why = context.best(hit.candidates, hit.entry.form, hit.start)
    if best is not None and why != "dominant":
        hit.candidates, hit.basis = [best], why
        context.note(best, hit.start, explicit=True)
    elif len(hit.candidates) == 1 and len(hit.entry.form) > 3:
        hit.basis = "unique"
        context.note(hit.candidates[0], hit.start, explicit=True)
    elif last:
        hit.basis = "ambiguous" if len(hit.entry.form) > 2 and not hit.entry.common else "drop"


def _bare(text: str, hit: Hit, context: Context, lex: Lexicon, last: bool) -> None:
    """A bare name counts when the text introduces it, its parent is near, or the word is nothing but a place."""
    entry = hit.entry
    if text[hit.end : hit.end + 1] in _OFFICE_STARTS and text.startswith(PREFECTURE_OFFICES, hit.end):  # 日喀则地委
        hit.candidates = [c for c in hit.candidates if context.level(c) == "prefecture"] or hit.candidates
    explicit = context.explicit
    introduced: list[Candidate] = [c for c in hit.candidates if c in explicit and context.introduced(c, entry.form)]
    if hit.abuts and not introduced:
        hit.basis = "drop"  # 上城区|湖滨: right behind a county that is no parent of it
        return
    alone = len(introduced) == 1
    organ = (entry.common or not alone) and lex.begins("organ", text, hit.end)
    if entry.common and not organ and text[max(0, hit.start - 1) : hit.start] not in lex.sets["before"]:
        hit.basis = "drop" if last else ""
        return
    if alone:
        hit.candidates, hit.basis = introduced, "short"
        return
    levels = context.g.levels
    provinces = [c for c in entry.short if levels[c] == "province"]
    if provinces:
        hit.candidates, hit.basis = [provinces[0]], "short"
        context.note(provinces[0], hit.start, explicit=True)
        return
    towns = [c for c in hit.candidates if isinstance(c, int)]
    if towns and context.lineage(towns[0]).isdisjoint(explicit):
        hit.candidates = [*entry.short]
    if not hit.candidates or entry.form in lex.sets["notbare"]:
        hit.basis = "drop" if last else ""
        return
    best, why = context.best(hit.candidates, entry.form, hit.start)
    if entry.abbr and best is not None:
        hit.candidates, hit.basis = [best], "abbreviation"
        context.note(best, hit.start, explicit=True)
        return
    prefecture = best is not None and context.level(best) == "prefecture"
    if best is not None and (
        (not entry.common and (prefecture or entry.form in lex.sets["onlyplace"] or why in ("context", "home", "tie")))
        or (organ and why != "dominant")
        or (last and why == "" and entry.known and not entry.common and len(entry.form) > 2)
    ):
        hit.candidates, hit.basis = [best], "short" if why in ("dominant", "") else why
        context.note(best, hit.start, explicit=prefecture)
    elif last:
        keep = entry.known and not entry.common and not entry.bare_towns and len(hit.candidates) > 1
        hit.basis = "ambiguous" if keep else "drop"


def _deixis(text: str, hit: Hit, context: Context) -> None:
    kind = hit.entry.form[-1]
    if hit.entry.deixis == "deixis":
        unit = context.home_of(kind)
        hit.candidates, hit.basis = ([unit], "home") if unit is not None else ([], "unknown")
    else:
        unit = context.latest(kind, hit.start)
        hit.candidates, hit.basis = ([unit], "anaphora") if unit is not None else ([], "drop")


def _pairs(text: str, hits: list[Hit], context: Context, lex: Lexicon) -> list[Hit]:
    """Settle pairs of one-character names: official ones by the ties, others (凌盐) by the places of this text."""
    if pairs := [h for h in hits if h.basis == "pair"]:
        for left, right in pairwise(pairs):
            if left.strong and not right.strong and left.end == right.start:
                followed = text.startswith(lex.words["pairing"], right.end)
                if not context.settle_pair(left, right, followed):
                    left.basis = right.basis = "drop"
        for h in pairs:
            if h.basis == "pair":
                h.basis = "drop"
        hits[:] = [h for h in hits if h.basis != "drop"]
    found = context.text_pairs(text, lex.words["pairing"])
    if not found:
        return []
    taken = {at for h in hits for at in range(h.start, h.end + len(h.village))}
    return [h for h in found if h.start not in taken]
