"""Web archives of our own that answer as the Wayback Machine and Common Crawl do: paging, 429, gaps, revisits."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote_plus, unquote, urlsplit

from crawler.archive import Capture, Earlier, WarcWriter, payload_digest

COLUMNS = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]
PAGE = 3


@dataclass
class Held:
    """One capture the archive holds; ``gone`` = listed, but its bytes cannot be had."""

    url: str
    timestamp: str
    body: bytes
    mime: str = "text/html"
    status: int = 200
    revisit: bool = False
    gone: bool = False


class CdxWeb:
    """``index`` speaks Wayback, ``common`` Common Crawl; every endpoint refuses its first request with 429."""

    def __init__(self, held: list[Held], folder: Path) -> None:
        self.held, self.folder = held, folder
        self.asked: list[str] = []
        self.refused: set[str] = set()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.origin = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.index, self.common = f"{self.origin}/cdx/search/cdx", f"{self.origin}/CC-MAIN-2020-05-index"
        self._lines = self._warc()
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, target: str, byte_range: str | None) -> tuple[int, dict[str, str], bytes]:
        self.asked.append(target)
        parts = urlsplit(target)
        words = {key: values[0] for key, values in parse_qs(parts.query).items()}
        if parts.path not in self.refused and not parts.path.startswith("/web/"):
            self.refused.add(parts.path)
            return 429, {"Retry-After": "0"}, b"Too Many Requests"
        if parts.path == "/cdx/search/cdx":
            return 200, {"Content-Type": "application/json"}, self._wayback(words)
        if parts.path == "/CC-MAIN-2020-05-index":
            return self._common(words)
        if parts.path.startswith("/web/"):
            return self._page(unquote(target))
        if parts.path == "/crawl-data/a.warc.gz" and byte_range:
            first, _, last = byte_range.removeprefix("bytes=").partition("-")
            data = (self.folder / "a.warc.gz").read_bytes()[int(first) : int(last) + 1]
            return 206, {"Content-Type": "application/octet-stream"}, data
        return 404, {}, b"not here"

    def _wayback(self, words: dict[str, str]) -> bytes:
        keys = [f"cn,org,gdfupin)/{urlsplit(held.url).path} {held.timestamp}!" for held in self.held]
        start = keys.index(words["resumeKey"]) + 1 if "resumeKey" in words else 0
        rows: list[Any] = [
            [
                "key", held.timestamp, held.url, "warc/revisit" if held.revisit else held.mime,
                "-" if held.revisit else str(held.status), payload_digest(held.body), "99",
            ]
            for held in self.held[start : start + PAGE]
            if held.timestamp >= words.get("from", "")
        ]  # fmt: skip
        if start + PAGE < len(self.held):
            rows += [[], [quote_plus(keys[start + PAGE - 1])]]
        return json.dumps([COLUMNS, *rows]).encode()

    def _common(self, words: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        if words["url"] != "www.gdfupin.org.cn/*":
            return 404, {}, json.dumps({"message": f"No Captures found for: {words['url']}"}).encode()
        if words.get("showNumPages"):
            return 200, {}, json.dumps({"pages": -(-len(self._lines) // PAGE), "pageSize": 5}).encode()
        number = int(words["page"])
        lines = self._lines[number * PAGE : number * PAGE + PAGE]
        if not lines:
            return 404, {}, b'{"message": "No Captures found for: x"}'
        return 200, {"Content-Type": "text/x-ndjson"}, "\n".join(lines).encode()

    def _page(self, target: str) -> tuple[int, dict[str, str], bytes]:
        timestamp, _, url = target.removeprefix("/web/").partition("id_/")
        for held in self.held:
            if (held.timestamp, held.url) == (timestamp, url) and not held.gone:
                return held.status, {"Content-Type": held.mime, "X-Archive-Src": "x.warc.gz"}, held.body
        return 404, {"Content-Type": "text/html"}, b"<html>Wayback Machine has not archived that URL.</html>"

    def _warc(self) -> list[str]:
        seen: dict[str, Earlier] = {}
        writer = WarcWriter(self.folder, earlier=lambda digest: seen.get(digest))
        lines = []
        for held in self.held:
            if held.gone:
                continue
            moment = datetime.strptime(held.timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
            capture = Capture(held.url, held.status, (("Content-Type", held.mime),), held.body, moment)
            written = writer.write(capture)
            seen.setdefault(written.digest, Earlier(held.url, moment))
            line = {
                "urlkey": "key", "timestamp": held.timestamp, "url": held.url,
                "mime": "warc/revisit" if written.record_type == "revisit" else held.mime, "status": str(held.status),
                "digest": written.digest.removeprefix("sha1:"), "filename": "crawl-data/a.warc.gz",
                "offset": str(written.location.offset), "length": str(written.location.length),
            }  # fmt: skip
            lines.append(json.dumps(line))
        writer.close()
        (made,) = self.folder.glob("duikou-*.warc.gz")
        made.rename(self.folder / "a.warc.gz")
        return lines


def _handler(web: CdxWeb) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if self.path == "/robots.txt":
                status, headers, body = 404, {}, b""
            else:
                status, headers, body = web.answer(self.path, self.headers.get("Range"))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """The log is ``web.asked``."""

    return Handler
