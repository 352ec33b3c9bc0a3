"""Portals drafted from the saved pages of declared ones, from files, and from pages that would do harm."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

from crawler.model import Page
from crawler.monitors import mismatches
from crawler.monitors.fixtures import read_page
from crawler.portals import Portal, portal
from crawler.scouting import (
    ListPage,
    Survey,
    SurveyError,
    TargetError,
    best_columns,
    in_package,
    in_repository,
    listed,
    propose,
    source,
    survey_files,
    write,
    write_package,
)
from crawler.scouting.publisher import Look, home_of

CASES = Path(__file__).parents[1] / "portals" / "cases"
PRACTICE = Path(__file__).parents[2] / "crawler" / "sample" / "practice"
DRAFTED = sorted(folder.parent.name for folder in CASES.glob("*/list"))


def surveyed(name: str) -> Survey:
    """What a look at a portal would have seen, of its saved pages."""
    pages = {folder.name: read_page(folder) for folder in sorted((CASES / name).iterdir())}
    first = pages.pop("list")
    return Survey(name, first.url, lists=[ListPage(first, listed(first))], articles=list(pages.values()))


@pytest.mark.parametrize("name", DRAFTED)
def test_a_declared_portal_is_found_again(name: str):
    survey, declared = surveyed(name), portal(name)
    drafted = propose(survey).portal
    assert drafted.home == declared.home
    assert set(drafted.hosts) <= set(declared.hosts)
    told = json.loads((CASES / name / "list" / "expected.json").read_text("utf-8"))["expected"]["articles"]
    assert all(map(drafted.is_article, told))
    assert drafted.is_listing(survey.url)


def test_saved_files_find_their_addresses(tmp_path: Path):
    article = (PRACTICE / "fpxz/202006/t20200622_20431.html").read_text("utf-8")
    files = {
        "list.html": (PRACTICE / "fpxz/index.html").read_text("utf-8"),
        "by-title.html": article,
        "canonical.html": article.replace("<title>", '<link rel="canonical" href="/fpxz/t20200622_1.html"><title>'),
        "browser.html": "<!-- saved from url=(0050)http://www.lsxz.example/fpxz/t20200622_2.html -->" + article,
        "stranger.html": "<html><body><h1>别处的一篇文章</h1><p>没有地址。</p></body></html>",
    }  # fmt: skip
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    survey = survey_files("lushui", "http://www.lsxz.example/fpxz/", [tmp_path / name for name in files])
    assert [page.url.rpartition("/")[2] for page in survey.articles] == [
        "t20200622_20431.html", "t20200622_1.html", "t20200622_2.html",
    ]  # fmt: skip
    (problem,) = survey.problems
    assert problem.startswith(f"{tmp_path / 'stranger.html'}: names no address")
    assert propose(survey).portal.home == "533301"
    assert propose(survey, "440300").portal.home == "440300"


def test_a_front_page_leads_to_the_columns_that_promise_most():
    front = Page("http://www.lsxz.example/", (PRACTICE / "index.html").read_bytes())
    assert best_columns(front) == ("http://www.lsxz.example/fpxz/",)
    nothing = Page("http://www.lsxz.example/", "<a href='/bszn/'>办事指南</a>")
    assert best_columns(nothing) == ()


@pytest.mark.parametrize(
    ("title", "text", "host", "home", "sure"),
    [
        ("泸水市协作信息网", "网站标识码：5333010001", "www.x.cn", "533301", "sure"),
        ("协作信息网", "主办单位：乐业县人民政府办公室", "www.x.cn", "451028", "likely"),
        ("合作交流办", "", "hzjl.sh.gov.cn", "310000", "a guess"),
        ("天天文库", "蜀ICP备00000000号", "www.x.com", None, "a guess"),
        ("某某新闻网", "主办：北京某某科技有限公司 京ICP备00000000号", "www.x.com", None, "a guess"),
        ("四川在线", "蜀ICP备00000000号", "www.x.com", "510000", "sure"),
        ("四川在线", "黔ICP备00000000号", "www.x.com", "510000", "likely"),
    ],
)
def test_the_jurisdiction_and_how_sure_it_is(title: str, text: str, host: str, home: str | None, sure: str):
    code, guess = home_of([Look(f"http://{host}/", title, "", text)], title, host)
    assert (code, guess.sure) == (home, sure), guess


def test_no_list_no_draft():
    page = Page("http://x.example/", "<html><body><p>正在建设</p></body></html>")
    with pytest.raises(SurveyError, match="no list of articles found; x: HTTP 403; name one"):
        propose(Survey("x", page.url, lists=[ListPage(page, listed(page))], problems=["x: HTTP 403"]))


def test_what_a_site_says_cannot_become_code():
    evil = '""" + __import__("os").system("x") + """\\\n\x1b[2J'
    declared = Portal(
        "evil", evil, ('x"',), ('http://x.example/"/',), article='^/"\\', listing='^/"', home=None
    )  # fmt: skip
    tree = ast.parse(source(declared))
    (call,) = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    told = {keyword.arg: ast.literal_eval(keyword.value) for keyword in call.keywords}
    assert told["title"] == evil
    assert told["article"] == declared.article
    assert "\x1b" not in source(declared)


def test_written_cases_fail_until_a_person_has_read_them(tmp_path: Path):
    written = write(propose(surveyed("nrra")), *in_package(tmp_path, "nrra"))
    assert [path.relative_to(tmp_path).as_posix() for path in (*written, *write_package(tmp_path, "nrra"))] == [
        "duikou_nrra.py",
        "tests/cases/nrra/list",
        "tests/cases/nrra/article-1",
        "pyproject.toml",
        "tests/test_cases.py",
    ]
    for folder in written[1:]:
        (said,) = mismatches(folder)
        assert "nobody has read expected.json beside page.html yet" in said
        expected = folder / "expected.json"
        expected.write_text(expected.read_text("utf-8").replace('"checked": null', '"checked": "2026-11-22"'), "utf-8")
        assert list(mismatches(folder)) == []
    compile((tmp_path / "tests" / "test_cases.py").read_text("utf-8"), "test_cases.py", "exec")
    assert 'nrra = "duikou_nrra:PORTAL"' in (tmp_path / "pyproject.toml").read_text("utf-8")
    with pytest.raises(TargetError, match="is there already"):
        in_package(tmp_path, "nrra")
    with pytest.raises(TargetError, match="no checkout of duikou"):
        in_repository(tmp_path, "nrra")
