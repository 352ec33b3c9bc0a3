"""docs/add-a-portal.md, typed line by line in a checkout: each command says what the page says it does."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.sample import serve
from tests.docs.blocks import ROOT

pytestmark = pytest.mark.docs

PAGE = (ROOT / "docs" / "add-a-portal.md").read_text("utf-8")
STEPS = [
    (command, shown)
    for block in re.findall(r"^```console\n(.*?)^```", PAGE, re.M | re.S)
    for command, shown in re.findall(r"^\$ ([^\n]*)\n((?:(?!\$ )[^\n]*\n)*)", block, re.M)
]
CHANGING = (
    (r" in \d+\.\d+s", " in 0.00s"),
    (r"\d+ deselected", "n deselected"),
    (r"date\(\d+, \d+, \d+\)", "date(today)"),
    (r'"fetched_at": "[^"]+"', '"fetched_at": "then"'),
)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The repository, by links but for the folders that are written to."""
    copied = {"crawler/portals", "tests/portals"}
    for folder in ("crawler", "tests"):
        (tmp_path / folder).mkdir()
        for entry in (ROOT / folder).iterdir():
            name = f"{folder}/{entry.name}"
            if name in copied:
                subprocess.run(["cp", "-r", str(entry), str(tmp_path / name)], check=True)
            elif entry.name != "__pycache__":
                (tmp_path / name).symlink_to(entry)
    for name in ("pyproject.toml", "scrapy.cfg"):
        (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path


def steady(text: str) -> list[str]:
    for pattern, stands_for in CHANGING:
        text = re.sub(pattern, stands_for, text)
    return [line.rstrip() for line in text.rstrip().splitlines()]


def test_each_step_shows_what_the_page_shows(checkout: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if "proxy" not in k.lower() and not k.startswith("PYTEST")}
    for name in ("CI", "BUILD_NUMBER"):  # with these pytest prints as wide as it likes
        environment.pop(name, None)
    environment |= {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "PYTHONPATH": str(checkout)}
    environment |= {
        "PYTHONUTF8": "1",
        "COLUMNS": "80",
        "SCRAPY_SETTINGS_MODULE": "tests.docs.quick",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    assert len(STEPS) >= 8
    with serve() as web:
        environment |= {"http_proxy": web.proxy_url, "https_proxy": web.proxy_url}
        for command, shown in STEPS:
            done = subprocess.run(
                command, shell=True, cwd=checkout, env=environment, capture_output=True, text=True, check=False
            )
            assert steady(done.stdout + done.stderr) == steady(shown), command
    asked = [request.url for request in web.requests]
    assert asked[:7].count("http://www.lsxz.example/robots.txt") == 1
    assert len({url for url in asked[:7] if "/fpxz/" in url}) == 5, "seven pages, as the page says"
