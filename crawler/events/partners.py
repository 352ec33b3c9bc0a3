"""Pairs of which an article names one side only: the paper's own place is the other, or the institution that helps."""

from __future__ import annotations

from collections import Counter

from crawler.events.outlets import places_of, province_of
from crawler.events.scenes import Sentence
from crawler.events.sides import Party, Sides, official, party, related
from crawler.events.tables import lexicon
from crawler.places import gazetteer, ties_of

_PAIRED = ("对口", "结对", "定点")
_INSTITUTIONS = frozenset(("hospital", "school", "company"))


def pair_with_home(sides: Sides, sentences: list[Sentence], home: Party | None) -> None:
    """Where a paper names only its partner (我区企业在荔波县), an official tie of its own place pairs them.

    A whole province proves nothing: a paper's leaders travel there for many ends.
    """
    if sides.donor is not None or home is None:
        return
    for sentence in sentences:
        for mention in sentence.places:
            other = party(mention)
            if other is None or other.code.endswith("0000") or related(other.name, home.name):
                continue
            for giver, taker in ((home, other), (other, home)):
                scheme = official(giver, taker, sides.date)
                if scheme is not None:
                    sides.set_pair(giver, taker, f"official tie: {scheme}, with the paper's own place")
                    return


def pair_with_outlet(sides: Sides, sentences: list[Sentence], outlet: str) -> None:
    """Where a paper names only its partner, the one place its outlet can be named for (通州区委宣传部) is the other."""
    if sides.donor is not None or not outlet:
        return
    ours = any(hit.word.text == "我省" for s in sentences for hit in s.of("home_word"))
    found = []
    for home in places_of(outlet) + (province_of(outlet) if ours else []):
        tried = Sides(date=sides.date)
        pair_with_home(tried, sentences, home)
        found += [tried] if tried.donor and tried.recipient else []
    if len(found) == 1 and found[0].donor and found[0].recipient:
        sides.set_pair(found[0].donor, found[0].recipient, found[0].rule)


def pair_with_unnamed_home(sides: Sides, sentences: list[Sentence], headline: str) -> None:
    """Where a paper calls its own place only 我县 or 我市, the one official partner of that level is meant.

    Only a county or prefecture that is itself in a tie tells its partner, and only when no other one fits.
    """
    if sides.donor is not None:
        return
    words = [hit.word.text for s in sentences for hit in s.of("home_word")]
    words += [hit.word.text for hit in lexicon().scan(headline) if hit.has("home_word")]
    levels = {word[1] for word in words if word[0] in "我本" and word[1] in "县市州区"}
    if len(levels) != 1:
        return
    level = levels.pop()
    found: dict[tuple[Party, Party], str] = {}
    for named in {p for s in sentences for p in map(party, s.places) if p and not p.code.endswith("0000")}:
        for row in ties_of(named.code, sides.date):
            other = row.recipient if row.donor == named.name else row.donor if row.recipient == named.name else None
            unit = gazetteer().by_full_name(other) if other and other.endswith(level) else None
            if unit is not None and not unit.code.endswith("0000"):
                partner = Party(unit.full_name, unit.code)
                found[(named, partner) if row.donor == named.name else (partner, named)] = row.scheme
    if len(found) == 1:
        (giver, taker), scheme = found.popitem()
        sides.set_pair(giver, taker, f"official tie: {scheme}, with the place called 我{level}")


def pair_with_institution(sides: Sides, sentences: list[Sentence]) -> None:
    """Where a hospital, school or firm of a province helps a unit inside it (省人民医院对口支援维西), they are paired.

    The province's own offices are left out: they direct, inspect and report.
    """
    if sides.donor is not None or not any(
        hit.word.text.startswith(_PAIRED) for sentence in sentences for hit in sentence.of("aid")
    ):
        return
    givers: Counter[Party] = Counter()
    takers: Counter[Party] = Counter()
    for sentence in sentences:
        helping = {one.start for one in sentence.organizations if one.kind in _INSTITUTIONS}
        for mention in sentence.places:
            found = party(mention)
            if found is not None and found.code.endswith("0000"):
                givers[found] += mention.start in helping
            elif found is not None:
                takers[found] += 1
    giver = next((one for one, n in givers.most_common(1) if n), None)
    inside = [(n, one) for one, n in takers.items() if giver is not None and one.code[:2] == giver.code[:2] and n > 1]
    if giver is not None and inside:
        sides.set_pair(
            giver, max(inside, key=lambda item: (item[0], item[1].code))[1], "an institution of the province"
        )
