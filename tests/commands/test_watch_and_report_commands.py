"""``scrapy watch``, ``scrapy report`` and ``scrapy settings`` as typed; docs/monitoring.md says what is so."""

from __future__ import annotations

import re
import shlex
from argparse import ArgumentParser
from pathlib import Path

import feedparser
import pytest
from scrapy.settings import Settings

from crawler import settings
from crawler.commands import harvest, report, runs, watch
from crawler.monitors import CAUSES
from crawler.sample import serve
from crawler.watch import read_watches

TEXT = (Path(__file__).parents[2] / "docs" / "monitoring.md").read_text("utf-8")
EXAMPLES = [line.split("  #")[0].strip() for line in TEXT.splitlines() if re.match(r"scrapy \w+ ", line)]
SECRET = "s3kr1t-Wort"
LIST = "[[watch]]\nname = '钱'\nplace = '450000'\nmin_cny = 1_000_000\n"


@pytest.fixture(scope="module")
def done(scrapy, tmp_path_factory) -> dict[str, object]:
    """The sample's day harvested and told of."""
    folder = tmp_path_factory.mktemp("told")
    (folder / "w.toml").write_text(LIST, "utf-8")
    (folder / "bad.toml").write_text("[[watch]]\nname = 'x'\nplace = '无此地'\n", "utf-8")
    quick = ["DOWNLOAD_DELAY=0", "AUTOTHROTTLE_ENABLED=0", "READ_WORKERS=0", "SAMPLE=1"]
    given = [word for pair in (f"DATABASE_URL=sqlite:///{folder}/d.sqlite", *quick) for word in ("-s", pair)]
    listed = ["--list", f"{folder}/w.toml"]
    commands = {
        "crawl": ["crawl", "zhaoshang", "-s", f"WATCHLIST={folder}/w.toml", "-s", f"WATCH_FEED={folder}/auto.atom"],
        "watch": ["watch", *listed, "--atom", f"{folder}/typed.atom"],
        "json": ["watch", *listed, "--json", "--since", "1h"],
        "bad": ["watch", "--list", f"{folder}/bad.toml"],
        "no list": ["watch"],
        "day": ["report", *listed],
        "run": ["report", "--run", "1"],
        "no run": ["report", "--run", "99"],
        "week": ["report", "--week", "-o", f"{folder}/week.html", *listed],
        "nowhere": ["report", "-o", f"{folder}/no/such/folder.html"],
        "moment": ["report", "--since", "gestern"],
    }
    secret = ["-s", f"DATABASE_URL=postgresql+psycopg://me:{SECRET}@127.0.0.1:1/d"]
    hidden = {"get": ["settings", "--get", "DATABASE_URL"], "runs": ["runs"], "report": ["report"]}
    with serve(1) as web:
        typed = [[*command, *given] for command in commands.values()] + [[*one, *secret] for one in hidden.values()]
        ended = scrapy(typed, web.proxy_url)
    return dict(zip([*commands, *hidden], ended, strict=True)) | {"folder": folder}


def test_watch_lists_hits_and_writes_the_feed_the_crawl_writes_too(done):
    assert done["crawl"].status == 0, done["crawl"].err
    assert done["watch"].status == 0, done["watch"].err
    assert "[钱]" in done["watch"].out
    assert "https://www.hsfkn.com/" in done["watch"].out
    typed, auto = (feedparser.parse((done["folder"] / f"{name}.atom").read_bytes()) for name in ("typed", "auto"))
    assert not typed.bozo
    assert {entry.id for entry in typed.entries} == {entry.id for entry in auto.entries}
    assert len(done["json"].out.splitlines()) == done["watch"].out.count("[钱]") == len(typed.entries)


def test_reports(done):
    for name in ("day", "run", "week"):
        assert done[name].status == 0, done[name].err
    assert "WATCHLIST HITS" in done["day"].out
    assert "zhaoshang, run 1 of" in done["run"].out
    assert "SAMPLE DATA" in done["run"].out
    assert "Watchlist hits" in (done["folder"] / "week.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("bad", "bad.toml: watch 1 (“x”): place: 无此地: no such place"),
        ("no list", "no watchlist; give --list FILE or set WATCHLIST"),
        ("no run", "there is no run 99"),
        ("nowhere", "folder.html: cannot be written (No such file or directory)"),
        ("moment", "gestern: not a moment; write 2026-03-01"),
    ],
)
def test_mistakes_are_one_line(done, name, said):
    assert done[name].status == 2
    assert said in done[name].last


def test_no_password_is_shown(done):
    assert done["get"].out == "postgresql+psycopg://me:***@127.0.0.1:1/d\n"
    for name in ("get", "runs", "report"):
        assert SECRET not in done[name].out + done[name].err


@pytest.mark.parametrize("example", EXAMPLES)
def test_examples_of_the_documentation_parse(example):
    words = shlex.split(example)[1:]
    parser = ArgumentParser()
    command = {"harvest": harvest, "report": report, "runs": runs, "watch": watch}[words[0]].Command()
    command.settings = Settings()
    command.add_options(parser)
    parser.parse_args(words[1:])


def test_the_documentation_names_what_there_is(tmp_path):
    assert len(EXAMPLES) == 7
    assert [cause for cause in CAUSES if f"`{cause}`" not in TEXT] == []
    ours = [name for name in dir(settings) if name.startswith(("NOTIFY_", "WATCH", "CASES", "MONITOR"))]
    assert [name for name in ours if f"`{name}`" not in TEXT] == []
    (example,) = re.findall(r"```toml\n(.*?)```", TEXT, re.S)
    (tmp_path / "w.toml").write_text(example, "utf-8")
    assert len(read_watches(tmp_path / "w.toml")) == 4
