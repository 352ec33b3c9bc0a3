"""Every fault of a hostile web, one page among good ones: what the crawler did, and that the rest was harvested."""

from __future__ import annotations

import gzip
import zlib
from typing import Any

import brotli
import pytest
from backports import zstd
from sqlalchemy import select

from crawler.store import Store
from crawler.store.schema import urls
from tests.spiders.conftest import LIST_1, TEXT, article, listing
from tests.spiders.hostile import server
from tests.spiders.hostile.server import answer, cut, head, raw, redirect

SITE = "http://www.cinic.org.cn/hy/cs/"
GOOD = [f"{SITE}8400{n:02}.html" for n in (1, 2, 3)]
BAD = f"{SITE}840009.html"
OTHER = "http://other.example/hy/cs/840009.html"
LURE = "党政代表团考察东西部协作"  # what must never be stored
PAGE = article(LURE, TEXT.format(n=9))
BOMB = b"<p>" + b"\x00" * (64 << 20)
QUICK = {"DOWNLOAD_TIMEOUT": 30, "DOWNLOAD_MAXSIZE": 1 << 20, "DOWNLOAD_WARNSIZE": 0, "HOST_REFUSALS": 5}


def portal(web: Any, fault: server.Fault) -> None:
    """A small cinic whose first article is the fault."""
    rows = [(url, "济南市与湘西州扶贫协作联席会议召开", "2020-06-01") for url in (BAD, *GOOD)]
    web.put(LIST_1, listing(rows))
    web.faults[BAD] = fault
    for n, url in enumerate(GOOD, 1):
        web.put(url, article(f"济南市与湘西州第{n}次扶贫协作联席会议召开", TEXT.format(n=n)))


def stage_of(store: Store, url: str) -> str | None:
    """What the ledger says of the failure."""
    with store.read() as connection:
        return connection.scalar(select(urls.c.error_stage).where(urls.c.found_url == url))


def squeezed(kind: str, data: bytes) -> bytes:
    return {
        "gzip": lambda: gzip.compress(data),
        "deflate": lambda: zlib.compress(data),
        "br": lambda: brotli.compress(data, quality=3),
        "zstd": lambda: zstd.compress(data),
    }[kind]()


def packed(kind: str, data: bytes, keep: float = 1.0) -> server.Fault:
    """``data`` under a Content-Encoding, only the first part of the stream if ``keep`` is below 1."""
    body = squeezed(kind, data)
    return answer(body[: int(len(body) * keep)], Content_Encoding=kind)


def chunked(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


ENCODED = PAGE.encode()
# name: (the fault, the ledger's stage for it, what the log line says)
FAULTS: dict[str, tuple[server.Fault, str, str]] = {
    "slow-loris headers": (server.slow_headers, "fetch", "no answer within 4 s"),
    "slow-loris body": (server.slow_body, "fetch", "no answer within 4 s"),
    "endless body": (server.endless_body, "size", "larger than 1 MB"),
    "endless chunks": (server.endless_chunks, "size", "larger than 1 MB"),
    "announced too large": (answer(b"", Content_Length=str(1 << 40)), "size", "larger than 1 MB"),
    "gzip bomb": (packed("gzip", BOMB), "size", "unpacks to more than 1 MB"),
    "deflate bomb": (packed("deflate", BOMB), "size", "unpacks to more than 1 MB"),
    "brotli bomb": (packed("br", BOMB), "size", "unpacks to more than 1 MB"),
    "zstd bomb": (packed("zstd", BOMB), "size", "unpacks to more than 1 MB"),
    "bomb in a bomb": (
        answer(gzip.compress(gzip.compress(BOMB)), Content_Encoding="gzip, gzip"),
        "size",
        "unpacks to more than 1 MB",
    ),
    "truncated gzip": (packed("gzip", ENCODED, 0.6), "fetch", "ends before its end"),
    "truncated deflate": (packed("deflate", ENCODED, 0.6), "fetch", "ends before its end"),
    "truncated brotli": (packed("br", ENCODED, 0.6), "fetch", "ends before its end"),
    "damaged gzip": (
        answer(gzip.compress(ENCODED)[:200] + b"\xff" * 200, Content_Encoding="gzip"),
        "fetch",
        "is damaged",
    ),
    "Content-Length too long": (cut(ENCODED, Content_Length=str(len(ENCODED) + 99)), "fetch", "not as long as it says"),
    "Content-Length too short": (
        cut(ENCODED, Content_Length=str(len(ENCODED) // 2)),
        "fetch",
        "not as long as it says",
    ),
    "truncated chunked": (cut(chunked(ENCODED), Transfer_Encoding="chunked"), "fetch", "not as long as it says"),
    "cut in a chunk": (cut(chunked(ENCODED)[:-400], Transfer_Encoding="chunked"), "fetch", "not as long as it says"),
    "bad chunk sizes": (cut(b"zz\r\n" + ENCODED, Transfer_Encoding="chunked"), "fetch", "the next run tries again"),
    "keep-alive cut": (
        cut(ENCODED[:300], Content_Length=str(len(ENCODED)), Connection="keep-alive"),
        "fetch",
        "not as",
    ),
    "closed at once": (raw(b""), "fetch", "the next run tries again"),
    "HTTP/0.9": (raw(ENCODED), "fetch", "the next run tries again"),
    "binary garbage": (raw(bytes(range(256)) * 40), "fetch", "the next run tries again"),
    "one endless line": (raw(b"HTTP/1.1 200 " + b"O" * 300_000), "fetch", "the next run tries again"),
    "header flood": (server.header_flood, "headers", "more than 256 KB of headers"),
    "cookie bomb": (server.cookie_bomb(ENCODED), "headers", "more than 256 KB of headers"),
    "redirect to itself": (redirect(BAD), "redirect", "redirects in a circle"),
    "refresh to itself": (
        answer(f"<meta http-equiv='refresh' content='0;url={BAD}'>"),
        "redirect",
        "redirects in a circle",
    ),
    "redirect to file:": (redirect("file:///etc/passwd"), "redirect", "leads to file:///etc/passwd, which is no web"),
    "redirect to ftp:": (redirect("ftp://ftp.example/x"), "redirect", "no web address"),
    "redirect to javascript:": (redirect("javascript:alert(1)"), "redirect", "no web address"),
    "empty page": (answer(b""), "empty", "an empty page"),
    "blank page": (answer(b" \r\n\t " * 50), "empty", "an empty page"),
    "500": (answer(PAGE, 500), "fetch", "HTTP 500"),
    "999": (answer(PAGE, 999), "fetch", "HTTP 999"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_and_the_other_pages_are_harvested(web, crawl, store, name):
    fault, stage, said = FAULTS[name]
    portal(web, fault)
    run = crawl("cinic", QUICK | ({"DOWNLOAD_TIMEOUT": 4} if "slow" in name else {}))
    assert sorted(item.url for item in run.items) == GOOD
    lines = [line for line in run.lines if line.startswith(f"{BAD}: ")]
    assert len(lines) == 1, run.lines
    assert said in lines[0]
    assert (store.url(BAD).state, stage_of(store, BAD)) == ("failed", stage)
    assert (run["lost"], run[f"lost/{stage}"]) == (1, 1)
    assert not any(LURE in item.title for item in run.items)
    assert store.record(BAD) is None
    assert store.runs()[0].reason == "finished"


def test_redirects_go_round_over_several_pages_only_so_far(web, crawl, store):
    """A circle of three, and a chain that never ends."""
    portal(web, redirect(f"{SITE}1.html"))
    web.faults[f"{SITE}1.html"] = redirect(f"{SITE}2.html")
    web.faults[f"{SITE}2.html"] = redirect(BAD)
    run = crawl("cinic", QUICK)
    assert len(run.items) == 3
    assert any("redirects in a circle of 3" in line for line in run.lines)
    web.trees[f"{SITE}c"] = server.counting(f"{SITE}c", lambda n: "")
    web.trees[f"{SITE}c"] = lambda e: redirect(f"{SITE}c{int(e.url.rsplit('c', 1)[1]) + 1}")(e)
    web.faults[BAD] = redirect(f"{SITE}c1")
    again = crawl("cinic", QUICK)
    assert any("more than 5 redirects" in line for line in again.lines)
    assert len([url for url in web.asked if url.startswith(f"{SITE}c") and url[-1].isdigit()]) <= 6
    assert stage_of(store, BAD) == "redirect"


def test_a_redirect_to_another_host_is_not_followed(web, crawl, store):
    portal(web, redirect(OTHER))
    web.put(OTHER, PAGE)
    run = crawl("cinic", QUICK)
    assert OTHER not in web.asked
    assert (len(run.items), store.url(BAD).state) == (3, "failed")


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1/",
        "http://2130706433/",
        "http://[::1]/",
        "http://169.254.169.254/latest/",
        "http://localhost./",
    ],
)
def test_a_redirect_to_an_inner_address_is_refused_behind_a_proxy_too(web, crawl, store, target):
    """Netease's articles have mirrors on any host, so nothing but the guard stands in the way."""
    article_page = "http://wyjx.example/dy/article/JS35L1P3053489NX.html"
    web.faults[article_page] = redirect(target)
    run = crawl("netease", QUICK, url=article_page)
    assert not any(url.startswith(target) for url in web.asked)
    assert any(line.startswith(article_page) and "ADDRESSES_ALLOWED" in line for line in run.lines), run.lines
    assert stage_of(store, article_page) == "address"


@pytest.mark.parametrize("declared", ["utf-8", "gbk", "big5", "x-user-defined", "no/such'charset\x1b[31m", "utf-16"])
def test_a_wrong_charset_header_costs_nothing(web, crawl, declared):
    """The bytes decide, so here the page itself is read and is right."""
    portal(web, answer(PAGE.encode("gb18030").replace(b"charset=utf-8", b"charset=" + b"ascii"),
                       Content_Type=f"text/html; charset={declared}"))  # fmt: skip
    run = crawl("cinic", QUICK)
    assert sorted(item.url for item in run.items) == sorted([*GOOD, BAD])
    assert next(item for item in run.items if item.url == BAD).title == LURE


def test_an_error_page_answered_as_success_is_a_dead_link(web, crawl, store):
    portal(web, answer("<title>页面不存在</title><p>您访问的页面不存在</p>"))
    run = crawl("cinic", QUICK)
    assert (len(run.items), run["soft_404"], run["dead_links"], run["lost"]) == (3, 1, 1, 0)
    assert store.url(BAD).state == "gone"
    web.asked.clear()
    crawl("cinic", QUICK)
    assert BAD not in web.asked


def test_interim_answers_and_smuggled_bytes_do_not_reach_the_next_page(web, crawl):
    """A second answer behind the first, on one connection: it belongs to nobody."""
    smuggled = head(Content_Length="9") + b"<p>evil</p>"
    portal(web, raw(b"HTTP/1.1 102 X\r\n\r\n" * 50 + head(Content_Length=str(len(ENCODED))) + ENCODED + smuggled))
    run = crawl("cinic", QUICK | {"CONCURRENT_REQUESTS_PER_DOMAIN": 1})
    assert sorted(item.url for item in run.items) == GOOD
    assert not any("evil" in item.text for item in run.items)


def test_small_cookies_in_great_number_are_not_kept(web, crawl):
    portal(web, server.cookie_bomb(ENCODED, count=1000, size=100))
    run = crawl("cinic", QUICK)
    assert len(run.items) == 4
    assert run["lost"] == 0
