"""Which mentions tell of one happening: mentions and their links on disk, and the events they make together.

Only the happenings that an article's new and former mentions touch are worked out anew. An event keeps its id while
most of its mentions stay together; every merge, split, correction and withdrawal is entered in ``changes``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Connection, Table, bindparam, delete, select, update

from crawler.dedup import Linked, Telling, agrees, block_keys, likeness, settled
from crawler.dedup.blocking import hashed
from crawler.dedup.coreference import THRESHOLD
from crawler.dedup.details import details
from crawler.model import Event
from crawler.store import chaining, copying, dossiers, tellings
from crawler.store.changing import Cause
from crawler.store.coding import event_from_text
from crawler.store.regrouping import regroup
from crawler.store.schema import articles, event_sources, mention_keys, mention_links, mentions, texts
from crawler.store.statements import Question, Statement, among, inserting, listed, numbering, spelt, to_json
from crawler.store.tellings import Mention, Pair

if TYPE_CHECKING:
    from crawler.store.saving import Job


_BATCH = 1000


class Alike(NamedTuple):
    """A new mention and one of another article that it is alike."""

    new: Mention
    other: Mention
    score: float


class Ahead(NamedTuple):
    """What was asked before a retelling: numbers for its mentions, and the keys and numbers of mentions like them."""

    numbers: Sequence[tuple[int]] = ()
    standing: Sequence[tuple[int, int]] = ()


def questions(job: Job) -> list[Question]:
    """What is to be asked before a record is told; nothing when it tells of nothing."""
    if not job.record.events:
        return []
    wanted = listed(key for by in job.told for key in by.wanted)
    return [(_NUMBER, {"places": list(range(1, len(job.record.events) + 1))}), (_STANDING, {"keys": wanted})]


def retell(
    connection: Connection,
    article: str,
    entered: copying.Entered,
    moved: set[str],
    job: Job,
    ahead: Ahead,
    *,
    record: str,
    fresh: bool,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Replace the mentions of ``article`` by those of the record; return its events' ids and the newly minted ones.

    The events of ``moved`` articles, which copy another original than before, count their independent sources anew.
    A ``fresh`` article had no mentions; ``ahead`` are the answers to the record's ``questions``, ``record`` its hash.
    """
    former = [] if fresh else tellings.of_articles(connection, [article])
    own = {mention.number for mention in former}
    if own:
        chaining.drop_subjects(connection, own)
        for statement in _GONE:
            statement.run(connection, mentions=listed(own))
    added = _add(connection, article, entered.content, record, job, [number for (number,) in ahead.numbers])
    inherited = _inherit(former, added)
    found = _alike(connection, entered, added, ahead.standing)
    cause = Cause(job.run_id, {"article": job.record.article.url}, job.sample)
    others = moved - {article}
    if not added and not former and not others:
        return (), ()
    shrunk = {mention.event_id for mention in former if mention.event_id}
    links = {_ends(alike): alike.score for alike in found}
    joined = _joined(connection, added, found) if fresh and not others else None
    if joined is not None:
        made, homes = joined
        # links to what it did not join are kept apart by contradictions
        spare = {_ends(alike) for alike in found if alike.other.event_id != homes[alike.new.number]}
    else:
        touched = {alike.other.number for alike in found}
        touched |= set(_NUMBERS.column(connection, articles=listed(others))) if others else set()
        made, spare = regroup(connection, added, links, touched, shrunk)
    _LINK.many(connection, [{"a": a, "b": b, "score": links[a, b], "spare": (a, b) in spare} for a, b in links])
    before = {one.number: one.event_id for cluster in made for one in cluster if one.event_id} | inherited
    new = dossiers.rewrite(connection, made, before, shrunk, moved, cause)
    if joined is not None:  # whose events are all this article's, so they need not be asked for
        return tuple(sorted({*before.values(), *new})), new
    return events_of(connection, article), new


def tell_again(connection: Connection, event_id: str, cause: Cause) -> None:
    """Write one live event anew from its mentions: something was said of it that is in none of them."""
    cluster = tellings.of_events(connection, [event_id])
    dossiers.write_again(connection, {event_id: cluster}, cause)


def reindex(connection: Connection) -> None:
    """Work out anew what mentions state besides their events, and the keys they are looked up by; events stay."""
    connection.execute(delete(mention_keys))
    rows = _AFTER.rows(connection, mention=0)
    while rows:
        keys, stated = [], []
        for number, data, published, text in rows:
            event = event_from_text(data)
            keys += [(hashed(key), number) for key in block_keys(event, published)[0]]
            stated.append({"number": number, "stated": details(event, text)})
        _KEY.many(connection, [{"key": key, "mention": number} for key, number in sorted(set(keys))])
        _STATED.many(connection, stated)
        rows = _AFTER.rows(connection, mention=rows[-1][0])


def events_of(connection: Connection, article: str) -> tuple[str, ...]:
    """Return the ids of the events ``article`` tells of."""
    return tuple(sorted(_EVENTS_OF.column(connection, article=article)))


def _add(
    connection: Connection, article: str, content: int, record: str, job: Job, numbers: Sequence[int]
) -> list[Mention]:
    """Insert the record's mentions under these numbers, with their blocking keys."""
    if not job.record.events:
        return []
    seen: Counter[str] = Counter()
    rows: list[dict[str, Any]] = []
    compared = job.told
    for number, event, by in zip(numbers, job.record.events, compared, strict=True):
        seen[event.id] += 1
        row = {
            "mention": number,
            "article_id": article,
            "mention_id": event.id if seen[event.id] == 1 else f"{event.id}#{seen[event.id]}",
            "type": event.type,
            "status": event.status,
            "date_start": event.date_start,
            "date_end": event.date_end,
            "background": event.background,
            "data": to_json(event),
            "stated": to_json(by.details),
            "sample": job.sample,
        }
        rows.append(row)
    _MENTION.many(connection, rows)
    told, keys, about = [], [], []
    for number, row, by in zip(numbers, rows, compared, strict=True):
        event = event_from_text(str(row["data"]))  # as it reads back: it makes no difference which telling came last
        published = job.record.article.published
        said = tellings.Said(article, str(row["mention_id"]), record, content)
        telling = tellings.telling(said, event, str(row["stated"]), published)
        told.append(Mention(number, content, telling, None, by.wanted))
        keys += [(key, number) for key in by.stored]
        about += chaining.subject_rows(number, event, by.subjects)
    _KEY.many(connection, [{"key": key, "mention": number} for key, number in sorted(set(keys))])
    chaining.add_subjects(connection, about)
    return told


def _alike(
    connection: Connection, entered: copying.Entered, added: Sequence[Mention], standing: Sequence[tuple[int, int]]
) -> list[Alike]:
    """Return an article's new mentions with those of other articles they are alike."""
    if not added:
        return []
    own = added[0].telling.article
    copied = copying.copied(connection, entered)
    wanted = {mention.number: mention.wanted for mention in added}
    stands: dict[int, set[int]] = {}
    for key, number in standing:
        stands.setdefault(number, set()).add(key)
    near = stands.keys() - wanted.keys()
    if not near and entered.fresh and len(copied) == 1:
        return []
    others = tellings.near(connection, near, copied)
    return [
        Alike(mention, other, score)
        for other in others
        if other.telling.article != own
        for mention in added
        if other.content in copied or wanted[mention.number] & stands[other.number]
        if (score := likeness(mention.telling, other.telling, copies=other.content in copied)) >= THRESHOLD
    ]


def _ends(alike: Alike) -> Pair:
    a, b = sorted((alike.new.number, alike.other.number))
    return a, b


def _joined(
    connection: Connection, added: Sequence[Mention], found: Sequence[Alike]
) -> tuple[list[list[Mention]], dict[int, str | None]] | None:
    """Return the happenings of a new article's mentions when each is new or joins one and changes no other, and which.

    None when the happenings around must be put together anew. The outcome is the same; the cost is not, as the links
    among all reports of a happening are as many as the square of their number.
    """
    homes: dict[int, str | None] = {}
    for mention in added:
        links = [
            Linked(alike.other.telling, alike.score, alike.other.event_id)
            for alike in found
            if alike.new is mention and alike.other.event_id
        ]
        home = settled(mention.telling, links) if links else None
        if links and (home is None or home in homes.values()):
            return None
        homes[mention.number] = home
    members: dict[str, list[Mention]] = {home: [] for home in homes.values() if home}
    for member in tellings.of_events(connection, members) if members else ():
        members[member.event_id or ""].append(member)
    if not all(
        agrees(mention.telling, (member.telling for member in members.get(homes[mention.number] or "", ())))
        for mention in added
    ):
        return None
    return [[*members.get(homes[mention.number] or "", ()), mention] for mention in added], homes


def _inherit(former: Sequence[Mention], added: Sequence[Mention]) -> dict[int, str]:
    """Give the mentions of a re-read article the events of the former mentions they stand for, most alike first."""
    pairs = sorted(
        (-_succession(old.telling.event, new.telling.event), old.telling.key, new.telling.key, old, new)
        for old in former
        for new in added
        if old.event_id and _succession(old.telling.event, new.telling.event) > 0
    )
    given: dict[int, str] = {}
    used: set[int] = set()
    for _, _, _, old, new in pairs:
        if old.number not in used and new.number not in given and old.event_id:
            used.add(old.number)
            given[new.number] = old.event_id
    return given


def _succession(old: Event, new: Event) -> float:
    """How likely a mention of a revised article is the former mention corrected: 0 for another type of event."""
    if old.type != new.type:
        return 0.0
    apart = Telling("a", "a", "", old), Telling("b", "b", "", new)
    quotes = {e.quote for e in old.evidence} & {e.quote for e in new.evidence}
    return max(0.1, likeness(*apart, copies=True)) + len(quotes)


def _deleting(table: Table) -> Statement:
    return Statement(lambda dialect: delete(table).where(among(table.c.mention, "mentions", dialect)))


_NUMBERS = Statement(
    lambda dialect: select(mentions.c.mention).where(among(mentions.c.article_id, "articles", dialect))
)
_EVENTS_OF = Statement(
    lambda _: select(event_sources.c.event_id).where(event_sources.c.article_id == bindparam("article")).distinct()
)
_AFTER = Statement(
    lambda _: (
        select(mentions.c.mention, spelt(mentions.c.data), articles.c.published, texts.c.text)
        .join(articles, articles.c.article_id == mentions.c.article_id)
        .join(texts, texts.c.text_id == articles.c.text_id)
        .where(mentions.c.mention > bindparam("mention"))
        .order_by(mentions.c.mention)
        .limit(_BATCH)
    )
)
_STATED = Statement(lambda _: update(mentions).where(mentions.c.mention == bindparam("number")), sets=["stated"])
_NUMBER = numbering(mentions.c.mention)
_MENTION = inserting(mentions)
_KEY = inserting(mention_keys)
_STANDING = Statement(
    lambda dialect: select(mention_keys.c.key, mention_keys.c.mention).where(among(mention_keys.c.key, "keys", dialect))
)
_LINK = inserting(mention_links)
_GONE = (
    Statement(lambda dialect: delete(mention_links).where(tellings.linking(dialect))),
    *(_deleting(table) for table in (mention_keys, event_sources, mentions)),
)
