"""Up and down through every revision with data in the tables, on both databases."""

from __future__ import annotations

import json
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from records import harvest
from sqlalchemy import inspect

from crawler.store import Store, upgrading
from crawler.store.engine import Database
from crawler.store.schema import SCHEMA_REVISION, metadata

FOLDER = Path(upgrading.__file__).parent / "migrations"
REVISIONS = [one.revision for one in ScriptDirectory(str(FOLDER)).walk_revisions()]  # newest first


def downgrade(url: str, revision: str) -> None:
    database = Database(url)
    try:
        with database.write() as connection:
            config = Config()
            config.set_main_option("script_location", str(FOLDER))
            config.attributes["connection"] = connection
            command.downgrade(config, revision)
    finally:
        database.close()


def kept(store: Store) -> list[str]:
    """What every revision has a place for: articles with their text, mentions, figures, events, revisions."""
    lines = [json.loads(line) for line in store.dump()]
    wanted = ("article", "revision", "figure")
    return [json.dumps(line, sort_keys=True, ensure_ascii=False) for line in lines if line["record"] in wanted]


def test_a_filled_database_comes_up_again_from_every_earlier_revision(database_url: str) -> None:
    with Store(database_url) as store:
        for portal, record in harvest():
            store.save(record, portal=portal)
        before, whole = kept(store), len(store.dump())
    assert len(before) > 10
    assert REVISIONS[0] == SCHEMA_REVISION
    for revision in REVISIONS[1:]:
        downgrade(database_url, revision)
        with Store(database_url) as store:
            with store.read() as connection:
                context = MigrationContext.configure(connection, opts={"compare_type": True})
                assert compare_metadata(context, metadata) == [], revision
            assert kept(store) == before, revision
            assert len(store.dump()) == whole, revision
            for portal, record in harvest():
                assert store.save(record, portal=portal).outcome == "unchanged", revision


def test_down_to_nothing_and_up_from_there(database_url: str) -> None:
    downgrade(database_url, "base")
    database = Database(database_url)
    with database.read() as connection:
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
    database.close()
    with Store(database_url) as store:
        for portal, record in harvest():
            store.save(record, portal=portal)
        assert len(kept(store)) > 10
