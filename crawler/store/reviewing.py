"""Take in a review: enter it, then write the event, or the article with an event more, anew."""

from __future__ import annotations

from sqlalchemy import Connection, select

from crawler.store import recall, retelling, reviews, saving
from crawler.store.changing import Cause
from crawler.store.engine import StoreError
from crawler.store.reviews import Review
from crawler.store.rows import Fetch
from crawler.store.schema import articles, event_sources, events, mentions


def review(connection: Connection, given: Review, *, sample: bool) -> str:
    """Store the review inside the open transaction; return the id of its event."""
    if given.verdict == "added":
        return _added(connection, given, sample=sample)
    state = connection.scalar(select(events.c.state).where(events.c.event_id == given.event_id))
    if state not in ("live", "rejected"):
        raise StoreError(f"event {given.event_id}: {state or 'not here'}; review a fresh sheet")
    reviews.enter(connection, given)
    detail = {"reviewer": given.reviewer, "verdict": given.verdict}
    retelling.tell_again(connection, given.event_id, Cause(None, detail, sample))
    return given.event_id


def _added(connection: Connection, given: Review, *, sample: bool) -> str:
    a = articles.c
    row = connection.execute(
        select(a.url, a.found_url, a.portal, a.last_seen, a.profile_version).where(a.article_id == given.article_id)
    ).first()
    record = recall.record(connection, row.url) if row else None
    if row is None or record is None:
        raise StoreError(f"article {given.article_id}: not here; review a fresh sheet")
    number = reviews.enter(connection, given)
    job = saving.Job(
        record, run_id=None, portal=row.portal, url=row.found_url, fetched_at=row.last_seen, fetch=Fetch(),
        anchors=None, profile_version=row.profile_version, sample=sample,
    )  # fmt: skip
    saving.save(connection, job)
    event_id: str | None = connection.scalar(
        select(event_sources.c.event_id)
        .join(mentions, mentions.c.mention == event_sources.c.mention)
        .where(mentions.c.article_id == given.article_id, mentions.c.mention_id == given.mention.id)
    )
    if event_id is None:
        raise StoreError(f"article {given.article_id}: already tells of that event; correct it instead")
    reviews.belong(connection, number, event_id)
    retelling.tell_again(connection, event_id, Cause(None, {"reviewer": given.reviewer, "verdict": "added"}, sample))
    return event_id
