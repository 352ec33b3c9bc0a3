"""The next page of a list, as Chinese content systems write it."""

from __future__ import annotations

import pytest

from crawler.lists import read_list

URL = "http://www.example.gov.cn/xw/index.html"
ROW = "<a href='/a/100234.html'>甲市代表团赴乙县对接协作工作</a>"


def next_of(pager: str, url: str = URL) -> str | None:
    html = f"<html><body>{ROW}<div class='page'>{pager}</div></body></html>"
    return read_list(html.encode(), html, url, lambda u: "/a/" in u).next


@pytest.mark.parametrize("label", ["下一页", "下页", "后一页", "[下一页]", "下一页 >", "»", "下一頁", "Next"])
def test_links_that_say_next(label: str):
    assert next_of(f"<a href='index_2.html'>{label}</a>") == "http://www.example.gov.cn/xw/index_2.html"


@pytest.mark.parametrize("href", ["javascript:go(2)", "#", "", "http://other.example.cn/2.html", "index.html"])
def test_links_that_lead_nowhere(href: str):
    assert next_of(f"<a href='{href}'>下一页</a>") is None


def test_an_arrow_to_another_folder_is_no_pager():
    assert next_of("<a href='/media/about.html'>></a>") is None
    assert next_of("<a href='/xw/index_2.html'>></a>") == "http://www.example.gov.cn/xw/index_2.html"


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ('createPageHTML(3, 0, "index", "shtml");', "index_1.shtml"),
        ('createPageHTML(3, 1, "index", "shtml");', "index_2.shtml"),
        ('createPageHTML(3, 2, "index", "shtml");', None),
        ('createPageHTML(1, 0, "index", "html");', None),
        ("createPageHTML('page_div',78, 1,'index','shtml',1000);", "index_2.shtml"),
        ("createPageHTML('page_div',78, 78,'index','shtml',1000);", None),
        ('createPageHTML(20, 4, "list", "htm", "black2", 300)', "list_5.htm"),
    ],
)
def test_create_page_html(call: str, expected: str | None):
    found = next_of(f"<script>{call}</script>")
    assert found == (f"http://www.example.gov.cn/xw/{expected}" if expected else None)


def test_the_inline_form_of_the_same_system():
    script = """var currentPage = 2;//所在页从0开始
    var countPage = 9;//共多少页
    document.write('<a href="' + "index_" + (currentPage+1) + ".html" + '">下一页</a>');"""
    assert next_of(f"<script>{script}</script>") == "http://www.example.gov.cn/xw/index_3.html"


@pytest.mark.parametrize(
    ("pager", "expected"),
    [
        ("<b>1</b> <a href='?p=2'>2</a> <a href='?p=3'>3</a>", "?p=2"),
        ("<a href='?p=1'>1</a> <b>2</b> <a href='?p=3'>3</a>", "?p=3"),
        ("<a href='?p=1'>1</a> <a href='?p=2'>2</a> <b>3</b>", None),
        ("<ul><li><a href='index.html'>1</a></li><li><a href='p2.html'>2</a></li></ul>", "p2.html"),
    ],
)
def test_rows_of_numbers(pager: str, expected: str | None):
    base = "http://www.example.gov.cn/xw/"
    assert next_of(pager) == ((f"{URL}{expected}" if expected[0] == "?" else base + expected) if expected else None)


def test_jpage_records_and_their_next_group():
    html = """<html><body><div id="1"><script type="text/xml"><datastore>
    <nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=1&amp;webid=4&amp;columnid=12"></a>]]></nextgroup>
    <recordset>
    <record><![CDATA[<li><a href="/art/2020/6/23/art_12_101.html">甲市代表团赴乙县</a>2020-06-23</li>]]></record>
    <record><![CDATA[<li><a href="/art/2020/6/22/art_12_100.html">乙县召开协作联席会议</a>2020-06-22</li>]]></record>
    </recordset></datastore></script></div></body></html>"""
    listing = read_list(html.encode(), html, URL)
    assert [link.date for link in listing.articles] == ["2020-06-23", "2020-06-22"]
    assert listing.next == "http://www.example.gov.cn/module/web/jpage/dataproxy.jsp?page=1&webid=4&columnid=12"
