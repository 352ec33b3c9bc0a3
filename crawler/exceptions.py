"""What our Scrapy components raise for pages they will not have; the spider enters them in the ledger."""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest


class PageRefusedError(IgnoreRequest):
    """An answer that is not taken: ``stage`` names the kind, ``reason`` the cause in one line.

    ``lost`` says that a page was missed which should have been had, ``final`` that asking again is no use, ``status``
    is the answer's HTTP status if there was one.
    """

    def __init__(
        self, stage: str, reason: str, *, lost: bool = True, final: bool = False, status: int | None = None
    ) -> None:
        super().__init__(reason)
        self.stage, self.reason, self.lost, self.final, self.status = stage, reason, lost, final, status


class RobotsUnreachableError(Exception):
    """A page is not asked for, because its site's robots.txt cannot be had: it keeps its place in the ledger."""


class HostClosedError(IgnoreRequest):
    """The host is left alone for the rest of this run: the page keeps its place in the ledger."""
