"""Run ``scrapy`` commands as the shell does, many of them for the price of one start: a process each."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]

# Imports once, then one forked child a command.
_DRIVER = """
import importlib, json, os, pathlib, sys, tempfile
import crawler.warm, crawler.spiders.declared, scrapy.core.downloader.handlers.http11, scrapy.crawler
for file in pathlib.Path(sys.argv[1], "crawler/commands").glob("[a-z]*.py"):
    importlib.import_module(f"crawler.commands.{file.stem}")
from scrapy.cmdline import execute
done = []
for words, given in json.load(sys.stdin):
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        pid = os.fork()
        if not pid:
            os.dup2(os.open(given or os.devnull, os.O_RDONLY), 0)
            os.dup2(out.fileno(), 1); os.dup2(err.fileno(), 2)
            try:
                execute(["scrapy", *words])
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


def run(
    commands: Sequence[tuple[Sequence[str], str | None]], folder: Path, proxy: str | None = None, **environment: str
) -> list[Done]:
    """Run each of (words after ``scrapy``, file for stdin) in ``folder``, all requests through ``proxy`` if given."""
    around = {k: v for k, v in os.environ.items() if "proxy" not in k.lower()}
    around |= {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **environment}
    if proxy:
        around |= {"http_proxy": proxy, "https_proxy": proxy}
    done = subprocess.run(
        [sys.executable, "-c", _DRIVER, str(ROOT)],
        input=json.dumps(commands).encode(),
        capture_output=True,
        cwd=folder,
        env=around,
        check=True,
    )
    return [Done(*one) for one in json.loads(done.stdout)]
