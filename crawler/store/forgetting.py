"""Take a page or a person's name out of the database and the archive, and keep it out.

First comes the tombstone, in a transaction of its own: from then on nothing more arrives. Then the archive files are
written anew, and one transaction swaps them in and changes every table. Killed anywhere, the same call finishes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    RowMapping,
    Table,
    Text,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from crawler.dedup import article_id, block_keys, canonical_url, content_id
from crawler.dedup.blocking import hashed
from crawler.model import Article, Record
from crawler.store import clusters, copying, erasing, ledger, recall, retelling, saving, tombstones, traces
from crawler.store.coding import event_from_json
from crawler.store.engine import Database
from crawler.store.failpoints import failpoint
from crawler.store.masking import Mask, known_name, spelling
from crawler.store.rows import Fetch
from crawler.store.schema import (
    articles,
    bands,
    captures,
    changes,
    content_links,
    contents,
    events,
    mention_keys,
    mentions,
    metadata,
    revisions,
    sources,
    texts,
    urls,
)


@dataclass(slots=True)
class Forgotten:
    """What went, or would go with ``dry_run``: figures by what they count, and what the user must know besides."""

    counts: Counter[str] = field(default_factory=Counter)
    remarks: list[str] = field(default_factory=list)


def page(database: Database, folder: Path | None, url: str, *, reason: str | None, dry_run: bool) -> Forgotten:
    """Forget the page at ``url``: rows, events nobody else tells of, captures; also under addresses that led to it."""
    done = Forgotten()
    with database.read() as connection:
        spelt, identities = _addresses(connection, url)
    if not dry_run:
        with database.write() as connection:
            buried = {article_id(tombstones.page_of(address)) for address in spelt} | identities
            tombstones.bury_pages(connection, buried, ledger.now(), reason)
        failpoint("forget:buried")
    with database.read() as connection:
        spelt, identities = _addresses(connection, url)
        gone = _captures(connection, spelt)
        held = connection.scalars(select(urls.c.url).where(urls.c.url.in_(spelt))).all()
        plan = erasing.without(connection, folder, gone) if folder else erasing.Plan()
    done.counts |= Counter({"articles": len(identities), "captures": len(gone), "addresses": len(held)})
    if dry_run:
        with database.read() as connection:
            done.counts["events told by no other page"] = _told_alone(connection, identities)
        return done
    with erasing.rewritten(database, folder, plan) if folder and plan.touched else nullcontext() as swap:
        with database.write() as connection:
            _secure(connection)
            if swap:
                swap.book(connection)
            dead: set[str] = set()
            for identity in sorted(identities):
                dead |= _take_out(connection, identity)
            done.counts["events told by no other page"] = len(dead)
            naming = traces.naming(spelt)
            cases = traces.drop_cases(connection, lambda data: bool(naming.search(data.decode("utf-8", "replace"))))
            traces.clear(connection, spelt, identities | dead)
            failpoint("forget:before-commit")
        failpoint("forget:after-commit")
    done.remarks += [f"{case}: removed; the page was its case" for case in cases]
    _clean(database, done)
    return done


def name(database: Database, folder: Path | None, given: str, *, reason: str | None, dry_run: bool) -> Forgotten:
    """Cover a person's name in every text of every table and in every archived page."""
    done, mask = Forgotten(), known_name(given)
    if not dry_run:
        with database.write() as connection:
            tombstones.bury_name(connection, spelling(given), ledger.now(), reason)
        failpoint("forget:buried")
    with database.read() as connection:
        held = list(_holding(connection, mask))
        plan = erasing.masked(connection, folder, mask) if folder else erasing.Plan()
        done.remarks += _addresses_with(connection, mask)
    done.counts |= Counter(f"rows of {table.name}" for table, _, _ in held)
    done.counts["captures"] = len(plan.pieces)
    if dry_run:
        return done
    with erasing.rewritten(database, folder, plan) if folder and plan.touched else nullcontext() as swap:
        with database.write() as connection:
            _secure(connection)
            if swap:
                swap.book(connection)
            for table, key, values in _holding(connection, mask):
                _cover(connection, table, key, values)
            _rehash(connection, held)
            cases = traces.drop_cases(connection, lambda data: mask.payload(data) != data)
            failpoint("forget:before-commit")
        failpoint("forget:after-commit")
    done.remarks += [f"{case}: removed; a page in it held the name" for case in cases]
    _clean(database, done)
    return done


# A page


def _addresses(connection: Connection, url: str) -> tuple[set[str], set[str]]:
    """Return every canonical address of the page (those that led to it, web-archive captures) and its articles' ids."""
    spelt, identities = {canonical_url(url)}, {article_id(url)}
    while True:
        same = or_(urls.c.url.in_(spelt), urls.c.redirected_to.in_(spelt), urls.c.article_id.in_(identities))
        rows = connection.execute(select(urls.c.url, urls.c.redirected_to, urls.c.article_id).where(same)).all()
        more = {row.url for row in rows} | {row.redirected_to for row in rows if row.redirected_to}
        ids = {row.article_id for row in rows if row.article_id}
        if more <= spelt and ids <= identities:
            break
        spelt, identities = spelt | more, identities | ids
    for capture, found in connection.execute(select(urls.c.url, urls.c.found_url).where(urls.c.url.like("capture:%"))):
        if canonical_url(tombstones.page_of(found)) in spelt:
            spelt.add(capture)
    kept = select(articles.c.article_id, articles.c.url).where(articles.c.article_id.in_(identities))
    stored = {row.article_id: row.url for row in connection.execute(kept)}
    return spelt | set(stored.values()), set(stored)


def _captures(connection: Connection, spelt: set[str]) -> list[RowMapping]:
    query = select(captures).where(or_(captures.c.ledger_url.in_(spelt), captures.c.ledger_url.is_(None)))
    rows = connection.execute(query.order_by(captures.c.capture)).mappings().all()
    return [row for row in rows if row["ledger_url"] in spelt or canonical_url(row["url"]) in spelt]


def _take_out(connection: Connection, identity: str) -> set[str]:
    """Delete one article with all that hangs on it; return the events nobody tells of any more."""
    row = connection.execute(select(articles).where(articles.c.article_id == identity)).mappings().one()
    told = set(retelling.events_of(connection, identity))
    last = connection.scalar(select(func.max(changes.c.change))) or 0
    moved, former, empty = _detach(connection, row)
    alone = copying.Entered(empty, fresh=False)
    retelling.retell(connection, identity, alone, moved, _nothing(row), retelling.Ahead(), record="", fresh=False)
    used = select(revisions.c.text_id).where(revisions.c.article_id == identity)
    text_ids = set(connection.scalars(used)) | {row["text_id"]}
    for table in reversed(metadata.sorted_tables):
        if "article_id" in table.c and table is not urls:
            connection.execute(delete(table).where(table.c.article_id == identity))
    _drop_unused(connection, text_ids, {row["content"], former, empty})
    _drop_source(connection, identity)
    _clear_journal(connection, row, told, last)
    return _blank(connection, told)


def _nothing(row: RowMapping) -> saving.Job:
    """The record that is left of a forgotten article: no events."""
    record = Record(Article("", "", original=""), False, (), ())
    return saving.Job(record, None, row["portal"], "", ledger.now(), Fetch(), None, None, row["sample"])


def _detach(connection: Connection, row: RowMapping) -> tuple[set[str], int, int]:
    """Take the article out of its copies; return the articles with another original now, its content, an empty one."""
    content = row["content"]
    among = copying.copied(connection, copying.Entered(content, fresh=False))
    fresh = {"content_id": f"forgotten {row['article_id']}", "anchors": {n: [] for n in _ANCHORS}}
    empty = connection.scalars(insert(contents).values(fresh).returning(contents.c.content)).one()
    alone = {"content": empty, "original_id": row["article_id"], "relation": None, "relation_score": None}
    connection.execute(update(articles).where(articles.c.article_id == row["article_id"]).values(alone))
    used = set(connection.scalars(select(articles.c.content).where(articles.c.content.in_(among))))
    moved: set[str] = set()
    for key in sorted(used):
        # nothing joins this cluster: it is looked at as a whole, as when its article was another before
        moved |= clusters.recluster(connection, copying.Entered(key, fresh=False), key, row["article_id"])[1]
    return moved, content, empty


_ANCHORS = ("dates", "numbers", "names", "places")


def _drop_unused(connection: Connection, text_ids: set[str], keys: set[int]) -> None:
    """Delete texts and contents that no article and no revision has any more."""
    for column in (articles.c.text_id, revisions.c.text_id):
        text_ids -= set(connection.scalars(select(column).where(column.in_(text_ids))))
    keys |= set(connection.scalars(select(texts.c.content).where(texts.c.text_id.in_(text_ids))))
    connection.execute(delete(texts).where(texts.c.text_id.in_(text_ids)))
    for column in (articles.c.content, texts.c.content):
        keys -= set(connection.scalars(select(column).where(column.in_(keys))))
    connection.execute(delete(bands).where(bands.c.content.in_(keys)))
    connection.execute(delete(content_links).where(or_(content_links.c.a.in_(keys), content_links.c.b.in_(keys))))
    connection.execute(delete(contents).where(contents.c.content.in_(keys)))


def _drop_source(connection: Connection, identity: str) -> None:
    """Give the outlets this article was the first to name to another article that names them, or drop them."""
    mine = select(sources.c.name).where(sources.c.first_article == identity)
    for outlet in connection.scalars(mine).all():
        named = or_(articles.c.source == outlet, articles.c.reprinted_from == outlet)
        heir = connection.scalar(select(articles.c.article_id).where(named).order_by(articles.c.first_seen).limit(1))
        row = sources.c.name == outlet
        connection.execute(
            update(sources).where(row).values(first_article=heir) if heir else delete(sources).where(row)
        )


def _clear_journal(connection: Connection, row: RowMapping, told: set[str], last: int) -> None:
    """Drop the article's journal, and the values in the journal of events that may be its own."""
    of_article = (changes.c.subject == "article") & (changes.c.subject_id == row["article_id"])
    connection.execute(delete(changes).where(of_article))
    spelt = {row["found_url"], row["url"]}
    query = select(changes).where(or_(changes.c.subject_id.in_(told), changes.c.subject == "event"))
    for note in connection.execute(query).mappings().all():
        caused = note["detail"].get("article") in spelt
        if note["change"] > last or caused or note["subject_id"] in told:
            kept = {key: value for key, value in note["detail"].items() if key in ("into", "article")}
            if caused or note["change"] > last:
                kept.pop("article", None)
            connection.execute(update(changes).where(changes.c.change == note["change"]).values(detail=kept))


def _blank(connection: Connection, told: set[str]) -> set[str]:
    """Empty the events nobody tells of any more, and those merged into one the article told of; return the former."""
    lone = set(connection.scalars(select(events.c.event_id).where(events.c.event_id.in_(told), ~_LIVE)))
    dead, edge = set(lone), set(told)
    while edge:
        query = select(events.c.event_id).where(events.c.merged_into.in_(edge), ~_LIVE)
        edge = set(connection.scalars(query)) - dead
        dead |= edge
    connection.execute(update(events).where(events.c.event_id.in_(dead)).values(_EMPTY))
    return lone


_LIVE = events.c.state == "live"
_EMPTY: dict[str, Any] = {
    **{c: [] for c in ("supporting", "supported", "from_places", "to_places", "organizations", "amounts", "pairs")},
    **dict.fromkeys(("date_start", "date_end", "amount_cny", "tie_scheme")),
    "date_precision": "none",
    "conflicts": {},
}


def _told_alone(connection: Connection, identities: set[str]) -> int:
    told = {event for identity in identities for event in retelling.events_of(connection, identity)}
    query = select(events.c.event_id).where(events.c.event_id.in_(told), events.c.articles == 1)
    return len(connection.scalars(query).all())


# A name

Held = tuple[Table, dict[str, Any], dict[str, Any]]


def _holding(connection: Connection, mask: Mask) -> Iterator[Held]:
    """Yield table, key and covered values of every row that holds the name."""
    for table in metadata.sorted_tables:
        columns = [c for c in table.columns if isinstance(c.type, Text | JSON) and c.name not in traces.ADDRESSES]
        keys: Iterable[Column[Any]] = table.primary_key.columns
        if not columns or table.name == "tombstones":
            continue
        for row in connection.execute(select(*keys, *(c for c in columns if not c.primary_key))).mappings():
            covered = {c.name: mask.value(row[c.name]) for c in columns}
            values = {name: value for name, value in covered.items() if value != row[name]}
            if values:
                yield table, {key.name: row[key.name] for key in keys}, values


def _cover(connection: Connection, table: Table, key: dict[str, Any], values: dict[str, Any]) -> None:
    here = [table.c[name] == value for name, value in key.items()]
    if table is sources and connection.scalar(select(sources.c.name).where(sources.c.name == values["name"])):
        connection.execute(delete(table).where(*here))
    else:
        connection.execute(update(table).where(*here).values(values))


def _rehash(connection: Connection, held: list[Held]) -> None:
    """Bring the hashes of covered rows in line, so that the same page, covered again, counts as unchanged."""
    told = [key["mention"] for table, key, _ in held if table is mentions]
    query = select(mentions.c.mention, mentions.c.data, articles.c.published)
    query = query.join(articles, articles.c.article_id == mentions.c.article_id)
    for number, data, published in connection.execute(query.where(mentions.c.mention.in_(told))).all():
        connection.execute(delete(mention_keys).where(mention_keys.c.mention == number))
        keys = {hashed(key) for key in block_keys(event_from_json(data), published)[0]}
        if keys:
            connection.execute(insert(mention_keys), [{"key": key, "mention": number} for key in sorted(keys)])
    for old in [key["text_id"] for table, key, _ in held if table is texts]:
        _rename_text(connection, old)
    affected = {key["article_id"] for table, key, _ in held if "article_id" in key}
    affected |= set(connection.scalars(select(mentions.c.article_id).where(mentions.c.mention.in_(told))))
    changed = [values["text"] for table, _, values in held if table is texts]
    renamed = [saving.text_hash(text) for text in changed]
    affected |= set(connection.scalars(select(articles.c.article_id).where(articles.c.text_id.in_(renamed))))
    for url in connection.scalars(select(articles.c.url).where(articles.c.article_id.in_(affected))).all():
        record = recall.record(connection, url)
        assert record is not None
        hashes = {"record_hash": saving.record_hash(record), "article_hash": saving.article_hash(record.article)}
        connection.execute(update(articles).where(articles.c.url == url).values(hashes))


def _rename_text(connection: Connection, old: str) -> None:
    row = connection.execute(select(texts).where(texts.c.text_id == old)).one()
    new = saving.text_hash(row.text)
    ledger.insert_missing(connection, texts, [{"text_id": new, "content": row.content, "text": row.text}])
    for table in (articles, revisions):
        connection.execute(update(table).where(table.c.text_id == old).values(text_id=new))
    if new != old:
        connection.execute(delete(texts).where(texts.c.text_id == old))
    content = content_id(row.text)
    if connection.scalar(select(contents.c.content).where(contents.c.content_id == content)) is None:
        connection.execute(update(contents).where(contents.c.content == row.content).values(content_id=content))


def _addresses_with(connection: Connection, mask: Mask) -> list[str]:
    """Name the pages whose address itself spells the name: an address cannot be covered."""
    return [
        f"{url}: the address holds the name; scrapy forget it as well"
        for url in connection.scalars(select(urls.c.found_url))
        if mask.markup(url) != url
    ]


# SQLite keeps what is deleted until the space is used again


def _secure(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete=ON")


def _clean(database: Database, done: Forgotten) -> None:
    """Rewrite the database file, so that nothing deleted earlier is left in unused pages or in the log."""
    try:
        database.compact()
    except Exception as error:
        done.remarks.append(f"unused pages were not cleared ({error}); forget again when no crawl runs")
