"""Lists answered as data: JSON, feeds, sitemaps."""

from __future__ import annotations

import json

from crawler.lists import Link, feed_links, read_list

URL = "http://www.example.gov.cn/common/search/list?_pageSize=2&page=1"


def read(text: str, url: str = URL, is_article=None):
    return read_list(text.encode(), text, url, is_article)


def test_a_json_list_in_depth_with_links_titles_and_dates():
    rows = [
        {"title": "<em>协作</em>联席会议召开", "url": "/art/2020/1.html", "publishedTimeStr": "2020-06-23 10:00:00"},
        {"title": "干部人才交流", "url": "http://www.example.gov.cn/art/2020/2.html", "publishedTimeStr": "2020-06-22"},
    ]
    listing = read(json.dumps({"data": {"total": 9, "results": rows}}))
    assert listing.basis == "json"
    assert listing.articles == (
        Link("http://www.example.gov.cn/art/2020/1.html", "协作联席会议召开", "2020-06-23"),
        Link("http://www.example.gov.cn/art/2020/2.html", "干部人才交流", "2020-06-22"),
    )
    assert listing.next == "http://www.example.gov.cn/common/search/list?_pageSize=2&page=2"


def test_addresses_that_are_json_in_a_string_and_rows_in_rows():
    rows = [{"source": {"title": f"第{n}次会议", "urls": json.dumps({"common": f"/art/{n}.html"})}} for n in (1, 2)]
    listing = read(json.dumps({"data": {"results": rows}}), "http://x.gov.cn/api/queryList?current=3")
    assert [link.url for link in listing.articles] == ["http://x.gov.cn/art/1.html", "http://x.gov.cn/art/2.html"]
    assert listing.next == "http://x.gov.cn/api/queryList?current=4"


def test_html_inside_json():
    markup = "".join(f'<li><a href="/art/10023{n}.html">两地召开第{n}次扶贫协作联席会议</a></li>' for n in range(4))
    listing = read(json.dumps({"success": True, "data": {"html": f"<ul>{markup}</ul>"}}), "http://x.gov.cn/u?pageNo=1")
    assert len(listing.articles) == 4
    assert listing.next == "http://x.gov.cn/u?pageNo=2"


def test_offsets_in_the_path_and_the_empty_end():
    rows = [
        {"docid": "A", "title": "标题甲", "ptime": "2020-06-23 09:00:00", "url": "https://m.example/dy/article/A.html"}
    ]
    url = "https://c.example/list/T1/all/0-5.html"
    assert read(json.dumps({"tab_list": rows}), url).next == "https://c.example/list/T1/all/5-5.html"
    empty = read(json.dumps({"code": 1, "tab_list": []}), url)
    assert (empty.articles, empty.next, empty.basis) == ((), None, "json")


def test_jsonp_and_refused_shapes():
    rows = {"list": [{"title": "标题甲", "url": "/a/1.html"}]}
    assert len(read(f"callback({json.dumps(rows)});").articles) == 1
    assert read(json.dumps(rows), is_article=lambda u: False).articles == ()


def test_endpoints_named_in_a_page():
    html = """<html><body><script>$.get('/module/xxgk/queryList?unitid=12&amp;pageSize=15', f)</script></body></html>"""
    listing = read(html, "http://x.gov.cn/xw/")
    assert listing.lists == ("http://x.gov.cn/module/xxgk/queryList?unitid=12&pageSize=15",)


def test_rss():
    xml = """<?xml version="1.0"?><rss version="2.0"><channel><link>http://x.cn/</link>
    <item><title>联席会议</title><link>http://x.cn/a/1.html</link>
    <pubDate>Mon, 22 Jun 2020 18:30:00 GMT</pubDate></item>
    </channel></rss>"""
    listing = read(xml)
    assert listing.basis == "feed"
    assert listing.articles == (Link("http://x.cn/a/1.html", "联席会议", "2020-06-23"),)


def test_atom():
    xml = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>联席会议</title>
    <link rel="self" href="/self"/><link rel="alternate" href="/a/1.html"/>
    <updated>2020-06-23T01:00:00Z</updated></entry></feed>"""
    assert read(xml, "http://x.cn/feed").articles == (Link("http://x.cn/a/1.html", "联席会议", "2020-06-23"),)


def test_sitemaps_keep_articles_newest_first():
    xml = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    <url><loc>http://x.cn/a/100234.html</loc><lastmod>2020-06-01</lastmod></url>
    <url><loc>http://x.cn/about/</loc></url>
    <url><loc>http://x.cn/a/100235.html</loc><lastmod>2020-06-02T08:00:00+08:00</lastmod></url></urlset>"""
    assert [link.date for link in read(xml).articles] == ["2020-06-02", "2020-06-01"]


def test_a_sitemap_index_names_maps():
    xml = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    <sitemap><loc>http://x.cn/1.xml</loc><lastmod>2019-01-01</lastmod></sitemap>
    <sitemap><loc>http://x.cn/2.xml</loc><lastmod>2020-01-01</lastmod></sitemap></sitemapindex>"""
    assert read(xml).lists == ("http://x.cn/2.xml", "http://x.cn/1.xml")


def test_entities_of_untrusted_xml_stay_unexpanded():
    xml = """<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>
    <rss><channel><item><title>&x;</title><link>http://x.cn/a/1.html</link></item></channel></rss>"""
    assert read(xml).articles[0].title == ""


def test_feeds_named_in_a_head():
    html = '<html><head><link rel="alternate" type="application/rss+xml" href="/rss.xml"></head><body></body></html>'
    assert feed_links(html, "http://x.cn/xw/") == ("http://x.cn/rss.xml",)
