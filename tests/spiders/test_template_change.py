"""Days of a portal on a simulated clock: a new template is told the same day, with the field; before it nothing."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from crawler.monitors import mismatches
from crawler.schedule import calendar
from crawler.store import Store, incidents
from tests.spiders.conftest import HEAD, LIST_1, Crawl, Web, listing

FIRST = date(2026, 3, 2)
PLACES = ["花垣县", "永顺县", "龙山县", "保靖县", "古丈县", "凤凰县", "泸溪县", "吉首市"]
WORKS = ["茶园管护", "修路进度", "校舍翻新", "电商培训", "果树嫁接", "水渠清淤", "蜂箱发放", "村医轮训"]


def before(title: str, day: date, body: str) -> str:
    return page(title, f"<div class='info'>来源:某日报 时间:{day} 10:20</div>", body)


def undated(title: str, day: date, body: str) -> str:
    """The same page from the new template: the date is drawn by a script nobody runs."""
    return page(title, "<div class='meta'>来源:某日报 <span id='when'></span></div>", body)


def page(title: str, info: str, body: str) -> str:
    menu = "<div class='nav'><a href='/'>首页</a> <a href='/hy/'>行业</a></div>"
    return (
        f"<html><head>{HEAD}<title>{title}</title></head><body>{menu}<h1>{title}</h1>{info}"
        f"<div class='content'>{body}</div><div class='foot'>版权所有 某网</div></body></html>"
    )


class Newsroom:
    """A cinic that publishes ``rate(day)`` articles a day, in the template of that day."""

    def __init__(self, web: Web, rate: Callable[[int], int], change: int, template: Callable[..., str] = undated):
        self._web, self._rate, self._change, self._template = web, rate, change, template
        self._dice = random.Random(9)
        self._rows: list[tuple[str, str, str]] = []

    def publish(self, number: int) -> int:
        """Put the articles of a day online, the list page renewed; returns how many they are."""
        day, count = FIRST + timedelta(days=number - 1), self._rate(number)
        template = self._template if number >= self._change else before
        for _ in range(count):
            n = len(self._rows)
            place, work = self._dice.choice(PLACES), self._dice.choice(WORKS)
            title = f"{place}第{n + 1}号{work}工作记录"
            body = "".join(
                f"<p>{place}第{self._dice.randint(2, 400)}组本周完成{self._dice.choice(WORKS)}，"
                f"投工{self._dice.randint(10, 900)}个，材料从{self._dice.choice(PLACES)}调运。</p>"
                for _ in range(5)
            )
            url = f"http://www.cinic.org.cn/hy/cs/{850000 + n}.html"
            self._web.put(url, template(title, day, body))
            self._rows.insert(0, (url, title, f"{day}"))
        self._web.put(LIST_1, listing(self._rows[:12]))
        return count


@pytest.fixture
def day(crawl, web, monkeypatch) -> Callable[..., Crawl]:
    """Harvest at 18:00 of a day, counted from 1."""

    def harvest(number: int, **settings: object) -> Crawl:
        moment = datetime(FIRST.year, FIRST.month, FIRST.day, 10) + timedelta(days=number - 1)
        for module in ("runs", "incidents", "ledger"):
            monkeypatch.setattr(f"crawler.store.{module}.now", lambda: f"{moment:%Y-%m-%dT%H:%M:%SZ}")
        return crawl("cinic", settings, part="news")

    return harvest


def found(done: Crawl) -> list[str]:
    return [finding["cause"] for finding in done.stats["duikou/findings"]]


def busy(number: int) -> int:
    """A working week of two to four articles a day, silent week-ends and a silent holiday."""
    return 0 if number % 7 in (6, 0) or number in (10, 11, 12) else 2 + number % 3


def test_a_new_template_on_day_30_is_told_the_same_day_and_nothing_before(web, day, database, tmp_path):
    newsroom = Newsroom(web, busy, 30)
    for number in range(1, 30):
        published = newsroom.publish(number)
        done = day(number)
        assert done["new"] == published
        assert found(done) == [], f"false alarm on day {number}"
    newsroom.publish(30)
    done = day(30)
    assert found(done) == ["coverage/published"]
    assert "no date of publication (published) on 2 of 2 articles; before on 0 of 56" in "".join(done.lines)

    with Store(database) as store, store.read() as connection:
        (incident,) = incidents.listed(connection, "cinic")
        told = list(calendar(store.runs("cinic")[::-1], FIRST + timedelta(days=29), 30))
    assert incident.opened_at.startswith("2026-03-31")
    assert told[-1][1] == "layout broke"
    assert "published" in told[-1][2]
    assert {word for _, word, _ in told[:-1]} == {"news", "no news"}
    check_the_case(Path(incident.folder), tmp_path)

    newsroom.publish(31)
    assert found(day(31)) == ["coverage/published"]
    newsroom._change = 99  # the old template is back
    newsroom.publish(32)
    assert found(day(32)) == []
    with Store(database) as store, store.read() as connection:
        (incident,) = incidents.listed(connection, "cinic")
    assert incident.closed_at.startswith("2026-04-02")


def check_the_case(folder: Path, tmp_path: Path) -> None:
    """What an engineer finds: the page, the field, the rule, where it last matched, and a test that can be run."""
    case = json.loads((folder / "case.json").read_text("utf-8"))
    assert (case["portal"], case["field"]) == ("cinic", "published")
    assert case["rule"]["basis"] == "byline"
    assert case["rule"]["path"] == "html>body>div.info"
    assert case["now"] == "nothing stands at html>body>div.info"
    assert case["last_matched"] != case["failing"][0]
    assert "id='when'" in (folder / "page.html").read_text("utf-8")
    assert "div class='info'" in (folder / "matched.html").read_text("utf-8")
    assert "Content-Type: text/html; charset=utf-8" in (folder / "headers.txt").read_text("utf-8")
    readme = (folder / "README.md").read_text("utf-8")
    assert "python -m pytest tests/portals/test_portal_cases.py -k" in readme
    (line,) = mismatches(folder)
    assert "still says '?' for published" in line

    copied = tmp_path / "copied" / "cinic"
    shutil.copytree(folder, copied / folder.name)
    told = json.loads((copied / folder.name / "expected.json").read_text("utf-8"))
    told["expected"]["published"] = "2026-03-31"
    (copied / folder.name / "expected.json").write_text(json.dumps(told), "utf-8")
    (line,) = mismatches(copied / folder.name)
    assert line.endswith("published is None, expected '2026-03-31'")
