"""Saving records: idempotent, one article a page, copies related, events merged, history kept."""

from __future__ import annotations

import random
import threading
from dataclasses import replace

from records import LONG, MIRROR, harvest, meeting, record, visit
from sqlalchemy import func, select

from crawler.store import Store, event_line
from crawler.store.schema import articles, changes, events, revisions

ONE = "https://zs.example.cn/1.html"


def save_all(store: Store, records=None) -> list[str]:
    run = store.begin_run("all")
    outcomes = [store.save(told, run_id=run, portal=portal).outcome for portal, told in records or harvest()]
    store.end_run(run, "finished")
    return outcomes


def test_a_harvest_is_stored_and_a_second_one_changes_nothing(store: Store) -> None:
    assert save_all(store) == ["new", "duplicate", "new", "new", "new", "new", "new"]
    before = store.dump()
    assert save_all(store) == ["unchanged"] * 7
    assert store.dump() == before


def test_one_happening_in_four_reports_is_one_event_each_type(store: Store) -> None:
    save_all(store)
    told = {event.type: event for event in store.newest_events()}
    assert len(store.newest_events()) == 2
    assert len(told["meeting"].articles) == 3
    assert told["meeting"].independent == 2, "the reprint is no independent source"
    assert (told["visit"].date_start, told["visit"].date_end) == ("2018-03-14", "2018-03-16")
    assert len(told["visit"].articles) == 3
    assert told["visit"].conflicts["date"][1]["value"] == ["2018-03-14", "2018-03-14"]
    assert event_line(told["visit"]) == (
        "2018-03-14…16 考察 visit  广西百色市凌云县 → 广东深圳市盐田区  韦朗诚、邹启明"
    )


def test_copies_are_typed_and_notices_stay_apart(store: Store) -> None:
    run = store.begin_run("all")
    saved = [store.save(told, run_id=run, portal=portal) for portal, told in harvest()]
    assert (saved[1].relation, saved[1].original) == ("reprint", saved[0].article_id)
    assert [one.relation for one in saved[2:]] == [None] * 5


def test_the_original_is_the_one_that_credits_nobody_whoever_comes_first(store: Store) -> None:
    run = store.begin_run("all")
    (_, original), (_, reprint) = harvest()[:2]
    assert store.save(reprint, run_id=run, portal="cinic").outcome == "new"
    late = store.save(original, run_id=run, portal="zhaoshang")
    assert (late.outcome, late.relation) == ("new", None)
    with store.read() as connection:
        query = select(articles.c.relation, articles.c.original_id).where(articles.c.portal == "cinic")
        assert connection.execute(query).one() == ("reprint", late.article_id)


def test_order_of_arrival_does_not_change_the_database(make_store) -> None:
    straight = make_store()
    save_all(straight)
    for seed in range(3):
        other, records = make_store(), harvest()
        random.Random(seed).shuffle(records)
        save_all(other, records)
        assert other.dump() == straight.dump()


def test_an_edited_page_keeps_its_former_text_and_its_event_ids(store: Store) -> None:
    save_all(store)
    before = {event.type: event.event_id for event in store.newest_events()}
    text = LONG.replace("一行12人", "一行15人")
    run = store.begin_run("zhaoshang")
    edited = record(ONE, text, visit(text), meeting(text))
    saved = store.save(edited, run_id=run, portal="zhaoshang")
    assert (saved.outcome, saved.revision, saved.new_events) == ("changed", 2, ())
    assert {event.type: event.event_id for event in store.newest_events()} == before
    with store.read() as connection:
        assert connection.scalar(select(func.count()).select_from(revisions)) == 8
        kind = connection.scalars(select(changes.c.kind).where(changes.c.subject_id == saved.article_id)).all()
    assert kind == ["revised"]
    (summary,) = [row for row in store.portal_summary([run]) if row.portal == "zhaoshang"]
    assert (summary.new, summary.changed) == (0, 1)


def test_a_single_mention_read_otherwise_keeps_its_event(store: Store) -> None:
    run = store.begin_run("p")
    store.save(record(ONE, MIRROR, visit(MIRROR)), run_id=run, portal="p")
    (before,) = store.newest_events()
    corrected = visit(MIRROR, "2018-03-14", "2018-03-15", id="other")
    saved = store.save(record(ONE, MIRROR, corrected), run_id=run, portal="p")
    assert (saved.outcome, saved.revision) == ("changed", 1)
    (after,) = store.newest_events()
    assert (after.event_id, after.date_end) == (before.event_id, "2018-03-15")
    with store.read() as connection:
        detail = connection.scalars(select(changes.c.detail).where(changes.c.kind == "corrected")).one()
    assert detail["date_end"] == ["2018-03-16", "2018-03-15"]


def test_withdrawn_events_stay_listed(store: Store) -> None:
    run = store.begin_run("p")
    store.save(record(ONE, MIRROR, visit(MIRROR)), run_id=run, portal="p")
    (before,) = store.newest_events()
    store.save(replace(record(ONE, MIRROR), relevant=False), run_id=run, portal="p")
    assert store.newest_events() == []
    with store.read() as connection:
        row = connection.execute(select(events.c.event_id, events.c.state)).one()
    assert row == (before.event_id, "withdrawn")


def test_a_telling_between_two_events_merges_them_and_its_loss_splits_them(store: Store) -> None:
    run = store.begin_run("p")
    texts = [f"{MIRROR[:20]}之{n}：{'甲乙丙'[n] * 40}" for n in range(3)]
    apart = [visit(texts[0], "2018-03-14", "2018-03-14"), visit(texts[1], "2018-03-16", "2018-03-16")]
    urls = [f"http://x.gov.cn/{n}.html" for n in range(3)]
    for n in (0, 1):
        store.save(record(urls[n], texts[n], apart[n]), run_id=run, portal="p")
    ids = {event.event_id for event in store.newest_events()}
    assert len(ids) == 2
    store.save(record(urls[2], texts[2], visit(texts[2], "2018-03-13", "2018-03-17")), run_id=run, portal="p")
    survivors = {event.event_id: len(event.articles) for event in store.newest_events()}
    assert set(survivors) <= ids, "no id is minted when a telling joins an event"
    assert sorted(survivors.values()) == [1, 2], "two days that exclude each other are not one happening"
    store.save(replace(record(urls[2], texts[2]), relevant=False), run_id=run, portal="p")
    assert {event.event_id for event in store.newest_events()} == ids


def test_two_threads_save_at_once(store: Store) -> None:
    run = store.begin_run("all")
    records = harvest()
    failures: list[BaseException] = []

    def work(part) -> None:
        try:
            for portal, told in part:
                store.save(told, run_id=run, portal=portal)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(part,)) for part in (records[:4], records[2:])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with store.read() as connection:
        assert connection.scalar(select(func.count()).select_from(articles)) == 7


def test_portal_summary_counts_what_the_store_holds(store: Store) -> None:
    save_all(store)
    rows = {row.portal: row for row in store.portal_summary()}
    assert (rows["cinic"].articles, rows["cinic"].relevant, rows["cinic"].duplicates) == (2, 1, 1)
    assert (rows["gdfupin"].articles, rows["gdfupin"].events, rows["gdfupin"].pages) == (3, 1, 3)
    assert rows["zhaoshang"].events == 2
    again = store.begin_run("all")
    assert {row.new for row in store.portal_summary([again])} == {0}
