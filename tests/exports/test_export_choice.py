"""Filters: by type, place at any level, scheme, date, money, portal and confidence."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from crawler.exports import Choice, ExportError
from crawler.exports.choosing import touches
from crawler.exports.export import reading, rows_of
from crawler.places import gazetteer
from crawler.store import Store


def told(store: Store, table: str, **choice: object) -> list[dict]:
    with reading(store, Choice(**choice)) as view:  # type: ignore[arg-type]
        return list(rows_of(view, table))


def units(event: dict) -> Iterator[str]:
    for side in ("supporting", "supported", "from_places", "to_places"):
        yield from event[f"{side}_codes"]


def test_a_province_includes_its_counties_and_towns(store: Store) -> None:
    chosen = told(store, "events", places=("广西壮族自治区",))
    assert chosen
    assert chosen == told(store, "events", places=("450000",))
    every = told(store, "events")
    assert 0 < len(chosen) < len(every)
    inside = {e["event_id"] for e in every if any(code.startswith("45") for code in units(e))}
    assert {e["event_id"] for e in chosen} >= inside
    assert all(any(name.startswith("广西") for name in _names(e)) for e in chosen if e["event_id"] in inside)
    county = gazetteer().place(next(c for e in chosen for c in units(e) if c.startswith("45") and c[4:6] != "00")[:6])
    assert county is not None
    part = told(store, "events", places=(county.full_name,))
    assert part
    assert {e["event_id"] for e in part} < {e["event_id"] for e in chosen}


def _names(event: dict) -> list[str]:
    return [n for side in ("supporting", "supported", "from_places", "to_places") for n in event[side]]


def test_each_filter_gives_exactly_what_it_says(store: Store) -> None:
    every = told(store, "events")

    def same(chosen: list[dict], condition: object) -> None:
        wanted = [e for e in every if condition(e)]  # type: ignore[operator]
        assert chosen == wanted
        assert 0 < len(wanted) < len(every)

    same(told(store, "events", types=("visit", "meeting")), lambda e: e["type"] in ("visit", "meeting"))
    same(told(store, "events", schemes=("东西部扶贫协作",)), lambda e: e["tie_scheme"] == "东西部扶贫协作")
    same(told(store, "events", confidence=("high",)), lambda e: e["confidence"] == "high")
    same(told(store, "events", min_cny=1e6, max_cny=1e7), lambda e: 1e6 <= (e["amount_cny"] or 0) <= 1e7)
    same(told(store, "events", since="2019", until="2020"), lambda e: e["year"] and _during(e, 2019, 2020))


def _during(event: dict, low: int, high: int) -> bool:
    end = event["date_end"] or ""
    return event["year"] <= high and int(end[:4] if end[:4].isdigit() else event["year"]) >= low


def test_a_portal_chooses_events_it_tells_of_and_its_own_pages_only(store: Store) -> None:
    sources = told(store, "event_sources", portals=("cinic",))
    assert {row["portal"] for row in sources} == {"cinic"}
    assert {row["event_id"] for row in sources} == {e["event_id"] for e in told(store, "events", portals=("cinic",))}
    assert {row["portal"] for row in told(store, "articles", portals=("cinic",))} == {"cinic"}
    assert {row["portal"] for row in told(store, "figures", portals=("cinic",))} == {"cinic"}


def test_articles_and_people_follow_the_events_chosen(store: Store) -> None:
    choice = {"types": ("visit",)}
    events = {e["event_id"] for e in told(store, "events", **choice)}
    sources = told(store, "event_sources", **choice)
    assert {row["event_id"] for row in sources} == events
    assert {row["article_id"] for row in told(store, "articles", **choice)} == {row["article_id"] for row in sources}
    people = told(store, "persons", **choice)
    assert people
    assert {row["event_id"] for row in people} <= events


def test_ties_are_chosen_by_place_scheme_and_date(store: Store) -> None:
    chosen = told(store, "ties", places=("广西壮族自治区",), schemes=("东西部扶贫协作",), since="2017", until="2019")
    assert chosen
    for tie in chosen:
        assert tie["scheme"] == "东西部扶贫协作"
        assert "广西壮族自治区" in tie["donor"] + tie["recipient"]
        assert touches(tie["valid_from"] or "0000", "2019")
        assert touches("2017", tie["valid_to"] or "9999")


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ({"types": ("visits",)}, r"--type visits: not known; choose from visit, meeting"),
        ({"places": ("朝阳区",)}, r"could be .*北京市朝阳区"),
        ({"places": ("百色",)}, r"no such place; do you mean 广西壮族自治区百色市"),
        ({"since": "last year"}, r"--since last year: not a date"),
        ({"since": "2021", "until": "2019"}, r"after --until"),
        ({"confidence": ("sure",)}, r"--confidence sure"),
    ],
)
def test_what_cannot_be_meant_is_said_in_one_line(choice: dict, said: str) -> None:
    with pytest.raises(ExportError, match=said) as caught:
        Choice(**choice)
    assert "\n" not in str(caught.value)


def test_a_link_is_exported_with_both_its_events(store: Store) -> None:
    links = told(store, "event_links")
    live = {event["event_id"]: event for event in told(store, "events")}
    assert all({link["earlier"], link["later"]} <= live.keys() for link in links)
    assert all(json.loads(link["evidence"])["subject"] for link in links)
    projects = told(store, "event_links", types=("project",))
    both = [x for x in links if live[x["earlier"]]["type"] == live[x["later"]]["type"] == "project"]
    assert projects == both != links


def test_people_sent_are_counted_in_the_sentence_that_states_the_event(store: Store) -> None:
    from crawler.exports.sent import people_sent

    def mention(text: str, statement: str) -> dict:
        at = text.index(statement)
        return {"evidence": [{"field": "type", "quote": statement, "start": at, "end": at + len(statement)}]}

    def sent(sentence: str, statement: str) -> int | None:
        return people_sent(sentence, mention(sentence, statement))

    assert sent("徐汇区选派教师12名，其中小学教师4名。", "选派教师") == 12
    assert sent("由3名医生、2名护士组成的5人医疗队出发支医。", "医疗队出发") == 5
    assert sent("西湖区医疗队抵达巴东县。医疗队由6名医生组成。", "医疗队抵达") == 6
    assert sent("选派4名教师支教，盘州市6名教师到金普新区跟岗学习。", "选派4名教师") == 4
    assert sent("选派教师支教。\n当地有教师80名。", "选派教师") is None

    text = "深圳市选派6名党政干部、33名支教支医人员到凌云，惠及学生3000人。该市累计选派干部412名。全县有教师900名。"
    assert people_sent(text, mention(text, "选派6名党政干部")) == 39
    assert people_sent(text, mention(text, "累计选派干部")) is None
    assert people_sent("深圳市选派干部到凌云挂职。", mention("深圳市选派干部到凌云挂职。", "选派干部")) is None
    assert sum(e["people_sent"] is not None for e in told(store, "events", types=("personnel",))) >= 5
    assert all(e["people_sent"] is None for e in told(store, "events") if e["type"] != "personnel")
