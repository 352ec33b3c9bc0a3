"""What ``scrapy extract`` makes of damaged pages: guesses are told, and nothing is read out of a gap."""

from __future__ import annotations

import json

import pytest

from crawler.documents import extract_lines

HEAD = "来源：东莞日报 2023年3月31日\n3月31日，东莞市常平镇党委书记杨庆德率队到铜仁市玉屏侗族自治县考察，"


def extracted(text: str) -> dict[str, object]:
    line = json.dumps({"id": "page", "text": text, "home": "广东省东莞市"}).encode()
    (record,) = extract_lines([line])
    assert "error" not in record
    return dict(record)


def numbers_read(record: dict[str, object]) -> list[tuple[object, str]]:
    """Values and quotes of figures and of the amounts of events."""
    figures, events = record["figures"], record["events"]
    assert isinstance(figures, list)
    assert isinstance(events, list)
    found = [(figure["value"], figure["quote"]) for figure in figures]
    return found + [(amount["value_cny"], amount["quote"]) for event in events for amount in event["amounts"]]


@pytest.mark.parametrize("clause", ["帮助?00多人就业", "选派教师?5名", "举办?个班", "资助学生?,200人"])
def test_no_count_is_read_behind_a_lost_byte(clause: str) -> None:
    assert numbers_read(extracted(f"{HEAD}{clause}。")) == []


@pytest.mark.parametrize(
    "clause", ["捐赠帮扶资金?00万元", "捐赠帮扶资金?.5万元", "捐赠帮扶资金?万元", "投入资金?,200万元"]
)
def test_no_money_is_read_behind_a_lost_byte(clause: str) -> None:
    assert numbers_read(extracted(f"{HEAD}{clause}。")) == []


def test_what_stands_further_on_is_read() -> None:
    record = extracted(f"{HEAD}帮助?00多人就业，捐赠帮扶资金200万元。")
    assert {value for value, _ in numbers_read(record)} == {2_000_000}


def test_a_page_with_a_guess_says_so() -> None:
    """The gap that the repair leaves in 當地?00多人 reaches the record as a guess, beside what is exact."""
    record = extracted(
        "來源：東莞日報 2023年3月31日\n3月31日，東莞市常平鎮黨委書記楊慶德率隊到銅仁市玉屏縣"
        "對(duì)接?xùn)|西部協(xié)作，幫助當(dāng)?shù)?00多人就業(yè)。"
    )
    assert "对接东西部协作，帮助当地?00多人就业。" in str(record["text"])
    assert record["repairs"] == [
        {"kind": "gloss", "count": 4, "exact": True},
        {"kind": "lost byte", "count": 1, "exact": False},
        {"kind": "lost byte", "count": 1, "exact": True},
    ]
    assert numbers_read(record) == []


def test_a_page_without_damage_has_no_repairs() -> None:
    assert extracted(f"{HEAD}捐赠帮扶资金200万元。")["repairs"] == []
