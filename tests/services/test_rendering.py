"""Pages built by scripts, in a real Chromium that reaches the web through our downloader only."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.store import Store
from tests.spiders.conftest import TEXT
from tests.spiders.hostile.server import Web

pytestmark = pytest.mark.services

ROOT = Path(__file__).parents[2]
LIST = "http://www.cinic.org.cn/hy/cs/"
ARTICLE = f"{LIST}840001.html"
TITLE = "济南市与湘西州扶贫协作联席会议召开"
# A portal like cinic, but for the key that has its pages built in a browser.
SPIDER = """
from dataclasses import replace
from crawler.portals import portal
from crawler.spiders.portal import PortalSpider

class Built(PortalSpider):
    name = "built"
    portal = replace(portal("cinic"), name="built", render=True)
"""
HEAD = '<html><head><meta charset="utf-8"></head><body><div id="app"></div><script>'
LISTED = HEAD + (
    "fetch('/api/list.json').then(r => r.json()).then(rows => { document.getElementById('app').innerHTML = "
    "'<ul>' + rows.map(r => `<li><a href='${r.url}'>${r.title}</a></li>`).join('') + '</ul>'; });</script></body>"
)
BUILT = HEAD + (
    "fetch('/api/840001.json').then(r => r.json()).then(a => { document.title = a.title; "
    "document.getElementById('app').innerHTML = `<h1>${a.title}</h1><div>来源:某日报 时间:2020-06-23</div>` + "
    "a.body.map(p => `<p>${p}</p>`).join(''); });"
    "const inner = ['INNER/fetched', 'http://169.254.169.254/latest/', 'http://localhost:PORT/named'];"
    "for (const url of inner) { fetch(url, {mode: 'no-cors'}).catch(() => 0); new Image().src = url; "
    "const s = document.createElement('script'); s.src = url + '.js'; document.head.append(s); "
    "const f = document.createElement('iframe'); f.src = url + '.html'; document.body.append(f); }"
    "try { new WebSocket('ws://127.0.0.1:PORT/socket'); } catch (e) {}"
    "navigator.sendBeacon('INNER/beacon', 'x');"
    "fetch('/api/hop').catch(() => 0);</script></body></html>"
)


@pytest.fixture
def web() -> Iterator[Web]:
    web = Web()
    yield web
    web.close()


def crawl(web: Web, folder: Path) -> subprocess.CompletedProcess[str]:
    (folder / "built_spiders").mkdir()
    (folder / "built_spiders" / "__init__.py").write_text(SPIDER, encoding="utf-8")
    settings = {
        "SPIDER_MODULES": "built_spiders", "DATABASE_URL": f"sqlite:///{folder / 'a.sqlite'}", "DOWNLOAD_DELAY": 0,
        "AUTOTHROTTLE_ENABLED": 0, "RETRY_TIMES": 0, "CONTACT": "test@example.org", "READ_WORKERS": 0,
    }  # fmt: skip
    options = [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
    environment = {k: v for k, v in os.environ.items() if "proxy" not in k.lower()}
    environment |= {"PYTHONPATH": f"{folder}:{ROOT}", "http_proxy": web.proxy}
    return subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "built", *options],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=240,
    )  # fmt: skip


def test_an_article_that_a_script_builds_is_harvested_and_nothing_inside_is_reached(web: Web, tmp_path: Path) -> None:
    inner = f"http://127.0.0.1:{web.port}"
    web.put(LIST, LISTED)
    web.put(f"{LIST.removesuffix('hy/cs/')}api/list.json", f'[{{"url": "{ARTICLE}", "title": "{TITLE}"}}]')
    body = '", "'.join(TEXT.format(n=7).split("|"))
    web.put(ARTICLE, BUILT.replace("INNER", inner).replace("PORT", str(web.port)))
    web.put("http://www.cinic.org.cn/api/840001.json", f'{{"title": "{TITLE}", "body": ["{body}"]}}')
    web.put("http://www.cinic.org.cn/api/hop", "", 302, Location=f"{inner}/hopped")
    done = crawl(web, tmp_path)
    assert done.returncode == 0, done.stderr[-3000:]
    with Store(f"sqlite:///{tmp_path / 'a.sqlite'}") as store:
        record = store.record(ARTICLE)
        assert record is not None, done.stderr[-3000:]
        assert record.article.title == TITLE
        assert "济南市向湘西州捐赠帮扶资金700万元" in record.article.text
        assert record.events
    reached = [url for url in web.asked if "cinic.org.cn" not in url]
    assert reached == [], "addresses of the inside were asked for"
    assert "http://www.cinic.org.cn/api/hop" in web.asked
    assert "is not a public address" in done.stderr
    assert web.asked.count(ARTICLE) == 1
