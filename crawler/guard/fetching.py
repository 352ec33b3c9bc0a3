"""One page by its address, for commands that need no crawl: public hosts only, bounded in bytes and in time."""

from __future__ import annotations

import base64
import socket
from concurrent.futures import Future
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from threading import Thread
from typing import Any
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

from crawler.guard.addresses import AddressRefusedError, AddressRule
from crawler.guard.inflating import InflateError, inflate

_STEP = 65_536
_MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class FetchError(OSError):
    """A page that could not be had: one line saying why."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came: ``url`` after redirects, the body with its Content-Encoding undone, the headers as sent."""

    url: str
    body: bytes
    headers: tuple[tuple[str, str], ...]


def fetch(url: str, rule: AddressRule, *, agent: str, limit: int, seconds: float) -> Fetched:
    """Ask for ``url``: at most ``limit`` bytes, within ``seconds`` in all, redirects and name look-ups included.

    The usual proxy variables are heeded; behind a proxy a host is judged by its name only. Raises AddressRefusedError,
    FetchError, and OSError for what the network says.
    """
    answer: Future[Fetched] = Future()

    def ask() -> None:
        try:
            answer.set_result(_followed(url, rule, agent, limit, seconds))
        except BaseException as error:
            answer.set_exception(error)

    # A socket's own timeout starts anew with every byte, so the whole is waited for from outside.
    Thread(target=ask, name="fetch", daemon=True).start()
    try:
        return answer.result(seconds)
    except TimeoutError:
        raise FetchError(f"not there within {seconds:g} s") from None
    except HTTPException as error:
        raise FetchError(f"no proper HTTP answer ({type(error).__name__})") from error


def _followed(url: str, rule: AddressRule, agent: str, limit: int, seconds: float) -> Fetched:
    for _ in range(_MOST_REDIRECTS + 1):
        rule.check_url(url)
        with _Connection(urlsplit(url), rule, seconds) as connection:
            asked = {"User-Agent": agent, "Accept-Encoding": "gzip, deflate", "Connection": "close"}
            with connection.ask(url, asked) as answer:
                location = answer.headers.get("Location")
                if answer.status in _REDIRECTS and location:
                    url = urljoin(url, quote(location.encode("latin-1"), safe="%/:=&?~#+!$,;'@()*[]"))
                    continue
                if answer.status != HTTPStatus.OK:
                    raise FetchError(f"HTTP {answer.status} ({answer.reason[:60]})")
                return Fetched(url, _plain(_read(answer, limit), answer, limit), tuple(answer.headers.items()))
    raise FetchError(f"more than {_MOST_REDIRECTS} redirects")


class _Connection:
    """A connection to the host of an address, or to the proxy set for it."""

    def __init__(self, parts: SplitResult, rule: AddressRule, seconds: float) -> None:
        host = parts.hostname or ""
        proxy = "" if proxy_bypass(host) else getproxies().get(parts.scheme, "")
        secure = parts.scheme == "https"
        kind = HTTPSConnection if secure else HTTPConnection
        self._proxied = bool(proxy) and not secure
        self._headers = {}
        if not proxy:
            self._http = kind(host, parts.port, timeout=seconds)
            self._http._create_connection = _checked(rule)  # type: ignore[attr-defined]  # the hook http.client has
            return
        way = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
        self._http = kind(way.hostname or "", way.port or 80, timeout=seconds)
        if way.username:
            login = f"{unquote(way.username)}:{unquote(way.password or '')}".encode()
            self._headers["Proxy-Authorization"] = "Basic " + base64.b64encode(login).decode()
        if secure:
            self._http.set_tunnel(host, parts.port, self._headers)
            self._headers = {}

    def ask(self, url: str, headers: dict[str, str]) -> HTTPResponse:
        parts = urlsplit(url)
        target = quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe="%/:=&?~+!$,;'@()*[]")
        if self._proxied:
            target = f"{parts.scheme}://{parts.netloc}{target}"
        self._http.request("GET", target, headers={"Host": parts.netloc.rpartition("@")[2], **headers, **self._headers})
        return self._http.getresponse()

    def __enter__(self) -> _Connection:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()


def _checked(rule: AddressRule) -> Any:
    """``socket.create_connection`` that connects to public addresses only, each judged as it is used."""

    def connect(address: tuple[str, int], timeout: float, source: Any = None) -> socket.socket:
        host, port = address
        refused: Exception | None = None
        for family, kind, protocol, _, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            try:
                rule.check_address(host, str(place[0]))
            except AddressRefusedError as error:
                refused = error
                continue
            connection = socket.socket(family, kind, protocol)
            connection.settimeout(timeout)
            try:
                connection.connect(place)
            except OSError as error:
                connection.close()
                refused = error
                continue
            return connection
        raise refused or FetchError(f"{host}: the name has no address")

    return connect


def _read(answer: HTTPResponse, limit: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    while part := answer.read1(_STEP):
        parts.append(part)
        size += len(part)
        if size > limit:
            raise FetchError(f"larger than {limit / 2**20:g} MB")
    expected = answer.headers.get("Content-Length", "")
    if expected.isdecimal() and size < int(expected[:15]):
        raise FetchError(f"cut short: {size:,} of {expected[:15]} bytes came")
    return b"".join(parts)


def _plain(body: bytes, answer: HTTPResponse, limit: int) -> bytes:
    coding = (answer.headers.get("Content-Encoding") or "").strip().lower()
    if not coding or coding == "identity":
        return body
    try:
        return inflate(body, coding, limit)
    except KeyError:
        raise FetchError(f"packed by {coding[:20]!r}, which was not asked for") from None
    except InflateError as error:
        raise FetchError(str(error)) from error
