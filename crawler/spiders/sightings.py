"""Articles that this run's list pages have named: how a list that goes round in circles is told from a long one."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from crawler.extensions.fleet import Fleet
from crawler.extensions.ledger import Ledger


class Sightings:
    """Those of one crawler."""

    def __init__(self) -> None:
        self._seen: dict[str, bool] = {}

    async def of(self, urls: Sequence[str]) -> dict[str, bool]:
        """Those of ``urls`` that were named before; True = by this run first."""
        return {url: self._seen[url] for url in urls if url in self._seen}

    def enter(self, urls: Sequence[str], known: Collection[str]) -> None:
        """A list page that is recorded names ``urls``, of which the ledger knew ``known``."""
        for url in urls:
            self._seen.setdefault(url, url not in known)


class SharedSightings:
    """Those of all crawlers of a shared run: what is new the ledger says, what was named at all Redis."""

    def __init__(self, ledger: Ledger, fleet: Fleet) -> None:
        assert ledger.crew is not None
        self._ledger, self._crew, self._fleet = ledger, ledger.crew, fleet

    async def of(self, urls: Sequence[str]) -> dict[str, bool]:
        """As ``Sightings.of``."""
        new = await self._ledger.call(self._crew.new_in_run, urls)
        return dict.fromkeys(await self._fleet.sighted(urls), False) | dict.fromkeys(new, True)

    def enter(self, urls: Sequence[str], known: Collection[str]) -> None:
        """As ``Sightings.enter``."""
        self._fleet.sight(urls)
