"""When is one text a copy of another? The same text, nearly the same, or the same with its words swapped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from rapidfuzz.distance import Indel, LCSseq, Levenshtein

from crawler.dedup.texts import Anchors, Text
from crawler.text.words import word_cost

CopyKind = Literal["same", "spun"]

NEAR = 0.4
"""Least Jaccard similarity of shingles between near copies that are about equally long."""
CONTAINED = 0.75
"""Least share of the shorter text's shingles that the longer one holds, for cut copies and copies with chrome."""
SPUN = 0.55
"""Least share of characters in common order between a text and its reworded copy."""

KEPT = 0.7
"""Least share of the poorer text's facts that any copy keeps."""

SWAPPED = 2.0
"""From so many swapped words for every 100 characters on a copy counts as reworded."""

DEARER = 8
"""From so many bits on that one of two texts costs more to say in the words of the language, that one was reworded."""

_ALIGNED = 4000
_SWAP = 6
_HAND = 4  # fewer words changed are an editor's hand
_SHORTEST_CUT = 60
_MAX_CANDIDATES = 64


@dataclass(frozen=True, slots=True)
class Copy:
    """That two texts say the same: how, how surely (0 to 1), and the figures that say so.

    ``reworded`` is the content id of the one that was made of the other, where its words give it away.
    """

    kind: CopyKind
    score: float
    evidence: Mapping[str, float] = field(default_factory=dict)
    reworded: str | None = None


class Bands(Protocol):
    """Where the bands of all texts seen are kept; ``Store`` keeps them on disk, beside the texts."""

    def sharing(self, values: Sequence[int], limit: int) -> Sequence[tuple[int, Anchors]]:
        """Return keys and anchors of the texts that share most band values, ``limit`` at most."""

    def texts(self, keys: Sequence[int]) -> Sequence[tuple[int, Text]]:
        """Return the texts of these keys."""


def copies(text: Text, index: Bands, *, besides: Iterable[tuple[int, Text]] = ()) -> list[tuple[int, Copy]]:
    """Return the keys of the texts in ``index`` (and ``besides``) of which ``text`` is a copy, in order of key.

    Of the texts that share a band with it those are compared that share most, 64 at most: on a million texts chance
    lets hardly any two share more than one.
    """
    sharing = index.sharing(text.bands, _MAX_CANDIDATES)
    near = [key for key, anchors in sharing if _may_agree(text.anchors, anchors)]
    candidates = dict(index.texts(near)) if near else {}
    candidates |= {key: other for key, other in besides if _may_agree(text.anchors, other.anchors)}
    related = ((key, compare(text, other)) for key, other in sorted(candidates.items()) if other.id != text.id)
    return [(key, copy) for key, copy in related if copy is not None]


def compare(a: Text, b: Text) -> Copy | None:
    """Return how the two texts are copies of each other, or None; ``compare(a, b) == compare(b, a)``."""
    if not a.plain or not b.plain:
        return None
    if a.plain == b.plain:
        return Copy("same", 1.0)
    kept, weight = _facts_kept(a, b)
    if weight and kept < KEPT:
        return None
    common = len(a.shingles & b.shingles)
    jaccard = common / (len(a.shingles) + len(b.shingles) - common)
    shorter = min(len(a.plain), len(b.plain))
    contained = common / min(len(a.shingles), len(b.shingles))
    figures = {"jaccard": round(jaccard, 3), "contained": round(contained, 3), "facts_kept": round(kept, 3)}
    alike = jaccard >= NEAR or (contained >= CONTAINED and shorter >= _SHORTEST_CUT)
    if alike and not _facts_agree(kept, weight, contained):
        return None
    if not alike and not _same_outline(a, b, kept, weight, figures):
        return None
    figures["swapped"] = round(_swapped(a, b), 2)
    if alike and figures["swapped"] < SWAPPED:
        return Copy("same", max(jaccard, contained), figures)
    return Copy("spun", figures.get("characters", max(jaccard, contained)), figures, _reworded(a, b))


def _may_agree(a: Anchors, b: Anchors) -> bool:
    """Whether dates and numbers let the texts be copies: tells most candidates off before their text is looked at."""
    kept, weight = _overlap(a.figures, b.figures)
    return not weight or kept >= KEPT


def _facts_agree(kept: float, weight: int, contained: float) -> bool:
    """Whether near-equal texts state the same facts: a template filled in anew does not."""
    if weight < 2 and contained < 0.8:
        return False
    # a long text survives a damaged digit or two, a notice with three facts none
    return weight == 0 or kept >= (KEPT if weight >= 8 else 0.99 if weight <= 3 else 0.8)


def _facts_kept(a: Text, b: Text) -> tuple[float, int]:
    """Return the share of the poorer text's facts the other states (figures or names, the worse), and how many."""
    figures = _overlap(a.anchors.figures, b.anchors.figures)
    names = _overlap(_named(a, b), _named(b, a))
    shares = [share for share, count in (figures, names) if count]
    return (min(shares) if shares else 0.0), figures[1] + names[1]


def _overlap(a: frozenset[str], b: frozenset[str]) -> tuple[float, int]:
    fewest = min(len(a), len(b))
    return (len(a & b) / fewest if fewest else 0.0), fewest


def _named(text: Text, other: Text) -> frozenset[str]:
    """The names either reader found that ``text`` states: one reader may miss what the other saw."""
    both = _names(text.anchors) | _names(other.anchors)
    return frozenset(name for name in both if name in text.plain)


def _names(anchors: Anchors) -> frozenset[str]:
    return anchors.names | anchors.places


def _same_outline(a: Text, b: Text, kept: float, weight: int, figures: dict[str, float]) -> bool:
    """Reworded copies keep facts, their order, length and most characters; another's own telling does not."""
    longer, shorter = max(len(a.plain), len(b.plain)), min(len(a.plain), len(b.plain))
    if weight < 2 or kept < 0.8 or shorter < 0.6 * longer:
        return False
    names = _names(a.anchors) | _names(b.anchors)
    figures["order"] = round(LCSseq.normalized_similarity(a.stated(names), b.stated(names)), 3)
    figures["characters"] = round(Indel.normalized_similarity(a.plain, b.plain), 3)
    return figures["order"] >= 0.75 and figures["characters"] >= SPUN


def _swapped(a: Text, b: Text) -> float:
    """Return how many words were swapped in place for every 100 characters."""
    one, other, steps = _aligned(a, b)
    swaps: int = sum(step.tag == "replace" and step.src_end - step.src_start <= _SWAP for step in steps)
    return 100 * swaps / min(len(one), len(other))


def _reworded(a: Text, b: Text) -> str | None:
    """Return the id of the text whose words are clearly the less common ones where the two differ.

    Who swaps words puts rarer ones for the words everybody uses; what only one of them has in length is left aside.
    """
    one, other, steps = _aligned(a, b)
    if sum(step.tag == "replace" for step in steps) < _HAND:
        return None
    alike = [step for step in steps if max(step.src_end - step.src_start, step.dest_end - step.dest_start) <= _SWAP
             or step.tag == "equal"]  # fmt: skip
    costs = (
        word_cost("".join(one[step.src_start : step.src_end] for step in alike)),
        word_cost("".join(other[step.dest_start : step.dest_end] for step in alike)),
    )
    if abs(costs[0] - costs[1]) < DEARER:
        return None
    return min(a, b, key=_plain_of).id if costs[0] > costs[1] else max(a, b, key=_plain_of).id


def _aligned(a: Text, b: Text) -> tuple[str, str, Sequence[Any]]:
    """Both texts' beginnings in one order whatever the given one, and the steps from one to the other."""
    one, other = sorted((a.plain, b.plain))
    one, other = one[:_ALIGNED], other[:_ALIGNED]
    return one, other, list(Levenshtein.opcodes(one, other))


def _plain_of(text: Text) -> str:
    return text.plain
