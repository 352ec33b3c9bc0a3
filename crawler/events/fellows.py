"""Units that are only ever named together (海盐县、秀洲区 for 屏山县): what falls to one of them falls to all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.events.draft import Draft
from crawler.events.scenes import Sentence
from crawler.events.sides import Party, Sides, party
from crawler.model import Side
from crawler.places import PlaceMention

_MOST = 4
_AND = re.compile(r"(?:人民政府|政府)?[、和及与]")


def share_with_fellows(drafts: Sequence[Draft], sides: Sides, sentences: list[Sentence]) -> None:
    """Give events that fall to a main party for want of a nearer one to those it is always listed with, too."""
    roles: tuple[tuple[Side, Party | None], ...] = (("supporting", sides.donor), ("supported", sides.recipient))
    for role, main in roles:
        falling = [d for d in drafts if d.why.get(role, "").startswith("main pair") and getattr(d, role) == [main]]
        together = _always_with(main, role, sides, sentences) if falling and main is not None else []
        for draft in falling if len(together) > 1 else ():
            setattr(draft, role, list(together))
            draft.why[role] = f"{draft.why[role]}, and those it is always listed with"


def _always_with(main: Party, side: Side, sides: Sides, sentences: list[Sentence]) -> list[Party]:
    """The main party with those that stand in one list with it wherever it is named."""
    together: list[Party] = []
    for sentence in sentences:
        for listed in _lists(sides.those(sentence.places, side), sentence):
            if main not in listed:
                continue
            if not 1 < len(listed) <= _MOST or (together and set(listed) != set(together)):
                return []
            together = together or listed
    return together


def _lists(mentions: list[PlaceMention], sentence: Sentence) -> list[list[Party]]:
    """The parties of a sentence, list by list."""
    out: list[list[Party]] = []
    end = -1
    for mention in mentions:
        who = party(mention)
        if who is None:
            continue
        if end >= 0 and _AND.fullmatch(sentence.text, end - sentence.start, mention.start - sentence.start):
            out[-1] += [who] if who not in out[-1] else []
        else:
            out.append([who])
        end = mention.end
    return out


_NEXT_ITEM = frozenset(("、", ",", "，", "和", "及", "以及", "与"))


def with_list_before(found: list[PlaceMention], sentence: Sentence, sides: Sides, side: Side) -> list[PlaceMention]:
    """来自贵州毕节、安顺,西藏波密,新疆疏附等9个地区的…: the items of a list that a comma parts from its last one."""
    if not found or sentence.text[found[-1].end - sentence.start :][:1] != "等":
        return found
    places = sentence.places
    at = next((n for n, m in enumerate(places) if m is found[0]), 0)
    text, base, out = sentence.text, sentence.start, list(found)
    while at > 0:
        before = places[at - 1]
        if text[before.end - base : places[at].start - base] not in _NEXT_ITEM or sides.told(before) != side:
            break
        out.insert(0, before)
        at -= 1
    return out
