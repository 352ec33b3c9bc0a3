"""robots.txt that does not come: RFC 9309 wants nothing asked after an error, everything where there is none."""

from __future__ import annotations

import gzip
import http.server
import threading
from collections.abc import Iterator

import pytest

from tests.spiders.conftest import LIST_1, article_url, cinic

ROBOTS = "http://www.cinic.org.cn/robots.txt"


@pytest.mark.parametrize("status", [500, 503, 429])
def test_after_an_error_of_the_server_nothing_is_asked_for(web, crawl, store, status):
    cinic(web)
    web.put(ROBOTS, "oops", status)
    run = crawl("cinic")
    assert {asked.url for asked in web.asked} == {ROBOTS}
    assert run.stats["finish_reason"] == "finished"
    assert run["lost"] >= 1
    said = f"{ROBOTS} cannot be had (HTTP {status}); the next run tries again"
    assert f"{LIST_1}: {said}" in run.lines
    assert run["lost/robots"] == run["lost"]
    del web.pages[ROBOTS]
    again = crawl("cinic")
    assert (again["lost"], again["new"]) == (0, 7)
    assert len(store.stored([article_url(n) for n in range(1, 8)])) == 7


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_where_there_is_none_all_is_allowed(web, crawl, status):
    cinic(web)
    web.put(ROBOTS, "User-agent: *\nDisallow: /\n", status)
    run = crawl("cinic")
    assert (run["lost"], run["new"]) == (0, 7)


def test_pages_that_could_not_be_asked_for_keep_their_place(web, crawl, store):
    cinic(web)
    web.put(article_url(3), "busy", 503)
    crawl("cinic")
    row = store.url(article_url(3))
    web.put(ROBOTS, "oops", 503)
    for _ in range(6):
        assert crawl("cinic")["lost/robots"] >= 2
    assert store.url(article_url(3)) == row


def test_whoever_wants_scrapys_own_way_has_it(web, crawl):
    cinic(web)
    web.put(ROBOTS, "oops", 503)
    run = crawl("cinic", {"ROBOTSTXT_STRICT": False})
    assert (run["lost"], run["new"]) == (0, 7)


def test_many_pages_that_wait_for_it_at_once_all_obey_it(web, crawl, store):
    cinic(web)
    web.put(ROBOTS, "User-agent: *\nDisallow: /hy/cs/8400\n", Content_Type="text/plain")
    store.found("cinic", None, [article_url(n) for n in range(1, 8)], [], store.begin_run("cinic"))
    run = crawl("cinic")
    assert run["skipped/robots"] == 7
    assert not [url for url in web.urls() if "/8400" in url]


@pytest.fixture
def mute() -> Iterator[str]:
    """A server that hangs up on whoever asks for robots.txt, and answers everything else."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if not self.path.endswith("/robots.txt"):
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"<p>asked</p>")

        def log_message(self, format: str, *args: object) -> None:
            """Nothing to say."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_no_answer_is_an_error_too_and_other_sites_go_on(web, crawl, store, mute, monkeypatch):
    cinic(web)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    run = crawl("cinic", {"ADDRESSES_ALLOWED": ["127.0.0.1"]}, lists=f"{mute}/list.html")
    (line,) = (line for line in run.lines if line.startswith(f"{mute}/list.html: "))
    assert f"{mute}/robots.txt cannot be had (" in line
    assert line.endswith("; the next run tries again")
    assert (run["lost"], run["new"]) == (1, 7)


def test_a_torn_answer_is_no_answer(web, crawl):
    cinic(web)
    web.put(ROBOTS, gzip.compress(b"User-agent: *\nDisallow: /x\n" * 400)[:-30], Content_Encoding="gzip")
    run = crawl("cinic")
    assert {asked.url for asked in web.asked} == {ROBOTS}
    assert run["lost/robots"] == run["lost"] >= 1
