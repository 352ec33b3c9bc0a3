"""docs/crawling.md says what is so: its commands parse, its settings exist with the defaults it names."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from crawler import settings
from crawler.portals import portals
from crawler.spiders.arguments import read_arguments

TEXT = (Path(__file__).parents[2] / "docs" / "crawling.md").read_text("utf-8")
COMMANDS = [line.split("  #")[0].strip() for line in TEXT.splitlines() if line.startswith("scrapy ")]
SPIDERS = {portal.name for portal in portals()} | {"site", "archive"}


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.startswith("scrapy crawl")])
def test_crawl_examples_parse(command):
    words = shlex.split(command)
    assert words[2] in SPIDERS
    pairs = [words[i + 1].split("=", 1) for i, word in enumerate(words) if word == "-a"]
    read_arguments(dict(pairs))


@pytest.mark.parametrize("argument", re.findall(r"`-a (\w+=[^`]+)`", TEXT))
def test_arguments_of_the_tables_are_taken(argument):
    name, _, value = argument.partition("=")
    read_arguments({name: value.replace("URL", "http://x.example/").replace("…", "http://x.example/")})


def test_settings_exist_with_the_defaults_named():
    rows = re.findall(r"^\| `([A-Z_]+)`(?:, `([A-Z_]+)`)? \| (.+?) \|", TEXT, re.M)
    assert len(rows) >= 8
    for first, second, default in rows:
        values = [getattr(settings, name) for name in (first, second) if name]
        said = default.replace("`", "").replace("empty", "").replace("8 MB", str(8 * 2**20))
        assert said == ", ".join(f"{v:g}" if isinstance(v, float) else str(v) for v in values)


def test_every_declared_spider_is_named():
    assert all(f"`{name}`" in TEXT for name in SPIDERS)
