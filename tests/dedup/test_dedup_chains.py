# ruff: noqa: E501
"""Steps of one cooperation are linked, those of two are not; what a cooperation is about is named by its sentences."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from crawler.dedup.chains import Step, chained, lookup_keys
from crawler.dedup.subjects import common, subjects
from crawler.model import Event, Evidence

DONOR, COUNTY = "广东省深圳市龙岗区", "广西壮族自治区百色市靖西市"
VISIT = Step(
    "v", "visit", "done", "2018-05-10", "2018-05-11", (DONOR,), (COUNTY,),
    persons=frozenset({"温志强"}), subjects=frozenset({"就在新靖镇建设沃柑分选加工园"}),
)  # fmt: skip
SIGNED = Step(
    "g", "agreement", "done", "2018-07-30", "2018-07-30", (DONOR,), (COUNTY + "新靖镇",),
    towns=frozenset({COUNTY + "新靖镇"}), amounts=frozenset({96e6, 30e6}), subjects=frozenset({"签订新靖镇沃柑分选加工园"}),
)  # fmt: skip
BUILT = replace(
    SIGNED, event_id="p", type="project", date_start="2018-11-20", date_end=None, amounts=frozenset({96e6}),
    subjects=frozenset({"援建的靖西沃柑分选加工园"}),
)  # fmt: skip
OPENED = replace(BUILT, event_id="q", date_start="2019-12-18")
CHAIN = (VISIT, SIGNED, BUILT, OPENED)

NO_LINKS = [
    ("another county", replace(BUILT, supported=("广西壮族自治区百色市德保县",), towns=frozenset())),
    ("another donor", replace(BUILT, supporting=("广东省广州市番禺区",))),
    ("another thing and sum", replace(BUILT, subjects=frozenset({"援建的武平镇桑蚕养殖基地"}), amounts=frozenset({2e6}))),
    ("one of many of a kind, another sum", replace(BUILT, subjects=frozenset({"援建的扶贫车间"}), amounts=frozenset())),
    ("another town", replace(BUILT, towns=frozenset({COUNTY + "武平镇"}), amounts=frozenset())),
    ("five years later", replace(BUILT, date_start="2023-11-20")),
    ("before it was agreed", replace(BUILT, date_start="2018-06-01")),
    ("no date", replace(BUILT, date_start=None)),
    ("a year only", replace(BUILT, date_start="2018")),
    ("another type", replace(BUILT, type="training")),
]  # fmt: skip


def test_each_step_leads_to_every_later_one() -> None:
    for one, other in itertools.combinations(CHAIN, 2):
        link = chained(one, other)
        assert link is not None
        assert (link.earlier, link.later) == (one.event_id, other.event_id)
        assert link == chained(other, one)
        assert lookup_keys(one) & lookup_keys(other)
        assert link.evidence["subject"].endswith("沃柑分选加工园")
    assert chained(BUILT, OPENED).confidence == "high"
    assert chained(VISIT, SIGNED).confidence == "medium"
    assert chained(SIGNED, BUILT).evidence["amounts"] == [96e6]


@pytest.mark.parametrize("step", [case[1] for case in NO_LINKS], ids=[case[0] for case in NO_LINKS])
def test_what_is_no_step_of_the_chain(step: Step) -> None:
    assert chained(SIGNED, step) is None


def test_who_and_where_alone_make_no_chain() -> None:
    bare = [replace(step, subjects=frozenset(), amounts=frozenset()) for step in CHAIN]
    assert [chained(*pair) for pair in itertools.combinations(bare, 2)] == [None] * 6
    assert lookup_keys(bare[0]) == frozenset()


def test_a_planned_project_counts_as_agreed() -> None:
    planned = replace(BUILT, event_id="n", status="planned", date_start="2018-09-01")
    assert chained(VISIT, planned) is not None
    assert chained(planned, BUILT) is not None
    assert chained(SIGNED, planned) is None, "two agreements are no two steps"


def test_subjects_are_named_in_the_sentences_of_the_event() -> None:
    text = "代表团察看了县人民医院。双方签订新靖镇沃柑分选加工园合作协议。此前建成的陇南社区幼儿园已经开园。"
    start = text.index("签订")
    event = Event(id="e", type="agreement", evidence=(Evidence("type", "签订", start, start + 2),))
    assert subjects(event, text) == ("双方签订新靖镇沃柑分选加工园",)
    telling, kind = common("龙关镇沃柑分选加工园", "援建的沃柑分选加工园"), common("去县人民医院", "到县人民医院")
    assert (telling[0], kind[0]) == ("沃柑分选加工园", "县人民医院")
    assert telling[1] > 24 > kind[1]
