"""What PostgreSQL knows of tables that grow from nothing, renewed before its autovacuum comes round.

A plan made for empty tables is kept for each connection's prepared statements until the tables are analysed; by the
first minute's end one of them can cost fifty times what it should.
"""

from __future__ import annotations

from contextlib import suppress

from sqlalchemy import text

from crawler.store.engine import Database, StoreError
from crawler.store.schema import metadata

_FIRST, _TIMES = 64, 4
"""Articles saved by this process at the first look, and how many times as many at each further one."""


class Statistics:
    """Looks now and then whether PostgreSQL takes the tables for much smaller than they are, and has it count anew."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._saved, self._next = 0, _FIRST

    def grown(self, number: int) -> None:
        """Note that so many articles were saved."""
        self._saved += number
        if self._saved < self._next or self._database.sqlite:
            return
        self._next = _TIMES * self._saved
        with suppress(StoreError), self._database.touch() as connection:  # what fails here costs time only
            known = text("SELECT reltuples FROM pg_class WHERE oid = to_regclass('articles')")
            if (connection.scalar(known) or 0) < self._saved / 2:
                connection.execute(text(f"ANALYZE (SKIP_LOCKED) {', '.join(sorted(metadata.tables))}"))
