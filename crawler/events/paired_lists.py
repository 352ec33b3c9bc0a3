"""Lists of who is paired with whom (昆山市 | 碧江区; 其中甲区与丙县结对,乙区与丁县结对): couples of a pairing."""

from __future__ import annotations

import re

from crawler.events.draft import Draft
from crawler.events.scenes import Sentence
from crawler.events.sides import Party, Sides, lies_in, party
from crawler.places import PlaceMention

_ROW_REST = re.compile(r"[\s|│—–\-:：、;；,，。与和对]*(?:结对|对口|帮扶|支援|协作|对接)*[\s|│—–\-:：、;；,，。]*")
_JOINT = re.compile(r"[与和—–|│\-]|结对|帮扶|支援|协作|对接")
_OPENS = re.compile(r"(?:其中|即由?|具体(?:为|是)?|分别(?:为|是)|名单如下|[:：])")
_SEGMENT = re.compile(r"[^,，;；。]+")
_ZONES = ("高新区", "园区", "开发区", "经开区", "新区")
_NEAR = 2  # sentences behind the pairing within which its list begins

Couple = tuple[Party, Party]


def pair_by_list(drafts: list[Draft], sentences: list[Sentence], sides: Sides) -> None:
    """Give a pairing of two wholes the couples of its parts that a list behind it names."""
    for draft in drafts:
        if draft.type != "pairing" or not draft.supporting or not draft.supported:
            continue
        sentence = draft.sentence
        opens = _OPENS.search(sentence.text, draft.end - sentence.start)
        found = _couples(sentence, sides, opens.end()) if opens else []
        behind = sentences[sentence.index + 1 :]
        for one in behind[:_NEAR] if not found else ():
            opens = _OPENS.match(one.text)
            found = found or (_couples(one, sides, opens.end()) if opens else [])
        found = [c for c in found or _rows(behind, sides) if _parts(c, draft)]
        if len(found) > 1:
            draft.pairs, draft.why["pairs"] = list(dict.fromkeys(found)), "couples of a list"


def _parts(couple: Couple, draft: Draft) -> bool:
    """Whether both of a couple lie inside the two sides of the pairing, and one of them is no whole."""
    taker, giver = couple
    inside = all(
        any(one == whole or lies_in(one, whole) for whole in wholes)
        for one, wholes in ((taker, draft.supported), (giver, draft.supporting))
    )
    return inside and not (taker in draft.supported and giver in draft.supporting)


def _couples(sentence: Sentence, sides: Sides, low: int) -> list[Couple]:
    """The couples of a sentence from ``low`` on; none unless each of its segments with places holds both sides."""
    out: list[Couple] = []
    for segment in _SEGMENT.finditer(sentence.text, low):
        inside = [
            m
            for m in sentence.places
            if segment.start() <= m.start - sentence.start and m.end - sentence.start <= segment.end()
        ]
        if not inside:
            continue
        givers = [p for p in map(party, inside) if p and sides.of(p) == "supporting"]
        takers = [p for p in map(party, inside) if p and sides.of(p) == "supported"]
        if not givers or not takers or _JOINT.search(segment[0]) is None:
            return out if len(out) > 1 else []
        if len(givers) == len(takers):
            out += zip(takers, givers, strict=True)
        elif min(len(givers), len(takers)) == 1:
            out += [(taker, giver) for taker in takers for giver in givers]
        else:
            return []
    return out if len(out) > 1 else []


def _exactly(mention: PlaceMention) -> Party | None:
    """苏州高新区 as a part of its city, for which it stands elsewhere."""
    one = party(mention)
    if one is None or not one.code.endswith("00") or not mention.quote.endswith(_ZONES):
        return one
    return Party(one.name + mention.quote, one.code)


def _rows(sentences: list[Sentence], sides: Sides) -> list[Couple]:
    """The couples of lines that hold two places and nothing else."""
    out: list[Couple] = []
    for sentence in sentences:
        told = sentence.places
        if len(told) == 2 and {sides.told(m) for m in told} == {"supporting", "supported"}:
            base = sentence.start
            text = sentence.text
            rest = (
                text[: told[0].start - base]
                + text[told[0].end - base : told[1].start - base]
                + text[told[1].end - base :]
            )
            one, other = _exactly(told[0]), _exactly(told[1])
            if _ROW_REST.fullmatch(rest) and one and other:
                out.append((one, other) if sides.told(told[0]) == "supported" else (other, one))
                continue
        if out:
            break
    return out
