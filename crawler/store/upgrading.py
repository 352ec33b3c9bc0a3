"""Open a database: make or migrate its tables, and refuse what this program cannot or must not touch."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, inspect, select, text, update

from crawler import __version__
from crawler.model import SCHEMA_VERSION
from crawler.store.engine import Database, StoreError
from crawler.store.ledger import insert_missing
from crawler.store.schema import SCHEMA_REVISION, meta, metadata


def open_up(database: Database, sample: bool | None) -> bool:
    """Make the database ready and return whether it is marked as sample data."""
    with database.read() as connection:
        revision = _revision(connection, database.shown)
    if revision != SCHEMA_REVISION:
        upgrade(database)
    with database.read() as connection:
        kept = _meta(connection)
    if kept.get("code_version") != __version__ or not {"sample", "identity"} <= kept.keys():
        kept = _sign(database, sample)
    marked = kept["sample"] == "true"
    if sample is not None and sample != marked:
        holds, wanted = ("sample", "real") if marked else ("real", "sample")
        raise StoreError(f"{database.shown}: holds {holds} data; choose another database for {wanted} data")
    return marked


def upgrade(database: Database) -> None:
    """Run the migrations that the database has not seen yet, in one transaction."""
    from alembic import command  # takes a fifth of a second to import, and most openings need no migration
    from alembic.config import Config

    config = Config()
    with _migrations() as folder, database.write() as connection:
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        _revision(connection, database.shown)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def identity(connection: Connection) -> str:
    """Return the word that its first opening gave the database."""
    return _meta(connection)["identity"]


@contextmanager
def _migrations() -> Iterator[Path]:
    """The folder of the migrations; unpacked when the package is run from an archive, as Scrapyd does."""
    kept = files("crawler.store") / "migrations"
    if isinstance(kept, Path):
        yield kept
        return
    with TemporaryDirectory(prefix="duikou-") as folder:
        for source, target in ((kept, Path(folder)), (kept / "versions", Path(folder) / "versions")):
            target.mkdir(exist_ok=True)
            for file in source.iterdir():
                if file.name.endswith((".py", ".mako")):
                    (target / file.name).write_bytes(file.read_bytes())
        yield Path(folder)


def _revision(connection: Connection, shown: str) -> str | None:
    """Return the database's revision, None for an empty one; refuse newer ones and other programs' tables."""
    tables = set(inspect(connection).get_table_names())
    if "alembic_version" not in tables:
        if foreign := tables & set(metadata.tables):
            raise StoreError(f"{shown}: has a table {min(foreign)} that duikou did not make; choose another database")
        return None
    revision = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if revision is not None and revision > SCHEMA_REVISION:
        raise StoreError(
            f"{shown}: its schema {revision} is newer than {SCHEMA_REVISION}, the newest known here; upgrade duikou"
        )
    return str(revision) if revision is not None else None


def _meta(connection: Connection) -> dict[str, str]:
    return {row.key: row.value for row in connection.execute(select(meta))}


def _sign(database: Database, sample: bool | None) -> dict[str, str]:
    """Enter who writes here, and whether what is written is sample data: settled by the first opening."""
    with database.write() as connection:
        given = {"sample": "true" if sample else "false", "schema_version": SCHEMA_VERSION, "code_version": __version__}
        given["identity"] = token_hex(8)
        insert_missing(connection, meta, [{"key": key, "value": value} for key, value in given.items()])
        for key in ("schema_version", "code_version"):
            connection.execute(update(meta).where(meta.c.key == key).values(value=given[key]))
        return _meta(connection)
