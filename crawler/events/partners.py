"""Pairs of which an article names one side only: the paper's own place is the other, or the institution that helps."""

from __future__ import annotations

from collections import Counter

from crawler.events.scenes import Sentence
from crawler.events.sides import Party, Sides, official, party, related

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
