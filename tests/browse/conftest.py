"""A snapshot of the sample web, with full texts and one article that a page must not trust."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from crawler.exports import publish
from crawler.store import Store
from crawler.store.schema import articles
from tests.exports.conftest import database

__all__ = ["EVIL", "database", "snapshot"]

EVIL = "<script>document.title='alive'</script><img src=http://evil.example/x onerror=alert(1)>\x1b[31m"


@pytest.fixture(scope="session")
def snapshot(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("browse")
    own = shutil.copy(database, folder / "own.sqlite")
    with Store(f"sqlite:///{own}") as store:
        with store.read() as connection:
            told = select(articles.c.url).where(articles.c.relevant).order_by(articles.c.article_id)
            url = connection.scalars(told).first()
        record = store.record(str(url))
        assert record is not None
        store.save(replace(record, article=replace(record.article, title=EVIL, source=EVIL)), portal="cinic")
        publish(store, folder / "snapshot.sqlite", with_text=True)
    return folder / "snapshot.sqlite"
