"""Hits as an Atom feed (RFC 4287): an entry per event with an id that stays, renewed when the event is corrected."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from uuid import NAMESPACE_OID, uuid5

from lxml import etree

from crawler import __version__
from crawler.model import EVENT_LABELS
from crawler.watch.happenings import Happening, plain
from crawler.watch.hits import Hit

MOST_ENTRIES = 200
_ATOM = "http://www.w3.org/2005/Atom"


def atom(hits: Sequence[Hit], name: str, title: str, moment: str) -> bytes:
    """Return the feed of these hits, newest first.

    ``name`` makes the feed's id: keep it. ``moment`` (UTC, as stored) dates a feed without entries.
    """
    by_event: dict[str, tuple[Happening, list[str]]] = {}
    for hit in sorted(hits, key=lambda one: (one.happening.updated_at, one.happening.event.event_id), reverse=True):
        kept = by_event.setdefault(hit.happening.event.event_id, (hit.happening, []))
        if hit.watch not in kept[1]:
            kept[1].append(hit.watch)
    shown = list(by_event.values())[:MOST_ENTRIES]
    feed = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
    _text(feed, "id", urn(f"feed:{name}"))
    _text(feed, "title", title)
    _text(feed, "updated", max((happening.updated_at for happening, _ in shown), default=moment))
    _text(feed, "generator", "duikou").set("version", __version__)
    _person(feed, "duikou")
    for happening, watches in shown:
        _entry(feed, happening, watches)
    return bytes(etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True))


def write_feed(path: Path, feed: bytes) -> None:
    """Put the feed in place whole: a reader never sees half of it. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".part-{os.getpid()}-{path.name}")
    part.write_bytes(feed)
    os.replace(part, path)


def urn(name: str) -> str:
    """An id that is the same wherever and whenever it is made."""
    return f"urn:uuid:{uuid5(NAMESPACE_OID, f'duikou:{name}')}"


def _entry(feed: etree._Element, happening: Happening, watches: Iterable[str]) -> None:
    entry = etree.SubElement(feed, f"{{{_ATOM}}}entry")
    event = happening.event
    _text(entry, "id", urn(f"event:{event.event_id}"))
    _text(entry, "title", happening.line)
    _text(entry, "published", happening.created_at)
    _text(entry, "updated", happening.updated_at)
    _person(entry, next((q.source or q.portal for q in happening.quotes), "duikou"))
    for rel, quote in zip(("alternate", "related", "related"), (q for q in happening.quotes if q.url), strict=False):
        link = etree.SubElement(entry, f"{{{_ATOM}}}link", rel=rel, href=quote.url)
        if quote.title:
            link.set("title", _valid(quote.title))
    for watch in watches:
        etree.SubElement(entry, f"{{{_ATOM}}}category", term=_valid(watch))
    label = EVENT_LABELS.get(event.type, event.type)  # type: ignore[call-overload]
    etree.SubElement(entry, f"{{{_ATOM}}}category", term=event.type, label=label)
    told = "\n".join(f"“{q.text}” {q.source or q.portal}" for q in happening.quotes if q.text)
    _text(entry, "content", told or happening.line).set("type", "text")


def _text(parent: etree._Element, tag: str, text: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{_ATOM}}}{tag}")
    element.text = "\n".join(_valid(line) for line in text.split("\n"))
    return element


def _person(parent: etree._Element, name: str) -> None:
    _text(etree.SubElement(parent, f"{{{_ATOM}}}author"), "name", name)


def _valid(text: str) -> str:
    """Text as XML 1.0 allows it."""
    return "".join(c for c in plain(text) if c not in "\ufffe\uffff" and not "\ud800" <= c <= "\udfff")
