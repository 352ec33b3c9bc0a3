"""Addresses that are not of the public web are not asked for, however they came up."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler

from crawler.exceptions import PageRefusedError
from crawler.guard import AddressRefusedError, AddressRule


class AddressGuard:
    """Refuse other schemes than http(s), IP literals that are not public and names of inner networks.

    Every request passes here again after a redirect. What a name resolves to is checked by ``GuardedHandler`` at the
    connection, or left to the proxy where one is set. ``ADDRESSES_ALLOWED`` holds exceptions.
    """

    def __init__(self, rule: AddressRule) -> None:
        self._rule = rule

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build from the settings."""
        return cls(AddressRule.parse(crawler.settings.getlist("ADDRESSES_ALLOWED")))

    def process_request(self, request: Request) -> None:
        """Let pass what may be asked."""
        try:
            self._rule.check_url(request.url)
        except AddressRefusedError as error:
            raise PageRefusedError("address", str(error), final=True) from error
