"""Cheap records are the records of their class, and names of towns outside the automaton are found like the others."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, asdict

import pytest

from crawler.places import PlaceMention
from crawler.places.forms import lexicon
from crawler.places.making import maker, occurrences


def test_a_made_record_is_one_of_its_class() -> None:
    made = maker(PlaceMention)(0, 3, "凌云县", "广西壮族自治区百色市凌云县", None, (), "full")
    plain = PlaceMention(0, 3, "凌云县", "广西壮族自治区百色市凌云县", None, (), "full")
    assert type(made) is PlaceMention
    assert made == plain
    assert hash(made) == hash(plain)
    assert asdict(made) == asdict(plain)
    with pytest.raises(FrozenInstanceError):
        made.name = "x"  # type: ignore[misc]


def test_the_longest_of_a_few_words_wins() -> None:
    assert occurrences(["赵六", "赵六一"], "与赵六一和赵六") == [(1, 1, 4), (0, 5, 7)]


def test_many_words_are_found_as_a_few_are() -> None:
    words = ["六一", "赵六", "赵六一", "一一", *(chr(0x4E10 + n) * 2 for n in range(60))]
    text = "与赵六一和赵六六一一一一" + "".join(words)
    few = [hit for hit in occurrences(words[:4], text) if hit[2] <= 12]
    assert few == [hit for hit in occurrences(words, text) if hit[2] <= 12]
    assert len(occurrences(words, text)) > 60


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("东莞市常平镇", ["东莞市", "常平镇"]),
        ("凌云县逻楼镇与伶站瑶族乡", ["凌云县", "逻楼镇", "伶站瑶族乡"]),
        ("走进常平镇", ["常平镇"]),
    ],
)
def test_towns_are_found_between_other_forms(text: str, forms: list[str]) -> None:
    assert [entry.form for _, _, entry in lexicon().find(text)] == forms
    assert all(text[start:end] == entry.form for start, end, entry in lexicon().find(text))


def test_what_a_town_leaves_uncovered_is_read_again() -> None:
    found = [entry.form for _, _, entry in lexicon().find("大朗镇江西籍工人")]
    assert found == ["大朗镇", "江西"]  # 镇江 begins inside the town
