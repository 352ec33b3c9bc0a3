"""Tellings of one happening are alike, tellings of two are not; what they say is merged, whatever their order."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.dedup import Telling, block_keys, happenings, likeness, merge
from crawler.dedup.coreference import THRESHOLD
from crawler.dedup.details import details
from crawler.dedup.spans import labels, overlap, tiers
from crawler.model import Amount, Event, EventPerson, EventPlace, Evidence

YANTIAN, SHENZHEN, GUANGDONG = "广东省深圳市盐田区", "广东省深圳市", "广东省"
LINGYUN, LEYE, BAISE, GUANGXI = (
    "广西壮族自治区百色市凌云县",
    "广西壮族自治区百色市乐业县",
    "广西壮族自治区百色市",
    "广西壮族自治区",
)


def event(kind: str = "visit", start: str | None = "2018-03-14", end: str | None = None, **values: Any) -> Event:
    values = {"supporting": (YANTIAN,), "supported": (LINGYUN,)} | values
    return Event(id="m", type=kind, date_start=start, date_end=end or start, date_precision="day", **values)


def leads(*names: str) -> tuple[EventPerson, ...]:
    return tuple(EventPerson(name, side="supported", role="leads") for name in names)


def alike(a: Event, b: Event, **how: bool) -> bool:
    return likeness(Telling("a", "A", "1", a), Telling("b", "B", "2", b), **how) >= THRESHOLD


ONE = [
    ("a range and a day in it", event(start="2018-03-14", end="2018-03-16"), event(start="2018-03-15")),
    ("county and city", event(), event(supporting=(SHENZHEN,), supported=(BAISE,))),
    (
        "one side unknown, a leader shared",
        event(persons=leads("韦朗诚")),
        event(supporting=(), persons=leads("韦朗诚")),
    ),
    (
        "only provinces, but the same sum and signer",
        event("agreement", amounts=(Amount(3e7, None, False, ""),), organizations=("某茶业公司",)),
        event("agreement", supporting=(GUANGDONG,), supported=(GUANGXI,), amounts=(Amount(3e7, None, True, ""),)),
    ),
    (
        "a month and a day in it, with the same donor and sum",
        event("donation", organizations=("某慈善会",), amounts=(Amount(5e5, None, False, ""),)),
        event("donation", start="2018-03", organizations=("某慈善会",), amounts=(Amount(5e5, None, False, ""),)),
    ),
    (
        "a day without its year, leaders shared",
        event(persons=leads("韦朗诚")),
        event(start="--03-14", persons=leads("韦朗诚")),
    ),
]
TWO = [
    ("other days", event(), event(start="2018-03-18")),
    ("other years", event(), event(start="2019-03-14")),
    ("other types", event(), event("meeting")),
    ("sister counties", event(), event(supported=(LEYE,))),
    ("parallel visits with other leaders", event(persons=leads("沈国梁")), event(persons=leads("汤雪峰"))),
    ("there and back", event(from_=(LINGYUN,), to=(YANTIAN,)), event(from_=(YANTIAN,), to=(LINGYUN,))),
    ("planned and done", event(), event(status="planned")),
    ("both undated", event(start=None), event(start=None)),
    (
        "a day and a sum in common, but nobody and nowhere",
        event(supporting=(), supported=(), amounts=(Amount(1e5, None, False, ""),)),
        event(amounts=(Amount(1e5, None, False, ""),)),
    ),
    ("same year only", event(start="2018"), event(start="2018-03-14")),
    (
        "two gifts on one day",
        event("donation", organizations=("甲公司",), amounts=(Amount(1e5, None, False, ""),)),
        event("donation", organizations=("乙医院",), amounts=(Amount(8e5, None, False, ""),)),
    ),
    (
        "other pairs made on one day",
        event("pairing", pairs=((LINGYUN, YANTIAN),)),
        event("pairing", pairs=((LEYE, SHENZHEN),)),
    ),
]


@pytest.mark.parametrize(("a", "b"), [case[1:] for case in ONE], ids=[case[0] for case in ONE])
def test_one_happening(a: Event, b: Event) -> None:
    assert alike(a, b)
    assert block_keys(a)[1] & block_keys(b)[0]
    assert block_keys(b)[1] & block_keys(a)[0]


@pytest.mark.parametrize(("a", "b"), [case[1:] for case in TWO], ids=[case[0] for case in TWO])
def test_two_happenings(a: Event, b: Event) -> None:
    assert not alike(a, b)


def test_undated_mentions_merge_in_copies_only() -> None:
    assert not alike(event(start=None), event(start=None))
    assert alike(event(start=None), event(start=None), copies=True)


def test_two_mentions_of_one_article_never_merge() -> None:
    one, other = Telling("a", "A", "1", event()), Telling("b", "A", "1", event())
    assert likeness(one, other, copies=True) < 0
    third = Telling("c", "C", "2", event())
    links = {("a", "c"): 4.0, ("b", "c"): 5.0}
    assert happenings([one, other, third], links) == [("a",), ("b", "c")]


DATES = st.sampled_from(["2018-03-14", "2018-03-15", "2018-03", "2018", "2018-04-01", "--03-14", "---14", None])
UNITS = st.lists(st.sampled_from([YANTIAN, SHENZHEN, GUANGDONG, LINGYUN, LEYE, BAISE, GUANGXI]), max_size=2).map(tuple)
PEOPLE = st.lists(st.sampled_from(["韦朗诚", "邹启明", "沈国梁"]), max_size=2, unique=True)
EVENTS = st.builds(
    lambda kind, start, end, give, get, go, to, people, groups, sums: event(
        kind,
        start,
        end if start and end and not start.startswith("-") and end >= start else None,
        supporting=give,
        supported=get,
        from_=go,
        to=to,
        persons=leads(*people),
        organizations=groups,
        amounts=tuple(Amount(value, None, False, "") for value in sums),
    ),
    st.sampled_from(["visit", "donation"]),
    DATES,
    st.sampled_from([None, "2018-03-16", "2018-07-01"]),
    UNITS,
    UNITS,
    UNITS,
    UNITS,
    PEOPLE,
    st.lists(st.sampled_from(["甲公司", "乙医院"]), max_size=1).map(tuple),
    st.lists(st.sampled_from([1e5, 8e5]), max_size=1),
)


PUBLISHED = st.sampled_from(["2018-03-15", "2018-03-30", "2018-04", None])
STATED = st.lists(st.sampled_from(["120", "68"]), max_size=1).map(frozenset)


@settings(max_examples=400)
@given(EVENTS, EVENTS, PUBLISHED, PUBLISHED, STATED, STATED)
def test_alike_tellings_share_a_block_key(
    a: Event, b: Event, day: str | None, other: str | None, numbers: frozenset[str], counts: frozenset[str]
) -> None:
    one = Telling("a", "A", "1", a, numbers, published=day)
    two = Telling("b", "B", "2", b, counts, published=other)
    assert likeness(one, two) == likeness(two, one)
    if likeness(one, two) >= THRESHOLD:
        assert block_keys(a, day)[1] & block_keys(b, other)[0]
        assert block_keys(b, other)[1] & block_keys(a, day)[0]


CLASSES = [
    "6月17日，由虹口区援助的富宁县养蜂技术培训班开班，85名农户参加。县畜牧站站长授课。",
    "6月17日，由虹口区援助的富宁县家政服务培训班开班，62名妇女参加。",
    "昨天，虹口援办的家政服务培训班在富宁开班。来自各乡的62位姐妹跟着讲师学。",
    "昨天，虹口援办的一个培训班在富宁开班。",
]


def class_told(number: int) -> Telling:
    place = CLASSES[number].index("开班")
    told = event("training", evidence=(Evidence("type", "开班", place, place + 2),))
    more = details(told, CLASSES[number])
    return Telling(str(number), str(number), str(number), told, more.numbers, more.things)


def test_classes_of_one_day_are_told_apart_by_what_they_are_called_and_how_many_came() -> None:
    bees, housework, sisters, some = map(class_told, range(4))
    assert (bees.numbers, sisters.numbers) == ({"85"}, {"62"})
    assert likeness(housework, sisters) > THRESHOLD
    assert max(likeness(bees, housework), likeness(bees, sisters)) < THRESHOLD
    assert likeness(bees, some) == likeness(housework, some) == THRESHOLD, "silence contradicts nobody"


def test_undated_reports_are_of_the_weeks_before_they_came_out() -> None:
    dated = Telling("a", "A", "1", event(persons=leads("韦朗诚")))
    undated = event(start=None, persons=leads("韦朗诚"))
    found = {day: likeness(dated, Telling("b", "B", "2", undated, published=day)) for day in
             ("2018-03-13", "2018-03-14", "2018-04-03", "2018-04-04", "2018", None)}  # fmt: skip
    assert [day for day, score in found.items() if score >= THRESHOLD] == ["2018-03-14", "2018-04-03"]
    vague = Telling("b", "B", "2", event(start=None), published="2018-03-15")
    assert likeness(dated, vague) < THRESHOLD, "the sides alone are too little"


@given(st.lists(EVENTS, min_size=2, max_size=5), st.randoms(use_true_random=False))
def test_order_of_arrival_changes_nothing(events: list[Event], chance: Any) -> None:
    tellings = [Telling(f"k{n}", f"A{n}", str(n), told) for n, told in enumerate(events)]
    pairs = list(itertools.combinations(tellings, 2))
    links = {(a.key, b.key): score for a, b in pairs if (score := likeness(a, b)) >= THRESHOLD}
    expected = happenings(tellings, links)
    by_key = {telling.key: telling for telling in tellings}
    dossiers = [merge([by_key[key] for key in keys]) for keys in expected]
    chance.shuffle(tellings)
    turned = {(b, a): score for (a, b), score in sorted(links.items(), key=lambda _: chance.random())}
    assert happenings(tellings, turned) == expected
    assert [merge([by_key[key] for key in reversed(keys)]) for keys in expected] == dossiers


def test_dossier_keeps_all_values_and_says_who_contradicts() -> None:
    tellings = [
        Telling(
            "a",
            "A",
            "1",
            event(
                start="2018-03-14", end="2018-03-16", persons=(EventPerson("韦朗诚", "县委书记", "supported", "leads"),)
            ),
        ),
        Telling(
            "b",
            "B",
            "2",
            event(
                start="2018-03-15",
                supporting=(SHENZHEN,),
                persons=(EventPerson("韦朗诚", "书记"), EventPerson("邹启明")),
            ),
        ),
        Telling(
            "c",
            "C",
            "3",
            event(
                start="2018-03-15",
                amounts=(Amount(3e7, "agreed", False, "3000万元"),),
                places=(EventPlace(YANTIAN, "440308", "to", "盐田区"),),
            ),
        ),
        Telling("d", "D", "3", event(start="2018-03-15", amounts=(Amount(4e7, "agreed", False, "4000万元"),))),
    ]
    told = merge(tellings)
    assert (told.event.date_start, told.event.date_end) == ("2018-03-14", "2018-03-16")
    assert told.event.supporting == (YANTIAN,)
    assert told.event.persons == (
        EventPerson("韦朗诚", "县委书记", "supported", "leads"),
        EventPerson("邹启明"),
    )
    assert [amount.value_cny for amount in told.event.amounts] == [3e7, 4e7]
    assert told.conflicts["amounts"] == [
        {"value": [3e7], "articles": ["C"]},
        {"value": [4e7], "articles": ["D"]},
    ]
    assert told.conflicts["date"][0] == {"value": ("2018-03-14", "2018-03-16"), "articles": ["A"]}
    assert told.conflicts["title:韦朗诚"][0]["articles"] == ["A"]
    assert "status" not in told.conflicts


def test_copies_vote_once_on_a_date() -> None:
    tellings = [Telling(f"k{n}", article, "1", event(start="2018-03-15")) for n, article in enumerate("ABC")]
    tellings += [Telling(f"m{n}", article, "1", event(start="2018-03-14")) for n, article in enumerate("DE")]
    assert merge(tellings).event.date_start == "2018-03-15"
    origins = {"A": "A", "B": "A", "C": "A", "D": "D", "E": "E"}
    assert merge(tellings, origins.__getitem__).event.date_start == "2018-03-14"


def test_spans_overlap_as_finely_as_they_are_known() -> None:
    day = ("2018-03-14", "2018-03-14")
    assert overlap(day, ("2018-03-10", "2018-03-16")) == "day"
    assert overlap(day, ("2018-03", None)) == "month"
    assert overlap(day, ("2018", "2018")) == "period"
    assert overlap(day, ("2018-03-15", None)) is None
    assert overlap(day, ("--03-14", None)) == "month"
    assert overlap(("--03-14", None), ("--03-15", None)) is None
    assert overlap(day, (None, None)) is None
    assert overlap(day, ("---14", None)) is None
    assert overlap(day, ("2018-02-31", None)) is None


def test_labels_and_tiers() -> None:
    assert labels("2018-03-30", "2018-04-02") == [
        ("2018-03", "="), ("2018-04", "="), ("2018", "-"), ("any-03", "-"), ("any-04", "-"),
    ]  # fmt: skip
    assert labels("2018", "2018") == [("2018", "=")]
    assert labels("--03-14", None) == [("any-03", "=")]
    assert labels(None, None) == []
    assert tiers(YANTIAN) == (GUANGDONG, SHENZHEN)
    assert tiers(GUANGXI) == (GUANGXI, None)
    assert tiers("北京市朝阳区") == ("北京市", "北京市朝阳区")
    assert tiers("云南省怒江傈僳族自治州泸水市") == ("云南省", "云南省怒江傈僳族自治州")
