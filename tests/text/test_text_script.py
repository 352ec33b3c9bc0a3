"""Script detection and conversion, sentences, and the guide."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

from crawler.text import detect_script, sentences, to_simplified

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("东西部协作工作联席会议", "simplified"),
        ("東西部協作工作聯席會議", "traditional"),
        ("東西部協作工作聯席會議，东西部协作工作联席会议", "mixed"),
        ("工作人才", "simplified"),
        ("2017-12-27 ...", "none"),
    ],
)
def test_detect_script(text: str, script: str) -> None:
    assert detect_script(text) == script


@pytest.mark.parametrize(
    ("shown", "simplified"),
    [
        ("乾縣、乾安縣與沈丘縣、范縣簽約", "乾县、乾安县与沈丘县、范县签约"),
        ("縣長徐乾學介紹，牛肉乾銷往東莞", "县长徐乾学介绍，牛肉干销往东莞"),
        ("成效顯著，大家忙著準備，接著座談", "成效显著，大家忙着准备，接着座谈"),
        ("接著走進企業", "接着走进企业"),
        ("鎮長後永慶、蕭雲、鍾志強、肖蘭、于海到會", "镇长后永庆、萧云、钟志强、肖兰、于海到会"),
        ("位於浙江的著名企業，什么都有", "位于浙江的著名企业，什么都有"),
        ("乾县与乾安县结对，显著，徐乾学、於某", "乾县与乾安县结对，显著，徐乾学、於某"),
        ("于都縣縣長於海說，位於東部", "于都县县长于海说，位于东部"),
        ("縣長于海說，鎮長於洋說，位於東部", "县长于海说，镇长於洋说，位于东部"),
        ("谘詢志願服務", "咨询志愿服务"),
    ],
)
def test_names_survive_conversion(shown: str, simplified: str) -> None:
    assert to_simplified(shown) == simplified


def test_only_traditional_lines_are_converted() -> None:
    assert to_simplified("乾县来访\n東麗區領導陪同考察，簽訂協議") == "乾县来访\n东丽区领导陪同考察，签订协议"


def test_inscriptions_and_shop_signs_on_a_simplified_page_stay() -> None:
    page = "书法家题写“後來居上”四字，落款“鍾某”，店名“龍鳳樓”。\n老字号“同順興”茶莊（聚寶齋）今天重新开门。"
    assert to_simplified(f"{page}\n东西部协作工作联席会议，实地考察重点企业，双方签订协议。").startswith(page)


def test_sentences_keep_short_quotations_and_parentheses_whole() -> None:
    text = "他说：“好！真好”，大家笑了（含5人；均在册）。“再来。”\n下午返程。共3.5万元"
    assert [text[start:end] for start, end in sentences(text)] == [
        "他说：“好！真好”，大家笑了（含5人；均在册）。",
        "“再来。”",
        "下午返程。",
        "共3.5万元",
    ]
    assert sentences(" \n\n") == []


def test_sentences_end_with_their_closing_quotes_and_not_at_decimal_points() -> None:
    text = "　签约……！”）合作3.5年. 完。 \n （一）“甲“乙。”丙；丁”\n（开\n头。）见www.example.cn.\n再会."
    assert [text[start:end] for start, end in sentences(text)] == [
        "签约……！”）",
        "合作3.5年.",
        "完。",
        "（一）“甲“乙。”",
        "丙；",
        "丁”",
        "（开",
        "头。）",
        "见www.example.cn.",
        "再会.",
    ]


def test_the_guide_is_true() -> None:
    failed, tried = doctest.testfile(str(ROOT / "docs" / "repair.md"), module_relative=False)
    assert tried >= 8
    assert not failed
