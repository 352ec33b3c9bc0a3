"""The add-on in a project that is not ours: docs/plugins.md, crawled as its reader would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.sample import serve
from crawler.store import Store
from tests.plugins.conftest import ROOT, printed

SETTINGS = """
SPIDER_MODULES = ["papers.spiders"]
READ_WORKERS = 0
TELNETCONSOLE_ENABLED = False
"""

MIXED = """
import scrapy

class Mixed(scrapy.Spider):
    name = "mixed"
    start_urls = ["http://www.lsxz.example/fpxz/index_1.html"]

    def parse(self, response):
        first, second, _ = response.css("ul.list a")
        yield {"kind": "list"}
        yield response.follow(first, self.article)
        yield {"url": "http://www.lsxz.example/empty.html", "body": None, "kind": "empty"}
        yield {"url": "http://www.lsxz.example/noise.html", "body": "<html><body><img src='x'></body></html>"}

    def article(self, response):
        yield {"url": response.url, "body": response.text, "home": "533301", "desk": "east"}
"""


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, subprocess.CompletedProcess[str]]]:
    """A project of two spiders whose settings hold the line of the docs."""
    root = tmp_path_factory.mktemp("papers")
    files = printed("plugins.md")
    settings = files["settings.py"] + SETTINGS
    (root / "papers" / "spiders").mkdir(parents=True)
    for name, text in {
        "scrapy.cfg": "[settings]\ndefault = papers.settings\n",
        "papers/__init__.py": "",
        "papers/spiders/__init__.py": "",
        "papers/settings.py": settings,
        "papers/spiders/lushui.py": files["spiders/lushui.py"],
        "papers/spiders/mixed.py": MIXED,
        "no.sqlite": "this is no database " * 100,
    }.items():
        (root / name).write_text(text, "utf-8")
    commands = {
        "lushui": ["crawl", "lushui", "-O", "lushui.jsonl"],
        "mixed": ["crawl", "mixed", "-O", "mixed.jsonl"],
        "no database": ["crawl", "lushui", "-s", "DATABASE_URL=sqlite:///no.sqlite"],
    }
    environment = {k: v for k, v in os.environ.items() if "proxy" not in k.lower() and k != "SCRAPY_SETTINGS_MODULE"}
    with serve() as web:
        environment |= {"PYTHONPATH": f"{root}{os.pathsep}{ROOT}", "PYTHONUTF8": "1", "http_proxy": web.proxy_url}
        ended = {
            name: subprocess.run(
                [sys.executable, "-m", "scrapy", *words], cwd=root, env=environment, capture_output=True, text=True
            )
            for name, words in commands.items()
        }
    return root, ended


def items(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_one_line_of_settings_makes_articles_and_events(done):
    root, ended = done
    assert ended["lushui"].returncode == 0, ended["lushui"].stderr
    read = items(root / "lushui.jsonl")
    assert len(read) == 5
    visited = next(item for item in read if str(item["title"]).startswith("珠海市党政代表团"))
    assert visited["portal"] == "lushui"
    assert {event["type"] for event in visited["events"]} >= {"visit", "meeting", "donation"}
    with Store(f"sqlite:///{root}/data/duikou.sqlite") as store:
        (run,) = store.runs("lushui")
        assert (run.reason, run.counts["new"], run.counts.get("lost", 0)) == ("finished", 5, 0)
        with store.read() as connection:
            assert connection.exec_driver_sql("select count(*) from events").scalar() >= 4


def test_items_with_a_page_are_taken_and_others_pass(done):
    root, ended = done
    told = items(root / "mixed.jsonl")
    assert [item for item in told if "kind" in item] == [
        {"kind": "list"},
        {"url": "http://www.lsxz.example/empty.html", "body": None, "kind": "empty"},
    ]
    (article,) = [item for item in told if item.get("schema")]
    assert (article["title"], article["published"]) == ("赴珠海务工专车启程", "2020-06-03")
    assert "desk" not in article
    assert "noise.html: " in ended["mixed"].stderr, "what cannot be read is named"


def test_a_database_that_cannot_be_used_ends_the_crawl_with_one_line(done):
    _, ended = done
    said = ended["no database"].stderr
    assert "no.sqlite" in said
    assert "Traceback" not in said
    assert "finish_reason': 'database'" in said
    assert "'item_scraped_count'" not in said
