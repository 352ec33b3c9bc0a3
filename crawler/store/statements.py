"""Statements compiled once for each database and run on its driver's own connection.

A save runs some thirty small statements; SQLAlchemy's work on each (building, cache key, result objects) would cost
more than the database's. Tables, types and dialects stay SQLAlchemy's: a statement is written in its language.

PostgreSQL is another process, often another machine: what is written there waits for the next read, or the commit, and
goes with it in one round trip. So an error of a write may come out of a later call of the same transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from hashlib import blake2b
from operator import itemgetter
from typing import Any

import msgspec
from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    Table,
    TableValuedAlias,
    Text,
    any_,
    bindparam,
    cast,
    func,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

Values = Mapping[str, Any]


class Statement:
    """One statement; ``build`` makes it for ``sqlite`` or ``postgresql``, its values are named bind parameters.

    JSON values are given as plain values, or as the string ``to_json`` made. Rows come back as plain tuples as the
    driver has them: select JSON columns with ``spelt``. ``sets`` names the columns an insert or update sets.
    """

    def __init__(self, build: Callable[[str], Any], *, sets: Sequence[str] | None = None) -> None:
        self._build, self._sets = build, sets
        self._compiled: dict[str, tuple[str, Callable[[Values], Any]]] = {}

    def run(self, connection: Connection, **values: Any) -> None:
        """Run it once."""
        self.many(connection, [values])

    def rows(self, connection: Connection, **values: Any) -> list[tuple[Any, ...]]:
        """Return all rows."""
        found: list[tuple[Any, ...]] = self._execute(connection, values).fetchall()
        return found

    def column(self, connection: Connection, **values: Any) -> list[Any]:
        """Return the first value of every row."""
        return [row[0] for row in self._execute(connection, values).fetchall()]

    def one(self, connection: Connection, **values: Any) -> tuple[Any, ...] | None:
        """Return the first row, or None."""
        row: tuple[Any, ...] | None = self._execute(connection, values).fetchone()
        return row

    def many(self, connection: Connection, rows: Sequence[Values]) -> None:
        """Run it for each of ``rows``."""
        if rows:
            sql, bind = self._for(connection)
            write = sql, [bind(row) for row in rows]
            if connection.dialect.name == "sqlite":
                _perform(_driver(connection), *write)
            else:
                _waiting(connection).append(write)

    def many_returning(self, connection: Connection, rows: Sequence[Values]) -> list[Any]:
        """Run it for each of ``rows`` and return the first value each gives back, in their order."""
        sql, bind = self._for(connection)
        if connection.dialect.name == "sqlite":  # whose executemany returns nothing
            driver = _driver(connection)
            return [driver.execute(sql, bind(row)).fetchone()[0] for row in rows]
        with _round_trip(connection) as driver:
            cursor = driver.cursor()
            cursor.executemany(sql, [bind(row) for row in rows], returning=True)
        found = []
        for number in range(len(rows)):
            if number:
                cursor.nextset()
            found.append(cursor.fetchone()[0])
        return found

    def _execute(self, connection: Connection, values: Values) -> Any:
        sql, bind = self._for(connection)
        with _round_trip(connection) as driver:
            return driver.execute(sql, bind(values))

    def _for(self, connection: Connection) -> tuple[str, Callable[[Values], Any]]:
        name = connection.dialect.name
        if name not in self._compiled:
            compiled = self._build(name).compile(dialect=connection.dialect, column_keys=self._sets)
            kinds = {key: bind.type for key, bind in compiled.binds.items()}
            fixed = {
                key: bind.value for key, bind in compiled.binds.items() if not bind.required and bind.value is not None
            }
            encoded = [key for key, kind in kinds.items() if isinstance(kind, JSON)]
            order = list(compiled.positiontup) if compiled.positional else None
            self._compiled[name] = compiled.string, _binder(fixed, encoded, order)
        return self._compiled[name]


def _binder(fixed: Values, encoded: Sequence[str], order: Sequence[str] | None) -> Callable[[Values], Any]:
    """Return what turns named values into what the driver takes: a tuple in order, or a dict."""
    pick = itemgetter(*order) if order else None
    single = order is not None and len(order) == 1

    if pick and not single and not fixed and not encoded:
        return pick

    def bind(values: Values) -> Any:
        given = {**fixed, **values}
        for name in encoded:
            if not isinstance(given[name], str):
                given[name] = to_json(given[name])
        if order is None:
            return given
        picked = pick(given) if pick else ()
        return (picked,) if single else picked

    return bind


def inserting(table: Table, *, missing: bool = False, returning: str | None = None) -> Statement:
    """An insert of whole rows (without the row number to give back); ``missing``: unless the key is there."""

    def build(dialect: str) -> Any:
        statement = (sqlite if dialect == "sqlite" else postgresql).insert(table)
        statement = statement.on_conflict_do_nothing() if missing else statement
        return statement.returning(table.c[returning]) if returning else statement

    return Statement(build, sets=[column.name for column in table.columns if column.name != returning])


def among(column: ColumnElement[Any], name: str, dialect: str) -> ColumnElement[bool]:
    """Whether ``column`` is one of the list given as parameter ``name``: one statement for lists of any length."""
    if dialect == "sqlite":
        listed = func.json_each(bindparam(name, type_=JSON)).table_valued("value")
        return column.in_(select(listed.c.value))
    return column == any_(bindparam(name, type_=postgresql.ARRAY(column.type)))


def listing(name: str, column: ColumnElement[Any], dialect: str) -> TableValuedAlias:
    """The list given as parameter ``name``, of values as ``column`` has them, as a table with one column ``value``."""
    if dialect == "sqlite":
        return func.json_each(bindparam(name, type_=JSON)).table_valued("value")
    return func.unnest(bindparam(name, type_=postgresql.ARRAY(column.type))).table_valued("value").render_derived()


def spelt(column: ColumnElement[Any]) -> ColumnElement[str]:
    """A JSON column as its text."""
    return cast(column, Text)


def to_json(value: Any) -> str:
    """Return ``value`` (plain values or dataclasses) as JSON with sorted keys."""
    return _ENCODER.encode(value).decode()


def from_json(spelling: str) -> Any:
    """Return the plain values of a JSON text."""
    return _DECODER.decode(spelling)


def listed(values: Iterable[Any]) -> list[Any]:
    """Return distinct values as a sorted list, as list parameters are given."""
    return sorted(set(values))


@lru_cache(maxsize=65536)
def hashed(key: str) -> int:
    """Return a blocking key as the 64-bit number it is stored under."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "little", signed=True)


_ENCODER = msgspec.json.Encoder(order="sorted")
_DECODER = msgspec.json.Decoder()


def flush(connection: Connection) -> None:
    """Have done what waits in the open transaction."""
    with _round_trip(connection):
        pass


def forget(connection: Connection) -> None:
    """Leave undone what waits: the transaction is rolled back."""
    _waiting(connection).clear()


@contextmanager
def _round_trip(connection: Connection) -> Iterator[Any]:
    """Send what waits, and what is done inside, together; results are there afterwards."""
    driver, writes = _driver(connection), _waiting(connection)
    if not writes:
        yield driver
        return
    with driver.pipeline():
        for sql, rows in writes:
            _perform(driver, sql, rows)
        writes.clear()
        yield driver


def _perform(driver: Any, sql: str, rows: Sequence[Any]) -> None:
    if len(rows) == 1:
        driver.execute(sql, rows[0])
    else:
        driver.cursor().executemany(sql, rows)


def _waiting(connection: Connection) -> list[tuple[str, list[Any]]]:
    """Writes of the open transaction that nothing was asked after; always empty with SQLite."""
    found: list[tuple[str, list[Any]]] = connection.info.setdefault("duikou_writes", [])
    return found


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection
