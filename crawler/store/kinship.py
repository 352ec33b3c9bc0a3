"""How articles and events hang together, for a reader: clusters of copies, tellings of one event, chains of events.

Everything is plain values that ``json.dumps`` takes; functions over one open view.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, and_, or_, select

from crawler.dedup import Anchors, Text, canonical_url, mirror_key
from crawler.dedup.chains import SURE
from crawler.dedup.evidence import revised, shared_evidence
from crawler.store import schema as s
from crawler.store.clusters import is_damaged

Plain = dict[str, Any]

_ARTICLE = (
    "article_id", "url", "portal", "title", "published", "source", "reprinted_from", "state", "revision", "relation",
    "relation_score", "original_id",
)  # fmt: skip
_EVENT = (
    "event_id", "type", "status", "date_start", "date_end", "supporting", "supported", "amount_cny", "state",
    "articles", "independent", "conflicts",
)  # fmt: skip


def find(connection: Connection, name: str) -> tuple[str, str] | None:
    """Return ``("article", id)`` or ``("event", id)`` for a URL or an id, None when neither is here.

    A URL is found by its canonical form or by one that led to the page; an event that was merged gives its heir.
    """
    a, u = s.articles.c, s.urls.c
    by_url = select(a.article_id).where(or_(a.article_id == name, a.url == canonical_url(name)))
    if found := connection.scalar(by_url):
        return "article", found
    led = select(a.article_id).join(s.urls, u.article_id == a.article_id).where(u.url == canonical_url(name))
    if found := connection.scalar(led):
        return "article", found
    event = name
    for _ in range(16):
        row = connection.execute(select(s.events.c.merged_into).where(s.events.c.event_id == event)).first()
        if row is None:
            return None
        if row.merged_into is None:
            return "event", event
        event = row.merged_into
    return None


def article_kin(connection: Connection, identity: str) -> Plain:
    """Return the cluster of copies an article is in, each member with its relation and evidence, and its revisions."""
    original = connection.scalar(select(s.articles.c.original_id).where(s.articles.c.article_id == identity))
    rows = [dict(row) for row in connection.execute(_members(original)).mappings()]
    rows.sort(key=lambda row: (row["article_id"] != original, row["published"] or "9999", row["url"]))
    first = rows[0]
    told = select(s.event_sources.c.event_id).where(s.event_sources.c.article_id == identity).distinct()
    return {
        "kind": "article",
        "id": identity,
        "original": original,
        "members": [_member(connection, row, first) for row in rows],
        "revisions": _revisions(connection, identity),
        "events": sorted(connection.scalars(told)),
    }


def event_kin(connection: Connection, identity: str) -> Plain:
    """Return an event with every telling, who contradicts whom, its chain and its journal."""
    row = connection.execute(select(s.events).where(s.events.c.event_id == identity)).mappings().one()
    journal = select(s.changes.c.at, s.changes.c.kind, s.changes.c.detail).where(
        s.changes.c.subject == "event", s.changes.c.subject_id == identity
    )
    return {
        "kind": "event",
        "id": identity,
        **{name: row[name] for name in _EVENT if name != "event_id"},
        "tellings": _tellings(connection, identity),
        "chain": chain(connection, identity),
        "changes": [dict(one) for one in connection.execute(journal.order_by(s.changes.c.change)).mappings()],
    }


def chain(connection: Connection, identity: str) -> Plain:
    """Return all events linked to this one over any number of links, in order of time, and the links; empty if none."""
    link, known, edge = s.event_links.c, {identity}, {identity}
    links: dict[tuple[str, str], Plain] = {}
    while edge:
        query = select(s.event_links).where(or_(link.earlier.in_(edge), link.later.in_(edge)))
        for row in connection.execute(query).mappings():
            sure = "high" if row["score"] >= SURE else "medium"
            links[row["earlier"], row["later"]] = {**row, "confidence": sure}
        edge = {end for pair in links for end in pair} - known
        known |= edge
    if not links:
        return {"events": [], "links": []}
    query = select(*(s.events.c[name] for name in _EVENT[:7])).where(s.events.c.event_id.in_(known))
    steps = [dict(row) for row in connection.execute(query).mappings()]
    steps.sort(key=lambda step: (step["date_start"] or "", step["event_id"]))
    order = {step["event_id"]: place for place, step in enumerate(steps)}
    return {
        "events": steps,
        "links": sorted(links.values(), key=lambda one: (order[one["earlier"]], order[one["later"]])),
    }


def _members(original: str | None) -> Any:
    a, t = s.articles.c, s.texts.c
    columns = [a[name] for name in (*_ARTICLE, "content", "replacement_chars", "repairs")]
    return (
        select(*columns, t.text, s.contents.c.anchors)
        .join(s.texts, t.text_id == a.text_id)
        .join(s.contents, s.contents.c.content == a.content)
        .where(a.original_id == original)
    )


def _member(connection: Connection, row: Plain, first: Plain) -> Plain:
    member = {name: row[name] for name in _ARTICLE if name != "original_id"}
    if row is first:
        return {**member, "evidence": {}}
    shared = shared_evidence(_text(first), _text(row))
    evidence: Plain = {
        name: list(getattr(shared, name)) for name in ("passages", "names", "places", "dates", "numbers")
    }
    evidence |= {"only_original": list(shared.only_one), "only_here": list(shared.only_other)}
    return {**member, "evidence": {"figures": _figures(connection, row, first), **evidence, **_lineage(row, first)}}


def _figures(connection: Connection, row: Plain, first: Plain) -> Plain:
    """The figures of the link between the member's text and the original's; empty when others link them."""
    if row["content"] == first["content"]:
        return {"same_text": True}
    link = s.content_links.c
    a, b = sorted((row["content"], first["content"]))
    found = connection.execute(select(s.content_links).where(and_(link.a == a, link.b == b))).mappings().first()
    if found is None:
        return {}
    made_of = {row["content"]: "original", first["content"]: "this"}.get(found["reworded"])
    return {"score": found["score"], **found["evidence"], **({"made_of": made_of} if made_of else {})}


def _lineage(row: Plain, first: Plain) -> Plain:
    """What else says where the member comes from."""
    found: Plain = {}
    if row["reprinted_from"]:
        found["credits"] = row["reprinted_from"]
    if row["source"] and row["source"] == first["source"]:
        found["same_source"] = row["source"]
    number = mirror_key(row["url"])
    if number and number == mirror_key(first["url"]):
        found["same_article_number"] = number
    if is_damaged(row["replacement_chars"], row["repairs"]):
        found["damaged"] = {repair["kind"]: repair["count"] for repair in row["repairs"]}
    return found


def _text(row: Plain) -> Text:
    return Text(row["text"], Anchors(**{name: frozenset(values) for name, values in row["anchors"].items()}))


def _revisions(connection: Connection, identity: str) -> list[Plain]:
    """The revisions of one page, from the second on with what changed against the one before."""
    r = s.revisions.c
    query = select(r.revision, r.fetched_at, r.data, s.texts.c.text).join(s.texts, s.texts.c.text_id == r.text_id)
    found: list[Plain] = []
    before: Any = None
    for row in connection.execute(query.where(r.article_id == identity).order_by(r.revision)).mappings():
        entry: Plain = {"revision": row["revision"], "fetched_at": row["fetched_at"]}
        if before is not None:
            old, new = before["data"], row["data"]
            entry["fields"] = {
                name: [old.get(name), new.get(name)]
                for name in ("title", "published", "source", "reprinted_from", "author", "attachments")
                if old.get(name) != new.get(name)
            }
            entry["text"] = revised(before["text"], row["text"])
        found.append(entry)
        before = row
    return found


def _tellings(connection: Connection, identity: str) -> list[Plain]:
    a, m, e = s.articles.c, s.mentions.c, s.event_sources.c
    query = (
        select(m.mention, m.mention_id, m.data, *(a[name] for name in _ARTICLE))
        .join(s.event_sources, e.mention == m.mention)
        .join(s.articles, a.article_id == m.article_id)
        .where(e.event_id == identity)
        .order_by(a.published, a.url, m.mention)
    )
    rows = connection.execute(query).mappings().all()
    numbers = [row["mention"] for row in rows]
    link = s.mention_links.c
    linked = connection.execute(
        select(link.a, link.b, link.score).where(link.a.in_(numbers), link.b.in_(numbers))
    ).all()
    best: dict[int, float] = {}
    for one, other, score in linked:
        best |= {end: max(score, best.get(end, 0.0)) for end in (one, other)}
    return [_telling(row, best) for row in rows]


def _telling(row: Any, best: dict[int, float]) -> Plain:
    said = row["data"]
    return {
        **{name: row[name] for name in ("article_id", "url", "portal", "title", "published", "source", "relation")},
        "original": row["original_id"] if row["relation"] else None,
        "mention": row["mention_id"],
        "likeness": best.get(row["mention"]),
        "date": [said["date_start"], said["date_end"]],
        "persons": [person["name"] for person in said["persons"]],
        "amounts_cny": [amount["value_cny"] for amount in said["amounts"]],
        "quotes": [quote["quote"] for quote in said["evidence"] if quote["field"] == "type"],
    }
