"""The [deploy] section of scrapy.cfg against a real Scrapyd: deploy, list the spiders, harvest the sample web there."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import ProxyHandler, build_opener

import pytest

from crawler.portals import portals
from crawler.sample import serve
from crawler.store import Store

SETUPTOOLS = int(version("setuptools").split(".")[0])
pytestmark = [
    pytest.mark.services,
    pytest.mark.skipif(not 77 <= SETUPTOOLS < 81, reason="scrapyd-deploy needs setuptools>=77,<81 to build its egg"),
]

ROOT = Path(__file__).parents[2]
PROGRAMS = Path(sys.executable).parent
OPEN = build_opener(ProxyHandler({})).open


@pytest.fixture
def scrapyd(tmp_path: Path) -> Iterator[str]:
    """A Scrapyd of our own in an empty folder, whose jobs reach the sample web only; yields its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path / "scrapyd"
    folder.mkdir()
    (folder / "scrapyd.conf").write_text(f"[scrapyd]\nhttp_port = {port}\nmax_proc = 1\npoll_interval = 0.5\n")
    environment = {k: v for k, v in os.environ.items() if "proxy" not in k.lower() and k != "PYTHONPATH"}
    with serve(1) as web, (folder / "log.txt").open("w") as log:
        environment |= {"http_proxy": web.proxy_url, "https_proxy": web.proxy_url}
        server = subprocess.Popen([PROGRAMS / "scrapyd"], cwd=folder, env=environment, stdout=log, stderr=log)
        try:
            url = f"http://127.0.0.1:{port}"
            until(lambda: "Scrapyd" in (folder / "log.txt").read_text() and asked(f"{url}/daemonstatus.json"))
            yield url
        finally:
            server.terminate()
            server.wait(30)


def asked(url: str, **sent: str | list[str]) -> dict:
    with OPEN(url, urlencode(sent, doseq=True).encode() if sent else None) as answer:
        return json.load(answer)


def until(question, seconds: float = 120):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := question():
            return answer
        time.sleep(0.2)
    raise AssertionError("it never came")


def test_deploy_and_crawl(scrapyd: str, tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(ROOT / "crawler", project / "crawler", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, project)
    declared = (ROOT / "scrapy.cfg").read_text()
    (project / "scrapy.cfg").write_text(re.sub(r"(?m)^url *=.*$", f"url = {scrapyd}/", declared))
    deployed = subprocess.run([PROGRAMS / "scrapyd-deploy"], cwd=project, capture_output=True, text=True)
    assert '"status": "ok"' in deployed.stdout, deployed.stdout + deployed.stderr
    spiders = asked(f"{scrapyd}/listspiders.json?project=duikou")["spiders"]
    assert set(spiders) == {portal.name for portal in portals()} | {"site", "archive"}
    database = f"sqlite:///{tmp_path}/harvest.sqlite"
    settings = [f"DATABASE_URL={database}", "SAMPLE=1", "DOWNLOAD_DELAY=0", "AUTOTHROTTLE_ENABLED=0"]
    job = asked(f"{scrapyd}/schedule.json", project="duikou", spider="gdfupin", part="news", setting=settings)["jobid"]
    until(lambda: [j for j in asked(f"{scrapyd}/listjobs.json?project=duikou")["finished"] if j["id"] == job])
    with Store(database) as store:
        (run,) = store.runs("gdfupin")
    assert (run.reason, run.counts["new"], run.counts.get("lost", 0)) == ("finished", 11, 0)
    assert run.arguments == {"part": "news"}
