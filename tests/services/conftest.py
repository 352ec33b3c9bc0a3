"""What tests of several crawlers share: the servers between them and the web they ask."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from crawler.sample import serve
from crawler.sample.server import SampleWeb
from tests.services.servers import Servers


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    with Servers() as running:
        yield running


@pytest.fixture(scope="session")
def web() -> Iterator[SampleWeb]:
    with serve(1) as running:
        yield running
