"""A stored record as the recipe made it: article, events and figures back from their rows."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, select

from crawler.dedup import canonical_url
from crawler.model import Article, Attachment, Byline, Figure, Record, Repair
from crawler.store.coding import event_from_json
from crawler.store.schema import articles, figures, mentions, revisions, texts


def record(connection: Connection, url: str) -> Record | None:
    """Return the record of the article at ``url`` as last saved, or None."""
    query = select(articles, texts.c.text).join(texts, texts.c.text_id == articles.c.text_id)
    row = connection.execute(query.where(articles.c.url == canonical_url(url))).mappings().first()
    if row is None:
        return None
    identity = row["article_id"]
    original = connection.scalar(
        select(revisions.c.original).where(revisions.c.article_id == identity, revisions.c.revision == row["revision"])
    )
    told = select(mentions.c.data).where(mentions.c.article_id == identity).order_by(mentions.c.mention)
    counted = select(figures).where(figures.c.article_id == identity).order_by(figures.c.position)
    return Record(
        _article(dict(row), original),
        bool(row["relevant"]),
        tuple(event_from_json(data) for data in connection.scalars(told)),
        tuple(_figure(dict(figure)) for figure in connection.execute(counted).mappings()),
    )


def _article(row: dict[str, Any], original: str | None) -> Article:
    return Article(
        url=row["found_url"],
        text=row["text"],
        title=row["title"],
        published=row["published"],
        published_basis=row["published_basis"],
        published_precision=row["published_precision"],
        source=row["source"],
        source_basis=row["source_basis"],
        reprinted_from=row["reprinted_from"],
        author=tuple(Byline(**byline) for byline in row["author"]),
        script=row["script"],
        original=row["text"] if original is None else original,
        repairs=tuple(Repair(**repair) for repair in row["repairs"]),
        attachments=tuple(Attachment(**attachment) for attachment in row["attachments"]),
        encoding=row["encoding"],
        replacement_chars=row["replacement_chars"],
        breadcrumb=tuple(row["breadcrumb"]),
        warnings=tuple(row["warnings"]),
    )


_FIGURE_FIELDS = tuple(field.name for field in fields(Figure))


def _figure(row: dict[str, Any]) -> Figure:
    return Figure(**{name: row[name] for name in _FIGURE_FIELDS})
