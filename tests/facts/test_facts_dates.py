"""Dates: round trips of formatted days, true offsets, and never an exception."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.facts import find_dates

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2035, 12, 31))
PIECES = st.sampled_from(
    [
        *"年月日号至到、,。?？-~0123456789０１一二三十〇上下旬初底今去前明同次近截",
        "2017",
        "以来",
        "期间",
        "“十三五”",
        "5年来",
        "\n",
        " ",
    ]
)
MESSY = st.lists(st.one_of(PIECES, st.characters()), max_size=40).map("".join)


def _chinese(number: int) -> str:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return (("" if tens == 1 else digits[tens]) + "十" if tens else "") + (digits[ones] if ones or not tens else "")


WRITTEN = [
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: d.isoformat(),
    lambda d: f"{d.year}/{d.month}/{d.day}",
    lambda d: f"{d.year}.{d.month:02d}.{d.day:02d}",
    lambda d: f"{d.year} 年 {d.month} 月 {d.day} 日".replace(" 日", "日"),
    lambda d: (
        "".join("〇一二三四五六七八九"[int(c)] for c in str(d.year)) + f"年{_chinese(d.month)}月{_chinese(d.day)}日"
    ),
]


@given(DAYS, st.sampled_from(WRITTEN))
@settings(max_examples=200, deadline=None)
def test_a_written_day_is_read_back(day, write):
    found = find_dates(f"双方于{write(day)}签约")
    assert [(d.date_start, d.date_end, d.basis) for d in found] == [(day.isoformat(), day.isoformat(), "explicit")]


@given(DAYS, DAYS)
@settings(max_examples=100, deadline=None)
def test_a_written_range_is_read_back(one, other):
    first, last = sorted((one, other))
    text = f"{first.year}年{first.month}月{first.day}日至{last.year}年{last.month}月{last.day}日在校支教"
    (found,) = find_dates(text)
    assert (found.date_start, found.date_end) == (first.isoformat(), last.isoformat())


@given(MESSY, st.sampled_from([None, "2020", "2020-02", "2020-02-29"]))
@settings(max_examples=400, deadline=None)
def test_any_text_gives_true_ordered_offsets(text, published):
    reached = 0
    for found in find_dates(text, published=published):
        assert text[found.start : found.end] == found.quote
        assert reached <= found.start < found.end
        reached = found.end


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("12月28日签约", "2019-01-02", ("2018-12-28", "published")),
        ("将于1月8日开幕", "2018-12-25", ("2019-01-08", "published")),
        ("2016年12月来访,1月回访", None, ("2016-12", "explicit")),
        ("3月31日召开。今年是“十四五”规划收官之年", None, ("2025-03-31", "text marker")),
        ("3月31日召开", None, ("--03-31", "none")),
        ("31日召开", None, ("---31", "none")),
    ],
)
def test_the_year_and_how_it_was_found(text, published, expected):
    first = find_dates(text, published=published)[0]
    assert (first.date_start, first.basis) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“六一”儿童节这天,新校舍落成。", "2019-06-01"),
        ("六一国际儿童节当天,孩子们收到了礼物。", "2019-06-01"),
        ("国庆节当天,两地座谈。", "2019-10-01"),
        ("元旦上午,专列发车。", "2020-01-01"),
    ],
)
def test_a_feast_told_as_a_day(text, expected):
    assert [date.date_start for date in find_dates(text, published="2020-01-10")] == [expected]


@pytest.mark.parametrize("text", ["国庆节前夕慰问教师", "教师节期间座谈", "元旦春节将至", "庆“六一”儿童节活动"])
def test_a_feast_alone_is_no_day(text):
    assert not [date for date in find_dates(text, published="2020-01-10") if date.precision == "day"]


@pytest.mark.parametrize("text", ["?12月3日", "\ufffd2月3日", "第3日", "2月30日", "3日游", "7日内", "24小时", "12个月"])
def test_what_is_no_date(text):
    assert find_dates(text, published="2020-01-01") == []


def test_markers_that_disagree_fix_no_year():
    assert find_dates("今年是“十三五”收官之年。今年是“十四五”开局之年。3月1日开会")[-1].date_start == "--03-01"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("去年是“十三五”收官之年。5月6日,双方座谈。", "2021-05-06"),
        ("明年是“十四五”开局之年。11月6日,双方座谈。", "2020-11-06"),
        ("去年脱贫攻坚战取得全面胜利。5月6日,双方座谈。", "2021-05-06"),
        ("今年2月脱贫攻坚战取得全面胜利。5月6日,双方座谈。", "--05-06"),
    ],
)
def test_a_phrase_beside_last_or_next_year_fixes_the_present_one(text, expected):
    days = [date for date in find_dates(text) if date.precision == "day"]
    assert days[-1].date_start == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9月3日,双方座谈,研究《2020年清河·乐业协作重点事项》。", "2020-09-03"),
        ("9月3日,双方座谈。会上,两地签订了清河区与乐业县2018年帮扶项目协议书。", "2018-09-03"),
        ("9月3日,县里在网上发布消息。乐业县2020春风行动招聘会同日开始。", "2020-09-03"),
        ("9月3日,双方座谈。会上召开2019年协作工作联席会议。到2020年底前完成任务。", "2019-09-03"),
        ("9月3日,双方座谈。会上,两地签订2018年协议。2019年,又新增项目3个。", "--09-03"),  # it speaks of a later year
        ("12月3日,双方座谈。会后,两地签订2021年协议。", "--12-03"),  # of the year before, perhaps
        ("9月3日,双方座谈。签订2018年协议书、2019年协议书。", "--09-03"),
        ("9月3日,双方座谈。2016年结对以来,共签订协议10个。", "--09-03"),
        ("9月3日,双方座谈,共有2020名学生受助。", "--09-03"),
    ],
)
def test_papers_and_events_named_by_their_year_date_a_day_without_one(text, expected):
    assert find_dates(text)[0].date_start == expected


def test_days_behind_a_range_that_crosses_a_month():
    found = find_dates("10月30日至11月1日,代表团来访。31日至1日上午,分组走访。1日下午,召开会议。")
    assert [(date.date_start, date.date_end) for date in found] == [
        ("--10-30", "--11-01"),
        ("--10-31", "--11-01"),
        ("--11-01", "--11-01"),
    ]
    first = find_dates("12月30日至1月2日,代表团来访。1日,召开会议。", published="2021-01-03")
    assert first[-1].date_start == "2021-01-01"


def test_a_year_that_lost_its_unit():
    assert [date.date_start for date in find_dates("20184月,两地结对。2019612日")] == ["2018-04"]
