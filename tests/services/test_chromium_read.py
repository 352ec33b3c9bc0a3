"""``scrapy read --html`` in a real browser: legible, side by side, and nothing of the page comes alive."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

pytestmark = pytest.mark.services

ROOT = Path(__file__).parents[2]
EVIL = "<script>document.title='alive'</script><img src=x onerror=\"document.title='alive'\">"
PAGE = f"""<html><head><meta charset="utf-8"><title>兴安县代表团赴海珠区考察</title></head><body>
<ul class="nav"><li><a href="/">首页</a></li><li><a href="/n">新闻</a></li></ul>
<h1>兴安县代表团赴海珠区考察</h1><div>来源:兴安日报 时间:2021-05-20</div>
<div class="content"><p>5月18日,广西壮族自治区桂林市兴安县党政代表团赴广东省广州市海珠区考察粤桂协作工作。</p>
<p>双方召开座谈会,商定下一步的劳务协作和消费帮扶事项。{EVIL.replace("<", "&lt;")}</p>
<p>责任编辑:温一鸣</p></div><div class="footer">版权所有 兴安日报社</div>
</body></html>"""


@pytest.fixture
def browser_page() -> Iterator[Page]:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    assert chromium, "these tests need Chromium on the PATH (or named by CHROMIUM)"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-quic"])
        yield browser.new_page(viewport={"width": 1200, "height": 900})
        browser.close()


def test_the_marked_up_page_shows_what_was_kept_and_what_was_dropped(browser_page: Page, tmp_path: Path) -> None:
    saved, marked = tmp_path / "page.html", tmp_path / "marked.html"
    saved.write_text(PAGE, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "scrapy", "read", "--html", str(saved)], capture_output=True, cwd=ROOT, check=True
    )
    marked.write_bytes(run.stdout)
    asked: list[str] = []
    browser_page.on("request", lambda request: asked.append(request.url))
    browser_page.goto(marked.as_uri())
    shown = browser_page.inner_text("body")
    assert "5月18日,广西壮族自治区桂林市兴安县党政代表团赴广东省广州市海珠区考察粤桂协作工作。" in shown
    assert "责任编辑:温一鸣" in shown
    assert "<script>document.title='alive'</script>" in shown
    assert "alive" not in browser_page.title()
    assert asked == [marked.as_uri()], "nothing is loaded from elsewhere"
    width = browser_page.evaluate("document.documentElement.scrollWidth")
    browser_page.screenshot(path=str(tmp_path / "wide.png"))
    assert width <= 1200
    browser_page.set_viewport_size({"width": 390, "height": 800})
    assert browser_page.evaluate("document.documentElement.scrollWidth") <= 390
    browser_page.screenshot(path=str(tmp_path / "narrow.png"))
