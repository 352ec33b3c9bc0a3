"""Portals and extractors of other packages: the example of docs/plugins.md, and broken ones."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import crawler.extractors
import crawler.plugins
import crawler.portals
from crawler import __version__
from crawler.extractors import code_version
from crawler.model import Page
from crawler.portals import origin, portal, portals
from crawler.recipe import recipe
from tests.plugins.conftest import ROOT, install, printed

PAGE = (
    "<html><head><title>珠海援建车间</title></head><body><h1>珠海援建车间</h1><div>来源：某报 2020-06-22</div>"
    "<p>6月20日，珠海市向泸水市捐赠帮扶资金800万元，用于老窝镇草果加工车间建设，带动120户增收。</p></body></html>"
)
CACHES = (crawler.plugins._points, crawler.portals._declared, crawler.extractors._extractors, code_version)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder on the path whose packages count as installed."""
    monkeypatch.syspath_prepend(str(tmp_path))
    for cache in CACHES:
        cache.cache_clear()
    yield tmp_path
    monkeypatch.undo()
    for cache in CACHES:
        cache.cache_clear()
    for name in [n for n, m in sys.modules.items() if str(getattr(m, "__file__", "")).startswith(str(tmp_path))]:
        del sys.modules[name]


def package(points: dict[str, dict[str, str]], **modules: str) -> dict[str, str]:
    toml = '[project]\nname = "acme"\nversion = "2"\n'
    for group, named in points.items():
        toml += f'[project.entry-points."{group}"]\n' + "".join(f'{k} = "{v}"\n' for k, v in named.items())
    return {"pyproject.toml": toml, **{f"{name}.py": text for name, text in modules.items()}}


def example() -> dict[str, str]:
    files = printed("plugins.md")
    return {name: files[name] for name in ("pyproject.toml", "acme_portals.py", "acme_figures.py")}


def test_without_plugins_the_version_is_ours():
    assert code_version() == __version__


def test_the_example_of_the_docs(site: Path, capsys: pytest.CaptureFixture[str]):
    install(site, example())
    assert portal("lushui").home == "533301"
    assert origin("lushui") == "acme-portals 1.2"
    assert origin("cinic") is None
    assert len(portals()) > 15
    record = recipe(Page("http://www.lsxz.example/fpxz/202006/t20200622_1.html", PAGE, home="533301"))
    (found,) = [figure for figure in record.figures if figure.what == "households"]
    assert (found.value, found.quote) == (120.0, record.article.text[found.start : found.end])
    assert pickle.loads(pickle.dumps(record)) == record
    assert code_version() == f"{__version__}+acme-portals-1.2"
    assert capsys.readouterr().err == ""


def test_the_example_on_the_command_line(tmp_path: Path):
    install(tmp_path, example())
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    environment = os.environ | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}", "PYTHONUTF8": "1"}
    environment["SCRAPY_SETTINGS_MODULE"] = "crawler.settings"
    done = [
        subprocess.run([sys.executable, "-m", "scrapy", *words], cwd=tmp_path, env=environment, capture_output=True)
        for words in (["portals"], ["extract", "page.html"])
    ]
    assert [one.returncode for one in done] == [0, 0], done
    shown = done[0].stdout.decode()
    assert "from:     package acme-portals 1.2" in shown[shown.index("lushui") :]
    figures = json.loads(done[1].stdout)["figures"]
    assert [f["quote"] for f in figures if f["what"] == "households"] == ["120户"]


GOOD = "PORTAL = __import__('crawler.portals').portals.Portal(name={name!r}, title='X', hosts=('x.example',), \
start_urls=({start!r},), article={article!r}, listing='^/$'{more})\n"


@pytest.mark.parametrize(
    ("module", "said"),
    [
        ("raise RuntimeError('no licence\\x1b[2J key')", r"RuntimeError: no licence\x1b[2J key"),
        ("raise SystemExit(3)", "SystemExit: 3"),
        ("PORTAL = 'lushui'", "TypeError: names 'lushui', not a crawler.portals.Portal or several"),
        (GOOD.format(name="cinic", start="http://x.example/", article="^/a", more=""), "'cinic' is declared already"),
        (GOOD.format(name="Bad-Name", start="http://x.example/", article="^/a", more=""), "no name for a portal"),
        (GOOD.format(name="xx", start="http://y.example/", article="^/a", more=""), "no list page on its hosts"),
        (GOOD.format(name="xx", start="http://x.example/", article="^/(", more=""), "no regular expression"),
        (GOOD.format(name="xx", start="http://x.example/", article="^/a", more=", body='#'"), "no CSS selector"),
    ],
    ids=["raises", "exits", "no portal", "taken", "name", "host", "pattern", "selector"],
)
def test_a_broken_plugin_is_named_in_one_line_and_the_rest_goes_on(site: Path, capsys, module: str, said: str):
    good = GOOD.format(name="zz_good", start="http://x.example/", article="^/a", more="")
    points = {"duikou.portals": {"bad": "acme_bad:PORTAL", "good": "acme_good:PORTAL"}}
    install(site, package(points, acme_bad=module, acme_good=good))
    assert portals()[-1].name == "zz_good"
    assert len(portals()) == 16
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("plugin bad (duikou.portals, from acme 2) left out: ")
    assert said in line


EXTRACTORS = """
from crawler.model import Figure
def of(quote, start, end): return Figure(1.0, "次", "x", None, False, False, None, quote, start, end)
def raises(record): raise KeyError("lost")
def elsewhere(record): yield of("nowhere", 0, 7)
def words(record): yield "120户"
def good(record): yield of(record.article.text[:2], 0, 2)
nothing = None
"""


def test_a_failing_extractor_costs_the_page_a_warning_only(site: Path, capsys):
    names = ("elsewhere", "good", "nothing", "raises", "words")
    install(site, package({"duikou.extractors": {n: f"acme_x:{n}" for n in names}}, acme_x=EXTRACTORS))
    record = recipe(Page("http://x.example/1.html", PAGE))
    assert [figure.what for figure in record.figures if figure.what == "x"] == ["x"]
    assert [event.type for event in record.events] == ["donation"], "what the recipe found stays"
    assert [warning for warning in record.article.warnings if warning.startswith("extractor ")] == [
        "extractor elsewhere: ValueError: its figure 'nowhere' does not stand at 0-7 of the text",
        "extractor raises: KeyError: 'lost'",
        "extractor words: ValueError: yields '120户', not a crawler.model.Figure",
    ]
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("plugin nothing (duikou.extractors, from acme 2) left out: TypeError: names None")
