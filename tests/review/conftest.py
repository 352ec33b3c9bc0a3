"""A store of one's own with the sample articles, because reviews change it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.store import Store
from tests.exports.conftest import database

__all__ = ["database", "own", "store"]


@pytest.fixture
def own(database: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(database, tmp_path / "own.sqlite"))


@pytest.fixture
def store(own: Path) -> Iterator[Store]:
    with Store(f"sqlite:///{own}") as opened:
        yield opened
