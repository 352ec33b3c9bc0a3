"""What is a page and what only pretends to be one."""

from __future__ import annotations

import time

import pytest

from crawler.guard import block_page
from crawler.model import Page
from crawler.reading import ReadingError, read
from crawler.sample import sample_articles
from tests.spiders.hostile.challenges import CHALLENGES, META


@pytest.mark.parametrize("name", CHALLENGES)
def test_challenges_puzzles_and_bans_are_told(name: str) -> None:
    status, body = CHALLENGES[name]
    found = block_page(body.encode(), status)
    assert found is not None
    assert found.kind in ("challenge", "captcha", "ban")
    as_gbk = block_page(body.replace("utf-8", "gbk").encode("gbk"), status)
    assert as_gbk == found


@pytest.mark.parametrize("name", [name for name, (status, _) in CHALLENGES.items() if name != "unknown-412"])
def test_none_is_read_as_an_article_wherever_it_comes_from(name: str) -> None:
    with pytest.raises(ReadingError, match="instead of a page"):
        read(Page("http://www.a.gov.cn/1.html", CHALLENGES[name][1].encode()))


@pytest.mark.parametrize(
    "body",
    [
        "<title>页面不存在</title><p>您访问的页面不存在或已删除</p>",
        "<title>404 Not Found - 某某市人民政府</title><p>对不起,您要查看的内容不存在。</p><a href='/'>返回首页</a>",
        "<title>出错了</title><p>3秒后返回</p>",
        "<title>某某新闻网</title><div>该文章已被删除</div>",
    ],
)
def test_errors_answered_as_success_are_told(body: str) -> None:
    found = block_page(f"<html><head>{META}</head><body>{body}</body></html>")
    assert found is not None
    assert found.kind == "missing"


NEWS = (
    "为提升网站安全,市政务服务中心升级了验证系统。今后市民登录时需要输入验证码,连续输错五次的,其IP地址将被系统封禁一小时。"
    "据介绍,此前曾有爬虫频繁访问,访问过于频繁的地址已被拦截。该中心负责人表示,升级后页面不存在打不开的情况。"
)


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("我市政务网站启用滑块验证", NEWS),
        ("盘州市与大连市开展网络安全协作", "盘州市干部赴大连市学习。双方就网站防火墙建设进行了座谈。会后签署了协议。"),
        ("访问贫困户", "5月3日,工作队走访了花垣县十八洞村的贫困户。队员们送去了米面粮油。"),
        ("挂职干部的404封家书", "他写了404封家书。每一封都寄往济南。"),
        ("公告", "因系统维护,本网站5月1日暂停访问,请市民相互转告。"),
    ],
)
def test_articles_about_such_things_are_articles(title: str, body: str) -> None:
    page = f"<html><head>{META}<title>{title}</title></head><body><h1>{title}</h1><p>{body}</p></body></html>"
    assert block_page(page) is None


def test_no_sample_article_is_taken_for_one() -> None:
    for article in sample_articles():
        assert block_page(f"<title>{article.title}</title><p>" + "</p><p>".join(article.body)) is None


@pytest.mark.parametrize("bait", ["<script", "<!--", "<style", "<", "<title>", "访问", "您的IP", "document.cookie"])
def test_pages_made_to_be_slow_are_not(bait: str) -> None:
    body = bait * (300_000 // len(bait))
    started = time.process_time()
    block_page(body)
    assert time.process_time() - started < 5  # a generous bound: quadratic would take minutes


@pytest.mark.parametrize("before", range(8_180, 8_196))
def test_a_script_is_silent_wherever_the_parts_of_a_page_end(before: int) -> None:
    said = "一二三四五六七八九十" * 200
    page = "<p>" + " " * (before - 3) + f"<script>{said}</script><title>安全验证</title>"
    assert block_page(page) is not None, "what the script says is not shown"
    assert block_page(page.replace("script>", "section>")) is None


def test_an_unclosed_title_hides_nothing_but_itself() -> None:
    assert block_page("<title>安全验证<p>" + "一二三四五六七八九十" * 200) is None
