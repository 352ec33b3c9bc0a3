"""``scrapy harvest`` and ``scrapy runs`` as typed; docs/harvest.md says what is so."""

from __future__ import annotations

import json
import re
import shlex
from argparse import ArgumentParser
from pathlib import Path

import pytest
from scrapy.settings import Settings

from crawler import settings
from crawler.commands import harvest, runs
from crawler.portals import portals
from crawler.sample import serve

TEXT = (Path(__file__).parents[2] / "docs" / "harvest.md").read_text("utf-8")
EXAMPLES = [line.split("  #")[0].strip() for line in TEXT.splitlines() if re.match(r"scrapy (harvest|runs)", line)]


@pytest.fixture(scope="module")
def done(scrapy, tmp_path_factory) -> dict[str, list]:
    """The day of a harvest: what is due, a harvest of two portals, what is due then, what the ledger shows."""
    folder = tmp_path_factory.mktemp("harvest")
    quick = ["DOWNLOAD_DELAY=0", "AUTOTHROTTLE_ENABLED=0", "READ_WORKERS=0", "SAMPLE=1"]
    given = [word for pair in (f"DATABASE_URL=sqlite:///{folder}/d.sqlite", *quick) for word in ("-s", pair)]
    two = ["--portal", "gdfupin", "--portal", "zhaoshang"]
    commands = {
        "before": ["harvest", "--dry-run"],
        "harvest": ["harvest", *two, "--jobs", "2", "--log-format", "json"],
        "after": ["harvest", "--dry-run"],
        "nothing": ["harvest", *two],
        "runs": ["runs"],
        "json": ["runs", "--json", "--limit", "1"],
        "calendar": ["runs", "--portal", "gdfupin", "--days", "7"],
    }
    with serve(1) as web:
        ended = scrapy([[*command, *given] for command in commands.values()], web.proxy_url)
    return dict(zip(commands, ended, strict=True))


def test_dry_run_says_what_is_due_and_why(done):
    lines = done["before"].out.splitlines()
    assert [line.split()[0] for line in lines] == [portal.name for portal in portals()]
    assert all("due now" in line and line.endswith("never looked at") for line in lines)
    later = {line.split()[0]: line for line in done["after"].out.splitlines() if line.split()[1] == "news"}
    assert "planned for" in later["gdfupin"]
    assert "due now" in later["cinic"]


def test_the_harvest_tells_json_lines_and_ends_well(done):
    assert done["harvest"].status == 0, done["harvest"].err
    told = [json.loads(line) for line in done["harvest"].err.splitlines()]
    for portal in ("gdfupin", "zhaoshang"):
        mine = [note for note in told if note["portal"] == portal]
        assert [note["event"] for note in mine if note["event"] != "log"] == ["started", "ended"]
        assert mine[-1]["new"] > 5
        assert mine[-1]["status"] == 0


def test_when_nothing_is_due_it_says_what_comes(done):
    assert done["nothing"].status == 0
    assert "nothing is due; next at 20" in done["nothing"].err


def test_runs_show_the_ledger(done):
    rows = done["runs"].out.splitlines()
    assert len(rows) == 3
    assert {"gdfupin", "zhaoshang"} == {row.split()[1] for row in rows[1:]}
    row = json.loads(done["json"].out)
    assert row["outcome"] == "news"
    assert row["bytes"] > 10_000
    assert row["peak_mb"] > 20
    assert row["part"] == "news"
    assert "N news  - not run" in done["calendar"].out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["harvest", "cinic"], "write --portal cinic"),
        (["harvest", "--portal", "nowhere"], "unknown portal 'nowhere'"),
        (["harvest", "--jobs", "0"], "give 1 or more"),
        (["harvest", "--now"], "--now goes with --portal"),
        (["harvest", "-s", "HARVEST_LOOKS_PER_DAY=0"], "must be above 0"),
        (["harvest", "-s", "DATABASE_URL="], "DATABASE_URL is empty"),
        (["runs", "--days", "0"], "--days needs 1 or more"),
    ],
)
def test_wrong_arguments_end_with_one_line(scrapy, words, said):
    (ended,) = scrapy([words])
    assert ended.status == 2
    assert said in ended.err


@pytest.mark.parametrize("example", EXAMPLES)
def test_examples_of_the_documentation_parse(example):
    words = shlex.split(example)[1:]
    parser = ArgumentParser()
    command = {"harvest": harvest, "runs": runs}[words[0]].Command()
    command.settings = Settings()
    command.add_options(parser)
    parser.parse_args(words[1:])


def test_the_documentation_names_what_there_is():
    assert len(EXAMPLES) >= 8
    assert f"`HARVEST_LOOKS_PER_DAY` | {settings.HARVEST_LOOKS_PER_DAY:g} " in TEXT
    options = {flag for example in EXAMPLES for flag in re.findall(r"--[a-z-]+", example)}
    assert options >= {"--jobs", "--portal", "--dry-run", "--forever", "--install-timer", "--log-format", "--now"}
