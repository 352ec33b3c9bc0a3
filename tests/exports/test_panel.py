"""The panel against events told by hand: both sides, parents, renamed units, exposure and missing values."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.exports import Choice
from crawler.exports.export import reading
from crawler.exports.panel import panel
from crawler.model import Amount, Article, Event, EventPlace, Evidence, Record
from crawler.store import Store

SHENZHEN, YANTIAN = "广东省深圳市", "广东省深圳市盐田区"
LINGYUN, JINGXI = "广西壮族自治区百色市凌云县", "广西壮族自治区百色市靖西县"
CODES = {SHENZHEN: "440300", YANTIAN: "440308", LINGYUN: "451027", JINGXI: "451025"}


def event(key: str, kind: str, date: str, **given: object) -> Event:
    sides = {"supporting": (YANTIAN,), "supported": (LINGYUN,), **given}
    roles = {"supporting": "supporting", "supported": "supported", "from_": "from", "to": "to"}
    places = tuple(
        EventPlace(name, CODES[name], role, name)
        for side, role in roles.items()
        for name in sides.get(side, ())  # type: ignore[attr-defined]
    )
    evidence = (Evidence("type", "活动", 0, 2),)
    return Event(
        key, kind, date_start=date, date_end=date, date_precision="day", places=places, evidence=evidence, **sides
    )  # type: ignore[arg-type]


def told(number: int, published: str, *events: Event) -> Record:
    text = f"活动{number}，" + "对口帮扶" * (5 + number) + "".join(chr(0x4E00 + 37 * number + i) for i in range(40))
    url = f"http://www.hsfkn.com/shenzhendongtai/{number}.html"
    return Record(
        Article(url, text, title=f"第{number}篇", published=published, published_precision="day"), True, events
    )


RECORDS = [
    told(1, "2014-05-02", event("a", "visit", "2014-05-01", supported=(JINGXI,), from_=(YANTIAN,), to=(JINGXI,))),
    told(2, "2018-03-02", event("b", "visit", "2018-03-01", from_=(LINGYUN,), to=(YANTIAN,))),
    told(3, "2018-04-02", event("c", "meeting", "2018-04-01", supporting=(YANTIAN, SHENZHEN))),
    told(
        4,
        "2018-06-02",
        event("d", "donation", "2018-06-01", amounts=(Amount(3e6, "paid", False, "300万元"),)),
        event("e", "funding", "2018-06-02", amounts=(Amount(8e6, "total", False, "800万元"),)),
        event("f", "agreement", "2018-06-02", status="planned"),
    ),
    told(5, "2018-09-02", event("g", "donation", "2018-09-01", amounts=(Amount(2e6, "paid", False, "200万元"),))),
    told(6, "2018-12-02", event("h", "funding", "2018-12-01", amounts=(Amount(9e6, "total", False, "900万元"),))),
    told(7, "2018-12-03", event("i", "agreement", "2016-10-01")),
]


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, int], dict]:
    path = tmp_path_factory.mktemp("panel") / "panel.sqlite"
    with Store(f"sqlite:///{path}") as store:
        run = store.begin_run("zhaoshang")
        for record in RECORDS:
            store.save(record, run_id=run, portal="zhaoshang", fetched_at=datetime(2020, 1, 1, tzinfo=UTC))
        return {(row["full_name"], row["year"]): row for row in made(store)}


def made(store: Store, **choice: object) -> Iterator[dict]:
    with reading(store, Choice(**choice)) as view:  # type: ignore[arg-type]
        yield from panel(view)


def test_visits_are_given_by_who_travels_and_received_by_who_hosts(rows: dict) -> None:
    assert (rows[LINGYUN, 2018]["visits_given"], rows[LINGYUN, 2018]["visits_received"]) == (1, 0)
    assert (rows[YANTIAN, 2018]["visits_given"], rows[YANTIAN, 2018]["visits_received"]) == (0, 1)


def test_parents_count_an_event_once(rows: dict) -> None:
    assert rows[SHENZHEN, 2018]["meetings"] == 1, "named itself and through its district"
    assert rows["广东省", 2018]["events"] == rows[YANTIAN, 2018]["events"] == 6
    assert rows["广西壮族自治区百色市", 2018]["visits_given"] == 1


def test_amounts_add_up_and_running_totals_do_not(rows: dict) -> None:
    given, received = rows[YANTIAN, 2018], rows[LINGYUN, 2018]
    assert given["paid_given_cny"] == received["paid_received_cny"] == 5e6
    assert given["total_given_cny"] == received["total_received_cny"] == 9e6
    assert given["paid_received_cny"] is None, "no amount told is missing, not zero"


def test_planned_events_count_for_nothing(rows: dict) -> None:
    assert rows[YANTIAN, 2018]["agreements"] == 0


def test_a_unit_keeps_its_id_through_renaming_and_shows_the_codes_of_the_year(rows: dict) -> None:
    before = rows[JINGXI, 2014]
    after = next(r for (_, year), r in rows.items() if year == 2018 and r["unit_id"] == before["unit_id"])
    assert (before["code"], before["name"]) == ("451025", "靖西县")
    assert (after["code"], after["name"]) == ("451081", "靖西市")
    changed = next(r for (_, year), r in rows.items() if year == 2015 and r["unit_id"] == before["unit_id"])
    assert changed["codes"] == ["451025", "451081"]
    assert before["province_unit"] == after["province_unit"]


def test_nothing_watched_is_missing_and_watched_silence_is_zero(rows: dict) -> None:
    silent = rows[LINGYUN, 2017]
    assert silent["watching_pages"] == 0
    assert [silent[name] for name in ("events", "visits_given", "meetings", "agreements")] == [None] * 4
    seen = rows[LINGYUN, 2018]
    assert (seen["watching_portals"], seen["watching_pages"], seen["agreements"]) == (1, 6, 0)


def test_a_count_is_kept_where_only_a_later_page_tells_of_it(rows: dict) -> None:
    late = rows[LINGYUN, 2016]
    assert (late["watching_pages"], late["agreements"], late["meetings"]) == (0, 1, None)


def test_a_local_portal_watches_its_own_unit_and_its_official_partners(rows: dict) -> None:
    assert rows[SHENZHEN, 2018]["watching_portals"] == 1
    assert rows["广东省", 2018]["watching_portals"] == 1, "a parent of its home"
    assert rows["青海省", 2018]["watching_portals"] == 0
    assert rows["青海省", 2018]["events"] is None


def test_a_place_gives_its_units_only_and_types_left_out_are_missing(database: Path) -> None:
    with Store(f"sqlite:///{database}") as store:
        some = list(made(store, places=("广西壮族自治区",), types=("visit",), since="2018", until="2019"))
    assert {row["year"] for row in some} == {2018, 2019}
    assert {row["code"][:2] for row in some} == {"45"}
    assert {row["level"] for row in some} == {"province", "prefecture", "county"}
    assert {row["meetings"] for row in some} == {None}
    assert 0 in {row["visits_received"] for row in some}
    assert all(row["sample"] for row in some)
