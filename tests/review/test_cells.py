"""Values to cells and back; what a reviewer mistypes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.events.correcting import CORRECTABLE, corrected, values
from crawler.model import EVENT_TYPES, Amount, Event, EventPerson
from crawler.review.cells import CellError, changes, spell

UNITS = st.sampled_from(
    ["广东省深圳市盐田区", "广西壮族自治区百色市凌云县", "贵州省铜仁市印江土家族苗族自治县", "江苏省苏州市", "青海省"]
)
WORD = st.text("甲乙丙丁公司学校", min_size=2, max_size=6)
PERSON = st.fixed_dictionaries(
    {
        "name": WORD,
        "title": st.none() | WORD,
        "side": st.sampled_from([None, "supporting", "supported"]),
    }
)
VALUES = st.fixed_dictionaries(
    {
        "type": st.sampled_from(EVENT_TYPES),
        "status": st.sampled_from(["done", "agreed", "planned"]),
        "date_start": st.sampled_from([None, "2018", "2018-06", "2018-06-01", "--06-01"]),
        "date_end": st.sampled_from([None, "2018", "2018-06", "2018-06-02"]),
        **{role: st.lists(UNITS, unique=True, max_size=3) for role in ("supporting", "supported", "from", "to")},
        "persons": st.lists(PERSON, max_size=4, unique_by=lambda p: p["name"]),
        "organizations": st.lists(WORD, max_size=3, unique=True),
        "amounts_cny": st.lists(st.integers(1, 10**11).map(lambda n: n / 100), max_size=3, unique=True).map(sorted),
        "pairs": st.lists(st.tuples(WORD, WORD).map(list), max_size=2),
    }
)


@given(VALUES)
def test_every_value_reads_back_from_its_cell(wanted: dict[str, Any]) -> None:
    cells = {name: spell(name, wanted[name]) for name in CORRECTABLE}
    read = changes({}, cells)
    assert read == {name: wanted[name] for name in CORRECTABLE if cells[name]}
    assert changes(cells, cells) == {}
    assert changes(cells, {name: f" {cell} \r\n" for name, cell in cells.items()}) == {}, "blanks are no corrections"


@given(VALUES)
def test_a_correction_sets_what_it_names(wanted: dict[str, Any]) -> None:
    told = Event(
        "m", "visit", amounts=(Amount(5.0, "paid", True, "五元"),), persons=(EventPerson("甲乙", role="leads"),)
    )
    event = corrected(told, wanted)
    assert values(event) == wanted
    assert event.confidence == "high"
    assert {(p.role, p.name) for p in event.places} == {
        (role, name) for role in ("supporting", "supported", "from", "to") for name in wanted[role]
    }
    assert all(place.code for place in event.places)
    assert corrected(event, {}) == event


def test_what_a_correction_leaves_alone_stays() -> None:
    told = Event(
        "m", "donation", date_start="2018-06-01", date_end="2018-06-01", date_precision="day", date_basis="byline",
        amounts=(Amount(5.0, "paid", True, "五元"),), persons=(EventPerson("甲乙", "县长", role="leads"),),
    )  # fmt: skip
    event = corrected(
        told, {"amounts_cny": [5.0, 6.0], "persons": [{"name": "甲乙", "title": None, "side": "supported"}]}
    )
    assert event.amounts == (Amount(5.0, "paid", True, "五元"), Amount(6.0, None, False, ""))
    assert event.persons == (EventPerson("甲乙", None, "supported", "leads"),)
    assert replace(event, amounts=(), persons=(), confidence="medium") == replace(told, amounts=(), persons=())


def test_the_tie_and_the_precision_follow() -> None:
    told = Event("m", "visit", date_start="2018-06", date_end="2018-06", date_precision="month")
    event = corrected(
        told,
        {"date_start": "2018-06-01", "date_end": "2018-06-03", "supporting": ["广东省深圳市盐田区"],
         "supported": ["广西壮族自治区百色市凌云县"]},
    )  # fmt: skip
    assert event.tie.label == "in-pairing"
    assert (event.date_precision, event.date_basis) == ("range", "review")


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"type": "trip"}, "type: 'trip' is none of visit"),
        ({"status": "hoped"}, "status: 'hoped' is none of done"),
        ({"date_start": "2018-6-31"}, "date_start: '2018-6-31' is not a date like"),
        ({"supported": "火星"}, "supported: '火星' is no known place"),
        ({"supported": "朝阳区"}, "supported: '朝阳区' could be 北京市朝阳区"),
        ({"persons": "莫大山 | 县长 | 支援方"}, "persons: '莫大山 | 县长 | 支援方' is not"),
        ({"amounts_cny": "30万"}, "amounts_cny: '30万' is not an amount"),
        ({"pairs": "甲县 乙区"}, "pairs: '甲县 乙区' is not"),
    ],
)
def test_what_cannot_be_understood_names_the_column(cells: dict[str, str], said: str) -> None:
    with pytest.raises(CellError) as error:
        changes({}, cells)
    assert str(error.value).startswith(said)


def test_places_as_a_reviewer_may_write_them() -> None:
    read = changes({}, {"supporting": "盐田区;深圳", "supported": "451027\n广西壮族自治区百色市凌云县下甲镇平怀村"})
    assert read == {
        "supporting": ["广东省深圳市盐田区", "广东省深圳市"],
        "supported": ["广西壮族自治区百色市凌云县", "广西壮族自治区百色市凌云县下甲镇平怀村"],
    }
