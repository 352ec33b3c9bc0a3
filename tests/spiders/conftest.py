"""A web of our own behind a loopback proxy, and crawls that run for real in one reactor for the whole session."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from scrapy import signals
from scrapy.core.engine import ExecutionEngine
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings
from scrapy.utils.reactor import install_reactor

from crawler.store import Store

HEAD = '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'


@dataclass
class Reply:
    """What an URL answers."""

    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Asked:
    """One request the web got."""

    url: str
    headers: dict[str, str]


class Web:
    """Pages by absolute URL; anything else is 404. ``asked`` is the log."""

    def __init__(self) -> None:
        self.pages: dict[str, Reply] = {}
        self.asked: list[Asked] = []
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.web = self
        self.proxy = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def put(self, url: str, body: bytes | str = b"", status: int = 200, **headers: str) -> None:
        kind = {"Content-Type": "text/html; charset=utf-8"}
        self.pages[url] = Reply(body, status, kind | {k.replace("_", "-"): v for k, v in headers.items()})

    def urls(self, *, robots: bool = False) -> list[str]:
        return [a.url for a in self.asked if robots or not a.url.endswith("/robots.txt")]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    web: Web

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up are theirs to decide."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        web = self.server.web
        web.asked.append(Asked(self.path, dict(self.headers)))
        reply = web.pages.get(self.path, Reply(b"<p>404</p>", 404, {"Content-Type": "text/html"}))
        body = reply.body.encode() if isinstance(reply.body, str) else reply.body
        etag = reply.headers.get("ETag")
        if etag and self.headers.get("If-None-Match") == etag:
            self.send_response(304)
            self.send_header("ETag", etag)
            self.end_headers()
            return
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """The log is ``web.asked``."""


@dataclass
class Crawl:
    """What a crawl came to."""

    items: list[Any]
    stats: dict[str, Any]
    lines: list[str]

    def __getitem__(self, name: str) -> int:
        return int(self.stats.get(f"duikou/{name}", 0))


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    web = Web()
    for name in ("no_proxy", "NO_PROXY", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", web.proxy)
    monkeypatch.setenv("https_proxy", web.proxy)
    yield web
    web.close()


@pytest.fixture(scope="session")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    """The asyncio loop of a reactor that runs in its own thread until the session ends."""
    started: list[asyncio.AbstractEventLoop] = []
    ready = threading.Event()

    def run() -> None:
        asyncio.set_event_loop(asyncio.new_event_loop())
        install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
        from twisted.internet import reactor

        started.append(asyncio.get_event_loop())
        reactor.callWhenRunning(ready.set)  # type: ignore[attr-defined]
        reactor.run(installSignalHandlers=False)  # type: ignore[attr-defined]

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert ready.wait(20)
    yield started[0]
    from twisted.internet import reactor

    reactor.callFromThread(reactor.stop)  # type: ignore[attr-defined]
    thread.join(10)
    started[0].close()


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'harvest.sqlite'}"


@pytest.fixture
def crawl(
    loop: asyncio.AbstractEventLoop, database: str, web: Web, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Crawl]:
    """Run a spider by name with arguments; ``settings`` override the fast test settings."""
    # a crawl whose last page needs no request ends at the engine's next beat: five seconds by default
    monkeypatch.setattr(ExecutionEngine, "_SLOT_HEARTBEAT_INTERVAL", 0.1)

    def run(name: str, settings: dict[str, Any] | None = None, **arguments: str) -> Crawl:
        chosen = Settings()
        chosen.setmodule("crawler.settings", priority="project")
        fast = {
            "DATABASE_URL": database,
            "DOWNLOAD_DELAY": 0,
            "AUTOTHROTTLE_ENABLED": False,
            "RETRY_TIMES": 0,
            "REVISIT_AFTER": 0,
            "LOG_ENABLED": False,
            "READ_WORKERS": 0,
            "BACKOFF_START": 0,
            "MONITOR_MEMORY_MB": 1 << 20,  # the peak is that of the whole test session
        }
        chosen.setdict(fast | (settings or {}), priority="cmdline")
        result = Crawl([], {}, [])
        handler = _Lines(result.lines)

        async def go() -> None:
            runner = AsyncCrawlerRunner(chosen)
            crawler = runner.create_crawler(name)
            crawler.signals.connect(lambda item: result.items.append(item), signals.item_scraped, weak=False)
            await runner.crawl(crawler, **arguments)
            result.stats.update(crawler.stats.get_stats())

        logging.getLogger().addHandler(handler)
        logging.getLogger().setLevel(logging.INFO)
        try:
            asyncio.run_coroutine_threadsafe(go(), loop).result(60)
        finally:
            logging.getLogger().removeHandler(handler)
        return result

    return run


class _Lines(logging.Handler):
    def __init__(self, lines: list[str]) -> None:
        super().__init__(logging.INFO)
        self._lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append(record.getMessage())


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """The database after (or between) crawls."""
    with Store(database) as opened:
        yield opened


def article(title: str, body: str, day: str = "2020-06-23") -> str:
    """An article page as portals write them."""
    return (
        f"<html><head>{HEAD}<title>{title}</title></head><body><h1>{title}</h1>"
        f"<div class='info'>来源:某日报 时间:{day}</div><div class='content'>"
        + "".join(f"<p>{part}</p>" for part in body.split("|"))
        + "</div></body></html>"
    )


def listing(rows: list[tuple[str, str, str]], following: str = "") -> str:
    """A list page: rows of (href, title, date), and the href of the next page."""
    items = "".join(f"<li><a href='{href}'>{title}</a><span>{day}</span></li>" for href, title, day in rows)
    pager = f"<div class='page'><a href='{following}'>下一页</a></div>" if following else ""
    return f"<html><head>{HEAD}</head><body><ul class='list'>{items}</ul>{pager}</body></html>"


TEXT = (
    "6月{n}日,济南市党政代表团赴湖南省湘西州考察东西部扶贫协作工作,召开联席会议,双方签署了协作协议。"
    "|会上,济南市向湘西州捐赠帮扶资金{n}00万元,用于花垣县第{n}批产业项目建设。|活动期间,代表团还看望了第{n}批挂职干部。"
)
SHORT = (
    "第{n}期全民阅读活动在文化馆举行,图书馆工作人员介绍了{n}类新书。|读者可凭借书证于开馆时间到第{n}阅览室办理借阅。"
)
LIST_1 = "http://www.cinic.org.cn/hy/cs/"
LIST_2 = "http://www.cinic.org.cn/hy/cs/index_1.html"
LIST_3 = "http://www.cinic.org.cn/hy/cs/index_2.html"


def article_url(n: int) -> str:
    return f"http://www.cinic.org.cn/hy/cs/8400{n:02}.html"


def cinic(web: Web, pages: dict[str, list[int]] | None = None) -> list[int]:
    """Fill the web with a small cinic: three list pages of three, two, two articles; returns the article numbers."""
    pages = pages or {LIST_1: [7, 6, 5], LIST_2: [4, 3], LIST_3: [2, 1]}
    urls = list(pages)
    for i, (url, numbers) in enumerate(pages.items()):
        rows = [(article_url(n), f"济南市与湘西州第{n}次扶贫协作联席会议召开", f"2020-06-{n:02}") for n in numbers]
        web.put(url, listing(rows, urls[i + 1] if i + 1 < len(urls) else ""))
    numbers = [n for page in pages.values() for n in page]
    for n in numbers:
        title = f"济南市与湘西州第{n}次扶贫协作联席会议召开"
        text = TEXT if n in (1, 7) else SHORT  # two with events: the rest is about pages
        web.put(article_url(n), article(title, text.format(n=n), f"2020-06-{n:02}"), ETag=f'"{n}"')
    return numbers
