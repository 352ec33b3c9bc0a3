"""What comparing a record with all others needs of it: the record alone says it, so it is worked out where it is read.

A worker process prepares a record beside reading it; the process that saves it, which is busier, only compares.
"""

from __future__ import annotations

from dataclasses import dataclass

from crawler.dedup.blocking import hashed
from crawler.dedup.coreference import block_keys
from crawler.dedup.details import Details, details
from crawler.dedup.subjects import subjects
from crawler.dedup.texts import Anchors, Text, anchors
from crawler.model import Event, Record


@dataclass(frozen=True, slots=True)
class Told:
    """What one event is compared by: its details, the keys (as numbers) it stands under and looks others up by, its
    subjects.
    """

    details: Details
    stored: frozenset[int]
    wanted: frozenset[int]
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A record's text and events ready to be compared; good for this very record only."""

    record: Record
    text: Text
    told: tuple[Told, ...]


def prepare(record: Record) -> Prepared:
    """Work out all that comparing ``record`` needs."""
    article = record.article
    text = Text(article.text, anchors_of(record))
    text.work_out()
    return Prepared(record, text, tuple(told(event, article.text, article.published) for event in record.events))


def told(event: Event, text: str, published: str | None) -> Told:
    """Return what an event of an article with this text and day is compared by."""
    stored, wanted = (frozenset(map(hashed, keys)) for keys in block_keys(event, published))
    return Told(details(event, text), stored, wanted, subjects(event, text))


def anchors_of(record: Record) -> Anchors:
    """Return the anchors of a record's text: the names its events have are anchors too."""
    people = {person.name for event in record.events for person in event.persons}
    organizations = {name for event in record.events for name in event.organizations}
    # a quote like 我县 is no part of the place's name: another publisher's 我县 is another county
    places = {p.quote for event in record.events for p in event.places if p.quote[:2] in p.name}
    return anchors(record.article.text, people | organizations, places)
