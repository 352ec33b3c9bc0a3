"""Run ``scrapy`` commands as the shell does, each in a process of its own, and import for it only once.

One process a test session has everything imported and forks a child a command: it begins in a tenth of a second, not
in three. The child has its own folder, environment, stdin, stdout and stderr; what it does ends with it.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]

_IMPORTED = """
import importlib, json, os, pathlib, sys, tempfile
import crawler.warm, crawler.spiders.declared, scrapy.core.downloader.handlers.http11, scrapy.crawler
for file in pathlib.Path(sys.argv[1], "crawler/commands").glob("[a-z]*.py"):
    importlib.import_module(f"crawler.commands.{file.stem}")
from scrapy.cmdline import execute
while line := sys.stdin.readline():
    words, stdin, folder, environment, code = json.loads(line)
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        pid = os.fork()
        if not pid:
            os.chdir(folder)
            os.environ.clear(); os.environ.update(environment)
            os.dup2(os.open(stdin or os.devnull, os.O_RDONLY), 0)
            os.dup2(out.fileno(), 1); os.dup2(err.fileno(), 2)
            try:
                exec(code, {})
                execute(["scrapy", *words])
            finally:
                sys.stdout.flush(); sys.stderr.flush()
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        out.seek(0); err.seek(0)
        print(json.dumps([status, out.read().decode(), err.read().decode()]), flush=True)
"""


@dataclass(frozen=True)
class Done:
    """How a command ended; a signal's number is negative."""

    status: int
    out: str
    err: str

    @property
    def last(self) -> str:
        """The last line of what it said on stderr."""
        return (self.err.strip().splitlines() or [""])[-1]


def run(
    words: Sequence[str],
    folder: Path = ROOT,
    *,
    proxy: str | None = None,
    stdin: str | Path | None = None,
    code: str = "",
    **environment: str,
) -> Done:
    """Run ``scrapy`` with ``words`` in ``folder``; requests go through ``proxy``, ``code`` runs first."""
    around = {k: v for k, v in os.environ.items() if "proxy" not in k.lower()}
    around |= {
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "SCRAPY_SETTINGS_MODULE": "crawler.settings",
        "COLUMNS": "200",
    }
    around |= dict.fromkeys(("http_proxy", "https_proxy"), proxy) if proxy else {}
    asked = list(words), stdin and str(stdin), str(folder), around | environment, code
    server = _imported()
    assert server.stdin
    assert server.stdout
    server.stdin.write(json.dumps(asked) + "\n")
    server.stdin.flush()
    return Done(*json.loads(server.stdout.readline()))


@cache
def _imported() -> subprocess.Popen[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    server = subprocess.Popen(
        [sys.executable, "-c", _IMPORTED, str(ROOT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=environment,
        encoding="utf-8",
    )
    atexit.register(server.communicate)  # it ends with its stdin
    return server
