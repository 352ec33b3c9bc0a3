"""What a crawl tells at its end, for real: a webhook, a feed, the ledger; and that no telling can fail it."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import feedparser
import pytest
from spidermon import Monitor, MonitorSuite
from sqlalchemy import select

from crawler.monitors import write_case
from crawler.store import Store, incidents
from crawler.store.schema import notices
from tests.spiders.conftest import LIST_1, article_url, cinic

SECRET = "s3kr1t-Wort"


@pytest.fixture
def hook(monkeypatch):
    """A webhook on a free port: its address and what it got."""
    got = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(
                (self.headers["X-Duikou-Secret"], json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            )
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Silent."""

    monkeypatch.setenv("THE_SECRET", SECRET)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/in", got
    server.shutdown()
    thread.join()
    server.server_close()


class Fussy(Monitor):
    __test__ = False  # Spidermon's, not pytest's

    def test_at_least_a_thousand_pages(self) -> None:
        if self.data.stats["duikou/asked"] < 1000:
            self.fail("fewer than 1000 pages")


class FussySuite(MonitorSuite):
    monitors = [Fussy]  # noqa: RUF012


def test_hits_and_a_monitor_of_ones_own_are_told_once(web, crawl, database, hook, tmp_path):
    url, got = hook
    cinic(web)
    (tmp_path / "w.toml").write_text("[[watch]]\nname = '湘西'\nplace = '433100'\ntype = 'donation'", "utf-8")
    settings = {
        "NOTIFY_WEBHOOK": url,
        "NOTIFY_WEBHOOK_SECRET": "env:THE_SECRET",
        "WATCHLIST": str(tmp_path / "w.toml"),
        "WATCH_FEED": str(tmp_path / "feeds" / "w.atom"),
        "SPIDERMON_SPIDER_CLOSE_MONITORS": ["crawler.extensions.monitors.PortalSuite", FussySuite],
    }
    first, second = crawl("cinic", settings), crawl("cinic", settings)
    assert first["lost"] == second["lost"] == 0
    assert [key for key, _ in got] == [SECRET]
    ((_, told),) = got
    assert {hit["watch"] for hit in told["hits"]} == {"湘西"}
    (incident,) = told["incidents"]
    assert incident["kind"] == "custom"
    assert incident["message"] == "fewer than 1000 pages"
    feed = feedparser.parse((tmp_path / "feeds" / "w.atom").read_bytes())
    assert not feed.bozo
    assert {entry.id for entry in feed.entries}
    assert SECRET not in "".join(first.lines + second.lines)


def test_nothing_that_goes_wrong_in_telling_fails_the_crawl(web, crawl, database, monkeypatch, tmp_path):
    cinic(web, {LIST_1: [7, 6, 5]})
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setattr("crawler.notices.delivery._PAUSE", 0)
    (tmp_path / "w.toml").write_text("[[watch]]\nname = '湘西'\nplace = '湘西'", "utf-8")
    settings = {
        "NOTIFY_WEBHOOK": "http://127.0.0.1:1/in",
        "NOTIFY_WEBHOOK_SECRET": SECRET,  # a secret itself, where a reference belongs
        "WATCHLIST": str(tmp_path / "w.toml"),
        "CASES_DIR": "/dev/null/nowhere",
        "SPIDERMON_SPIDER_CLOSE_MONITORS": ["crawler.extensions.monitors.PortalSuite", FussySuite],
    }
    done = crawl("cinic", settings)
    assert (done["new"], done["lost"], done.stats["finish_reason"]) == (3, 0, "finished")
    lines = "\n".join(done.lines)
    assert f"{tmp_path / 'w.toml'}: watch 1 (“湘西”): place: 湘西: " in lines
    assert "NOTIFY_WEBHOOK_SECRET: write env:NAME or file:PATH" in lines
    assert SECRET not in lines
    with Store(database) as store, store.read() as connection:
        (waiting,) = connection.execute(select(notices.c.attempts, notices.c.sent_at)).all()
        assert waiting == (1, None)
        assert len(incidents.listed(connection)) == 1


def test_cases_of_a_list_page_and_of_an_article(web, crawl, any_database, tmp_path):
    """On SQLite and PostgreSQL: the list page that lost its articles, and an article beside the last whole one."""
    archive = tmp_path / "archive"
    settings = {"DATABASE_URL": any_database, "ARCHIVE_DIR": str(archive)}
    cinic(web, {LIST_1: [7, 6, 5]})
    crawl("cinic", settings)
    web.put(LIST_1, "<html><body><div id='app'></div><script src='list.js'></script></body></html>")
    done = crawl("cinic", settings, part="news")
    assert done["lists_empty"] == 1
    with Store(any_database) as store:
        with store.read() as connection:
            (incident,) = incidents.listed(connection)
        article = replace(incident, cause="coverage/published", incident=99)
        second = write_case(store, archive, tmp_path / "cases", article, [article_url(7)])
    assert (incident.cause, incident.kind) == ("lists/empty", "layout")
    folder = Path(incident.folder)
    case = json.loads((folder / "case.json").read_text("utf-8"))
    assert case["rule"]["basis"] == "links by shape"
    assert case["now"].startswith("nothing stands at")
    assert case["last_matched"] == LIST_1
    assert "id='app'" in (folder / "page.html").read_text("utf-8")
    assert json.loads((folder / "expected.json").read_text("utf-8"))["expected"] == {"articles": "?"}
    case = json.loads((second / "case.json").read_text("utf-8"))
    assert case["rule"]["basis"] == "byline"
    assert case["last_matched"] in (article_url(6), article_url(5))
    assert (second / "matched.html").exists()


def test_a_redirect_to_a_page_asked_for_anyway_is_no_failure(web, crawl, store):
    cinic(web, {LIST_1: [7, 6, 5]})
    web.put("http://www.cinic.org.cn/hy/cs/840007.html", "", 301, Location="http://www.cinic.org.cn/hy/cs/840006.html")
    done = crawl("cinic")
    (summary,) = store.portal_summary()
    assert done["skipped/moved"] == 1
    assert summary.failed == 0
