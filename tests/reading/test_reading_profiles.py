"""Site profiles: what recurs on a site is chrome, whatever the order its pages came in."""

from __future__ import annotations

import pickle
import random
from dataclasses import replace

import pytest
from reading_pages import BODY, portal

from crawler.model import Page
from crawler.portals import Portal
from crawler.reading import PageSketch, SiteLearner, SiteProfile, read, read_closely

HOST = "news.example.cn"
SLOGAN = "山海情深，携手同行，共绘乡村振兴新画卷，本站与您同在。"
TOWNS = ("同乐", "甘田", "逻沙", "逻西", "花坪", "新化", "雅长", "幼平")


def page(number: int, *, extra: str = SLOGAN, wrap: str = "div") -> Page:
    """Page ``number`` of one site: own paragraphs, a slogan inside the body's container on every page."""
    town = TOWNS[number % len(TOWNS)]
    own = [
        f"{town}镇第{number}期协作培训班开班，学员{20 + number}人，来自两地的教师授课。",
        *(f"第{number}次{line}" for line in BODY[1:4]),
    ]
    body = "".join(f"<p>{line}</p>" for line in (own[0], extra, *own[1:])) + "<p>乐业县</p>"
    return Page(
        f"http://{HOST}/a/{number}.html", portal(body, title=f"{town}镇第{number}期协作培训班开班", lead=wrap, tail="")
    )


def sketches(count: int = 10) -> list[PageSketch]:
    found = [read_closely(page(number)).sketch for number in range(count)]
    assert all(found)
    return [sketch for sketch in found if sketch]


def learnt(count: int = 10) -> SiteProfile:
    learner = SiteLearner(HOST)
    for sketch in sketches(count):
        learner.add(sketch)
    return learner.profile()


def test_a_recurring_line_inside_the_container_is_chrome_and_the_rest_stays() -> None:
    cold, warm = read(page(50)), read(page(50), learnt())
    assert SLOGAN in cold.text
    assert SLOGAN not in warm.text
    assert [line for line in cold.text.split("\n") if line not in (SLOGAN, "乐业县")] == warm.text.split("\n")


def test_a_line_that_differs_stays_though_it_shares_a_name_with_all() -> None:
    other = page(51, extra="乐业县的山海情深，携手同行，共绘乡村振兴新画卷，本站与您同在。")
    assert "乐业县的山海情深" in read(other, learnt()).text


def test_the_learnt_container_is_used_and_checked() -> None:
    profile = learnt()
    assert read_closely(page(52), profile).opinions == ("profile",)
    moved = page(53)
    content = (
        str(moved.content)
        .replace('<div class="con">', "")
        .replace('class="xg"><h3>', 'class="xg"><p>' + BODY[0] * 9 + "</p><h3>")
    )
    assert "profile" not in read_closely(Page(moved.url, content), profile).opinions


def test_order_of_arrival_does_not_matter_and_learners_merge() -> None:
    every = sketches(24)
    straight, shuffled, left, right = (SiteLearner(HOST) for _ in range(4))
    for sketch in every:
        straight.add(sketch)
    mixed = random.Random(5).sample(every, len(every))
    for number, sketch in enumerate(mixed):
        shuffled.add(sketch)
        (left if number % 2 else right).add(sketch)
    left.merge(right)
    assert straight.profile() == shuffled.profile() == left.profile()
    assert straight.profile().version == left.profile().version
    assert SiteLearner.from_json(left.to_json()).profile() == left.profile()
    assert pickle.loads(pickle.dumps(left.profile())) == left.profile()


def test_few_pages_or_one_article_many_times_teach_nothing() -> None:
    learner = SiteLearner(HOST)
    for sketch in sketches(3):
        learner.add(sketch)
    assert learner.profile().layouts == ()
    copies = SiteLearner(HOST)
    for number in range(8):
        copy = read_closely(Page(f"http://{HOST}/copy/{number}.html", page(1).content)).sketch
        assert copy is not None
        copies.add(copy)
    assert copies.profile().layouts == ()


def test_a_new_layout_is_learnt_beside_the_old_one() -> None:
    learner = SiteLearner(HOST)
    for sketch in sketches(6):
        learner.add(sketch)
    for number in range(6):
        changed = page(number)
        html = str(changed.content).replace('class="wrap"', 'class="newlook"')
        sketch = read_closely(Page(f"http://{HOST}/new/{number}.html", html)).sketch
        assert sketch is not None
        learner.add(sketch)
    assert len(learner.profile().layouts) == 2


def test_another_host_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot teach"):
        SiteLearner("other.example").add(sketches(1)[0])


def test_version_follows_content() -> None:
    assert learnt(10).version != SiteProfile(HOST).version


def test_a_declared_body_is_tried_first_and_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    base = page(54)
    for selector, basis in ((".con", "declared"), ("h1", "trafilatura"), (".nowhere", "trafilatura")):
        declared = Portal("x", "X", (HOST,), (), "", "", body=selector)
        monkeypatch.setattr("crawler.reading.html_page.known", lambda name, declared=declared: declared)
        assert basis in read_closely(replace(base, portal="x")).opinions


def test_repairs_of_the_heading_are_not_the_bodys() -> None:
    base = page(55)
    clean = read(base)
    assert (clean.repairs, clean.warnings) == ((), ())
    title = "".join(f"{character}(xié)" if character == "协" else character for character in clean.title or "")
    damaged = replace(base, content=str(base.content).replace(f">{clean.title}<", f">{title}<"))
    assert read(damaged).repairs == ()


def test_a_guessed_repair_is_flagged() -> None:
    article = read(Page(f"http://{HOST}/a/57.html", "<p>“校校?！苯涣骱献?效果良好。</p>"))
    assert [repair.exact for repair in article.repairs] == [False]
    assert article.warnings == ("a repair is a guess, not exact",)
