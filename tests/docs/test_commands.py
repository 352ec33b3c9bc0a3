"""Every ``scrapy`` command printed in README and docs is run, page by page, against a harvest of the sample web."""

from __future__ import annotations

import base64
import csv
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from crawler.sample import SampleWeb, serve
from crawler.sample.articles import sample_articles
from crawler.sample.site import article_url, lookup
from crawler.store import Store
from tests.docs.blocks import PAGES, ROOT, Command, blocks, commands, name_of
from tests.docs.desk import run

pytestmark = pytest.mark.docs

PORTALS = ("cinic", "gdfupin", "netease", "wenku365", "zhaoshang")

# Commands that need what a desk has not; each is run for real by the test named. Their options are checked here too.
ELSEWHERE = {
    r"^scrapy browse": "tests/browse",
    r"--forever": "tests/schedule",
    r"postgresql|redis://|CLUSTER_URL": "tests/services",
    r"--dask": "tests/services",
    r"genportal|lushui": "tests/docs/test_add_a_portal.py, tests/scouting",
}


@pytest.fixture(scope="session")
def web() -> Iterator[SampleWeb]:
    with serve() as served:
        yield served


@pytest.fixture(scope="session")
def desk(web: SampleWeb, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a user has it after some days: a harvest, saved pages, lists of their own."""
    folder = tmp_path_factory.mktemp("desk")
    crawls: list[tuple[list[str], str | None]] = [
        (["crawl", name, "-s", "CONTACT=you@example.org"], None) for name in PORTALS
    ]
    for name, done in zip(PORTALS, run([*crawls, (["demo"], None)], folder, web.proxy_url), strict=False):
        assert done.status == 0, f"{name}: {done.err[-2000:]}"
    (folder / "backups").mkdir()
    _saved_pages(folder)
    _lists_of_ones_own(folder)
    return folder


def _saved_pages(folder: Path) -> None:
    pages = [article_url(article) for article in sample_articles() if article.portal == "cinic" and article.on(1)][:2]
    bodies = [lookup(url, 1).body for url in pages]
    for name, body in zip(("page.html", "other.html"), bodies, strict=True):
        (folder / name).write_bytes(body)
    lines = [{"id": str(n), "html_b64": base64.b64encode(body).decode()} for n, body in enumerate(bodies)]
    (folder / "documents.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    text = "6月2日,广东省深圳市盐田区委书记率团赴广西百色市凌云县考察,捐赠帮扶资金60万元。"
    (folder / "report.txt").write_text(text, "utf-8")
    (folder / "damaged.txt").write_text("凌云縣與鹽田區開展協(xié)作。", "utf-8")
    for file in (folder / "data" / "duikou-archive").rglob("*.warc.gz"):
        shutil.copy(file, folder / "old-crawl.warc.gz")


def _lists_of_ones_own(folder: Path) -> None:
    row = {"date": "2017-12-24", "supporting": "深圳市盐田区", "supported": "百色市凌云县", "type": "visit"}
    with (folder / "mine.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, row)
        writer.writeheader()
        writer.writerow(row)
    chinese = {"哪天": [row["date"]], "援方": [row["supporting"]], "supported": [row["supported"]], "type": ["visit"]}
    pd.DataFrame(chinese).to_excel(folder / "mine.xlsx", sheet_name="visits", index=False)
    (watchlist,) = (text for language, _, text in blocks(ROOT / "docs" / "monitoring.md") if language == "toml")
    (folder / "watch.toml").write_text(watchlist, "utf-8")


def _for_this_desk(command: Command, folder: Path) -> list[str]:
    """The words with what stands for "one of yours" replaced by one of this desk's."""
    with Store(f"sqlite:///{folder / 'data' / 'duikou.sqlite'}") as store, store.read() as connection:
        url = connection.exec_driver_sql("SELECT url FROM articles WHERE portal = 'cinic' ORDER BY url").scalar()
        event = connection.exec_driver_sql("SELECT event_id FROM events ORDER BY event_id").scalar()
    stands_for = {
        r"http://www\.example\.(gov\.)?cn/a/1\.html": str(url),
        r"https://www\.example\.gov\.cn/": "https://www.hsfkn.com/",
        r"http://news\.intranet/": "https://www.hsfkn.com/",
        r"^EVENT$": str(event),
        r"^12$": "1",  # a run
    }
    words = command.words
    if command.name == "harvest" and "--portal" not in words:
        words += [word for name in PORTALS for word in ("--portal", name)]  # the sample web has no others
    for pattern, mine in stands_for.items():
        words = [re.sub(pattern, mine, word) for word in words]
    return words


@pytest.mark.parametrize("page", [page for page in PAGES if commands(page)], ids=name_of)
def test_the_commands_of_a_page_work(page: Path, desk: Path, web: SampleWeb, tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    shutil.copytree(desk, folder)
    here = [c for c in commands(page) if not any(re.search(pattern, c.text) for pattern in ELSEWHERE)]
    web.day = 1
    done = run([(_for_this_desk(command, folder), command.stdin) for command in here], folder, web.proxy_url)
    failed = [
        f"{c.page}:{c.line}: {c.text}\nstatus {d.status}\n{d.out[-500:]}\n{d.err[-1500:]}"
        for c, d in zip(here, done, strict=True)
        if d.status != 0
    ]
    assert not failed, "\n\n".join(failed)
