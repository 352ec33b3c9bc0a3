"""Shapes from addresses: the kinds that content systems make, and those of the declared portals' saved lists."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from crawler.portals import portal
from crawler.scouting.shapes import article_shape, list_shape, matcher

CASES = Path(__file__).parents[1] / "portals" / "cases"
LISTS = sorted(file.parent for file in CASES.glob("*/list/expected.json"))
HOST = "http://www.x.gov.cn"


@pytest.mark.parametrize(
    ("paths", "shape"),
    [
        (["/hy/cs/840123.html", "/hy/zx/840124.html"], r"^/hy/[a-z]+/\d{5,}\.html$"),
        (["/news_view.asp?id=4821", "/news_view.asp?id=482"], r"^/news_view\.asp\?(?:.*&)?id=\d+(?:&|$)"),
        (["/show.php?catid=9&id=219"], r"^/show\.php\?(?:.*&)?id=\d+(?:&|$)"),
        (["/fpxz/202006/t20200622_20431.html", "/fpxz/202005/t20200529_9.html"], r"^/fpxz/\d{6}/t\d{8}_\d+\.html$"),
        (["/art/2019/4/11/art_46_967.html", "/art/2019/12/1/art_46_7.html"], r"^/art/\d{4}/\d+/\d+/art_\d+_\d+\.html$"),
        (["/n1308/20250411/b0c63f1e9d2a47568e7f4a1c05d39b62.html"], r"^/n\d+/\d{8}/[0-9a-f]{32}\.html$"),
        (["/dy/article/E4H7S2LD0514A5ZQ.html", "/dy/article/JR1A2B3C0514K9QP.html"], r"^/dy/article/[0-9A-Z]+\.html$"),
        (["/2020-08/31/content_90053794.htm"], r"^/\d{4}-\d+/\d+/content_\d+\.htm$"),
        (["/a-b/1/12345.html", "/a_c/2/12346.html"], r"^/[\w-]+/\d+/\d{4,}\.html$"),
        (["/x/12.html", "/x/7.html"], r"^/x/\d{1,}\.html$"),
    ],
)  # fmt: skip
def test_article_shapes(paths: list[str], shape: str):
    assert article_shape([HOST + path for path in paths]) == shape
    assert all(map(matcher(shape), [HOST + path for path in paths]))


def test_the_commonest_shape_wins_over_strays():
    urls = [f"{HOST}/fpxz/202006/t20200622_{n}.html" for n in range(5)]
    strays = [f"{HOST}/zt/index.html", f"{HOST}/about.asp?id=3", f"{HOST}/fpxz/zt/202006/t20200622_9.html"]
    assert article_shape([*strays, *urls]) == article_shape(urls)


def test_no_address_no_shape():
    assert article_shape([]) is None


@pytest.mark.parametrize(
    ("lists", "shape"),
    [
        ([("/fpxz/", "/fpxz/index_1.html")], r"^/fpxz/(?:index_\d+\.html)?$"),
        ([("/list.asp?typeid=25", "/list.asp?typeid=25&page=2")], r"^/(?:list\.asp\?)"),
        ([("/x/index.shtml", "/x/index_2.shtml"), ("/y/", None)], r"^/(?:x/(?:index\.shtml|index_\d+\.shtml)$|y/$)"),
        ([("/c-00012.html", "/c-00012.html?page=2")], r"^/(?:c-\d+\.html\?|c-\d+\.html$)"),
        ([("/col/col46/index.html", "/module/dataproxy.jsp?page=1")], r"^/col/col46/(?:index\.html)$"),
    ],
)
def test_list_shapes(lists: list[tuple[str, str | None]], shape: str):
    given = [(HOST + first, HOST + second if second else None) for first, second in lists]
    assert list_shape(given) == shape
    assert all(matcher(shape)(first) for first, _ in given)


def test_what_is_special_in_a_pattern_is_escaped():
    shape = article_shape([HOST + "/a(b/c+d[1]/20200622_12345.html"])
    assert shape is not None
    assert matcher(shape)(HOST + "/a(b/c+d[1]/20200623_12346.html")
    assert re.compile(list_shape([(HOST + "/a(b/x*.html", None)]))


@pytest.mark.parametrize("folder", LISTS, ids=lambda folder: folder.parent.name)
def test_of_a_declared_portals_list_the_shape_fits_what_the_declaration_fits(folder: Path):
    told = json.loads((folder / "expected.json").read_text("utf-8"))
    shape = article_shape(told["expected"]["articles"])
    assert shape is not None
    assert all(map(matcher(shape), told["expected"]["articles"]))
    assert not matcher(shape)(told["url"])
    assert not any(matcher(shape)(url) for url in portal(folder.parent.name).start_urls)
