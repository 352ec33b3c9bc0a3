"""Organisations that act beside the clause of an event, and the figures that stay figures; invented facts."""

from __future__ import annotations

from crawler.events import extract
from crawler.events.extraction import Extraction
from crawler.model import Article, Event

HEAD = "6月5日,山东省青岛市城阳区党政代表团赴甘肃省定西市临洮县考察东西部协作工作。"


def read(text: str) -> Extraction:
    return extract(Article(url="", text=HEAD + text, published="2023-06-30"))


def event(text: str, type_: str) -> Event:
    return next(e for e in read(text).events if e.type == type_)


def names(text: str, type_: str) -> set[str]:
    return set(event(text, type_).organizations)


def test_bases_that_sign_are_parties() -> None:
    text = "活动期间,城阳区创业孵化基地与临洮县创业孵化基地签订了东西部协作交流合作协议。"
    assert names(text, "agreement") == {"城阳区创业孵化基地", "临洮县创业孵化基地"}


def test_who_is_visited_or_heads_a_giver_does_not_give() -> None:
    text = "代表团参观了临洮绿翎食品有限公司,并向临洮县捐赠帮扶资金10万元。县商会会长陆海宁参加捐赠仪式。"
    assert names(text, "donation") == set()


def figures(text: str) -> list[tuple[float, str]]:
    return [(figure.value, figure.unit) for figure in read(text).figures]


def test_items_of_a_list_with_one_number_are_two_figures() -> None:
    text = "\n截至目前,甲集团累计援助项目20个、选派干部12名;乙集团累计援助项目30个、选派干部12名。"
    assert figures(text).count((12.0, "名")) == 2


def test_who_is_sent_every_year_is_a_figure_and_a_rate_is_none() -> None:
    assert (120.0, "名") in figures("\n青岛市28家医院每年选派120余名医生帮扶甘肃省。")
    assert (3.0, "名") not in figures("\n青岛市帮扶甘肃省,每村选派3名干部。")
