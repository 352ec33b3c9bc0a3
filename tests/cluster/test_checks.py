"""What a fleet must have is said before anything starts; what is shipped for one names only what there is."""

from __future__ import annotations

import itertools
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from scrapy.settings import Settings

from crawler.cluster import checks
from crawler.cluster.checks import ClusterError, check_cluster
from crawler.commands import harvest

ROOT = Path(__file__).parents[2]
POSTGRES = "postgresql+psycopg://nobody@127.0.0.1:1/none"
DEPLOY = ROOT / "deploy"


def settings(**given: object) -> Settings:
    chosen = Settings()
    chosen.setmodule("crawler.settings", priority="project")
    chosen.setdict(given, priority="cmdline")
    return chosen


def refused(**given: object) -> str:
    with pytest.raises(ClusterError) as caught:
        check_cluster(settings(CLUSTER_URL="redis://user:secret@127.0.0.1:1/0", **given))
    said = str(caught.value)
    assert "secret" not in said
    assert "\n" not in said
    return said


def test_without_a_cluster_nothing_is_asked_for() -> None:
    check_cluster(settings(DATABASE_URL=""))


def test_wrong_combinations_are_named_with_their_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    for database in ("", "sqlite:///data/a.sqlite"):
        assert "-s DATABASE_URL=postgresql+psycopg://" in refused(DATABASE_URL=database)
    assert "CLUSTER_LEASE" in refused(DATABASE_URL=POSTGRES, CLUSTER_LEASE=0)
    assert "Redis does not answer" in refused(DATABASE_URL=POSTGRES)
    with pytest.raises(ClusterError, match="Redis does not answer"):
        check_cluster(settings(CLUSTER_URL="127.0.0.1:6379", DATABASE_URL=POSTGRES))
    monkeypatch.setattr(checks, "find_spec", lambda name: None if name == "scrapy_redis" else object())
    assert "pip install 'duikou[cluster]'" in refused(DATABASE_URL=POSTGRES)


def shipped() -> list[list[str]]:
    """The command lines of what is shipped."""
    service = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))["services"]["harvest"]
    unit = (DEPLOY / "duikou-harvest@.service").read_text("utf-8")
    (started,) = re.findall(r"^ExecStart=\S+/scrapy (.+)$", unit, re.M)
    return [service["command"], started.split()]


@pytest.mark.parametrize("words", shipped())
def test_what_is_shipped_names_settings_and_options_there_are(words: list[str]) -> None:
    known = settings()
    given = dict(word.split("=", 1) for before, word in itertools.pairwise(words) if before == "-s")
    assert {"CONTACT", "DATABASE_URL", "CLUSTER_URL", "ARCHIVE_DIR"} <= given.keys()
    assert all(name in known for name in given), given
    assert words[0] == "harvest"
    source = Path(harvest.__file__).read_text("utf-8")
    for option in (word.partition("=")[0] for word in words if word.startswith("--")):
        assert f'"{option}"' in source


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_the_unit_is_one_systemd_takes(tmp_path: Path) -> None:
    unit = tmp_path / "duikou-harvest@1.service"
    text = (DEPLOY / "duikou-harvest@.service").read_text("utf-8")
    unit.write_text(text.replace("/opt/duikou/.venv/bin/scrapy", "/bin/true"), "utf-8")
    found = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    assert not [line for line in found.stderr.splitlines() if unit.name in line], found.stderr
