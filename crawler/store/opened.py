"""An open database: made or migrated, read and written in transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from types import TracebackType
from typing import Self

from sqlalchemy import Connection

from crawler.store import (
    upgrading,
)
from crawler.store.engine import Database, Sharing
from crawler.store.failpoints import failpoint
from crawler.store.statistics import Statistics


class Opened:
    """What every store can do: open and close, and make several calls of a thread one transaction."""

    def __init__(self, url: str = "sqlite:///data/duikou.db", *, sample: bool | None = None) -> None:
        self._database = Database(url)
        self._statistics = Statistics(self._database)
        try:
            self.sample = upgrading.open_up(self._database, sample)
        except BaseException:
            self._database.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection; the store cannot be used afterwards."""
        self._database.close()

    def upgrade(self) -> None:
        """Bring the tables to this code's version; done by opening, and safe to repeat."""
        upgrading.upgrade(self._database)

    @property
    def identity(self) -> str:
        """A word of this database's own, the same however its address is spelt."""
        with self._database.read() as connection:
            return upgrading.identity(connection)

    def read(self) -> AbstractContextManager[Connection]:
        """Open a consistent view for queries of one's own over the tables of ``crawler.store.schema``."""
        return self._database.read()

    def write(self) -> AbstractContextManager[Connection]:
        """Open the one write transaction, for ``crawler.store.incidents``, ``outbox`` and ``joint``; keep it short."""
        return self._database.write()

    def touch(self) -> AbstractContextManager[Connection]:
        """Open a write transaction for what ``crawler.store.joint`` marks so: it waits for no save."""
        return self._database.touch()

    @property
    def serves_many(self) -> bool:
        """Whether several threads can write at once: a server's database, not a file."""
        return not self._database.sqlite

    @contextmanager
    def together(self, kind: Sharing = "write") -> Iterator[None]:
        """Make all calls of this thread inside ONE transaction: killed or failed, nothing of them is kept.

        ``read``: they read one consistent view; what they write goes its own way. ``book``: they read, and write what
        the archive holds; other writes go their own way. Any exception that comes out of a call must leave the block,
        for the call may be half done.
        """
        with self._database.together(kind):
            yield
            if kind != "read":
                failpoint("together:before-commit")
        if kind != "read":
            failpoint("together:after-commit")
