"""Properties of the gazetteer and of find_places, over random units, dates and surroundings."""

from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from crawler.places import find_places, gazetteer, tie_on
from crawler.places.ties import tie_rows

UNITS = sorted(
    (u for u in gazetteer().units() if u.level in ("prefecture", "county") and u.code[:2] != "66"), key=lambda u: u.code
)
HARMLESS = st.text(alphabet="，。；的我们今天举行了活动abc123 ", max_size=30)
FRAGMENTS = st.lists(
    st.sampled_from(
        [
            "凌云县",
            "盐田",
            "和平",
            "城关镇",
            "我县",
            "赴黔",
            "粤黔协作",
            "大方",
            "有限公司",
            "开县",
            "召",
            "大连村",
            "，",
            "\n",
            "省",
            "市",
        ]
    ),
    max_size=25,
).map("".join)


def day(unit):
    """The end of the row's time, or the date of the newest table."""
    return unit.valid_to or "2026-09"


@given(st.sampled_from(UNITS))
@settings(max_examples=300, deadline=None)
def test_full_name_and_unit_round_trip(unit):
    g = gazetteer()
    found = g.by_full_name(unit.full_name, day(unit))
    assert found is not None
    assert unit.full_name in g.full_names(found.unit_id, day(unit))


@given(st.sampled_from(UNITS))
@settings(max_examples=300, deadline=None)
def test_every_full_name_is_found_in_text_on_its_date(unit):
    name = gazetteer().full_name(unit, day(unit))
    mentions = find_places(f"代表团在{name}考察", on=day(unit))
    assert [m.name for m in mentions] == [name]


@given(st.sampled_from(UNITS), HARMLESS, HARMLESS)
@settings(max_examples=300, deadline=None)
def test_resolution_does_not_depend_on_harmless_surroundings(unit, before, after):
    name = gazetteer().full_name(unit, day(unit))
    text = f"{before}，{name}，{after}"
    mentions = [m for m in find_places(text, on=day(unit)) if m.name == name]
    assert [(m.start, m.quote) for m in mentions] == [(len(before) + 1, name)]


@given(
    FRAGMENTS, st.sampled_from([None, "2017", "2020-05-01"]), st.sampled_from([None, "451027", "贵州省毕节市大方县"])
)
@example(text="赴黔凌云县粤黔协作大连村粤黔协作", on=None, home=None)
@settings(max_examples=300, deadline=None)
def test_offsets_are_true_ordered_and_apart(text, on, home):
    mentions = find_places(text, on=on, home=home)
    assert all(text[m.start : m.end] == m.quote and m.quote for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    assert all((m.unit is None) == (m.name == m.quote) or m.name.endswith(m.quote) or m.unit for m in mentions)


@given(st.sampled_from(tie_rows()))
@settings(max_examples=200, deadline=None)
def test_every_tie_holds_inside_its_own_time(row):
    on = row.valid_from or row.valid_to
    assert tie_on(on, row.donor, row.recipient).label == "in-pairing"
    assert tie_on("2026-01", row.donor, row.recipient).label != "unknown"


@given(st.sampled_from(UNITS))
@settings(max_examples=200, deadline=None)
def test_parents_enclose(unit):
    g = gazetteer()
    ups = g.ancestors(unit)
    assert [u.level for u in ups] in (["province"], ["prefecture", "province"])
    assert unit.parent == ups[0].code
    assert {u.unit_id for u in ups} <= g.lineage(unit.unit_id)
