"""What people said of events: stored with who and when, and put over whatever the code finds from then on.

A review belongs to the event it was given for, and follows it into the event it is merged with. It also keeps the
event as one article tells it: when later code does not find that any more, the reviewed telling is put back as long as
the article still holds its words.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, select, update

from crawler.dedup import Telling, likeness
from crawler.dedup.coreference import THRESHOLD
from crawler.model import Event, Record
from crawler.store.coding import event_from_text
from crawler.store.ledger import now
from crawler.store.schema import reviews
from crawler.store.statements import Statement, among, from_json, inserting, listed, spelt, to_json

Verdict = Literal["confirmed", "corrected", "rejected", "added"]


@dataclass(frozen=True, slots=True)
class Review:
    """One person's word on one event.

    ``changes`` holds the corrected fields by the names of ``crawler.events.correcting.CORRECTABLE``. ``mention`` is the
    event as the code found it in the article ``article_id``, or as the reviewer added it.
    """

    event_id: str
    article_id: str
    verdict: Verdict
    changes: Mapping[str, Any]
    mention: Event
    reviewer: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """All that was said of one event: the last verdict, and the last value of each corrected field."""

    verdict: Verdict
    changes: Mapping[str, Any]

    def over(self, event: Event) -> Event:
        """Return the event as people say it is."""
        return event if self.verdict == "rejected" else _corrected(event, self.changes)


def enter(connection: Connection, review: Review) -> int:
    """Store one review and return its number."""
    row = _REVIEW.one(
        connection,
        event_id=review.event_id,
        article_id=review.article_id,
        verdict=review.verdict,
        changes=dict(review.changes),
        mention=to_json(review.mention),
        reviewer=review.reviewer,
        note=review.note,
        at=now(),
    )
    return int(row[0]) if row else 0


def belong(connection: Connection, number: int, event_id: str) -> None:
    """Note which event an added telling became."""
    _BELONGING.run(connection, number=number, event_id=event_id)


def spoken(connection: Connection, ids: Mapping[str, Collection[str]]) -> dict[str, Spoken]:
    """Return what was said of events, by id; ``ids`` names for each the events merged into it just now as well."""
    asked = listed(one for key, formers in ids.items() for one in (key, *formers))
    said: dict[str, list[tuple[str, str, Any]]] = {}
    for key, verdict, changes in _SAID.rows(connection, events=asked):
        said.setdefault(key, []).append((key, verdict, from_json(changes)))
    found = {}
    if said:
        for key, formers in ids.items():
            own = said.get(key, [])
            # a false event that joins a true one says nothing of it
            theirs = [one for former in sorted(formers) for one in said.get(former, ()) if one[1] != "rejected"]
            if own or theirs:
                last: Any = (own or theirs)[-1][1]
                changes = {name: value for one in (*theirs, *own) for name, value in one[2].items()}
                found[key] = Spoken(last, changes)
    return found


def follow(connection: Connection, event_id: str, heir: str) -> None:
    """Let what was said of a merged event hold for the one it is part of now; a rejection stays behind."""
    _FOLLOWING.run(connection, former=event_id, event_id=heir)


def kept(connection: Connection, record: Record, article: str) -> Record:
    """Return the record with the reviewed tellings of its article that it lacks but whose words it still holds."""
    told: dict[str, tuple[str, Event, dict[str, Any]]] = {}
    for verdict, data, changes in _KEPT.rows(connection, article=article):
        mention = event_from_text(data)
        earlier = told[mention.id][2] if mention.id in told else {}
        told[mention.id] = verdict, mention, earlier | from_json(changes)
    lacking = [
        _corrected(mention, changes)
        for verdict, mention, changes in told.values()
        if verdict != "rejected"
        and mention.evidence
        and all(record.article.text[e.start : e.end] == e.quote for e in mention.evidence)
        and not any(_same(mention, found) for found in record.events)
    ]
    return replace(record, relevant=True, events=(*record.events, *lacking)) if lacking else record


def _corrected(event: Event, changes: Mapping[str, Any]) -> Event:
    from crawler.events.correcting import corrected  # late: few crawls meet a review, and it brings all of the coding

    return corrected(event, changes)


def _same(reviewed: Event, found: Event) -> bool:
    """Whether a telling found by the code is the one that a person reviewed, perhaps read otherwise now."""
    if reviewed.id == found.id:
        return True
    words, others = ({e.quote for e in event.evidence if e.field == "type"} for event in (reviewed, found))
    if reviewed.type == found.type and words & others:
        return True
    return likeness(Telling("a", "a", "", reviewed), Telling("b", "b", "", found), copies=True) >= THRESHOLD


_REVIEW = inserting(reviews, returning="review")
_SAID = Statement(
    lambda dialect: (
        select(reviews.c.event_id, reviews.c.verdict, spelt(reviews.c.changes))
        .where(among(reviews.c.event_id, "events", dialect))
        .order_by(reviews.c.review)
    )
)
_FOLLOWING = Statement(
    lambda _: update(reviews).where(reviews.c.event_id == bindparam("former"), reviews.c.verdict != "rejected"),
    sets=["event_id"],
)
_BELONGING = Statement(lambda _: update(reviews).where(reviews.c.review == bindparam("number")), sets=["event_id"])
_KEPT = Statement(
    lambda _: (
        select(reviews.c.verdict, spelt(reviews.c.mention), spelt(reviews.c.changes))
        .where(reviews.c.article_id == bindparam("article"))
        .order_by(reviews.c.review)
    )
)
