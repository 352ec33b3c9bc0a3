"""When undated news happened: within the two weeks before its page, or in the year the text names."""

from __future__ import annotations

import pytest

from crawler.events import extract
from crawler.events.lately import lately_before
from crawler.model import Article, Event

TEXT = "近日，天津市西青区党政代表团到甘肃省天水市麦积区考察东西部协作工作，并召开联席会议。"


def told(text: str, published: str | None = None, basis: str | None = None) -> list[Event]:
    return list(extract(Article(url="", text=text, published=published, published_basis=basis)).events)


@pytest.mark.parametrize(
    ("published", "span"),
    [
        ("2023-06-30", ("2023-06", "2023-06", "month")),
        ("2023-06-05", ("2023-05", "2023-06", "range")),
        ("2023-01-02", ("2022-12", "2023-01", "range")),
        ("2023-06", ("2023-06", "2023-06", "month")),
        ("2023", ("2023", "2023", "year")),
    ],
)
def test_undated_news_is_of_the_weeks_before_its_page(published: str, span: tuple[str, str, str]) -> None:
    for event in told(TEXT, published):
        assert (event.date_start, event.date_end, event.date_precision) == span
        assert (event.date_basis or "").startswith("undated news")


def test_undated_news_of_an_undated_page_is_of_the_year_it_names() -> None:
    text = TEXT + "会上，双方签订《2022年度东西部协作协议》。"
    assert {(e.date_start, e.date_precision) for e in told(text)} == {("2022", "year")}


def test_where_nothing_tells_the_year_undated_news_stays_undated() -> None:
    assert {e.date_start for e in told(TEXT)} == {None}
    assert lately_before(None, TEXT) is lately_before("--06-05", TEXT) is None


def test_what_is_held_names_the_year_it_is_held_in() -> None:
    text = "近日，2024年“津陇共振兴”合作交流洽谈大会在甘肃省武威市召开，天津市参加东西部协作的60家企业到会。"
    assert {e.date_start for e in told(text)} == {"2024"}


def test_the_first_month_of_the_moon_has_days_in_the_year_of_the_page() -> None:
    text = "正月初八，58名麦积区务工人员乘坐专列奔赴天津市西青区，东西部劳务协作开新局。甘肃省天水市麦积区。"
    assert [(e.type, e.date_start) for e in told(text, "2023-02-01")] == [("labor", "2023-01-29")]


def test_the_date_in_an_address_dates_no_undated_news() -> None:
    assert {e.date_start for e in told(TEXT, "2023-06-30", "url")} == {None}


def test_a_wide_semicolon_ends_what_names_the_year() -> None:
    assert lately_before(None, "双方签订战略合作意向；2019年归档协议若干。") is None
