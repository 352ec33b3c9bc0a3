"""The whole recipe on every sample page, against events written by hand: what must hold, and floors that only rise."""

from __future__ import annotations

import pytest

from crawler.model import Event, Page, Record
from crawler.portals import portal
from crawler.recipe import recipe
from crawler.sample.articles import Expected, SampleArticle, sample_articles
from crawler.sample.site import article_url, lookup

RECALL_FLOOR = 0.84
PRECISION_FLOOR = 0.92


@pytest.fixture(scope="module")
def records() -> dict[str, Record]:
    return {article.id: record_of(article) for article in sample_articles()}


def record_of(article: SampleArticle) -> Record:
    url = article_url(article)
    resource = lookup(url, article.first_day)
    return recipe(
        Page(
            url=url,
            content=resource.body,
            headers=resource.headers,
            home=portal(article.portal).home,
            portal=article.portal,
        )
    )


def matches(wanted: Expected, found: Event) -> bool:
    """Same type and dates that share their known beginning; an undated event matches an undated one or its window."""
    if wanted["type"] != found.type or found.status == "planned":
        return False
    if wanted["date_start"] is None or found.date_start is None:
        return wanted["date_start"] is None
    spans = (wanted["date_start"], wanted["date_end"]), (found.date_start, found.date_end or found.date_start)
    (a, b), (c, d) = ((known(start), known(end) + "~") for start, end in spans)
    return a <= d and c <= b


def known(date: str) -> str:
    """The date without a missing year: ``--04-16`` → ``04-16``."""
    return date.lstrip("-")


def test_events_found_stay_above_the_floors(records: dict[str, Record]) -> None:
    required = right = predicted = false = 0
    for article in sample_articles():
        wanted = article.expected()["events"]
        found = [event for event in records[article.id].events if event.status != "planned" and not event.background]
        must = [event for event in wanted if not event.get("optional")]
        required += len(must)
        right += sum(any(matches(event, one) for one in found) for event in must)
        predicted += len(found)
        false += sum(not any(matches(event, one) for event in wanted) for one in found)
    assert right / required >= RECALL_FLOOR
    assert 1 - false / predicted >= PRECISION_FLOOR


@pytest.mark.parametrize(
    "article", [a for a in sample_articles() if not a.expected()["relevant"]], ids=lambda article: article.id
)
def test_pages_on_other_matters_give_no_events(article: SampleArticle, records: dict[str, Record]) -> None:
    assert not records[article.id].relevant
    assert records[article.id].events == ()


@pytest.mark.parametrize("id_", ["401877", "842301", "FMB8K3T10514UAN6"])
def test_three_portals_tell_of_one_visit(id_: str, records: dict[str, Record]) -> None:
    (visit,) = [event for event in records[id_].events if event.type == "visit"]
    assert (visit.date_start, visit.date_end) == ("2020-09-10", "2020-09-11")
    assert visit.from_ == ("广东省深圳市宝安区",)
    assert visit.to == ("广西壮族自治区河池市都安瑶族自治县",)
    assert {"聂远峰", "戴雪莹"} <= {person.name for person in visit.persons}
    assert visit.tie.label == "in-pairing"


def test_reprint_and_original_give_the_same_events(records: dict[str, Record]) -> None:
    def facts(record: Record) -> list[tuple[object, ...]]:
        return [(e.type, e.date_start, e.supporting, e.supported, e.persons, e.amounts) for e in record.events]

    assert facts(records["841012"]) == facts(records["401502"])


def test_a_cut_number_is_read_whole(records: dict[str, Record]) -> None:
    text = records["44251908"].article.text
    assert "帮扶资金1.38亿元" in text
    assert 138_000_000 in {figure.value for figure in records["44251908"].figures}


def test_every_quote_stands_where_it_says(records: dict[str, Record]) -> None:
    for record in records.values():
        text = record.article.text
        for event in record.events:
            assert all(text[proof.start : proof.end] == proof.quote for proof in event.evidence)
        assert all(text[figure.start : figure.end] == figure.quote for figure in record.figures)
