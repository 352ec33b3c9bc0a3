"""A record prepared in another process is saved as one that the store works out itself, and only that very record."""

from __future__ import annotations

import pickle
from collections.abc import Callable

from sqlalchemy import select

from crawler.dedup import Prepared, prepare
from crawler.model import Record
from crawler.store import Store, schema
from tests.store.records import harvest

KEYS = (schema.bands.c.band, schema.mention_keys.c.key, schema.mention_subjects.c.subject)


def sent(record: Record) -> tuple[Record, Prepared]:
    """A record and what was prepared of it, as they come from a worker."""
    got: tuple[Record, Prepared] = pickle.loads(pickle.dumps((record, prepare(record))))
    return got


def held(store: Store) -> tuple[list[str], list[list[object]]]:
    with store.read() as connection:
        return store.dump(), [sorted(connection.scalars(select(column))) for column in KEYS]


def test_bands_come_along_and_shingles_do_not() -> None:
    record, prepared = sent(harvest()[0][1])
    assert prepared.record is record
    assert prepared.text.text is record.article.text, "sent once"
    worked_out = vars(prepared.text)
    assert worked_out["bands"]
    assert worked_out["id"]
    assert "shingles" not in worked_out
    assert len(prepared.told) == len(record.events) > 0


def test_what_is_saved_is_the_same(make_store: Callable[[], Store]) -> None:
    alone, together = make_store(), make_store()
    for portal, told in harvest():
        alone.save(told, portal=portal)
        record, prepared = sent(told)
        together.save(record, portal=portal, prepared=prepared)
    assert held(together) == held(alone)


def test_what_was_prepared_of_another_record_counts_for_nothing(make_store: Callable[[], Store]) -> None:
    alone, mixed = make_store(), make_store()
    records = harvest()
    for (portal, told), (_, other) in zip(records, records[1:] + records[:1], strict=True):
        alone.save(told, portal=portal)
        mixed.save(told, portal=portal, prepared=prepare(other))
    assert held(mixed) == held(alone)
