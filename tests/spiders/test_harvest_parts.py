"""A run for news goes three list pages deep, one in the quiet hours does the rest; the ledger tells the cost."""

from __future__ import annotations

from tests.spiders.conftest import LIST_1, article_url, cinic

LISTS = [LIST_1, *(f"{LIST_1}index_{n}.html" for n in range(1, 5))]


def test_news_first_the_rest_later(web, crawl, store):
    cinic(web, {url: [10 - 2 * n, 9 - 2 * n] for n, url in enumerate(LISTS)})
    news = crawl("cinic", part="news")
    assert (news["lists"], news["pages"]) == (3, 6)
    assert [row.found_url for row in store.pending("cinic")] == [LISTS[3]]
    web.asked.clear()
    again = crawl("cinic", part="news")
    assert (again["lists"], again["pages"]) == (1, 0)
    assert web.urls() == [LIST_1], "no stored article is asked for again"
    rest = crawl("cinic", part="rest")
    assert (rest["lists"], rest["pages"]) == (2, 4)
    assert LIST_1 not in web.urls()[1:]
    assert store.pending("cinic") == []


def test_a_run_for_news_tries_failed_news_again(web, crawl, store):
    cinic(web)
    page = web.pages.pop(article_url(7))
    web.put(article_url(7), "busy", status=503)
    assert crawl("cinic", part="news")["lost"] == 1
    web.pages[article_url(7)] = page
    assert crawl("cinic", part="news")["new"] == 1
    assert store.stored([article_url(7)])


def test_the_ledger_keeps_bytes_memory_and_missing_fields(web, crawl, store):
    cinic(web)
    crawl("cinic")
    counts = store.runs("cinic")[0].counts
    assert counts["judged"] == 7
    assert counts.get("without/title", 0) == 0
    sent = sum(len(reply.body) for reply in web.pages.values())
    assert sent < counts["bytes"] < 3 * sent + 20_000
    assert 20 < counts["peak_mb"] < 4000


def test_a_list_page_without_articles_is_counted(web, crawl, store):
    web.put(LIST_1, "<html><body><p>栏目调整中</p></body></html>")
    crawl("cinic", part="news")
    counts = store.runs("cinic")[0].counts
    assert (counts["lists"], counts["lists_empty"]) == (1, 1)
