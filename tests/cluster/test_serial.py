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


class Server:
    """As much of a Redis server as the queue needs: answers come at once, or together where they are piped."""

    def __init__(self) -> None:
        self.sorted: dict[bytes, float] = {}
        self.members: set[str] = set()
        self.trips = 0

    def pipeline(self, transaction: bool = True) -> Piped:
        return Piped(self)

    def zadd(self, _: str, scores: dict[str, float]) -> int:
        self.trips += 1
        self.sorted |= {said.encode(): score for said, score in scores.items()}
        return len(scores)

    def sadd(self, _: str, member: str) -> int:
        self.trips += 1
        fresh = member not in self.members
        self.members.add(member)
        return int(fresh)

    def zcard(self, _: str) -> int:
        self.trips += 1
        return len(self.sorted)

    def zpopmin(self, _: str, count: int = 1) -> list[tuple[bytes, float]]:
        return self._popped(count, 1)

    def zpopmax(self, _: str, count: int = 1) -> list[tuple[bytes, float]]:
        return self._popped(count, -1)

    def _popped(self, count: int, sign: int) -> list[tuple[bytes, float]]:
        self.trips += 1
        found = sorted(self.sorted.items(), key=lambda one: (sign * one[1], one[0]))[:count]
        for said, _ in found:
            del self.sorted[said]
        return found


class Piped:
    def __init__(self, server: Server) -> None:
        self.server, self.answers = server, []

    def __enter__(self) -> Piped:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def __getattr__(self, name: str):
        def call(*given: object) -> Piped:
            self.answers.append(getattr(self.server, name)(*given))
            self.server.trips -= 1
            return self

        return call

    def execute(self) -> list[object]:
        self.server.trips += 1
        return self.answers


def popped(spider, **changed) -> Request:
    said = json.loads(serial.dumps(spider.article_request(URL).to_dict(spider=spider)))
    server = Server()
    server.sorted[json.dumps(said | changed).encode()] = 0.0
    taken, refused = RunQueue(server, spider, "run").take(8)  # type: ignore[arg-type]
    if refused:
        raise refused[0]
    return taken[0]


def test_pages_are_offered_and_taken_many_in_one_round_trip_each_once(spider) -> None:
    server = Server()
    queue = RunQueue(server, spider, "run")  # type: ignore[arg-type]
    pages = [spider.article_request(f"http://www.cinic.org.cn/hy/cs/{840000 + n}.html") for n in range(100)]
    odd = spider.article_request(URL.replace("840001", "990001"))
    odd.meta["pair"] = (1, 2)
    assert queue.offer([*pages, odd, pages[3], *pages[:2]]) == [odd]
    assert (len(server.sorted), server.trips) == (100, 2)
    server.trips = 0
    taken, refused = queue.take(8)
    assert (len(taken), refused, server.trips) == (8, [], 1)
    assert queue.offer(taken) == []
    assert len(server.sorted) == 92, "what was pushed before is not pushed again"
    queue.offer(taken, again=True)
    assert len(server.sorted) == 100


def test_the_next_list_page_is_asked_for_while_articles_are_left(spider) -> None:
    server = Server()
    queue = RunQueue(server, spider, "run")  # type: ignore[arg-type]
    pages = [spider.article_request(f"http://www.cinic.org.cn/hy/cs/{840000 + n}.html") for n in range(100)]
    queue.offer([spider.list_request("http://www.cinic.org.cn/hy/cs/index_1.html"), *pages])
    taken = []
    while not any(request.meta["kind"] == "list" for request in taken):
        taken, _ = queue.take(8)
    assert taken[0].meta["kind"] == "list", "it is asked for before the articles it came with"
    assert len(server.sorted) in range(40, 64), "articles enough to go on with until it is read"


def test_only_what_a_spider_asks_for_by_itself_is_taken_out(spider) -> None:
    request = popped(spider)
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
