"""Cells understood, lists matched one to one, agreement counted."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.compare import Listed, agreements, guess, listed, match
from crawler.compare.listed import event, iso_date
from crawler.sheets import Row, Sheet

YANTIAN, LINGYUN = "广东省深圳市盐田区", "广西壮族自治区百色市凌云县"


def visit(key: str, start: str | None, *, kind: str | None = "visit", helper: str = YANTIAN, helped: str = LINGYUN,
          end: str | None = None, people: tuple[str, ...] = (), amount: float | None = None) -> Listed:  # fmt: skip
    places = {"supporting": [helper], "supported": [helped]}
    return event(key, kind, (start, end or start), places, people, amount)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "span"),
    [
        ("2017-12-24", ("2017-12-24", "2017-12-24")),
        ("2017/12/4", ("2017-12-04", "2017-12-04")),
        ("2017.12", ("2017-12", "2017-12")),
        ("20171224", ("2017-12-24", "2017-12-24")),
        ("2017年12月24日", ("2017-12-24", "2017-12-24")),
        ("2017年12月24日至26日", ("2017-12-24", "2017-12-26")),
        ("2017年12月30日—2018年1月2日", ("2017-12-30", "2018-01-02")),
        ("2017-12-24…26", ("2017-12-24", "2017-12-26")),
        ("2016~2018", ("2016", "2018")),
        ("2017-12-24 09:30:00", ("2017-12-24", "2017-12-24")),
        ("2017-13-01", None),
        ("2017-02-30", None),
        ("20l7", None),
        ("去年", None),
        ("2018至2016", None),
    ],
)
def test_dates_as_people_write_them(cell: str, span: tuple[str, str] | None) -> None:
    assert iso_date(cell) == span


@given(st.dates())
def test_every_day_reads_back(day: object) -> None:
    iso = str(day)
    wanted = (iso, iso) if "1900" <= iso[:4] <= "2100" else None
    assert iso_date(iso) == wanted


def test_columns_are_found_by_their_usual_names() -> None:
    header = ("编号", "Event Type", "开始日期", "结束日期", "帮扶方", "受援地", "备注", "资金（万元）")
    assert guess(header) == {
        "id": "编号", "type": "Event Type", "date": "开始日期", "date_end": "结束日期", "supporting": "帮扶方",
        "supported": "受援地", "amount_wan": "资金（万元）",
    }  # fmt: skip


def test_a_cell_not_understood_is_said_and_the_event_kept() -> None:
    columns = {name: name for name in ("id", "type", "date", "supporting", "supported", "amount", "persons")}
    rows = (
        Row(2, {"id": "a", "type": "考察互访", "date": "2018-06-01", "supporting": "盐田区", "supported": "凌云县",
                "amount": "1.2亿元", "persons": "莫大山、何小川"}),
        Row(3, {"id": "a", "type": "远足", "date": "某日", "supporting": "火星", "supported": "朝阳区",
                "amount": "很多"}),
    )  # fmt: skip
    events, problems = listed(Sheet(Path("x.csv"), tuple(columns), rows), columns)
    assert [e.key for e in events] == ["a (row 2)", "a (row 3)"]
    assert (events[0].type, events[0].amount, events[0].persons) == ("visit", 1.2e8, ("莫大山", "何小川"))
    assert [(p.number, p.column) for p in problems] == [(3, "type"), (3, "date"), (3, "amount"), (3, "supporting")]
    assert len(events[1].units["supported"][0]) > 1, "an ambiguous place can be any of its candidates"


def test_the_likelier_of_two_is_taken_and_each_only_once() -> None:
    theirs = [visit("t1", "2018-06-02"), visit("t2", "2018-06-01", people=("莫大山",))]
    ours = [visit("o1", "2018-06-01", people=("莫大山",)), visit("o2", "2018-06-03"), visit("o3", "2018-07-03")]
    assert [(m.theirs.key, m.ours.key) for m in match(theirs, ours)] == [("t1", "o2"), ("t2", "o1")]


@pytest.mark.parametrize(
    ("other", "fits"),
    [
        (visit("o", "2018-06-04"), True),
        (visit("o", "2018-06-05"), False),
        (visit("o", "2018-06", end="2018-06"), True),
        (visit("o", "2018-06-01", kind="meeting"), False),
        (visit("o", "2018-06-01", helper="广东省深圳市"), True),
        (visit("o", "2018-06-01", helper="广东省深圳市南山区"), False),
        (visit("o", "2018-06-01", helper=LINGYUN, helped=YANTIAN), False),
        (visit("o", None), True),
        (visit("o", None, helper="广东省深圳市"), False),
        (visit("o", "2017-06-01"), False),
    ],
)
def test_what_can_be_one_happening(other: Listed, fits: bool) -> None:
    assert bool(match([visit("t", "2018-06-01")], [other])) is fits


def test_months_have_ends() -> None:
    assert match([visit("t", "2018-05-31")], [visit("o", "2018-06-02")])
    assert match([visit("t", "2018-12-31")], [visit("o", "2019-01-02")])
    assert match([visit("t", "2018")], [visit("o", "2018-11-02")])


@given(st.integers(0, 2**31))
def test_a_list_matches_itself_whatever_the_order(seed: int) -> None:
    dice = random.Random(seed)
    events = [visit(f"e{n}", f"2018-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}", people=(f"人{n}",))
              for n in range(12)]  # fmt: skip
    shuffled = dice.sample(events, len(events))
    matches = match(events, shuffled)
    assert [(m.theirs.key, m.ours.key) for m in matches] == [(e.key, e.key) for e in events]
    assert {a.field: a.share for a in agreements(matches)} == {
        "type": 1.0, "date": 1.0, "supporting": 1.0, "supported": 1.0, "persons": 1.0,
    }  # fmt: skip


def test_agreement_counts_only_what_both_say() -> None:
    one = visit("t", "2018-06-01", people=("甲一", "乙二"), amount=100.0)
    other = visit("o", "2018-06-01", helper="广东省深圳市", people=("甲一", "丙三", "丁四"))
    (m,) = match([one], [other])
    found = {a.field: (a.same, a.both) for a in agreements([m])}
    assert found["supporting"] == (0.5, 1)
    assert found["persons"] == (0.25, 1)
    assert "amount" not in found
