"""A web that misbehaves: one TCP server on a free loopback port, asked directly or as a proxy, a fault per address.

Faults are written to the socket byte by byte, for a well-behaved library would not let us.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

STOP = 120.0
"""Seconds after which an endless fault gives up by itself, should a test hang."""


@dataclass
class Exchange:
    """One connection with the request line read: what a fault answers on."""

    sock: socket.socket
    url: str
    headers: dict[str, str]
    over: threading.Event

    def send(self, data: bytes) -> bool:
        """Write; False when the client has gone."""
        try:
            self.sock.sendall(data)
        except OSError:
            return False
        return not self.over.is_set()

    def drip(self, data: bytes, pause: float = 0.02) -> None:
        """Write one byte at a time for ever, the last one again and again."""
        at = 0
        while self.send(data[at : at + 1] or data[-1:]) and not self.over.wait(pause):
            at += 1


Fault = Callable[[Exchange], None]


@dataclass
class Web:
    """Faults by absolute URL (``faults``) or by prefix (``trees``); anything else is 404. ``asked`` is the log."""

    faults: dict[str, Fault] = field(default_factory=dict)
    trees: dict[str, Fault] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._over = threading.Event()
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port: int = self._listening.getsockname()[1]
        self.proxy = f"http://127.0.0.1:{self.port}"
        self.pages = self.faults  # the name the plain web of the spider tests uses
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def put(self, url: str, body: bytes | str = b"", status: int = 200, **headers: str) -> None:
        """A plain page, as the web of the other spider tests has them."""
        self.faults[url] = answer(body, status, **headers)

    def urls(self, *, robots: bool = False) -> list[str]:
        """What was asked for, in order."""
        return [url for url in self.asked if robots or not url.endswith("/robots.txt")]

    def close(self) -> None:
        self._over.set()
        self._listening.shutdown(socket.SHUT_RDWR)  # or accept() would sleep on
        self._listening.close()
        self._thread.join(5)

    def _accept(self) -> None:
        while not self._over.is_set():
            try:
                sock, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(sock,), daemon=True).start()

    def _serve(self, sock: socket.socket) -> None:
        with sock, suppress(OSError):
            sock.settimeout(STOP)
            pending = b""
            while not self._over.is_set():
                while b"\r\n\r\n" not in pending:
                    data = sock.recv(65536)
                    if not data:
                        return
                    pending += data
                head, _, pending = pending.partition(b"\r\n\r\n")
                if not self._one(sock, head):
                    return

    def _one(self, sock: socket.socket, head: bytes) -> bool:
        line, *rows = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (row.partition(":") for row in rows)}
        target = line.split(" ")[1]
        url = target if "://" in target else f"http://{headers.get('host', '')}{target}"
        self.asked.append(url)
        fault = self.faults.get(url) or next((f for start, f in self.trees.items() if url.startswith(start)), NOT_FOUND)
        exchange = Exchange(sock, url, headers, self._over)
        fault(exchange)
        return getattr(fault, "keeps", False)


def head(status: int = 200, **headers: str) -> bytes:
    """A header section; ``_`` in names stands for ``-``."""
    rows = {"Content_Type": "text/html; charset=utf-8"} | headers
    return f"HTTP/1.1 {status} X\r\n".encode() + b"".join(
        f"{name.replace('_', '-')}: {value}\r\n".encode() for name, value in rows.items()
    ) + b"\r\n"  # fmt: skip


def answer(body: bytes | str = b"", status: int = 200, **headers: str) -> Fault:
    """A whole, proper answer on a connection that stays open."""
    data = body.encode() if isinstance(body, str) else body

    def fault(exchange: Exchange) -> None:
        exchange.send(head(status, **({"Content_Length": str(len(data))} | headers)) + data)

    fault.keeps = True  # type: ignore[attr-defined]
    return fault


def raw(data: bytes) -> Fault:
    """These bytes, then the end of the connection."""
    return lambda exchange: exchange.send(data) and None


def in_turn(*faults: Fault) -> Fault:
    """A fault per request, the last one for all that follow."""
    left = list(faults)

    def fault(exchange: Exchange) -> None:
        now = left.pop(0) if len(left) > 1 else left[0]
        now(exchange)

    return fault


NOT_FOUND = answer(b"<p>404</p>", 404)


def slow_headers(exchange: Exchange) -> None:
    """Slow-loris: a header byte now and then."""
    exchange.send(b"HTTP/1.1 200 OK\r\n")
    exchange.drip(b"X-Slow: " + b"a" * 64)


def slow_body(exchange: Exchange) -> None:
    """Slow-loris: the body byte by byte, always in time for a timeout that starts anew with each."""
    exchange.send(head(Content_Length="100000"))
    exchange.drip(b"<p>slow")


def endless_body(exchange: Exchange) -> None:
    """A body without end and without length."""
    exchange.send(head())
    while exchange.send(b"<p>more and more of it</p>\n" * 2000):
        pass


def endless_chunks(exchange: Exchange) -> None:
    """The same in chunks."""
    exchange.send(head(Transfer_Encoding="chunked"))
    chunk = b"<p>more and more of it</p>\n" * 2000
    while exchange.send(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n"):
        pass


def header_flood(exchange: Exchange) -> None:
    """Headers without end."""
    exchange.send(b"HTTP/1.1 200 OK\r\n")
    n = 0
    while exchange.send(b"".join(b"X-%d: %s\r\n" % (n + i, b"a" * 1000) for i in range(64))):
        n += 64


def cookie_bomb(body: bytes, count: int = 4000, size: int = 4000) -> Fault:
    """A page with very many very large cookies."""

    def fault(exchange: Exchange) -> None:
        cookies = b"".join(b"Set-Cookie: c%d=%s; Path=/\r\n" % (n, b"v" * size) for n in range(count))
        start = head(Content_Length=str(len(body)))
        exchange.send(start[:-2] + cookies + b"\r\n" + body)

    return fault


def cut(data: bytes, **headers: str) -> Fault:
    """``data`` as a body on a connection that says it stays open, then dies."""
    return lambda exchange: exchange.send(head(**headers) + data) and None


def redirect(target: str, status: int = 302, **headers: str) -> Fault:
    """To somewhere else."""
    return answer(b"", status, Location=target, **headers)


def counting(template: str, make: Callable[[int], str]) -> Fault:
    """A tree of pages numbered by their address: ``template`` is what stands before the number."""

    def fault(exchange: Exchange) -> None:
        digits = exchange.url.partition(template)[2]
        number = int("".join(c for c in digits.split("&")[0].split(".")[0] if c.isdigit()) or 0)
        answer(make(number))(exchange)

    fault.keeps = True  # type: ignore[attr-defined]
    return fault
