"""Copies of a text are found however they were made; templates and other tellings are not taken for copies."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tellings import HAPPENINGS, PEOPLE, TEMPLATES, cut, damaged, edited, spun, wrapped

from crawler.dedup import Anchors, Text, anchors, compare, content_id, plain

ALL = [text for group in (*HAPPENINGS.values(), *TEMPLATES.values()) for text in group]
NOTICES = {text for name in ("donation notice", "short notices") for text in TEMPLATES[name]}
ARTICLES = [text for text in ALL if text not in NOTICES]


def told(text: str) -> Text:
    """A text with the names that a reader would find in it."""
    return Text(text, anchors(text, [name for name in PEOPLE if name in text]))


@pytest.mark.parametrize("make", [edited, damaged, cut, wrapped], ids=lambda make: make.__name__)
def test_copies_of_articles_are_found_and_share_a_band(make) -> None:
    made = [(Text(text), Text(make(text))) for text in ARTICLES]
    kinds = [copy.kind if (copy := compare(*pair)) else None for pair in made]
    assert kinds == ["same"] * len(kinds)
    assert all(set(a.bands) & set(b.bands) for a, b in made)


def test_reworded_copies_are_told_from_copies() -> None:
    made = [(told(text), told(spun(text))) for text in ARTICLES if spun(text) != text]
    kinds = [copy.kind if (copy := compare(*pair)) else None for pair in made]
    assert kinds.count("spun") >= 0.9 * len(kinds)
    assert all(set(a.bands) & set(b.bands) for a, b in made)


def test_spun_copies_with_few_common_words_are_found_by_their_facts() -> None:
    text = HAPPENINGS["lingyun-yantian-2018"][0]
    names = {"韦朗诚", "邹启明", "凌云县", "盐田区", "泗城镇"}
    kept = set("".join(names)) | set("年月日万元人名")
    halves = [text[i : i + 2] for i in range(0, len(text), 2)]
    swapped = "".join(
        "某某" if n % 4 == 0 and half.isalpha() and not set(half) & kept else half for n, half in enumerate(halves)
    )
    a, b = (Text(t, anchors(t, names)) for t in (text, spun(swapped)))
    assert compare(a, b).kind == "spun"
    assert set(a.bands) & set(b.bands)


def test_different_articles_are_no_copies_of_each_other() -> None:
    variants = [(source, Text(make(source))) for source in ALL for make in (str, edited, damaged, spun, wrapped)]
    mistaken = [
        (a.text[:30], b.text[:30], found)
        for (one, a), (other, b) in itertools.combinations(variants, 2)
        if one != other and (found := compare(a, b))
    ]
    assert mistaken == []


def test_names_keep_parallel_visits_apart_that_share_every_figure() -> None:
    one, other = TEMPLATES["parallel visits"]
    other = other.replace("政协副主席汤雪峰", "人大常委会副主任汤雪峰").replace(
        "县政协主席代亚松", "县人大常委会主任代亚松"
    )
    other = other.replace("县人民医院、思源实验学校", "木黄镇食用菌基地、朗溪镇蜂糖李产业园").replace(
        "支教的吴江教师", "挂职的吴江干部"
    )
    people = ("沈国梁", "田维军"), ("汤雪峰", "代亚松")
    a, b = Text(one, anchors(one, people[0])), Text(other, anchors(other, people[1]))
    assert compare(a, b) is None


@given(st.sampled_from(ALL), st.sampled_from(ALL), st.sampled_from([str, cut, edited, damaged, spun, wrapped]))
def test_comparison_is_symmetric(one: str, other: str, make) -> None:
    a, b = Text(one), Text(make(other))
    assert compare(a, b) == compare(b, a)


def test_content_id_sees_letters_and_digits_only() -> None:
    assert content_id("深圳，捐赠１２００件。") == content_id("深圳 捐赠1,200件")
    assert content_id("捐赠3.5万元") != content_id("捐赠35万元")
    assert content_id("增长30%") != content_id("增长30")
    assert plain("") == ""
    assert compare(Text(""), Text("")) is None


def test_anchors_hold_dates_numbers_and_given_names() -> None:
    found = anchors("2018年3月14日至16日，投入2,680万元，选派教师9名、干部12名，增长3.5%。", ["韦朗诚"], ["凌云县"])
    assert found == Anchors(
        dates=frozenset({"3月14日"}),
        numbers=frozenset({"16", "2680万", "9名", "12", "3.5%"}),
        names=frozenset({"韦朗诚"}),
        places=frozenset({"凌云县"}),
    )
