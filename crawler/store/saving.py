"""Write one record: the article and its revisions here, copies and events by their own modules, one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, select, update

from crawler.dedup import Anchors, Prepared, Text, Told, anchors_of, article_id, canonical_url, mirror_key, told
from crawler.extractors import code_version
from crawler.model import Article, Record
from crawler.store import clusters, copying, ledger, retelling, reviews
from crawler.store.changing import note
from crawler.store.failpoints import failpoint
from crawler.store.rows import Fetch, Outcome, Saved, SaveRequest
from crawler.store.schema import articles, figures, revisions, sources, texts
from crawler.store.statements import Statement, ask, inserting, to_json


@dataclass(frozen=True, slots=True)
class Job:
    """A record to save and how it came."""

    record: Record
    run_id: int | None
    portal: str
    url: str
    fetched_at: str
    fetch: Fetch
    anchors: Anchors | None
    profile_version: str | None
    sample: bool
    prepared: Prepared | None = None

    @property
    def text(self) -> Text:
        """The article's text with its anchors."""
        if self._prepared is not None and self.anchors is None:
            return self._prepared.text
        return Text(self.record.article.text, self.anchors or anchors_of(self.record))

    @property
    def told(self) -> Sequence[Told]:
        """What each of the record's events is compared by."""
        if self._prepared is not None:
            return self._prepared.told
        article = self.record.article
        return [told(event, article.text, article.published) for event in self.record.events]

    @property
    def _prepared(self) -> Prepared | None:
        """What was prepared, unless the record was changed since: a name covered, a reviewed telling put back."""
        return self.prepared if self.prepared is not None and self.prepared.record is self.record else None


def job_of(request: SaveRequest, *, sample: bool) -> Job:
    """Return the request with what it leaves open filled in: the URL asked for, this moment."""
    return Job(
        request.record,
        run_id=request.run_id,
        portal=request.portal,
        url=request.url or request.record.article.url,
        fetched_at=ledger.stamp(request.fetched_at or datetime.now(UTC)),
        fetch=request.fetch or Fetch(),
        anchors=request.anchors,
        profile_version=request.profile_version,
        sample=sample,
        prepared=request.prepared,
    )


class Former(NamedTuple):
    """What an article's row says before the save."""

    content: int
    revision: int
    article_hash: str
    record_hash: str
    state: str
    original: str
    relation: str | None


def save(connection: Connection, job: Job) -> Saved:
    """Write the record inside the open transaction, with what people said of its events."""
    article = job.record.article
    identity = article_id(article.url)
    text = job.text
    name = copying.name_of(text, identity)
    # a server is a round trip away: what is at hand and may be asked later is asked for with the first questions
    at_once = job.prepared is not None and connection.dialect.name != "sqlite"
    entering = copying.questions(text, mirror_key(article.url)) if at_once else []
    more = [*entering, *retelling.questions(job)] if at_once else []
    former, known, *answers = ask(connection, (_FORMER, {"article": identity}), (copying.KNOWN, {"id": name}), *more)
    old = Former(*former[0]) if former else None
    if old is not None and (kept := reviews.kept(connection, job.record, identity)) is not job.record:
        job, answers = replace(job, record=kept), []
        text = job.text
    fingerprint = record_hash(job.record)
    if old is not None and old.record_hash == fingerprint:
        return _seen_again(connection, job, identity, old)
    if not answers:
        entering = [] if known else copying.questions(text, mirror_key(article.url))
        answers = ask(connection, *entering, *retelling.questions(job))
    if known:
        entered = copying.Entered(known[0][0], fresh=False)
    else:
        entered = copying.enter(connection, name, text, answers[: len(entering)])
    ahead = retelling.Ahead(*answers[len(entering) :])
    text_id = text_hash(article.text)
    _TEXT.run(connection, text_id=text_id, content=entered.content, text=article.text)
    revision = _write_article(
        connection, job, old, {"content": entered.content, "text_id": text_id, "record_hash": fingerprint}
    )
    failpoint("save:article")
    relation, moved = clusters.recluster(connection, entered, old.content if old else None, identity)
    _write_figures(connection, identity, job, old)
    events, new_events = retelling.retell(
        connection, identity, entered, moved, job, ahead, record=fingerprint, fresh=old is None
    )
    failpoint("save:events")
    _ledger(connection, job, identity)
    outcome: Outcome = "changed" if old else "duplicate" if relation.kind else "new"
    return Saved(outcome, identity, text.id, revision, relation.kind, relation.original, events, new_events)


def mark_gone(connection: Connection, url: str, status: int, run_id: int | None) -> bool:
    """Note in ledger and article that the page is gone."""
    article = ledger.mark_gone(connection, url, status)
    if article is None:
        return False
    live = update(articles).where(articles.c.article_id == article, articles.c.state == "live")
    withdrawn = connection.execute(live.values(state="gone", gone_at=ledger.now(), gone_run=run_id)).rowcount
    if withdrawn:
        note(connection, run_id, "article", article, "gone", {"status": status})
    return bool(withdrawn)


def mark_unchanged(connection: Connection, url: str, moment: str) -> None:
    """Note in ledger and article that the page was seen again as it is."""
    article = ledger.mark_unchanged(connection, url, moment)
    if article is not None:
        connection.execute(update(articles).where(articles.c.article_id == article).values(last_seen=moment))


def _seen_again(connection: Connection, job: Job, identity: str, old: Former) -> Saved:
    if old.state == "gone":
        note(connection, job.run_id, "article", identity, "back", {})
    _SEEN.run(connection, article=identity, last_seen=job.fetched_at, state="live", gone_at=None, gone_run=None)
    _ledger(connection, job, identity)
    original = old.original if old.relation else None
    events = retelling.events_of(connection, identity)
    content_id = copying.content_id_of(connection, old.content)
    return Saved("unchanged", identity, content_id, old.revision, old.relation, original, events)


def _write_article(connection: Connection, job: Job, old: Former | None, given: dict[str, Any]) -> int:
    """Write the article's row and, when what was published changed, a revision; return the revision's number."""
    article = job.record.article
    identity = article_id(article.url)
    published = article_hash(article)
    revised = old is None or old.article_hash != published
    revision = (old.revision if old else 0) + revised
    columns = _columns(article)
    row = given | {
        **columns,
        "url": canonical_url(article.url),
        "found_url": article.url,
        "portal": job.portal,
        "relevant": job.record.relevant,
        "revision": revision,
        "article_hash": published,
        "mirror_key": mirror_key(article.url),
        "state": "live",
        "gone_at": None,
        "gone_run": None,
        "changed_run": job.run_id,
        "last_seen": job.fetched_at,
        "code_version": code_version(),
        "profile_version": job.profile_version,
        "sample": job.sample,
    }
    if old is None:
        first = {"first_run": job.run_id, "first_seen": job.fetched_at, "original_id": identity}
        alone = {"article_id": identity, "relation": None, "relation_score": None}
        _ARTICLE.run(connection, **row, **first, **alone)
    else:
        _REWRITTEN.run(connection, article=identity, **row)
        kind = "revised" if revised else "read again"
        note(connection, job.run_id, "article", identity, kind, {"revision": revision})
    outlets = {name for name in (article.source, article.reprinted_from) if name}
    _SOURCE.many(connection, [{"name": name, "first_article": identity} for name in sorted(outlets)])
    if revised:
        _REVISION.run(connection, **_revision(job, identity, revision, given["text_id"], columns))
    return revision


def _columns(article: Article) -> dict[str, Any]:
    return {
        "title": article.title,
        "published": article.published,
        "published_basis": article.published_basis,
        "published_precision": article.published_precision,
        "source": article.source,
        "source_basis": article.source_basis,
        "reprinted_from": article.reprinted_from,
        "author": article.author,
        "script": article.script,
        "encoding": article.encoding,
        "replacement_chars": article.replacement_chars,
        "repairs": article.repairs,
        "attachments": article.attachments,
        "breadcrumb": article.breadcrumb,
        "warnings": article.warnings,
    }


def _revision(job: Job, identity: str, revision: int, text_id: str, columns: dict[str, Any]) -> dict[str, Any]:
    article = job.record.article
    return {
        "article_id": identity,
        "revision": revision,
        "text_id": text_id,
        "data": columns,
        "original": article.original if article.original != article.text else None,
        "http": ledger.fetch_columns(job.fetch),
        "run_id": job.run_id,
        "fetched_at": job.fetched_at,
        "code_version": code_version(),
        "sample": job.sample,
    }


def _write_figures(connection: Connection, identity: str, job: Job, old: Former | None) -> None:
    if old is not None:
        _FIGURES_GONE.run(connection, article=identity)
    rows = [
        {
            "article_id": identity,
            "position": place,
            "value": figure.value,
            "unit": figure.unit,
            "what": figure.what,
            "period": figure.period,
            "cumulative": figure.cumulative,
            "approx": figure.approx,
            "meaning": figure.meaning,
            "quote": figure.quote,
            "start": figure.start,
            "end": figure.end,
            "sample": job.sample,
        }
        for place, figure in enumerate(job.record.figures)
    ]
    _FIGURE.many(connection, rows)


def _ledger(connection: Connection, job: Job, identity: str) -> None:
    """Mark the page stored under the URL asked for and, after a redirect, under the one that answered."""
    asked, answered = canonical_url(job.url), canonical_url(job.record.article.url)
    to = {asked: answered} if asked != answered else {}
    for key, url in {answered: job.record.article.url, asked: job.url}.items():
        ledger.mark_stored(
            connection, url, identity, job.fetched_at, job.fetch,
            portal=job.portal, run_id=job.run_id, redirected_to=to.get(key),
        )  # fmt: skip


_PUBLISHED = ("text", "title", "published", "source", "reprinted_from", "author", "attachments")
"""What the publisher wrote: a revision is a change here; the rest is how the page was read."""


def article_hash(article: Article) -> str:
    """Return a hash of what the publisher wrote."""
    return text_hash(to_json([getattr(article, name) for name in _PUBLISHED]))


def record_hash(record: Record) -> str:
    """Return a hash of all that was read from the page."""
    # another spelling of one address is no change
    return text_hash(to_json(replace(record, article=replace(record.article, url=""))))


def text_hash(text: str) -> str:
    """Return the key a text is stored under."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


_UNTOUCHED = {"article_id", "first_run", "first_seen", "original_id", "relation", "relation_score"}
_THIS = articles.c.article_id == bindparam("article")
_FORMER_FIELDS = ("content", "revision", "article_hash", "record_hash", "state", "original_id", "relation")
_FORMER = Statement(lambda _: select(*(articles.c[name] for name in _FORMER_FIELDS)).where(_THIS))
_ARTICLE = inserting(articles)
_REWRITTEN = Statement(
    lambda _: update(articles).where(_THIS), sets=[c.name for c in articles.columns if c.name not in _UNTOUCHED]
)
_SEEN = Statement(lambda _: update(articles).where(_THIS), sets=["last_seen", "state", "gone_at", "gone_run"])
_TEXT = inserting(texts, missing=True)
_SOURCE = inserting(sources, missing=True)
_REVISION = inserting(revisions)
_FIGURE = inserting(figures)
_FIGURES_GONE = Statement(lambda _: delete(figures).where(figures.c.article_id == bindparam("article")))
