"""What the tables are made of: names of constraints, kinds of columns that many have."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, ForeignKey, MetaData, String

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def flag(name: str) -> Column[bool]:
    """A truth value, false unless set."""
    return Column(name, Boolean, nullable=False, default=False)


def json(name: str) -> Column[object]:
    """A JSON value."""
    return Column(name, JSON, nullable=False)


def id_(name: str, target: str | None = None, *, key: bool = False, null: bool = False) -> Column[str]:
    """An id, of a row of ``target`` if that is given."""
    link = [ForeignKey(target)] if target else []
    return Column(name, String(64), *link, primary_key=key, nullable=null)
