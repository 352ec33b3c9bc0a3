"""The sample web read by the real recipe into a real store, once for all tests of exports."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.model import Page
from crawler.portals import portal
from crawler.recipe import recipe
from crawler.sample.articles import sample_articles
from crawler.sample.site import article_url, lookup
from crawler.store import Store


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file with every sample article of day 1."""
    path = tmp_path_factory.mktemp("exports") / "sample.sqlite"
    with Store(f"sqlite:///{path}", sample=True) as store:
        fill(store)
    return path


@pytest.fixture
def store(database: Path) -> Iterator[Store]:
    with Store(f"sqlite:///{database}") as opened:
        yield opened


def fill(store: Store) -> None:
    """Save what the recipe reads from every sample article of day 1."""
    runs = {name: store.begin_run(name) for name in sorted({a.portal for a in sample_articles()})}
    for article in sorted(sample_articles(), key=lambda a: (a.portal, a.id)):
        if article.on(1) is None or article.delay:
            continue
        url, home = article_url(article), portal(article.portal).home
        page = lookup(url, 1)
        record = recipe(Page(url, page.body, headers=page.headers, home=home, portal=article.portal))
        moment = datetime(2026, 1, 1, tzinfo=UTC)
        store.save(record, run_id=runs[article.portal], portal=article.portal, fetched_at=moment)
