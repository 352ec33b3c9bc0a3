"""What the sample publishes: charsets, lists that reach every article, and each special page."""

from __future__ import annotations

import json
import re
from urllib.parse import urljoin

import pytest
from lxml import html

from crawler.model import EVENT_TYPES
from crawler.sample.articles import SampleArticle, sample_articles
from crawler.sample.site import article_url, lookup, portals

PORTALS = [portal["name"] for portal in portals()]
CLEAN = [article for article in sample_articles() if not article.damage and article.portal != "wenku365"]


def page_of(article: SampleArticle, day: int = 1) -> str:
    body = lookup(article_url(article), max(day, article.first_day)).body
    return body.decode("gb18030" if article.portal == "gdfupin" else "utf-8")


def by_id(id_: str) -> SampleArticle:
    return next(article for article in sample_articles() if article.id == id_)


@pytest.mark.parametrize("portal", PORTALS)
def test_at_least_eight_articles_a_portal(portal: str) -> None:
    assert len([article for article in sample_articles(portal) if article.first_day == 1]) >= 8


@pytest.mark.parametrize("article", CLEAN, ids=lambda article: article.id)
def test_clean_pages_hold_every_paragraph(article: SampleArticle) -> None:
    page = page_of(article) if article.layout == "script" else html.fromstring(page_of(article)).text_content()
    for line in (article.title, *article.body):
        assert line in page


@pytest.mark.parametrize("article", sample_articles("gdfupin"), ids=lambda article: article.id)
def test_gdfupin_bytes_are_gbk_and_say_gb2312(article: SampleArticle) -> None:
    resource = lookup(article_url(article), 1)
    assert b"charset=gb2312" in resource.body
    assert "charset" not in dict(resource.headers)["Content-Type"]
    with pytest.raises(UnicodeDecodeError):
        resource.body.decode("utf-8")


def test_wenku_pieces_cut_words_and_numbers() -> None:
    page = html.fromstring(page_of(by_id("44251908")))
    pieces = [p.text_content() for p in page.cssselect("div.content p")]
    assert [piece.split("、")[0] for piece in pieces] == [str(number) for number in range(1, len(pieces) + 1)]
    assert pieces[1].endswith("帮扶资金1.")
    assert pieces[2].startswith("3、38亿元")


def test_one_page_claims_a_wrong_charset() -> None:
    (article,) = [article for article in sample_articles() if article.declared]
    body = lookup(article_url(article), 1).body
    assert b"charset=gb2312" in body
    assert article.title in body.decode("utf-8")


def test_one_article_stands_only_in_a_script() -> None:
    (article,) = [article for article in sample_articles() if article.layout == "script"]
    page = html.fromstring(page_of(article))
    script = next(s.text for s in page.iter("script") if s.text and "BASE_DATA" in s.text)
    data = json.loads(re.search(r"window\.BASE_DATA = (\{.*\});", script, re.DOTALL)[1])  # type: ignore[index]
    assert data["articleInfo"]["content"].startswith(f"<p>{article.body[0]}</p>")
    for dead in page.xpath("//script"):
        dead.drop_tree()
    assert article.body[0] not in page.text_content()


def test_the_mirror_shows_glosses_and_lost_bytes() -> None:
    damaged = {article.id: page_of(article) for article in sample_articles("netease") if "gloss" in article.damage}
    assert len(damaged) >= 4
    assert all("協(xié)作" in page or "縣(xiàn)" in page for page in damaged.values())
    assert "對(duì)接?xùn)|西部" in damaged["JUB7P2X90514L6WE"]
    assert any(
        "(duo)" in page_of(article) for article in sample_articles("netease") if "toneless_gloss" in article.damage
    )


def test_the_reprint_is_word_for_word_and_names_its_source() -> None:
    reprint, original = by_id("841012"), by_id("401502")
    assert reprint.body == original.body
    assert "转自:深圳招商网" in page_of(reprint)


def test_the_spun_copy_keeps_names_and_numbers_but_not_the_words() -> None:
    spun, original = "".join(by_id("401611").body), "".join(by_id("841108").body)
    numbers = re.compile(r"\d+(?:\.\d+)?")
    assert numbers.findall(spun) == numbers.findall(original)
    grams = [{text[i : i + 6] for i in range(len(text) - 5)} for text in (spun, original)]
    assert 0.2 < len(grams[0] & grams[1]) / len(grams[0] | grams[1]) < 0.7


def test_the_notice_has_45_characters() -> None:
    assert len("".join(by_id("401930").body)) == 45


def test_the_edit_of_day_2_changes_one_figure() -> None:
    (article,) = [article for article in sample_articles() if article.second_day]
    assert "助学金120万元" in page_of(article, 1)
    assert "助学金126万元" in page_of(article, 2)


@pytest.mark.parametrize("day", [1, 2])
@pytest.mark.parametrize("portal", portals(), ids=PORTALS)
def test_lists_lead_to_every_article_newest_first(portal: dict, day: int) -> None:
    for listing in portal["lists"]:
        seen, url, number = [], listing["first"], 0
        while url:
            resource = lookup(url, day)
            assert resource.status == 200
            number += 1
            found, url = links(portal["charset"], url, resource.body, listing, number)
            seen += found
        wanted = [
            article_url(now)
            for article in sample_articles(portal["name"])
            if (now := article.on(day)) and (listing["holds"] == "all" or now.mirror)
        ]
        assert [link for link in seen if link in wanted] == wanted
        for odd in listing.get("odd", ()):
            assert odd["url"] in seen


def links(charset: str, url: str, body: bytes, listing: dict, number: int) -> tuple[list[str], str | None]:
    """The links of a list page in order, and the URL of the next one, found as its portal's readers find it."""
    text = body.decode(charset)
    if listing.get("type") == "application/json":
        items = json.loads(text)["tab_list"]
        return [item["url"] for item in items], listing["next"].format(offset=5 * number) if items else None
    if listing.get("type"):
        return re.findall(r"<(?:loc|link)>(.*?)</(?:loc|link)>", text), None
    page = html.fromstring(text)
    hrefs = list(dict.fromkeys(urljoin(url, a.get("href")) for a in page.xpath("//a[@href]")))
    if script := re.search(r"createPageHTML\((\d+), (\d+), ", text):
        return hrefs, urljoin(url, f"index_{number}.html") if number < int(script[1]) else None
    following = page.xpath("//a[text()='下一页' or text()='>>']/@href")
    return hrefs, urljoin(url, following[0]) if following else None


def test_forbidden_and_dead_links_are_what_they_are() -> None:
    for portal in portals():
        odd = [entry["url"] for listing in portal["lists"] for entry in listing.get("odd", ())]
        rules = "".join(portal["robots"].values())
        forbidden = [url for url in odd if f"Disallow: /{url.split('/', 3)[3]}\n" in rules]
        assert len(forbidden) == 1
        assert lookup(forbidden[0], 1).status == 200
        assert sum(lookup(url, 1).status == 404 for url in odd) == 1


def test_pages_are_the_same_every_time() -> None:
    from crawler.sample.site import _web

    first = {url: resource.body for url, resource in _web(1).items()}
    _web.cache_clear()
    assert {url: resource.body for url, resource in _web(1).items()} == first


def test_expectations_speak_of_the_text() -> None:
    types = set()
    for article in sample_articles():
        flat, facts = "".join(article.body).replace("‖", ""), article.expected()
        assert facts["body_first"].replace("\n", "") in flat
        assert flat.endswith(facts["body_last"].replace("\n", ""))
        assert facts["relevant"] == bool(facts["events"])
        for event in facts["events"]:
            types.add(event["type"])
            assert event["evidence"] in flat
            assert all(person["name"] in flat for person in event["persons"])
        assert all(figure["span"] in flat for figure in facts["figures"])
    assert types == set(EVENT_TYPES)
