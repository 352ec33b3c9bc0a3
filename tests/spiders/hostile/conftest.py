"""The fault server in the place of the well-behaved web; crawls and database are those of the spider tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.spiders.hostile.server import Web


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    """Asked as a proxy, so that faults happen on hosts with ordinary names."""
    web = Web()
    for name in ("no_proxy", "NO_PROXY", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", web.proxy)
    monkeypatch.setenv("https_proxy", web.proxy)
    yield web
    web.close()


@pytest.fixture
def direct(web: Web, monkeypatch: pytest.MonkeyPatch) -> Web:
    """The same server, asked without a proxy."""
    for name in ("http_proxy", "https_proxy"):
        monkeypatch.delenv(name)
    return web
