"""Reports of a run and of a week, on SQLite and PostgreSQL: what they tell, and that crawled text stays text."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from lxml import html as lxml_html

from crawler.reports import ReportError, html, of_run, of_span, text
from crawler.store import incidents
from crawler.watch import read_watches

BODY = "3月1日,济南市委书记孙立成率党政代表团赴湖南省湘西州花垣县考察。|会上,济南市向湘西州捐赠帮扶资金{}万元。"
HOSTILE = "标题</title><script>alert(1)</script><img src=x onerror=alert(2)>\x1b[31m\u202e${1+1}"
LAYOUT = {"cause": "coverage/published", "kind": "layout", "message": "no date on 4 of 4 articles; before on 0 of 80"}


@pytest.fixture
def watches(tmp_path):
    file = tmp_path / "w.toml"
    file.write_text("[[watch]]\nname = '湘西<b>'\nplace = '湖南省湘西土家族苗族自治州'", "utf-8")
    return read_watches(file)


@pytest.fixture
def harvested(any_store, told, monkeypatch):
    """Run 1 brings an article, run 2 finds it corrected and its layout broken."""
    first = any_store.begin_run("cinic")
    told(1, BODY.format(300), title="济南到湘西", run_id=first)
    any_store.end_run(first, "finished", {"lists": 1, "new": 1, "new_events": 2, "findings": []})
    second = any_store.begin_run("cinic")
    told(1, BODY.format(350), title=HOSTILE, run_id=second)
    with any_store.write() as connection:
        incidents.book(connection, "cinic", second, [LAYOUT], [])
    any_store.end_run(second, "finished", {"lists": 1, "changed": 1, "lost": 2, "findings": [LAYOUT]})
    return any_store


def now() -> datetime:
    return datetime.now(UTC)


def test_a_run(harvested, watches):
    first = text(of_run(harvested, 1, watches, now()))
    assert "cinic, run 1 of 20" in first
    assert "捐赠 donation 山东济南市 → 湖南湘西土家族苗族自治州" in first
    assert "  news\n" in first
    assert "http://www.cinic.org.cn/hy/cs/860001.html" in first
    second = of_run(harvested, 2, watches, now())
    told = text(second)
    assert "cinic: no date on 4 of 4 articles; before on 0 of 80 (since 20" in told
    assert "layout broke: no date on 4 of 4 articles" in told
    assert "NEW EVENTS: 0" in told
    assert "amounts: 3,000,000 CNY → 3,500,000 CNY" in told
    assert "[湘西<b>] corrected: " in told
    assert "failed 2" in told


def test_a_week(harvested, watches):
    report = of_span(harvested, now() - timedelta(days=7), now(), watches)
    assert report.counted["runs"] == 2
    assert report.counted["events"] == len(report.events) >= 2
    assert report.corrections == ()  # events that are new this week are told as they are now
    assert [one.cause for one in report.failing] == ["coverage/published"]
    assert {hit.watch for hit in report.hits} == {"湘西<b>"}
    (health,) = report.portals
    assert health.days[-1][1] == "layout broke"
    later = of_span(harvested, now() + timedelta(days=1), now() + timedelta(days=8), watches)
    assert later.events == later.hits == ()
    assert len(later.failing) == 1, "it still fails"


def test_a_run_that_is_not_there(any_store):
    with pytest.raises(ReportError, match="there is no run 7"):
        of_run(any_store, 7, [], now())


def test_crawled_text_stays_text(harvested, watches):
    report = of_span(harvested, now() - timedelta(days=7), now(), watches)
    page = html(report)
    tree = lxml_html.document_fromstring(page)
    assert not tree.xpath("//script | //img | //iframe | //object | //form | //link[@href]")
    assert not tree.xpath("//@*[starts-with(name(), 'on')]")
    assert {link.split(":")[0] for link in tree.xpath("//a/@href")} == {"http"}
    assert "<script>alert(1)</script>" in tree.text_content()
    assert "${1+1}" in tree.text_content()
    assert "default-src 'none'" in tree.xpath("//meta[@http-equiv]/@content")[0]
    assert not {"\x1b", "\u202e"} & set(page + text(report))


@pytest.mark.services
@pytest.mark.parametrize("width", [360, 1200])
def test_in_a_browser_nothing_runs_loads_or_overflows(harvested, watches, tmp_path, width):
    sync_api = pytest.importorskip("playwright.sync_api")
    file = Path(tmp_path / "report.html")
    file.write_text(html(of_span(harvested, now() - timedelta(days=7), now(), watches)), "utf-8")
    happened: list[str] = []
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for scheme in ("light", "dark"):
            page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
            page.on("dialog", lambda dialog: happened.append(dialog.message))
            page.on("request", lambda asked: happened.append(asked.url) if asked.url != file.as_uri() else None)
            page.on("console", lambda said: happened.append(said.text))
            page.goto(file.as_uri())
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            colours = page.evaluate("[getComputedStyle(document.body).backgroundColor]")
            assert (colours == ["rgb(21, 22, 26)"]) == (scheme == "dark")
        browser.close()
    assert happened == []
