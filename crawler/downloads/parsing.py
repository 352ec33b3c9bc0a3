"""HTTP/1.1 answers parsed with a bound on their headers, and with a body that outruns its length noticed."""

from __future__ import annotations

from typing import Any, cast

from scrapy.core.downloader.handlers.http11 import (
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from twisted.internet.defer import Deferred
from twisted.python.failure import Failure
from twisted.web._newclient import ParseError
from twisted.web.http import _DataLoss
from twisted.web.iweb import IResponse


class HeadersTooLargeError(ParseError):
    """The header section is larger than allowed; Twisted itself bounds lines only."""


class _Overrun:
    """Stands for a body decoder that was fed more than the body."""

    def noMoreData(self) -> None:  # noqa: N802  # Twisted's name
        raise _DataLoss("the body is longer than its Content-Length")


class BoundedParser(_LenientHTTPClientParser):
    """Scrapy's lenient parser; ``header_limit`` bytes of status and header lines, also over interim answers."""

    header_limit = 0
    _header_bytes = 0

    def lineReceived(self, line: bytes) -> None:  # noqa: N802  # Twisted's name
        """Count, then parse."""
        self._header_bytes += len(line) + 2
        if self.header_limit and self._header_bytes > self.header_limit:
            raise HeadersTooLargeError("header section too large", line[:100])  # type: ignore[no-untyped-call]
        super().lineReceived(line)

    def _finished(self, rest: bytes) -> None:
        # What follows the body on a connection that asked for one page belongs to no answer: the length was wrong.
        if rest.strip() and self.bodyDecoder is not None:
            self.bodyDecoder = cast(Any, _Overrun())
        super()._finished(rest)  # type: ignore[no-untyped-call]

    def connectionLost(self, reason: Any = None) -> None:  # noqa: N802  # Twisted's name
        """End the body; Twisted itself passes a bare exception here, which no failure may hold."""
        whole = reason is None or isinstance(reason, Failure)
        super().connectionLost(reason if whole else Failure(reason))  # type: ignore[no-untyped-call]


class _Protocol(_LenientHTTP11ClientProtocol):
    header_limit = 0

    def request(self, request: Any) -> Deferred[IResponse]:
        answer = super().request(request)
        parser = cast(Any, self._parser)
        parser.__class__ = BoundedParser  # as Scrapy does: there is no other way in
        parser.header_limit = self.header_limit
        return answer


def factory_with(header_limit: int) -> type[_LenientHTTP11ClientFactory]:
    """The factory of connections whose answers have at most ``header_limit`` bytes of headers (0 = any number)."""

    class Protocol(_Protocol):
        pass

    Protocol.header_limit = header_limit

    class Factory(_LenientHTTP11ClientFactory):
        def buildProtocol(self, addr: Any) -> _Protocol:  # noqa: N802  # Twisted's name
            return Protocol(self._quiescentCallback)  # type: ignore[no-untyped-call]

    return Factory
