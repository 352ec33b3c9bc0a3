"""The sample's server: proxy GET, CONNECT, conditional requests, redirects, refusals, and what day 2 changes."""

from __future__ import annotations

import http.client
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from crawler.sample import SampleWeb, sample_articles, serve
from crawler.sample.site import article_url


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def get(web: SampleWeb, url: str, method: str = "GET", **headers: str) -> Answer:
    """One request through the proxy; https hosts through CONNECT, the certificate checked against the throwaway CA."""
    parts = urlsplit(url)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    if parts.scheme == "https":
        trust = ssl.create_default_context(cafile=str(web.ca_path))
        connection: http.client.HTTPConnection = http.client.HTTPSConnection("127.0.0.1", web.port, context=trust)
        connection.set_tunnel(parts.hostname or "", 443)
        target = url.split(parts.netloc, 1)[1] or "/"
    else:
        connection = http.client.HTTPConnection("127.0.0.1", web.port)
        target = url
    try:
        connection.request(method, target, headers=sent)
        response = connection.getresponse()
        return Answer(response.status, dict(response.getheaders()), response.read())
    finally:
        connection.close()


@pytest.fixture(scope="module")
def web() -> Iterator[SampleWeb]:
    with serve(day=1) as running:
        yield running


@pytest.fixture
def second_day(web: SampleWeb) -> Iterator[SampleWeb]:
    web.day = 2
    yield web
    web.day = 1


@pytest.mark.parametrize(
    "url",
    [
        "https://www.hsfkn.com/shenzhendongtai/",
        "https://www.wenku365.com/c-00012.html?page=2",
        "http://www.gdfupin.org.cn/news_list.asp?typeid=25",
        "http://www.cinic.org.cn/hy/cs/index_1.html",
        "https://c.m.163.com/nc/subscribe/list/T1586412345678/all/5-5.html",
        "http://wyjx.example/dy/list.html",
    ],
)
def test_lists_answer_by_plain_proxy_and_through_the_tunnel(web: SampleWeb, url: str) -> None:
    answer = get(web, url)
    assert answer.status == 200
    assert web.requests[-1].url == url
    assert len(answer.body) == int(answer.headers["Content-Length"])


def test_every_host_has_robots_with_a_rule(web: SampleWeb) -> None:
    for host in web.hosts:
        assert b"User-agent: *" in get(web, f"https://{host}/robots.txt").body


@pytest.mark.parametrize("url", ["http://www.example.com/", "https://www.example.com/", "https://127.0.0.1/"])
def test_other_hosts_are_refused_and_never_fetched(web: SampleWeb, url: str) -> None:
    if url.startswith("https"):
        with pytest.raises(OSError, match="502"):
            get(web, url)
    else:
        assert get(web, url).status == 502


def test_unchanged_pages_give_304_and_changed_ones_do_not(web: SampleWeb) -> None:
    url = "https://www.hsfkn.com/shenzhendongtai/401203.html"
    first = get(web, url)
    tag, modified = first.headers["ETag"], first.headers["Last-Modified"]
    assert get(web, url, If_None_Match=tag).status == 304
    assert get(web, url, If_None_Match=f'"other", W/{tag}').status == 304
    assert get(web, url, If_None_Match='"other"', If_Modified_Since=modified).status == 200
    assert get(web, url, If_Modified_Since=modified).status == 304
    assert get(web, url, If_Modified_Since="Mon, 01 Jan 2001 00:00:00 GMT").status == 200
    assert get(web, url, If_Modified_Since="yesterday").status == 200
    web.day = 2
    try:
        later = get(web, url, If_None_Match=tag, If_Modified_Since=modified)
    finally:
        web.day = 1
    assert later.status == 200
    assert later.body != first.body


def test_old_addresses_redirect(web: SampleWeb) -> None:
    answer = get(web, "http://www.cinic.org.cn/xw/cs/840123.html")
    assert answer.status == 301
    assert answer.headers["Location"] == "http://www.cinic.org.cn/hy/cs/840123.html"


def test_head_sends_no_body(web: SampleWeb) -> None:
    url = "http://www.cinic.org.cn/hy/cs/840123.html"
    answer = get(web, url, method="HEAD")
    assert answer.body == b""
    assert int(answer.headers["Content-Length"]) == len(get(web, url).body)


def test_one_page_is_slow_but_not_slower_than_a_second(web: SampleWeb) -> None:
    (slow,) = [article for article in sample_articles() if article.delay]
    start = time.monotonic()
    assert get(web, article_url(slow)).status == 200
    assert slow.delay <= time.monotonic() - start
    assert slow.delay < 1


def test_second_day_brings_new_articles_an_edit_and_takes_two_away(second_day: SampleWeb) -> None:
    new = [article for article in sample_articles() if article.first_day == 2]
    gone = [article for article in sample_articles() if article.gone]
    assert len(new) == 3
    assert sorted(article.gone for article in gone) == [404, 410]
    for article in new:
        assert get(second_day, article_url(article)).status == 200
    for article in gone:
        assert get(second_day, article_url(article)).status == article.gone
    second_day.day = 1
    for article in new:
        assert get(second_day, article_url(article)).status == 404
    for article in gone:
        assert get(second_day, article_url(article)).status == 200


def test_a_tunnel_carries_several_requests(web: SampleWeb) -> None:
    trust = ssl.create_default_context(cafile=str(web.ca_path))
    connection = http.client.HTTPSConnection("127.0.0.1", web.port, context=trust)
    connection.set_tunnel("www.hsfkn.com", 443)
    try:
        bodies = []
        for path in ("/shenzhendongtai/", "/shenzhendongtai/list_2.html", "/shenzhendongtai/"):
            connection.request("GET", path)
            bodies.append(connection.getresponse().read())
    finally:
        connection.close()
    assert bodies[0] == bodies[2] != bodies[1]


@pytest.mark.parametrize("day", [0, 3])
def test_other_days_are_refused(day: int) -> None:
    with pytest.raises(ValueError, match=f"not day {day}"), serve(day=day):
        pass
