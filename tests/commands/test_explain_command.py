"""``scrapy explain``: saved pages and stored events, by the id of the event or of one article's mention."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from crawler.model import Page
from crawler.recipe import recipe
from crawler.store import Store
from crawler.store.schema import event_sources, mentions

TEXT = (
    "<html><head><title>马尾区代表团赴岷县考察</title></head><body><h1>马尾区代表团赴岷县考察</h1>"
    "<p>2021-06-04</p><div><p>6月2日,福建省福州市马尾区委副书记田牧野率代表团赴甘肃省定西市岷县考察东西部协作工作,"
    "实地察看了扶贫车间和黄芪种植基地,并与当地干部群众深入交流。</p>"
    "<p>6月3日,马尾区·岷县东西部协作联席会议在岷县召开,双方签署了东西部协作框架协议。{}</p></div></body></html>"
)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "events.sqlite"
    with Store(f"sqlite:///{path}") as store:
        store.upgrade()
        for number, more in enumerate(("", "两地将继续深化各领域合作，推动协作走深走实。")):
            page = Page(f"http://example.org/{number}.html", TEXT.format(more).encode())
            store.save(recipe(page), portal="cinic")
    return path


def test_a_stored_event_is_explained_from_every_article_that_tells_of_it(
    database: Path, tmp_path: Path, scrapy: Callable[..., list]
) -> None:
    with Store(f"sqlite:///{database}") as store, store.read() as connection:
        query = select(event_sources.c.event_id, mentions.c.mention_id).join(
            mentions, mentions.c.mention == event_sources.c.mention
        )
        told = list(connection.execute(query.where(mentions.c.type == "visit")))
    assert told
    event, mention = told[0]
    page = tmp_path / "page.html"
    page.write_text(TEXT.format(""), encoding="utf-8")
    setting = ["-s", f"DATABASE_URL=sqlite:///{database}"]
    by_event, by_mention, by_file, unknown = scrapy(
        [
            ["explain", event, *setting],
            ["explain", mention, *setting],
            ["explain", str(page)],
            ["explain", "0123456789abcdef", *setting],
        ]
    )
    assert by_event.status == by_mention.status == by_file.status == 0
    assert by_event.out.count("http://example.org/") == len(told)
    for done in (by_event, by_mention):
        assert "【赴甘肃省定西市岷县】" in done.out
        assert "lexicon.tsv:" in done.out
        assert "会议 meeting" not in done.out
    assert "会议 meeting" in by_file.out
    assert unknown.status == 1
    assert unknown.last.startswith("0123456789abcdef: no such file, and no event")
