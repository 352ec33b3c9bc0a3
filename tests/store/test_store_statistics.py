"""PostgreSQL is told that its tables have grown, before it looks for itself."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from crawler.model import Article, Record
from crawler.store import Store
from crawler.store.rows import SaveRequest
from tests.postgres import new_database

COUNTED = text("SELECT reltuples FROM pg_class WHERE relname = 'articles'")


@pytest.mark.services
def test_after_the_first_articles_postgresql_knows_how_many_there_are() -> None:
    with new_database() as url, Store(url) as store:
        pages = [f"http://www.cinic.org.cn/hy/cs/{n}.html" for n in range(840000, 840064)]
        requests = [SaveRequest(Record(Article(url=page, text=page), relevant=False)) for page in pages]

        def known() -> float:
            with store.read() as connection:
                return connection.scalar(COUNTED)

        store.save_many(requests[:63])
        assert known() <= 0
        store.save_many(requests[63:])
        assert known() == 64
