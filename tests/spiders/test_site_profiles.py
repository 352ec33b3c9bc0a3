"""What a crawl learns of a site: applied to all its articles in the end, whatever order they came in."""

from __future__ import annotations

import random

import pytest
from sqlalchemy import func, select, update

from crawler.model import Article, Record
from crawler.store import Store, StoreError, failpoints
from crawler.store.schema import articles, profiles, revisions, sketches
from tests.spiders.conftest import LIST_1, LIST_2, article, article_url, listing

SLOGAN = "山海情深,携手同行,共绘乡村振兴新画卷,本站与您同在。"
COUNT = 24


def site(web, order: list[int], slogan: str = SLOGAN) -> None:
    """Two list pages of articles that share one line inside the body."""
    half = len(order) // 2
    for url, numbers, following in ((LIST_1, order[:half], LIST_2), (LIST_2, order[half:], "")):
        rows = [(article_url(n), f"图书馆第{n}期活动举行", "2020-06-01") for n in numbers]
        web.put(url, listing(rows, following))
    for n in order:
        own = f"第{n}期全民阅读活动在文化馆举行,图书馆工作人员介绍了{n}类新书,读者可以借阅。"
        more = f"读者可凭借书证于开馆时间到第{n}阅览室办理借阅,当天共有{n + 100}人到场。"
        web.put(article_url(n), article(f"图书馆第{n}期活动举行", f"{own}|{slogan}|{more}"), ETag=f'"{n}"')


@pytest.fixture
def harvest(web, crawl, tmp_path):
    """Crawl the site with its list in some order; the database it leaves."""

    def run(order: list[int], name: str, **settings: object) -> Store:
        site(web, order)
        url = f"sqlite:///{tmp_path}/{name}.sqlite"
        assert crawl("cinic", {"DATABASE_URL": url, **settings})["lost"] == 0
        return Store(url)

    return run


def test_what_recurs_goes_from_every_article_whatever_the_order(harvest):
    order = list(range(1, COUNT + 1))
    with harvest(order, "straight") as straight, harvest(random.Random(4).sample(order, COUNT), "mixed") as mixed:
        assert straight.dump() == mixed.dump()
        assert not any(SLOGAN in line for line in straight.dump())
        with straight.read() as connection:
            assert connection.scalar(select(func.count()).select_from(sketches)) == 16
            (known,) = connection.execute(select(profiles)).all()
            assert known.settled
            assert set(connection.scalars(select(articles.c.profile_version))) == {known.version}
            assert set(connection.scalars(select(revisions.c.revision))) == {1}


def test_a_later_run_finds_everything_settled(harvest, crawl, store, tmp_path):
    harvest(list(range(1, COUNT + 1)), "one").close()
    url = f"sqlite:///{tmp_path}/one.sqlite"
    again = crawl("cinic", {"DATABASE_URL": url}, full="1")
    assert (again["unchanged"], again["changed"], again["read_again"]) == (COUNT, 0, 0)


def test_a_run_broken_off_while_settling_is_settled_by_the_next(harvest, crawl, tmp_path):
    order = list(range(1, COUNT + 1))
    left = 3

    def fail(passed: str) -> None:
        nonlocal left
        left -= passed == "settle:before-commit"
        if passed == "settle:before-commit" and left <= 0:
            raise StoreError("the database went away")

    with harvest(order, "whole") as whole:
        expected = whole.dump()
    url = f"sqlite:///{tmp_path}/broken.sqlite"
    failpoints.set_hook(fail)
    try:
        crawl("cinic", {"DATABASE_URL": url})
    finally:
        failpoints.set_hook(None)
    with Store(url) as store:
        assert store.dump() != expected
        assert store.hosts_unsettled() == ["cinic.org.cn"]
    assert crawl("cinic", {"DATABASE_URL": url})["lost"] == 0
    with Store(url) as store:
        assert store.dump() == expected


def test_without_an_archive_articles_stay_as_they_were_read(harvest):
    with harvest(list(range(1, COUNT + 1)), "bare", ARCHIVE_DIR="") as store, store.read() as connection:
        assert connection.scalar(select(func.count(articles.c.profile_version.distinct()))) <= COUNT
        assert connection.scalar(select(profiles.c.settled)) is False


def test_a_host_is_not_settled_while_another_crawl_stores_its_articles_as_an_older_profile_reads_them(harvest):
    with harvest(list(range(1, COUNT + 1)), "two") as store:
        with store.write() as connection:  # as two crawls leave it of which one ends while the other stores
            connection.execute(update(profiles).values(settled=False))
            version = connection.scalar(select(profiles.c.version))
            connection.execute(update(articles).where(articles.c.url == article_url(1)).values(profile_version="older"))
        (page,) = store.unsettled("cinic.org.cn", version)
        assert not store.settle(page, Record(Article(url=article_url(1), text="协作"), relevant=False), "older still")
        assert store.unsettled("cinic.org.cn", version) == [page], "who knows less than was learnt writes nothing"
        store.settled("cinic.org.cn", version, seen=set())
        assert store.hosts_unsettled() == ["cinic.org.cn"], "the other one settles it when it ends"
        store.settled("cinic.org.cn", version, seen={page.article_id})
        assert store.hosts_unsettled() == []
