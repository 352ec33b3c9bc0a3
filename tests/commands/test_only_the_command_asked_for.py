"""Scrapy is handed the one command it will run: importing them all costs more than a second."""

from __future__ import annotations

import subprocess
import sys

import pytest

from crawler.commands import commands_module


@pytest.mark.parametrize(
    ("arguments", "module"),
    [
        (["/usr/bin/scrapy", "crawl", "cinic"], "crawler.commands.crawl"),
        (["scrapy", "-h"], "crawler.commands"),
        (["scrapy"], "crawler.commands"),
        (["scrapy", "version"], ""),
        (["scrapy", "nosuch"], "crawler.commands"),
        (["scrapy", "../crawl"], "crawler.commands"),
        (["/x/scrapy/__main__.py", "--nolog", "portals"], "crawler.commands.portals"),
        (["pytest", "crawl"], "crawler.commands"),
        ([], "crawler.commands"),
    ],
)
def test_the_module_of_the_command(arguments: list[str], module: str) -> None:
    assert commands_module(arguments) == module


def test_a_command_of_scrapys_own_imports_none_of_ours() -> None:
    code = (
        "import sys; sys.argv = ['scrapy', 'version']\n"
        "from scrapy.cmdline import execute\n"
        "try: execute()\n"
        "except SystemExit: print(sorted(name for name in sys.modules if name.startswith('crawler.')))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "['crawler.commands', 'crawler.settings']"
