"""A real HTTP proxy on loopback that answers for the sample's hosts and for nothing else."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from crawler.sample.certificates import write_certificates
from crawler.sample.site import Resource, hosts, lookup


@dataclass(frozen=True, slots=True)
class Request:
    """One answered request: ``at`` is seconds since the server started."""

    method: str
    url: str
    status: int
    at: float


class SampleWeb:
    """The running sample: where it listens, what it was asked, and which day it shows."""

    def __init__(self, server: _Server, ca_path: Path) -> None:
        self._server = server
        self.ca_path = ca_path
        self.port: int = server.server_address[1]
        self.proxy_url = f"http://127.0.0.1:{self.port}"
        self.hosts = hosts()

    @property
    def requests(self) -> tuple[Request, ...]:
        """The log so far, in order of answering; CONNECT lines are left out, what goes through the tunnel is in."""
        with self._server.lock:
            return tuple(self._server.log)

    @property
    def day(self) -> int:
        """The day the web shows: 1, or 2 for what an incremental harvest finds later."""
        return self._server.day

    @day.setter
    def day(self, day: int) -> None:
        self._server.day = _checked_day(day)


@contextmanager
def serve(day: int = 1, port: int = 0) -> Iterator[SampleWeb]:
    """Serve the sample web as of ``day`` (1 or 2) on ``port`` (0 = a free one) until the block ends.

    Raises ValueError for another day, OSError when the port is taken.
    """
    with TemporaryDirectory(prefix="duikou-sample-") as folder:
        ca, chain = write_certificates(Path(folder), hosts())
        with _Server(("127.0.0.1", port), chain, _checked_day(day)) as server:
            thread = threading.Thread(target=server.serve_forever, args=(0.05,), name="sample-web", daemon=True)
            thread.start()
            try:
                yield SampleWeb(server, ca)
            finally:
                server.shutdown()
                thread.join()


def _checked_day(day: int) -> int:
    if day not in (1, 2):
        raise ValueError(f"the sample web has day 1 and day 2, not day {day}")
    return day


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False  # idle keep-alive connections of clients must not hold up the end

    def __init__(self, address: tuple[str, int], chain: Path, day: int) -> None:
        super().__init__(address, _Handler)
        self.day = day
        self.started = time.monotonic()
        self.log: list[Request] = []
        self.lock = threading.Lock()
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(chain)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that hang up or refuse the certificate: both are theirs to decide."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "sample"
    sys_version = ""
    server: _Server
    tunnel: str | None = None

    def do_CONNECT(self) -> None:
        """End the TLS tunnel here and go on answering inside it."""
        host, _, port = self.path.rpartition(":")
        if host not in hosts() or port != "443":
            self._refuse(f"https://{self.path}/")
            return
        self.send_response_only(HTTPStatus.OK, "Connection established")
        self.end_headers()
        self.connection = self.server.tls.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", buffering=0)
        self.tunnel = host
        self.close_connection = False

    def finish(self) -> None:
        """Close the tunnel's own socket too: the server only knows the one underneath."""
        super().finish()
        if self.tunnel:
            self.connection.close()

    def do_GET(self) -> None:
        """Answer a page of the sample, 304 when the client has it, 502 for hosts that are not ours."""
        url = self._url()
        if (urlsplit(url).hostname or "") not in hosts():
            self._refuse(url)
            return
        resource = lookup(url, self.server.day)
        if resource.delay:
            time.sleep(resource.delay)
        if resource.status == HTTPStatus.OK and self._fresh(resource):
            self._answer(url, HTTPStatus.NOT_MODIFIED, resource.headers, b"")
        else:
            self._answer(url, resource.status, resource.headers, resource.body)

    def do_HEAD(self) -> None:
        """The same without the body."""
        self.do_GET()

    def _url(self) -> str:
        """The absolute URL asked for, whether through the proxy, inside the tunnel or by Host header."""
        if self.tunnel:
            return f"https://{self.tunnel}{self.path}"
        return self.path if "://" in self.path else f"http://{self.headers.get('Host', '')}{self.path}"

    def _fresh(self, resource: Resource) -> bool:
        headers = dict(resource.headers)
        if tags := self.headers.get("If-None-Match"):
            return "ETag" in headers and headers["ETag"] in {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        since = self.headers.get("If-Modified-Since")
        if not since or "Last-Modified" not in headers:
            return False
        try:
            return parsedate_to_datetime(headers["Last-Modified"]) <= parsedate_to_datetime(since)
        except ValueError:
            return False

    def _refuse(self, url: str) -> None:
        self.close_connection = True
        body = b"The sample web answers only for its own hosts; see crawler/sample/README.md.\n"
        self._answer(url, HTTPStatus.BAD_GATEWAY, (("Content-Type", "text/plain"),), body)

    def _answer(self, url: str, status: int, headers: tuple[tuple[str, str], ...], body: bytes) -> None:
        with self.server.lock:
            at = time.monotonic() - self.server.started
            self.server.log.append(Request(self.command, url, int(status), at))
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the terminal quiet: ``SampleWeb.requests`` is the log."""
