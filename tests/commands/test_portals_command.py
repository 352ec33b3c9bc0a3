"""``scrapy portals``, ``scrapy list`` and ``scrapy check`` on the sample web."""

from __future__ import annotations

import pytest

from crawler.portals import portals
from crawler.sample import sample_portals, serve
from tests.forked import Done


@pytest.fixture(scope="module")
def done(scrapy, tmp_path_factory) -> dict[str, Done]:
    out = tmp_path_factory.mktemp("out") / "items.jsonl"
    quick = ["-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0"]
    commands = {
        "list": ["list"],
        "portals": ["portals"],
        "check cinic": ["portals", "--check", "cinic", *quick],
        "contracts": ["check", *sample_portals(), *quick],
        "crawl": ["crawl", "gdfupin", "-s", "DATABASE_URL=", "-O", str(out), *quick],
    }
    with serve() as web:
        results = scrapy(list(commands.values()), web.proxy_url)
    return dict(zip(commands, results, strict=True)) | {"items": Done(0, out.read_text("utf-8"), "")}


def test_list_names_the_spiders(done):
    assert set(done["list"].out.split()) >= {p.name for p in portals()} | {"site"}


def test_portals_says_what_is_declared_and_that_nobody_has_seen_it_live(done):
    assert done["portals"].out.count("verified: never") == len(portals())
    assert "深圳招商网" in done["portals"].out


def test_check_reports_field_by_field(done):
    report = done["check cinic"]
    assert report.status == 0, report.err
    for field in (
        "list ",
        "articles ",
        "next page ",
        "article ",
        "title ",
        "published ",
        "source ",
        "body ",
        "events ",
    ):
        assert f"\n  {field}" in report.out
    assert "by shape" in report.out


def test_contracts_hold(done):
    assert done["contracts"].status == 0
    assert "OK" in done["contracts"].err


def test_crawl_writes_feeds_without_a_database(done):
    assert done["crawl"].status == 0
    assert done["items"].out.count("\n") > 0
