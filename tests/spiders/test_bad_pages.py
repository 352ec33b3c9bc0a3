"""Pages that cannot be had or read: one clear line each, and the run goes on."""

from __future__ import annotations

import pytest

from tests.spiders.conftest import LIST_1, article_url, cinic


def line(run, url: str) -> str:
    said = [text for text in run.lines if text.startswith(f"{url}: ")]
    assert len(said) == 1, run.lines
    return said[0]


@pytest.mark.parametrize(
    ("reply", "said", "lost"),
    [
        ({"status": 500}, "HTTP 500 (Internal Server Error); the next run tries again", 1),
        ({"status": 403}, "HTTP 403 (Forbidden); the next run tries again", 1),
        ({"body": b""}, "empty", 1),
        ({"body": b"%PDF-1.4 ...", "Content_Type": "application/pdf"}, "not a web page but application/pdf", 0),
        ({"body": b"<p>" + b"x" * 70_000}, "DOWNLOAD_MAXSIZE", 1),
    ],
)
def test_one_bad_page_is_named_and_the_others_are_read(web, crawl, store, reply, said, lost):
    numbers = cinic(web)
    web.put(article_url(4), **({"body": b"<html></html>"} | reply))
    run = crawl("cinic", {"DOWNLOAD_MAXSIZE": 60_000})
    assert said in line(run, article_url(4))
    assert (run["lost"], len(run.items)) == (lost, len(numbers) - 1)
    assert store.url(article_url(4)).state == "failed"


def test_a_page_that_failed_is_tried_again_by_the_next_run(web, crawl):
    cinic(web)
    good = web.pages[article_url(4)]
    web.put(article_url(4), status=503)
    assert crawl("cinic")["lost"] == 1
    web.pages[article_url(4)] = good
    again = crawl("cinic")
    assert [item.url for item in again.items] == [article_url(4)]


def test_a_list_page_that_failed_is_tried_again(web, crawl):
    numbers = cinic(web)
    second = "http://www.cinic.org.cn/hy/cs/index_1.html"
    good = web.pages[second]
    web.put(second, status=502)
    assert len(crawl("cinic").items) == 3
    web.pages[second] = good
    assert len(crawl("cinic").items) == len(numbers) - 3


def test_dead_links_are_no_loss_and_not_asked_for_again(web, crawl):
    cinic(web)
    del web.pages[article_url(4)]
    run = crawl("cinic")
    assert (run["dead_links"], run["lost"]) == (1, 0)
    web.asked.clear()
    crawl("cinic")
    assert article_url(4) not in web.urls()


def test_a_redirect_to_the_front_page_is_a_withdrawal(web, crawl):
    cinic(web)
    web.put("http://www.cinic.org.cn/", "<html><body><p>首页</p></body></html>")
    web.put(article_url(4), "", 302, Location="/")
    run = crawl("cinic")
    assert (run["dead_links"], run["pages"]) == (1, 6)


def test_wrong_charset_and_broken_markup_are_read_all_the_same(web, crawl):
    cinic(web, {LIST_1: [1]})
    text = web.pages[article_url(1)].body.replace("</p>", "").replace("</div>", "<div>").encode("gb18030")
    web.put(article_url(1), text)  # the header and the page itself say utf-8
    (item,) = crawl("cinic").items
    assert "济南市党政代表团赴湖南省湘西州考察" in item.text


def test_a_dead_site_is_named(web, crawl):
    web.put(LIST_1, status=503)
    run = crawl("cinic")
    assert "HTTP 503" in line(run, LIST_1)
    assert run["lost"] == 1


def test_an_unusable_database_ends_the_crawl_with_one_line(web, crawl, tmp_path):
    cinic(web)
    run = crawl("cinic", {"DATABASE_URL": f"sqlite:///{tmp_path}"})
    assert run.stats["finish_reason"] == "database"
    assert run["lost"] == 1
    assert [text for text in run.lines if "is a folder" in text] == [
        f"{tmp_path}: is a folder; give the name of a database file"
    ]
    assert web.urls() == []
