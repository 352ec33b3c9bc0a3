"""Canonical URLs: one identity for the spellings of one page, none for two pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.dedup import article_id, canonical_url, mirror_key

SAME = [
    ("HTTP://WWW.Cinic.org.cn:80/a/1.html", "https://www.cinic.org.cn/a/1.html"),
    ("https://www.cinic.org.cn:443/a/1.html#top", "http://www.cinic.org.cn/a/1.html"),
    ("http://x.gov.cn/a/1.html?utm_source=wx&utm_medium=app", "http://x.gov.cn/a/1.html"),
    ("http://x.gov.cn/a/1.html?from=timeline&isappinstalled=0", "http://x.gov.cn/a/1.html"),
    ("http://x.gov.cn/show.php?id=7&b=&print=1", "http://x.gov.cn/show.php?b=&id=7"),
    ("http://x.gov.cn/show.asp?b=2&a=1", "http://x.gov.cn/show.asp?a=1&b=2"),
    ("http://x.gov.cn/show.jsp;jsessionid=9F3A?id=1", "http://x.gov.cn/show.jsp?id=1"),
    ("http://x.gov.cn/zwgk/index.html", "http://x.gov.cn/zwgk/"),
    ("http://x.gov.cn", "http://x.gov.cn/"),
    ("http://x.gov.cn//zwgk///1.html", "http://x.gov.cn/zwgk/1.html"),
    ("http://x.gov.cn/zwgk/201801/t20180102_7_wap.html", "http://x.gov.cn/zwgk/201801/t20180102_7.html"),
    ("http://x.gov.cn/wap/zwgk/201801/7.html", "http://x.gov.cn/zwgk/201801/7.html"),
    ("https://m.163.com/dy/article/EH2J7K1P0514R9P4.html?spss=adap_pc", "https://www.163.com/dy/article/EH2J7K1P0514R9P4.html?spss=adap_pc"),
    ("https://3g.163.com/news/article/EH2J7K1P0514R9P4.html", "https://www.163.com/dy/article/EH2J7K1P0514R9P4.html"),
    ("https://c.m.163.com/news/article/EH2J7K1P0514R9P4.html", "https://www.163.com/dy/article/EH2J7K1P0514R9P4.html"),
    ("https://web.archive.org/web/20130102030405id_/http://www.gdfupin.org.cn/news.asp?id=12", "http://www.gdfupin.org.cn/news.asp?id=12"),
    ("http://x.gov.cn/%e5%b9%bf/1.html", "http://x.gov.cn/广/1.html"),
    ("http://x.gov.cn/a/1.html?gad_source=1&igshid=x&bd_vid=9", "http://x.gov.cn/a/1.html"),
    ("http://x.gov.cn/show.jsp?id=7&view=print", "http://x.gov.cn/show.jsp?id=7&client=mobile"),
    ("http://x.gov.cn/a/20180102_7-print.html", "http://x.gov.cn/a/20180102_7.html"),
    ("http://x.gov.cn/a/m_t20180102_7.shtml", "http://x.gov.cn/a/t20180102_7.shtml"),
    ("http://x.gov.cn/a/7.html/amp", "http://x.gov.cn/a/7.html"),
    ("https://mp.weixin.qq.com/s?__biz=M&mid=2&idx=1&sn=a&chksm=b&scene=21", "https://mp.weixin.qq.com/s?__biz=M&mid=2&idx=1&sn=a"),
    ("http://扶贫.cn/1.html", "http://xn--squq46g.cn/1.html"),
]  # fmt: skip
DIFFERENT = [
    ("http://x.gov.cn/show.asp?id=1", "http://x.gov.cn/show.asp?id=2"),
    ("http://x.gov.cn/list/index_2.html", "http://x.gov.cn/list/index_3.html"),
    ("http://x.gov.cn/list/index.html", "http://x.gov.cn/list/index_1.html"),
    ("http://x.gov.cn/index.php?from=27", "http://x.gov.cn/index.php?from=28"),
    ("http://x.gov.cn/#/article/1", "http://x.gov.cn/#/article/2"),
    ("http://x.gov.cn:8080/1.html", "http://x.gov.cn/1.html"),
    ("http://a.gov.cn/1.html", "http://b.gov.cn/1.html"),
    ("http://x.gov.cn/wap/", "http://x.gov.cn/"),
    ("http://x.gov.cn/show.asp?scene=1", "http://x.gov.cn/show.asp?scene=2"),
    ("http://x.gov.cn/list.asp?type=news", "http://x.gov.cn/list.asp?type=notice"),
    ("http://x.gov.cn/a-m.html", "http://x.gov.cn/a.html"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_page_are_one(one: str, other: str) -> None:
    assert canonical_url(one) == canonical_url(other)
    assert article_id(one) == article_id(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_pages_stay_apart(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


@pytest.mark.parametrize(
    "url", ["", "  ", "javascript:void(0)", "mailto:a@b.cn", "http://[bad", "http://x:port/", "/a/1.html"]
)
def test_what_is_no_web_address_comes_back(url: str) -> None:
    assert canonical_url(url) == url.strip()


PIECES = st.text(alphabet="abz/0129.%?&=#;:_-广州 ~+@[]", max_size=30)


@given(
    PIECES,
    PIECES,
    st.sampled_from(["http://x.gov.cn/", "https://m.163.com/", "http://web.archive.org/web/2013/http://y.cn/"]),
)
def test_canonical_form_is_its_own(path: str, query: str, start: str) -> None:
    once = canonical_url(f"{start}{path}?{query}")
    assert canonical_url(once) == once


def test_mirror_key_is_the_long_article_number() -> None:
    assert mirror_key("http://other.example.com/article/EH2J7K1P0514R9P4.html") == "EH2J7K1P0514R9P4"
    assert mirror_key("http://x.gov.cn/art/2018/1/2/art_12_345.html") is None
    assert mirror_key("http://x.gov.cn/12345678901234567.html") is None
