"""``scrapy browse`` in a real browser: search, filter, follow an event's evidence; narrow, dark, by keyboard."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browse.conftest import EVIL, database, snapshot

__all__ = ["database", "snapshot"]
pytestmark = pytest.mark.services
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def address(snapshot: Path) -> Iterator[str]:
    """Where the command serves the snapshot."""
    command = [sys.executable, "-m", "scrapy", "browse", str(snapshot), "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        line = server.stdout.readline()
        found = re.match(r"(http://127\.0\.0\.1:\d+)/", line)
        assert found, line
        yield found[1]
        server.send_signal(signal.SIGINT)
        server.wait(20)
    assert server.returncode == 0


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    assert chromium, "these tests need Chromium on the PATH (or named by CHROMIUM)"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-quic"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page that fails the test when it asks anything of another host or says anything on its console."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1200, "height": 900})
    opened = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("console", lambda message: said.append(message.text))
    opened.goto(address)
    yield opened
    context.close()
    assert all(url.startswith(address) for url in asked)
    assert said == []


def test_from_a_search_to_the_words_in_the_article(page: Page) -> None:
    page.get_by_label("全文检索").fill("座谈")
    page.get_by_role("button", name="查找").click()
    page.get_by_label("类型").select_option("meeting")
    page.get_by_role("button", name="筛选").click()
    assert "words=%E5%BA%A7%E8%B0%88" in page.url
    assert "type=meeting" in page.url
    count = int(page.get_by_role("status").inner_text().split()[0])
    assert count == page.locator("ol.events > li").count() > 0
    page.locator("ol.events > li a").first.click()
    assert page.locator("mark").count() > 0
    assert "座谈" in page.locator("article.source").first.inner_text()
    page.get_by_role("definition").get_by_role("link").first.click()
    assert "/place/" in page.url


def test_a_script_in_a_title_stays_text(page: Page, address: str, snapshot: Path) -> None:
    with closing(sqlite3.connect(snapshot)) as database:
        (event,) = database.execute(
            "SELECT s.event_id FROM event_sources s JOIN articles a USING (article_id) WHERE a.title = ?", [EVIL]
        ).fetchone()
    page.goto(f"{address}/event/{event}")
    assert "<script>document.title='alive'</script>" in page.inner_text("main")
    assert "alive" not in page.title()
    assert page.evaluate("document.scripts.length") == 0


@pytest.mark.parametrize("path", ["/", "/events", "/places", "/pairs", "/portals", "/portal/cinic", "/pictures"])
def test_narrow_dark_and_english(page: Page, address: str, path: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert sum(map(int, re.findall(r"\d+", dark)[:3])) < 150 < sum(map(int, re.findall(r"\d+", light)[:3]))
    page.get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.url == address + path


def test_pictures_are_seen_and_named(page: Page, address: str) -> None:
    page.goto(address + "/pictures?type=visit")
    images = page.get_by_role("img")
    assert images.count() == 4
    for number in range(4):
        image = images.nth(number)
        image.evaluate("picture => picture.decode()")
        assert image.evaluate("picture => picture.naturalWidth") > 300
        assert len(image.get_attribute("alt") or "") > 10


def test_by_keyboard(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "words":
            break
    page.keyboard.type("座谈")
    page.keyboard.press("Enter")
    page.wait_for_url("**/events?words=*")
    assert page.locator("ol.events > li").count() > 0
    focus = page.evaluate("getComputedStyle(document.querySelector('a.skip')).position")
    assert focus == "absolute"
