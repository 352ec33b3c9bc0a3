"""Every page over the application itself: what it shows, what it escapes, what it answers to nonsense."""

from __future__ import annotations

import asyncio
import csv
import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from html import unescape
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from crawler.browse.application import POLICY, application
from crawler.browse.filters import Filters
from crawler.browse.labels import Labels
from crawler.browse.marking import paragraphs
from tests.browse.conftest import EVIL

Get = Callable[..., Any]


@pytest.fixture(scope="module")
def get(snapshot: Path) -> Iterator[Get]:
    """Ask the application for a path."""
    loop = asyncio.new_event_loop()
    datasette = application(snapshot)
    loop.run_until_complete(datasette.invoke_startup())
    yield lambda path, **more: loop.run_until_complete(datasette.client.get(path, **more))
    for database in datasette.databases.values():
        database.close()
    loop.close()


@pytest.fixture(scope="module")
def rows(snapshot: Path) -> Iterator[Callable[..., list[sqlite3.Row]]]:
    with closing(sqlite3.connect(snapshot)) as database:
        database.row_factory = sqlite3.Row
        yield lambda sql, *given: database.execute(sql, given).fetchall()


class Links(HTMLParser):
    """What a page links to and loads, and the ids of its form fields without a label."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.loads: list[str] = []
        self.fields: set[str] = set()
        self.labelled: set[str] = set()
        self.scripts = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "a":
            self.links.add(given.get("href", ""))
        if tag in ("img", "link"):
            self.loads.append(given.get("src") or given.get("href") or "")
        if tag in ("input", "select"):
            self.fields.add(given["id"])
        if tag == "label":
            self.labelled.add(given["for"])
        self.scripts += tag == "script"


def test_every_page_that_can_be_reached_answers_escapes_and_loads_nothing_from_elsewhere(get: Get) -> None:
    waiting, seen = ["/"], set()
    kinds: dict[str, int] = {}
    while waiting:
        path = waiting.pop(0)
        kind = urlsplit(path).path.split("/")[1]
        most = 60 if kind == "event" else 12  # two events of three name nobody
        if path in seen or kinds.get(kind, 0) >= most or kind in ("duikou", "-", "chart", "language"):
            continue
        seen.add(path)
        kinds[kind] = kinds.get(kind, 0) + 1
        answer = get(path)
        assert answer.status_code == 200, path
        assert answer.headers["content-security-policy"] == POLICY
        if "html" not in answer.headers["content-type"]:
            continue
        page = Links(answer.text)
        assert not page.scripts, path
        assert all(one.startswith("/") for one in page.loads), path
        assert page.fields <= page.labelled, path
        waiting += sorted(link for link in page.links if link.startswith("/"))
    assert {"", "events", "event", "places", "place", "pairs", "pair", "portals", "portal", "person"} <= kinds.keys()


def test_filters_choose_what_the_tables_say(get: Get, rows: Callable[..., list[sqlite3.Row]]) -> None:
    def ids(**given: str) -> set[str]:
        return {row["event_id"] for row in json.loads(get(f"/events.json?{Filters.of(given).address()}").text)}

    every = {row["event_id"]: row for row in rows("SELECT * FROM events")}
    assert ids() == every.keys()
    assert ids(type="visit") == {k for k, e in every.items() if e["type"] == "visit"}
    assert ids(supported="广西壮族自治区") == {
        k for k, e in every.items() if "广西壮族自治区" in (e["supported"] or "")
    }
    assert ids(supported="广西") == ids(supported="450000") == ids(supported="广西壮族自治区")
    assert ids(supporting="广西壮族自治区") < ids(place="广西壮族自治区")
    assert ids(place="火星") == set()
    assert ids(least="1000000") == {k for k, e in every.items() if (e["amount_cny"] or 0) >= 1e6}
    assert ids(least="1000000", most="2000000") == {k for k, e in every.items() if 1e6 <= (e["amount_cny"] or 0) <= 2e6}
    assert ids(least="many") == ids()
    dated = {k: e for k, e in every.items() if e["date_start"] and not e["date_start"].startswith("-")}
    assert ids(since="2018", until="2018") == {
        k for k, e in dated.items() if e["date_start"][:4] <= "2018" <= (e["date_end"] or e["date_start"])[:4]
    }
    early, late = "2018-06-15", "2018-07-02"
    assert ids(since=early, until=late) == {
        k
        for k, e in dated.items()
        if e["date_start"] <= late[: len(e["date_start"])] and early[: len(e["date_end"])] <= e["date_end"]
    }
    portal = rows("SELECT DISTINCT event_id FROM event_sources WHERE portal = 'cinic'")
    assert ids(portal="cinic") == {row["event_id"] for row in portal}
    for words in ("凌云", "座谈", "县委", "签订"):
        told = rows(
            "SELECT DISTINCT s.event_id FROM event_sources s JOIN articles a USING (article_id) "
            "WHERE a.text LIKE ? OR a.title LIKE ?", f"%{words}%", f"%{words}%",
        )  # fmt: skip
        assert {row["event_id"] for row in told} <= ids(words=words), words
        assert ids(words=words, type="visit") == ids(words=words) & ids(type="visit")
    assert ids(words='"凌云 OR (') == ids(words="凌云 OR")
    assert ids(words="!!") == set()


def test_an_event_shows_its_words_in_the_article(get: Get, rows: Callable[..., list[sqlite3.Row]]) -> None:
    (event,) = rows("SELECT event_id FROM events WHERE type = 'visit' ORDER BY event_id LIMIT 1")
    page = get(f"/event/{event['event_id']}").text
    said = unescape(re.sub(r"<[^>]+>", "", page))
    marked = unescape("".join(re.findall(r"<mark[^>]*>(.*?)</mark>", page)))
    for row in rows("SELECT * FROM event_sources WHERE event_id = ?", event["event_id"]):
        assert row["quote"] in said
        assert row["quote"] in marked
        assert re.search(rf'<mark title="[^"]*\b{row["field"]}\b', page), row["field"]
    (merged,) = rows("SELECT event_id FROM conflicts ORDER BY event_id LIMIT 1")
    page = get(f"/event/{merged['event_id']}").text
    assert page.count('<article class="source"') > 1
    assert 'id="conflicts"' in page


def test_what_comes_from_the_web_stays_text(get: Get, rows: Callable[..., list[sqlite3.Row]]) -> None:
    told = "SELECT s.event_id FROM event_sources s JOIN articles a USING (article_id) WHERE a.title = ? LIMIT 1"
    (event,) = rows(told, EVIL)
    page = get(f"/event/{event['event_id']}").text
    assert "<script>" not in page
    assert "&lt;script&gt;document.title" in page
    words = quote("<script>x</script>\"'")
    for path in ("/events?words=", "/places?name=", "/person?name=", "/events?portal=", "/events?supporting="):
        assert "<script" not in get(path + words).text
    table = csv.reader(StringIO(get("/events.csv").text.removeprefix("\ufeff")))
    assert not [cell for row in table for cell in row if cell and cell[0] in "=+@"]


def test_nonsense_is_answered_in_one_line(get: Get) -> None:
    for path in ("/event/00", "/place/none", "/pair/a/b", "/portal/none", "/nowhere", "/chart/pie.svg"):
        answer = get(path)
        assert answer.status_code == 404, path
        assert "<h1>404</h1>" in answer.text
        assert answer.headers["content-security-policy"] == POLICY
    assert get("/events?start=-5").status_code == 200
    assert get("/events?start=1000000").status_code == 200


def test_the_language_is_kept_and_leads_back_only_here(get: Get) -> None:
    answer = get("/language?to=en&next=%2Fevents%3Ftype%3Dvisit", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (302, "/events?type=visit")
    assert 'lang="en"' in get("/events", cookies={"language": "en"}).text
    assert 'lang="zh-CN"' in get("/events", headers={"accept-language": "fr, zh-CN;q=0.8, en;q=0.5"}).text
    for away in ("//evil.example", "https://evil.example", "/\\evil.example", "evil"):
        assert get(f"/language?to=en&next={quote(away, safe='')}", follow_redirects=False).headers["location"] == "/"


def test_the_snapshot_cannot_be_changed(get: Get, snapshot: Path) -> None:
    before = snapshot.read_bytes()
    answer = get("/duikou.json?sql=" + quote("delete from events"))
    assert answer.status_code in (400, 404)
    assert get("/duikou.json?sql=select+count(*)+as+n+from+events").status_code == 200
    assert snapshot.read_bytes() == before


@pytest.mark.parametrize("kind", ["map", "timeline", "matrix", "money"])
def test_pictures_are_drawn_from_the_filter_and_told_in_words(get: Get, kind: str) -> None:
    every, few = get(f"/chart/{kind}.svg"), get(f"/chart/{kind}.svg?place=火星")
    assert every.headers["content-type"].startswith("image/svg+xml")
    assert len(every.content) > len(few.content)
    assert b"http://" not in every.content.replace(b"http://www.w3.org/", b"")
    page = get("/pictures").text
    assert f'src="/chart/{kind}.svg?' in page
    assert Labels("zh")(f"chart_{kind}") in page


def test_every_label_is_in_both_languages() -> None:
    lines = (Path(__file__).parents[2] / "crawler/browse/data/labels.tsv").read_text("utf-8").splitlines()
    cells = [line.split("\t") for line in lines if not line.startswith("#")]
    assert all(len(cell) == 3 and all(cell) for cell in cells)
    assert len({cell[0] for cell in cells}) == len(cells)


def test_overlapping_quotes_share_their_words() -> None:
    quotes = [
        {"field": "type", "quote_start": 0, "quote_end": 4},
        {"field": "person", "quote_start": 2, "quote_end": 6},
    ]
    told = [[(piece.text, piece.fields) for piece in line] for line in paragraphs("甲乙丙丁戊\n己", quotes)]
    assert told == [
        [("甲乙", ("type",)), ("丙丁", ("type", "person")), ("戊", ("person",))],
        [("己", ())],
    ]
