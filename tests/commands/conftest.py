"""Run ``scrapy`` commands as the shell does, many of them for the price of one start."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# Imports once, then one forked child a command.
DRIVER = """
import importlib, json, os, pathlib, sys, tempfile
import crawler.warm, crawler.spiders.declared, scrapy.core.downloader.handlers.http11, scrapy.crawler
for file in pathlib.Path("crawler/commands").glob("[a-z]*.py"):
    importlib.import_module(f"crawler.commands.{file.stem}")
from scrapy.cmdline import execute
done = []
for argv in json.load(sys.stdin):
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        pid = os.fork()
        if not pid:
            os.dup2(out.fileno(), 1); os.dup2(err.fileno(), 2)
            try:
                execute(["scrapy", *argv])
            finally:
                sys.stdout.flush(); sys.stderr.flush()
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        out.seek(0); err.seek(0)
        done.append([status, out.read().decode(), err.read().decode()])
json.dump(done, sys.stdout)
"""


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    status: int
    out: str
    err: str

    @property
    def last(self) -> str:
        """The last line of what it said on stderr."""
        return (self.err.strip().splitlines() or [""])[-1]


@pytest.fixture(scope="session")
def scrapy() -> Callable[..., list[Done]]:
    """Run commands one after the other, each in a process of its own, through ``proxy`` if given."""

    def run(commands: list[list[str]], proxy: str | None = None) -> list[Done]:
        environment = {k: v for k, v in os.environ.items() if "proxy" not in k.lower()}
        environment |= {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "COLUMNS": "200"}
        if proxy:
            environment |= {"http_proxy": proxy, "https_proxy": proxy}
        given = json.dumps(commands).encode()
        done = subprocess.run(
            [sys.executable, "-c", DRIVER], input=given, capture_output=True, cwd=ROOT, env=environment, check=True
        )
        return [Done(*one) for one in json.loads(done.stdout)]

    return run
