"""Crawls into two databases that share a Redis: together they ask a host at the pace of one."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from typing import Any

import pytest
from redis import Redis

from tests.store.conftest import kind, make_database_url

__all__ = ["kind", "make_database_url"]
pytestmark = pytest.mark.services

ROOT = Path(__file__).parents[2]
REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/0")
HOST = "www.cinic.org.cn"
DELAY = 0.3


@pytest.fixture
def arrivals(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[list[float], str]]:
    """When each request for an article arrived, and the proxy that answers for the portal."""
    times: list[float] = []
    lock = Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.endswith("robots.txt"):
                body = b""
            elif self.path.endswith("/hy/cs/"):
                links = "".join(f"<li><a href='/hy/cs/9000{n:02}.html'>第{n}则消息报道</a></li>" for n in range(8))
                body = f"<meta charset=utf-8><ul>{links}</ul>".encode()
            else:
                with lock:
                    times.append(time.monotonic())
                body = "<meta charset=utf-8><h1>消息</h1><p>5月1日,两地召开了对口帮扶座谈会。</p>".encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """The log is ``times``."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield times, f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def crawl(proxy: str, database: str, cluster: str, archive: Path) -> subprocess.Popen[str]:
    settings = {
        "DATABASE_URL": database, "CLUSTER_URL": cluster, "ARCHIVE_DIR": archive, "DOWNLOAD_DELAY": DELAY,
        "AUTOTHROTTLE_ENABLED": 0, "READ_WORKERS": 0, "CONTACT": "test@example.org", "RETRY_TIMES": 0,
    }  # fmt: skip
    options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    return subprocess.Popen(
        [sys.executable, "-m", "scrapy", "crawl", "cinic", *options],
        cwd=ROOT,
        env=os.environ | {"http_proxy": proxy, "no_proxy": ""},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_two_crawlers_keep_the_pace_of_one(arrivals, make_database_url, tmp_path: Path) -> None:
    times, proxy = arrivals
    Redis.from_url(REDIS).delete(f"duikou:pace:{HOST}")
    both = [crawl(proxy, make_database_url(), REDIS, tmp_path) for _ in (1, 2)]
    for process in both:
        _, said = process.communicate(timeout=120)
        assert process.returncode == 0, said[-2000:]
    assert len(times) == 16
    times.sort()
    # request n may not come before its turn; one slot of tolerance for the way from sleep to socket
    assert times[-1] - times[0] >= (len(times) - 2) * DELAY
    assert Redis.from_url(REDIS).pttl(f"duikou:pace:{HOST}") > 0


def test_a_cluster_url_with_sqlite_ends_with_one_line(arrivals, tmp_path: Path) -> None:
    process = crawl(arrivals[1], f"sqlite:///{tmp_path}/a.sqlite", REDIS, tmp_path)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 2
    (line,) = [line for line in said.splitlines() if "error:" in line]
    assert "CLUSTER_URL needs a database that all machines reach" in line
    assert "Traceback" not in said
    assert arrivals[0] == []
