"""What goes into Redis is plain JSON and comes back the same; what a stranger puts there is data, or nothing."""

from __future__ import annotations

import json
import pickle

import pytest
from scrapy import FormRequest, Request
from scrapy.utils.request import request_from_dict

from crawler.cluster import serial
from crawler.cluster.queues import RunQueue, is_shared, page_of
from crawler.portals import portal
from crawler.spiders.declared import SPIDERS
from crawler.store import Validators

URL = "http://www.cinic.org.cn/hy/cs/840001.html"


@pytest.fixture
def spider():
    return SPIDERS[portal("cinic").name]()


def through_json(request: Request, spider) -> Request:
    return request_from_dict(serial.loads(serial.dumps(request.to_dict(spider=spider))), spider=spider)


def test_requests_come_back_as_they_were(spider) -> None:
    seen = Validators('"é1"', "Thu, 01 Jan 2026 00:00:00 GMT")
    requests = [
        spider.list_request(URL, barren=2, depth=5),
        spider.article_request(URL, seen, "ab12"),
        Request(
            URL, spider.parse_article, method="POST", body=b"\xff\x00", headers={"X": ["a", "b"]}, dont_filter=True,
            errback=spider.failed, priority=7, flags=["one"], meta={"a": [1, {"b": None}]}, cookies={"c": "d"},
            encoding="gb18030", cb_kwargs={"requested": "对口帮扶"},
        ),
    ]  # fmt: skip
    for request in requests:
        back = through_json(request, spider)
        assert back.to_dict(spider=spider) == request.to_dict(spider=spider)
        assert back.callback == request.callback


def test_what_json_cannot_carry_is_refused(spider) -> None:
    item = object()
    for meta in ({"item": item}, {"pair": (1, 2)}, {1: "number"}, {"nan": float("nan")}):
        with pytest.raises(serial.NotPlainError):
            serial.dumps(Request(URL, meta=meta).to_dict(spider=spider))
    with pytest.raises(serial.NotPlainError):
        serial.dumps(FormRequest(URL, formdata={"a": "b"}).to_dict(spider=spider))


class Bomb:
    def __reduce__(self):
        return pytest.fail, ("code out of Redis was run",)


@pytest.mark.parametrize(
    "said",
    [
        pickle.dumps(Bomb()),
        b"\xff\xfe",
        b"[1]",
        b"{}",
        b'{"url": 1}',
        b'{"url": "http://x/", "_class": "subprocess.Popen"}',
        b'{"url": "http://x/", "body": "no base64"}',
        b'{"url": "http://x/", "headers": {"a": 1}}',
        b'{"url": "http://x/", "headers": {"a": [1]}}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_request_is_refused(said: bytes) -> None:
    with pytest.raises(serial.MalformedError):
        serial.loads(said)


class OneMessage:
    """As much of a Redis server as a pop needs."""

    def __init__(self, message: bytes) -> None:
        self.message = message

    def pipeline(self):
        return self

    multi = zremrangebyrank = lambda self, *_: self

    def zrange(self, *_):
        return self

    def execute(self):
        return [self.message], 1


def popped(spider, **changed) -> Request | None:
    said = json.loads(serial.dumps(spider.article_request(URL).to_dict(spider=spider)))
    return RunQueue(OneMessage(json.dumps(said | changed).encode()), spider, "run").take()  # type: ignore[arg-type]


def test_only_what_a_spider_asks_for_by_itself_is_taken_out(spider) -> None:
    request = popped(spider)
    assert request is not None
    assert request.callback == spider.parse_article
    for changed in (
        {"callback": "close"},
        {"callback": "no_such_method"},
        {"errback": "parse_list"},
        {"url": "http://elsewhere.example/"},
        {"url": "no address"},
        {"meta": {"kind": "article", "proxy": "http://elsewhere.example"}},
        {"meta": {"kind": "part"}},
    ):
        with pytest.raises(serial.MalformedError):
            popped(spider, **changed)


def test_what_goes_on_with_a_page_in_hand_stays_where_it_is(spider) -> None:
    fresh = spider.article_request(URL + "?utm_source=a")
    assert is_shared(fresh)
    assert page_of(fresh) == page_of(spider.article_request(URL))
    assert not is_shared(fresh.replace(meta=fresh.meta | {"retry_times": 1}))
    assert not is_shared(fresh.replace(url="http://www.cinic.org.cn/other.html"))
    assert not is_shared(Request(URL, spider.parse_further, cb_kwargs={"requested": URL}, meta={"kind": "part"}))
