"""``scrapy`` commands run one after the other, each in a process of its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests import forked


@pytest.fixture(scope="session")
def scrapy() -> Callable[..., list[forked.Done]]:
    """Run commands from the repository's folder, through ``proxy`` if given."""

    def run(commands: list[list[str]], proxy: str | None = None) -> list[forked.Done]:
        return [forked.run(words, proxy=proxy) for words in commands]

    return run
