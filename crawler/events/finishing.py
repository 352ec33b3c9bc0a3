"""From a draft to the record: official names, evidence spans, the tie in force, confidence and a stable id."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from crawler.events.confidence import confidence
from crawler.events.draft import Draft, When
from crawler.events.person_sides import person_side
from crawler.events.sides import Party, Sides
from crawler.events.unnamed import UNNAMED
from crawler.facts import PersonMention
from crawler.facts.surnames import COMPOUND
from crawler.model import Amount, Event, EventPerson, EventPlace, Evidence, Precision, Side, Tie
from crawler.places import tie_on, year_known


def finish(
    draft: Draft, sides: Sides, home: Side | None, content: str, lately: When | None, *, keep_private: bool = False
) -> Event:
    """Turn a draft into an event; ``content`` is the hash of the article's text, ``lately`` when its 近日 was.

    Private people (beneficiaries, pupils) show their surname alone unless ``keep_private``; quotes keep the text.
    """
    when = lately if lately and draft.when.recent and not draft.when.known else draft.when
    tie = _tie(year_known(when.start) or sides.date, draft.supporting[0].code, draft.supported[0].code)
    persons = tuple(
        EventPerson(
            c.person.name if keep_private else shown(c.person),
            c.person.title or sides.titles.get(c.person.name),
            person_side(c.person, c.sentence, sides, home) or ("supporting" if draft.type == "personnel" else None),
            c.role,  # type: ignore[arg-type]
        )
        for c in draft.cast
    )
    key = f"{content}|{draft.type}|{draft.start}:{draft.end}"
    return Event(
        id=hashlib.sha256(key.encode()).hexdigest()[:16],
        type=draft.type,
        status=draft.status,
        date_start=when.start,
        date_end=(when.start if when.since else when.end) or when.start,
        date_precision=when.precision if not when.since else _precision(when.start),
        date_basis=when.rule if when.known else None,
        supporting=_names(draft.supporting),
        supported=_names(draft.supported),
        from_=_names(draft.origin),
        to=_names(draft.target),
        places=_places(draft),
        persons=persons,
        organizations=tuple(o.canonical for o in draft.organizations),
        amounts=tuple(Amount(q.value, q.meaning, q.approx, q.quote) for q in draft.amounts),
        pairs=tuple((a.name, b.name) for a, b in draft.pairs if UNNAMED not in (a, b)),
        tie=tie,
        confidence=confidence(draft),
        background=draft.background,
        evidence=_evidence(draft),
    )


def shown(person: PersonMention) -> str:
    """A person's name as events print it: 刘某某 for private people."""
    if not person.private:
        return person.name
    surname = 2 if person.name[:2] in COMPOUND else 1
    return person.name[:surname] + "某" * (len(person.name) - surname)


@lru_cache(maxsize=8192)
def _tie(date: str | None, donor: str, recipient: str) -> Tie:
    return tie_on(date, donor, recipient)


def _names(parties: list[Party]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([p.name for p in parties if p is not UNNAMED])) if parties else ()


def _precision(date: str | None) -> Precision:
    sizes: dict[int, Precision] = {4: "year", 7: "month", 10: "day"}
    return sizes.get(len(date or ""), "none")


def _places(draft: Draft) -> tuple[EventPlace, ...]:
    out: dict[tuple[str, str], EventPlace] = {}
    stated = {(m.name, m.unit.code): m for _, m in reversed(draft.places) if m.unit is not None}
    for role, parties in (
        ("supporting", draft.supporting), ("supported", draft.supported), ("from", draft.origin), ("to", draft.target)
    ):  # fmt: skip
        for who in parties:
            if who is UNNAMED:
                continue
            mention = stated.get(who)
            quote = mention.quote if mention else ""
            candidates = tuple([u.code for u in mention.candidates]) if mention and mention.candidates else ()
            out[role, who.name] = EventPlace(who.name, who.code, role, quote, candidates)  # type: ignore[arg-type]
    return tuple(out.values())


def _evidence(draft: Draft) -> tuple[Evidence, ...]:
    base = draft.sentence.start
    told = draft.sentence.text[draft.start - base : draft.end - base]
    out = [("type", told, draft.start, draft.end)]
    if draft.when.mention is not None:
        out.append(("date", draft.when.mention.quote, draft.when.mention.start, draft.when.mention.end))
    if draft.places:
        names = {p.name for p in (*draft.supporting, *draft.supported, *draft.origin, *draft.target)}
        out += [(role, m.quote, m.start, m.end) for role, m in draft.places if m.unit is not None and m.name in names]
    out += [("person", c.person.quote, c.person.start, c.person.end) for c in draft.cast]
    out += [("organization", o.quote, o.start, o.end) for o in draft.organizations]
    out += [("amount", q.quote, q.start, q.end) for q in draft.amounts]
    return tuple([Evidence(*item) for item in dict.fromkeys(out)])
