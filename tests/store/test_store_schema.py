"""Migrations, documentation and code agree on the schema; what cannot be opened is refused in one clear line."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from crawler.store import Store, StoreError, engine
from crawler.store.schema import SCHEMA_REVISION, metadata

ROOT = Path(__file__).parent.parent.parent


def test_migrations_make_the_tables_the_code_knows(store: Store) -> None:
    with store.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_code_names_the_newest_migration() -> None:
    scripts = ScriptDirectory(str(ROOT / "crawler" / "store" / "migrations"))
    assert scripts.get_current_head() == SCHEMA_REVISION


def test_a_database_that_another_process_is_just_making_is_waited_for(tmp_path, monkeypatch) -> None:
    """SQLite does not wait for a lock when it switches a database to the write-ahead log."""
    other = sqlite3.connect(tmp_path / "new.sqlite", isolation_level=None)
    other.execute("CREATE TABLE begun (n INTEGER)")
    other.execute("BEGIN IMMEDIATE")
    waits = []

    def ends(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            other.execute("COMMIT")

    monkeypatch.setattr(engine, "time", SimpleNamespace(monotonic=lambda: 0.0, sleep=ends))
    with Store(f"{tmp_path}/new.sqlite") as store:
        store.begin_run("p")
    other.close()
    assert len(waits) == 3


def test_upgrading_again_changes_nothing(store: Store) -> None:
    store.begin_run("p")
    store.upgrade()
    assert len(store.runs()) == 1


def test_every_column_is_documented_and_no_other() -> None:
    documented: dict[str, set[str]] = {}
    table = ""
    for line in (ROOT / "docs" / "schema.md").read_text(encoding="utf-8").splitlines():
        if heading := re.match(r"### `(\w+)`", line):
            table = heading[1]
            documented[table] = set()
        elif table and (row := re.match(r"\| `(\w+)` \| \S", line)):
            documented[table].add(row[1])
    assert documented == {table.name: {column.name for column in table.columns} for table in metadata.sorted_tables}


def refused(url: str, **how: bool) -> str:
    with pytest.raises(StoreError) as caught, Store(url, **how):
        pass
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_a_newer_database_is_refused(database_url: str) -> None:
    with Store(database_url) as store, store._database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert "upgrade duikou" in refused(database_url)


def test_another_programs_tables_are_left_alone(database_url: str) -> None:
    with Store(database_url) as store, store._database.write() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
    assert "choose another database" in refused(database_url)


def test_sample_and_real_data_do_not_mix(make_database_url) -> None:
    sample, real = make_database_url(), make_database_url()
    with Store(sample, sample=True) as store:
        assert store.sample
        store.begin_run("p")
        assert store.runs()[0].sample
    with Store(sample) as store:
        assert store.sample
    assert "holds sample data" in refused(sample, sample=False)
    with Store(real) as store:
        assert not store.sample
    assert "holds real data" in refused(real, sample=True)


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("these are notes, and many of them\n" * 100)
    message = refused(str(path))
    assert str(path) in message
    assert "not an SQLite database" in message


def test_a_folder_and_an_impossible_folder_are_named(tmp_path: Path) -> None:
    assert "is a folder" in refused(f"sqlite:///{tmp_path}")
    (tmp_path / "file").write_text("")
    assert "cannot make its folder" in refused(f"sqlite:///{tmp_path}/file/x.db")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert "check" in refused(f"sqlite:///{tmp_path}/x.db")


def test_urls_that_are_no_databases_are_refused() -> None:
    assert "not a database URL" in refused("http//x://y")
    assert "nothing would be kept" in refused("sqlite://")
    assert "no driver" in refused("mysql+nonesuch://localhost/x")


@pytest.mark.services
def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    message = refused("postgresql://someone:secret@127.0.0.1:1/none")
    assert "no connection" in message
    assert "secret" not in message


def test_a_path_without_scheme_is_an_sqlite_file_in_wal_mode(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "duikou.db"
    Store(str(path)).close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
