"""Months and years that other places of the text tell: the same day further on, 截至, a review printed in January."""

import pytest

from crawler.facts import find_dates


def days(text: str, published: str | None = None) -> list[str | None]:
    return [d.date_start for d in find_dates(text, published=published) if d.precision == "day"]


def test_a_bare_day_takes_the_month_of_the_same_day_further_on() -> None:
    assert days("11日,代表团赴铜仁市考察。3月11日上午,双方座谈。") == ["--03-11", "--03-11"]
    assert days("11日,代表团赴铜仁市考察。3月12日上午,双方座谈。")[0] == "---11"
    assert days("11日,双方座谈。3月11日签约,5月11日开工。")[0] == "---11"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("11月22日,展销周开幕。截至2023年10月底,已投入20亿元。", "2023-11-22"),
        ("2月22日,展销周开幕。截至2023年10月底,已投入20亿元。", "--02-22"),
        ("11月22日,展销周开幕。截至2023年10月底,已投入20亿元。2024年双方签约。", "--11-22"),
    ],
)
def test_the_year_up_to_which_a_text_counts(text: str, first: str) -> None:
    assert days(text)[0] == first


def test_a_review_printed_in_january_is_of_the_next_year() -> None:
    review = (
        "记者8日了解到,2023年卖出1.2亿元。\n某报天津1月8日电 记者8日了解到,2023年卖出1.2亿元。\n2024年,两地将深化协作。"
    )
    assert set(days(review)) == {"2024-01-08"}
    assert days("某报天津1月8日电 记者了解到,2023年卖出1.2亿元。") == ["2023-01-08"]


def test_last_month_without_a_page_date() -> None:
    (month,) = [d.date_start for d in find_dates("11月22日,展销周开幕。上个月,5名教师到岗。") if d.precision == "month"]
    assert month == "--10"


def test_a_month_on_its_own_line_is_that_of_the_days_below() -> None:
    text = "二月\n21日 项目开工。\n25日 项目签约。\n三月\n12日至15日 代表团来访。"
    assert days(text, "2019-12-31") == ["2019-02-21", "2019-02-25"]
    assert [d.quote for d in find_dates(text)][1] == "25日"
    assert all(d.quote == text[d.start : d.end] and "\n" not in d.quote.strip() for d in find_dates(text))
