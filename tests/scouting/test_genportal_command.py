"""``scrapy genportal`` as typed, on the practice site; docs/add-a-portal.md is replayed by tests/docs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from scrapy.exceptions import UsageError

from crawler.commands.genportal import checked, place
from crawler.sample import serve
from tests.commands.conftest import scrapy  # noqa: F401  # a fixture
from tests.forked import Done

ACCOUNT = "https://c.m.163.com/nc/subscribe/list/T1586412345678/all/0-5.html"
FRONT, COLUMN = "http://www.lsxz.example/", "http://www.lsxz.example/fpxz/"
QUICK = ["-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0"]


@pytest.fixture(scope="module")
def done(scrapy, tmp_path_factory) -> tuple[Path, dict[str, Done], list[str]]:  # noqa: F811
    root = tmp_path_factory.mktemp("packages")
    into = ["--into", str(root), *QUICK]
    (root / "page.html").write_text("<html><body><p>正在建设</p></body></html>", "utf-8")
    commands = {
        "front": ["genportal", "lushui", FRONT, *into],
        "again": ["genportal", "lushui", FRONT, *into],
        "second": ["genportal", "second", ACCOUNT, "--home", "广东省深圳市", *into],
        "script": ["genportal", "script", f"{FRONT}ywdt/", *into],
        "gone": ["genportal", "third", f"{FRONT}nothing/", *into],
        "file": ["genportal", "third", FRONT, "--file", str(root / "page.html"), *into],
        "no file": ["genportal", "third", FRONT, "--file", str(root / "none.html"), *into],
    }
    with serve() as web:
        ended = scrapy(list(commands.values()), web.proxy_url)
        return root, dict(zip(commands, ended, strict=True)), [request.url for request in web.requests]


def test_a_front_page_makes_a_package(done):
    root, ended, asked = done
    assert ended["front"].status == 0, ended["front"].err
    assert (root / "duikou_lushui.py").read_text("utf-8").count("http://www.lsxz.example/fpxz/") == 1
    assert len(list((root / "tests" / "cases" / "lushui").iterdir())) == 4
    assert f"(once: pip install -e . in {root})" in ended["front"].out
    assert asked.index(f"{COLUMN}index_1.html") < 7, "seven pages, robots.txt among them"


def test_a_list_is_taken_as_it_is_and_a_place_as_given(done):
    root, ended, asked = done
    assert ended["second"].status == 0, ended["second"].err
    assert 'home="440300"' in (root / "duikou_second.py").read_text("utf-8")
    assert "duikou_lushui" in (root / "pyproject.toml").read_text("utf-8"), "the first one's stays as it is"
    assert 'second = "duikou_second:PORTAL"' in ended["second"].out
    articles = [url for url in asked if "/dy/article/" in url]
    assert len(articles) == 3
    for host in ("https://www.163.com", "http://wyjx.example"):  # lists of one host name articles of others
        first = next(url for url in articles if url.startswith(host))
        assert asked.index(f"{host}/robots.txt") < asked.index(first)


def test_a_list_that_a_script_fills_begins_at_its_page_and_is_saved_as_data(done):
    root, ended, _ = done
    assert ended["script"].status == 0, ended["script"].err
    assert f'start_urls=("{FRONT}ywdt/",)' in (root / "duikou_script.py").read_text("utf-8")
    assert f"which a script has from {FRONT}ywdt/getDocList.json" in ended["script"].out
    saved = root / "tests" / "cases" / "script" / "list" / "page.html"
    assert json.loads(saved.read_text("utf-8"))["data"]["total"] == 3


def test_nothing_is_overwritten(done):
    root, ended, _ = done
    assert ended["again"].status == 2
    assert f"{root}/duikou_lushui.py is there already; take it away first" in ended["again"].last


@pytest.mark.parametrize(
    ("name", "said"), [("gone", "HTTP 404: the page is gone"), ("file", "no list of articles found")]
)
def test_a_site_without_a_list_gives_one_line_and_status_1(done, name: str, said: str):
    root, ended, _ = done
    assert ended[name].status == 1
    (line,) = ended[name].out.splitlines()
    assert said in line
    assert not (root / "duikou_third.py").exists()


def test_a_file_that_is_not_there_ends_with_one_line_and_status_2(done):
    _, ended, _ = done
    assert ended["no file"].status == 2
    assert "none.html: cannot be read (No such file or directory)" in ended["no file"].last
    assert "Traceback" not in ended["no file"].err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["Third-1", FRONT], "'Third-1' is no name for a portal: 2 to 31 lower-case letters, digits and _"),
        (["site", FRONT], "'site' is no name for a portal"),
        (["cinic", FRONT], "a portal 'cinic' is declared already"),
        (["third", "www.lsxz.example"], "'www.lsxz.example' is no web address; write it with http:// or https://"),
        (["third", "ftp://www.lsxz.example/"], "is no web address"),
        (["third"], "give a name and an address: scrapy genportal NAME URL"),
        (["third", FRONT, COLUMN], "give a name and an address"),
    ],
)
def test_wrong_words_are_refused_before_anything_is_asked(words: list[str], said: str):
    with pytest.raises(UsageError) as error:
        checked(words)
    assert said in str(error.value)
    assert error.value.print_help is False


def test_a_place_is_an_adcode_or_a_full_name():
    assert place(None) is None
    assert place("440300") == place("广东省深圳市") == "440300"
    with pytest.raises(UsageError, match="--home 999999: no such place"):
        place("999999")
