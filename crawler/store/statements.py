"""Statements compiled once for each database and run on its driver's own connection.

A save runs some thirty small statements; SQLAlchemy's work on each (building, cache key, result objects) would cost
more than the database's. Tables, types and dialects stay SQLAlchemy's: a statement is written in its language.

PostgreSQL is another process, often another machine: what is written there waits for the next read, or the commit, and
goes with it in one round trip. So an error of a write may come out of a later call of the same transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

import msgspec
from sqlalchemy import (
    JSON,
    Column,
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
    ``at_once`` does for PostgreSQL in one statement, given a list for each value, what many runs do.
    """

    def __init__(
        self, build: Callable[[str], Any], *, sets: Sequence[str] | None = None, at_once: Statement | None = None
    ) -> None:
        self._build, self._sets, self._at_once = build, sets, at_once
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
        if not rows:
            return
        server = connection.dialect.name != "sqlite"
        if server and self._at_once is not None and len(rows) > 1:
            self._at_once.run(connection, **{name: [row[name] for row in rows] for name in self._sets or ()})
            return
        sql, bind = self.compiled(connection)
        write = sql, [bind(row) for row in rows]
        if server:
            _waiting(connection).append(write)
        else:
            _perform(_driver(connection), *write)

    def _execute(self, connection: Connection, values: Values) -> Any:
        (cursor,) = _executed(connection, ((self, values),))
        return cursor

    def compiled(self, connection: Connection) -> tuple[str, Callable[[Values], Any]]:
        """Return its SQL, and what turns its values into those the driver takes."""
        name = connection.dialect.name
        if name not in self._compiled:
            compiled = self._build(name).compile(dialect=connection.dialect, column_keys=self._sets)
            kinds = {key: bind.type for key, bind in compiled.binds.items()}
            fixed = {
                key: bind.value for key, bind in compiled.binds.items() if not bind.required and bind.value is not None
            }
            encoded = {key: _json for key, kind in kinds.items() if isinstance(kind, JSON)}
            encoded |= {key: _jsons for key, kind in kinds.items() if isinstance(kind, _JSONS)}
            order = list(compiled.positiontup) if compiled.positional else None
            self._compiled[name] = compiled.string, _binder(fixed, encoded, order)
        return self._compiled[name]


def _binder(
    fixed: Values, encoded: Mapping[str, Callable[[Any], Any]], order: Sequence[str] | None
) -> Callable[[Values], Any]:
    """Return what turns named values into what the driver takes: a tuple in order, or a dict."""
    pick = itemgetter(*order) if order else None
    single = order is not None and len(order) == 1

    if pick and not single and not fixed and not encoded:
        return pick

    def bind(values: Values) -> Any:
        given = {**fixed, **values}
        for name, encode in encoded.items():
            given[name] = encode(given[name])
        if order is None:
            return given
        picked = pick(given) if pick else ()
        return (picked,) if single else picked

    return bind


def ask(connection: Connection, *questions: Question) -> list[list[tuple[Any, ...]]]:
    """Return the rows of each statement, all asked in one round trip."""
    if not questions:
        return []
    if connection.dialect.name == "sqlite":
        return [statement.rows(connection, **values) for statement, values in questions]
    return [cursor.fetchall() for cursor in _executed(connection, questions)]


Question = tuple[Statement, Values]


class _JSONS(postgresql.ARRAY[str]):
    """A list of JSON values, sent as their texts."""


def inserting(table: Table, *, missing: bool = False, returning: str | None = None) -> Statement:
    """An insert of whole rows (without the row number to give back); ``missing``: unless the key is there."""
    columns = [column for column in table.columns if column.name != returning]
    names = [column.name for column in columns]

    def build(dialect: str) -> Any:
        statement = (sqlite if dialect == "sqlite" else postgresql).insert(table)
        statement = statement.on_conflict_do_nothing() if missing else statement
        return statement.returning(table.c[returning]) if returning else statement

    def build_at_once(_: str) -> Any:
        lists = [
            bindparam(c.name, type_=_JSONS(Text) if isinstance(c.type, JSON) else postgresql.ARRAY(c.type))
            for c in columns
        ]
        rows = func.unnest(*lists).table_valued(*names).render_derived()
        values = [cast(rows.c[c.name], JSON) if isinstance(c.type, JSON) else rows.c[c.name] for c in columns]
        statement = postgresql.insert(table).from_select(names, select(*values))
        return statement.on_conflict_do_nothing() if missing else statement

    return Statement(build, sets=names, at_once=Statement(build_at_once))


def numbering(column: Column[Any]) -> Statement:
    """The next free numbers of a table's rows, one for each of the list ``places`` (1, 2, …); for the one writer."""

    def build(dialect: str) -> Any:
        places = listing("places", column, dialect)
        if dialect == "sqlite":
            last = select(func.coalesce(func.max(column), 0)).scalar_subquery()
            return select(last + places.c.value).order_by(places.c.value)
        sequence = func.pg_get_serial_sequence(column.table.name, column.name)
        return select(func.nextval(sequence)).select_from(places)

    return Statement(build)


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


_ENCODER = msgspec.json.Encoder(order="sorted")
_DECODER = msgspec.json.Decoder()


def flush(connection: Connection) -> None:
    """Have done what waits in the open transaction."""
    _executed(connection, ())


def forget(connection: Connection) -> None:
    """Leave undone what waits: the transaction is rolled back."""
    if not connection.invalidated:  # else the server is gone, and what was kept with the connection too
        _waiting(connection).clear()


def _executed(connection: Connection, statements: Iterable[tuple[Statement, Values]]) -> list[Any]:
    """Run what waits and then these, in one round trip; return the cursors of these."""
    driver, writes = _driver(connection), _waiting(connection)
    given = [(sql, bind(values)) for one, values in statements for sql, bind in (one.compiled(connection),)]
    if not writes and len(given) < 2:
        return [driver.execute(*one) for one in given]
    with driver.pipeline():
        for sql, rows in writes:
            _perform(driver, sql, rows)
        writes.clear()
        return [driver.execute(*one) for one in given]


def _perform(driver: Any, sql: str, rows: Sequence[Any]) -> None:
    if len(rows) == 1:
        driver.execute(sql, rows[0])
    else:
        driver.cursor().executemany(sql, rows)


def _waiting(connection: Connection) -> list[tuple[str, list[Any]]]:
    """Writes of the open transaction that nothing was asked after; always empty with SQLite."""
    found: list[tuple[str, list[Any]]] = connection.info.setdefault("duikou_writes", [])
    return found


def _json(value: Any) -> str:
    return value if isinstance(value, str) else to_json(value)


def _jsons(values: Iterable[Any]) -> list[str]:
    return [_json(value) for value in values]


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection
