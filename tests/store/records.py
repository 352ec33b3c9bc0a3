# ruff: noqa: E501
"""Records as the recipe would make them: one happening told by four portals, a reprint, notices, an irrelevant page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from crawler.model import Amount, Article, Event, EventPerson, EventPlace, Evidence, Figure, Record, Tie

YANTIAN, LINGYUN, BAISE = "广东省深圳市盐田区", "广西壮族自治区百色市凌云县", "广西壮族自治区百色市"

LONG = (
    "3月14日至16日，百色市凌云县委书记韦朗诚率党政代表团一行12人赴深圳市盐田区考察对接扶贫协作工作，先后走访了盐田国际集装箱码头和田心小学。"
    "15日下午，两地召开扶贫协作联席会议，盐田区区长邹启明介绍了2017年帮扶情况：全年投入财政帮扶资金2680万元，实施项目17个，选派支教教师9名。"
)
OWN_WORDS = "本报讯 15日下午，盐田区与百色凌云县扶贫协作联席会议举行，区长邹启明、凌云县委书记韦朗诚出席。代表团在深期间还参观了码头。"
MIRROR = "山海情深。凌云县党政代表团14日抵深，韦朗诚一行看码头、进学校，区长邹启明把2680万元的账单交到客人手上。"


def article(url: str, text: str, **values: Any) -> Article:
    given = {"title": "凌云县代表团赴盐田区考察", "published": "2018-03-17", "published_precision": "day"} | values
    return Article(url, text, original=text, **given)


def visit(text: str, start: str = "2018-03-14", end: str = "2018-03-16", **values: Any) -> Event:
    quote = text[:6]
    given: dict[str, Any] = {
        "id": f"v-{start}-{len(text)}",
        "date_precision": "day" if start == end else "range",
        "date_basis": "text",
        "supporting": (YANTIAN,),
        "supported": (LINGYUN,),
        "from_": (LINGYUN,),
        "to": (YANTIAN,),
        "places": (EventPlace(YANTIAN, "440308", "to", "盐田区"),),
        "persons": (
            EventPerson("韦朗诚", "县委书记", "supported", "leads"),
            EventPerson("邹启明", "区长", "supporting", "hosts"),
        ),
        "tie": Tie("in-pairing", "2016-2020", "high"),
        "evidence": (Evidence("type", quote, 0, 6),),
    }
    return Event(type="visit", date_start=start, date_end=end, **given | values)


def meeting(text: str, **values: Any) -> Event:
    told = visit(text, "2018-03-15", "2018-03-15", **values)
    return replace(
        told, id="m" + told.id, type="meeting", from_=(), to=(), amounts=(Amount(26.8e6, "paid", False, "2680万元"),)
    )


def figure(text: str) -> Figure:
    start = text.index("2680万元")
    return Figure(26.8e6, "CNY", "帮扶资金", "2017", True, False, "paid", "2680万元", start, start + 6)


def record(url: str, text: str, *events: Event, **values: Any) -> Record:
    figures = (figure(text),) if "2680万元" in text else ()
    return Record(article(url, text, **values), bool(events), events, figures)


def harvest() -> list[tuple[str, Record]]:
    """(portal, record) of a small harvest in which everything happens once."""
    reprint = LONG + "（记者 文心）"
    notice = "公告：盐田区对口帮扶办2018年第3季度资金下达凌云县420万元。"
    return [
        ("zhaoshang", record("https://zs.example.cn/1.html", LONG, visit(LONG), meeting(LONG))),
        ("cinic", record("https://ci.example.cn/a/2.html", reprint, visit(reprint), meeting(reprint), reprinted_from="深圳招商网")),
        ("netease", record("https://ne.example.cn/x/3.html", OWN_WORDS, meeting(OWN_WORDS), published="2018-03-16")),
        (
            "gdfupin",
            record("https://gd.example.cn/n/4.asp?id=4", MIRROR, visit(MIRROR, "2018-03-14", "2018-03-14", supported=(BAISE,), from_=(BAISE,))),
        ),
        ("gdfupin", record("https://gd.example.cn/n/4.asp?id=5", notice, title="公告")),
        ("gdfupin", record("https://gd.example.cn/n/4.asp?id=6", notice.replace("第3", "第4").replace("420", "505"), title="公告")),
        ("cinic", record("https://ci.example.cn/a/7.html", "今日气温回升，市民纷纷出门赏花。", title="天气")),
    ]  # fmt: skip
