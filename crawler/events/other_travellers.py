"""Journeys of those who are sent or come to learn: told in the words of a posting or class, they are no visits."""

from __future__ import annotations

from crawler.events.draft import Draft


def but_postings(visits: list[Draft], candidates: list[Draft]) -> list[Draft]:
    """Visits but the journeys of those who are sent: 10名援黔干部来到遵义 tells of them in the very same words.

    Nor of those who only come to a class (培训班在甲市开班,50名村干部来到甲市).
    """
    sent = [d for d in candidates if d.type == "personnel"]
    kept = [v for v in visits if not any(p.sentence is v.sentence and _goes(p, v) for p in sent)]
    classes = {d.sentence.index for d in candidates if d.type == "training" and d.status == "done"}
    return [v for v in kept if v.sentence.index not in classes or v.sentence.of("visitor", v.sentence.start, v.start)]


def _goes(posting: Draft, visit: Draft) -> bool:
    """Whether those whom a posting sends are the ones who travel: no delegation is named before the movement."""
    sentence = visit.sentence
    sent = sentence.of("personnel", sentence.start, visit.start)
    return posting.start < visit.end and bool(sent) and not sentence.of("visitor", sentence.start, visit.start)
