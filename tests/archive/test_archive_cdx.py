"""Queries and answers of CDX indexes in the dialects of the Wayback Machine, Common Crawl and pywb."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from crawler.archive import ArchiveError, capture_request, count_query, page_count, parse_page, query
from crawler.archive.cdx import CdxRow, newest_unlike

WAYBACK = "https://web.archive.org/cdx/search/cdx"
COMMON = "https://index.commoncrawl.org/CC-MAIN-2020-05-index"


def words(url: str) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlsplit(url).query).items()}


def test_wayback_is_asked_by_resume_key() -> None:
    asked = words(query(WAYBACK, "www.gdfupin.org.cn", since="2009-06-01", until="2013-12-31", resume_key="k+ey"))
    assert asked == {
        "url": "www.gdfupin.org.cn/*", "output": "json", "from": "20090601", "to": "20131231", "limit": "1000",
        "showResumeKey": "true", "resumeKey": "k+ey",
    }  # fmt: skip


def test_common_crawl_is_asked_by_page_number() -> None:
    assert words(query(COMMON, "www.cinic.org.cn", page=3)) == {
        "url": "www.cinic.org.cn/*", "output": "json", "page": "3",
    }  # fmt: skip
    assert words(count_query(COMMON, "www.cinic.org.cn"))["showNumPages"] == "true"
    assert page_count(b'{"pages": 7, "pageSize": 5, "blocks": 31}') == 7
    assert page_count(b"4\n") == 4
    with pytest.raises(ArchiveError, match="no page count"):
        page_count(b"<html>busy</html>")


def test_wayback_arrays_with_resume_key() -> None:
    page_url = "http://www.gdfupin.org.cn/a.asp?id=1"
    header = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]
    rows = [
        [
            "cn,org,gdfupin)/a",
            "20110304050607",
            page_url,
            "text/html",
            "200",
            "AAA",
            "99",
        ],
        [
            "cn,org,gdfupin)/a",
            "20120304050607",
            page_url,
            "warc/revisit",
            "-",
            "AAA",
            "9",
        ],
    ]
    key = "cn%2Corg%2Cgdfupin%29%2Fb+20120304050607%21"  # as the server prints it, ready for a URL
    page = parse_page(json.dumps([header, *rows, [], [key]]).encode())
    assert page.resume_key == "cn,org,gdfupin)/b 20120304050607!"
    assert query(WAYBACK, "gdfupin.org.cn", resume_key=page.resume_key).endswith(f"&resumeKey={key}")
    first, second = page.rows
    assert (first.url, first.timestamp, first.status) == ("http://www.gdfupin.org.cn/a.asp?id=1", "20110304050607", 200)
    assert second.revisit
    assert second.status is None
    assert newest_unlike(page.rows) == [first]
    assert parse_page(json.dumps([header, *rows]).encode()).resume_key is None
    assert capture_request(first, WAYBACK) == (
        "https://web.archive.org/web/20110304050607id_/http://www.gdfupin.org.cn/a.asp?id=1", None,
    )  # fmt: skip


def test_common_crawl_lines() -> None:
    line = (
        '{"urlkey": "cn,org,cinic)/x", "timestamp": "20200120010203", "url": "http://www.cinic.org.cn/x.html", '
        '"mime": "text/html", "status": "200", "digest": "BBB", "length": "1000", "offset": "500", '
        '"filename": "crawl-data/CC-MAIN-2020-05/segments/1/warc/a.warc.gz"}'
    )
    (row,) = parse_page(line.encode() + b"\n").rows
    assert capture_request(row, COMMON) == (
        "https://data.commoncrawl.org/crawl-data/CC-MAIN-2020-05/segments/1/warc/a.warc.gz", "bytes=500-1499",
    )  # fmt: skip
    assert capture_request(row, "http://127.0.0.1/idx", "http://127.0.0.1/data/")[0].startswith(
        "http://127.0.0.1/data/"
    )
    with pytest.raises(ArchiveError, match="-a data=URL"):
        capture_request(row, "http://127.0.0.1/idx")


def test_cdxj_and_plain_lines() -> None:
    cdxj = 'org,a)/x 20190101000000 {"url": "http://a.org/x", "mime": "text/html", "status": "200", "digest": "C"}'
    (row,) = parse_page(cdxj.encode()).rows
    assert (row.url, row.timestamp) == ("http://a.org/x", "20190101000000")
    plain = "org,a)/x 20190101000000 http://a.org/x text/html 200 C 77\n\norg%2Ca%29%2Fy+2019"
    page = parse_page(plain.encode())
    assert page.rows[0].length == 77
    assert page.resume_key == "org,a)/y 2019"


@pytest.mark.parametrize("body", [b"", b"[]", b'{"message": "No Captures found for: x.org/*"}'])
def test_no_captures_is_an_empty_page(body: bytes) -> None:
    assert parse_page(body).rows == ()


def test_no_captures_are_no_pages() -> None:
    assert page_count(b'{"message": "No Captures found for: x.org/*"}') == 0
    assert page_count(b'{"pages": 4, "pageSize": 5, "blocks": 17}') == 4
    assert page_count(b"3") == 3


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'[["urlkey","timestamp","original"],["a","2010', "cut short"),
        (b'{"message": "Rate limit exceeded"}', "Rate limit"),
        (b"<html><title>503</title></html>", "no URL or timestamp"),
        (b'{"url": "http://a.org/", "timestamp": ', "no JSON"),
    ],
)
def test_what_is_no_answer_is_said(body: bytes, said: str) -> None:
    with pytest.raises(ArchiveError, match=said):
        parse_page(body)


def test_a_revisit_without_its_original_is_kept() -> None:
    alone = CdxRow("http://a.org/", "20200101000000", "warc/revisit", None, "D")
    assert newest_unlike([alone]) == [alone]
