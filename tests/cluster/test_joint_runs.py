"""Runs that crawlers share, as the ledger sees them: on SQLite and, marked ``services``, on PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from crawler.model import Article, Record
from crawler.store import Store, joint
from crawler.store.joint import Member
from crawler.store.ledger import stamp
from crawler.store.schema import runs

LIST = "http://www.cinic.org.cn/hy/cs/"
HOUR = 3600
PAGES = [f"http://www.cinic.org.cn/hy/cs/84000{n}.html" for n in range(4)]


def call(store: Store, function, *given, **named):
    with store.write() as connection:
        return function(connection, *given, **named)


def join(store: Store, name: str, seconds: float = 600, **arguments) -> Member:
    return call(store, joint.join, "cinic", arguments, name, seconds, sample=False)[0]


@pytest.fixture
def one(any_store: Store) -> Member:
    """The first crawler, which has entered a list page and its articles."""
    member = join(any_store, "one")
    assert call(any_store, joint.seed, member) == "mine"
    call(any_store, joint.queue, member, "cinic", [(LIST, "list", 0)])
    call(any_store, joint.lease, member, [LIST])
    any_store.found("cinic", LIST, PAGES, [], member.run_id, PAGES)
    call(any_store, joint.seeded, member)
    return member


def leased(store: Store, member: Member, *pages: str) -> list[str]:
    return sorted(row.found_url for row in call(store, joint.lease, member, pages))


def test_each_page_is_given_to_one_crawler_and_once(any_store: Store, one: Member) -> None:
    two = join(any_store, "two")
    assert two.run_id == one.run_id
    assert call(any_store, joint.seed, two) == "done"
    assert leased(any_store, one, *PAGES[:2]) == PAGES[:2]
    assert leased(any_store, two, *PAGES) == PAGES[2:]
    assert leased(any_store, one, *PAGES) == []
    assert any_store.pending("cinic") == [], "nobody else is to take what living crawlers hold"
    any_store.mark_failed(PAGES[0], "fetch", "no answer")
    any_store.mark_gone(PAGES[1], 404)
    any_store.mark_unchanged(PAGES[2])
    any_store.save(Record(Article(url=PAGES[3], text="协作"), relevant=False), portal="cinic", run_id=one.run_id)
    assert call(any_store, joint.is_over, one)
    assert call(any_store, joint.queue, one, "cinic", [(url, "article", 1) for url in PAGES]) == set()


def test_what_a_dead_crawler_held_is_given_back_once(any_store: Store, one: Member) -> None:
    dead = join(any_store, "dead", seconds=-1)
    assert leased(any_store, dead, *PAGES[:2]) == PAGES[:2]
    assert [row.found_url for row in call(any_store, joint.waiting, one, 10)] == PAGES[2:]
    assert sorted(row.found_url for row in call(any_store, joint.reap, one)) == PAGES[:2]
    assert call(any_store, joint.reap, one) == []
    assert leased(any_store, one, *PAGES) == PAGES
    assert not call(any_store, joint.renew, dead, {}), "it was given up, and learns of it"
    assert call(any_store, joint.renew, one, {"new": 1})


def test_a_sign_of_life_that_comes_late_does_not_bring_back_who_has_left(any_store: Store, one: Member) -> None:
    two = join(any_store, "two")
    call(any_store, joint.leave, two, "finished", {"new": 2})
    assert call(any_store, joint.renew, two, {"new": 1})
    assert call(any_store, joint.others, one) == 0, "else the one that ends the run waits a whole lease for it"
    assert call(any_store, joint.figures, one) == [("finished", {"new": 2})]


def test_a_seeder_that_dies_is_followed_by_another(any_store: Store) -> None:
    first, second = join(any_store, "first"), join(any_store, "second")
    assert call(any_store, joint.seed, first) == "mine"
    assert call(any_store, joint.seed, second) == "another's"
    assert not call(any_store, joint.is_over, second)
    call(any_store, joint.leave, first, "shutdown", {})
    assert call(any_store, joint.seed, second) == "mine"


def test_one_crawler_ends_a_run_and_nobody_joins_it_then(any_store: Store, one: Member) -> None:
    two = join(any_store, "two")
    assert not call(any_store, joint.close, one, over=False)
    assert call(any_store, joint.close, one, over=True)
    assert not call(any_store, joint.close, two, over=True)
    assert join(any_store, "three").run_id != one.run_id
    call(any_store, joint.leave, two, "finished", {"new": 2})
    assert call(any_store, joint.others, one) == 0
    assert call(any_store, joint.figures, one) == [("finished", {"new": 2})]
    call(any_store, joint.end, one, "finished", {"new": 5})
    (ended,) = [run for run in any_store.runs() if run.run_id == one.run_id]
    assert (ended.reason, ended.counts) == ("finished", {"new": 5})
    assert len(any_store.pending("cinic")) == len(PAGES)


def test_the_last_one_ends_a_run_that_is_not_over(any_store: Store, one: Member) -> None:
    leased(any_store, one, PAGES[0])
    assert [row.found_url for row in call(any_store, joint.release, one)] == PAGES[:1]
    assert call(any_store, joint.close, one, over=False)


def test_other_arguments_are_another_run_and_what_a_run_long_dead_left_is_free(any_store: Store) -> None:
    dead = join(any_store, "dead", seconds=-2 * HOUR)
    any_store.found("cinic", LIST, PAGES, [], dead.run_id, PAGES)
    leased(any_store, dead, *PAGES[:2])
    fresh = join(any_store, "fresh")
    assert fresh.run_id != dead.run_id
    assert join(any_store, "full", full="1").run_id not in (fresh.run_id, dead.run_id)
    assert sorted(row.found_url for row in any_store.pending("cinic")) == PAGES
    assert leased(any_store, dead, *PAGES) == []


def test_a_run_that_has_finished_since_the_portal_was_found_due_is_not_begun_again(any_store: Store) -> None:
    def begins(name: str, due: datetime) -> bool:
        return call(any_store, joint.join, "cinic", {"part": "news"}, name, 600, sample=False, due=due)[1]

    found = datetime.now(UTC)
    one = join(any_store, "one", part="news")
    assert not begins("two", found), "it joins a run that is under way"
    for member in (one, replace(one, name="two")):
        call(any_store, joint.leave, member, "finished", {})
    call(any_store, joint.end, one, "finished", {})
    with pytest.raises(joint.DoneMeanwhileError, match=f"run {one.run_id} has finished"):
        begins("late", found)
    assert len(any_store.runs()) == 1
    assert begins("later", datetime.now(UTC) + timedelta(seconds=1)), "found due after its end"


def test_a_run_that_is_being_ended_is_waited_for_by_who_was_sent_to_do_what_is_due(any_store: Store) -> None:
    def comes(name: str):
        due = datetime.now(UTC) - timedelta(minutes=1)
        return call(any_store, joint.join, "cinic", {"part": "news"}, name, 600, sample=False, due=due)

    one = join(any_store, "one", part="news")
    assert call(any_store, joint.close, one, over=True)
    assert comes("two") is None
    assert call(any_store, joint.others, one) == 0, "who waits is not waited for"
    call(any_store, joint.renew, replace(one, seconds=-1), {})
    heir, begun = comes("two")
    assert (heir.run_id, begun) == (one.run_id, False), "its crawler died: it is gone on with"
    call(any_store, joint.close, heir, over=True)
    call(any_store, joint.end, heir, "finished", {})
    with pytest.raises(joint.DoneMeanwhileError):
        comes("three")
    assert [run.reason for run in any_store.runs()] == ["finished"]


@pytest.mark.parametrize(("reason", "part"), [("shutdown", "news"), ("finished", "rest")])
def test_a_run_that_did_not_finish_or_did_another_part_is_no_reason_to_begin_none(
    any_store: Store, reason: str, part: str
) -> None:
    one = join(any_store, "one", part=part)
    call(any_store, joint.leave, one, reason, {})
    call(any_store, joint.end, one, reason, {})
    due = datetime.now(UTC) - timedelta(minutes=1)
    assert call(any_store, joint.join, "cinic", {"part": "news"}, "late", 600, sample=False, due=due)[1]


def test_a_run_whose_crawlers_have_just_died_is_gone_on_with(any_store: Store) -> None:
    dead = join(any_store, "dead", seconds=-1)
    call(any_store, joint.queue, dead, "cinic", [(LIST, "list", 0)])
    call(any_store, joint.seeded, dead)
    any_store.found("cinic", LIST, PAGES, [], dead.run_id, PAGES)
    leased(any_store, dead, *PAGES[:2])
    assert call(any_store, joint.close, dead, over=True), "even when it was being ended"
    heir = join(any_store, "heir")
    assert heir.run_id == dead.run_id
    assert call(any_store, joint.seed, heir) == "done", "its list pages are not asked for again"
    assert [row.found_url for row in call(any_store, joint.waiting, heir, 10)] == PAGES[2:]
    assert sorted(row.found_url for row in call(any_store, joint.reap, heir)) == PAGES[:2]


def test_a_run_begun_long_ago_is_gone_on_with_only_while_somebody_is_at_it(any_store: Store) -> None:
    old = join(any_store, "old", seconds=-1)
    with any_store.write() as connection:
        connection.execute(update(runs).values(started_at=stamp(datetime.now(UTC) - timedelta(days=2))))
    new = join(any_store, "new")
    assert new.run_id != old.run_id
    with any_store.write() as connection:
        connection.execute(update(runs).values(started_at=stamp(datetime.now(UTC) - timedelta(days=2))))
    assert join(any_store, "another").run_id == new.run_id


def test_redirects_and_sightings_ask_the_ledger(any_store: Store, one: Member) -> None:
    assert call(any_store, joint.taken, one, PAGES[0])
    assert not call(any_store, joint.taken, one, "http://www.cinic.org.cn/other.html")
    assert call(any_store, joint.new_in, one, [PAGES[0], "http://www.cinic.org.cn/other.html"]) == {PAGES[0]}
    leased(any_store, one, PAGES[0])
    assert call(any_store, joint.drop, one) == 1
    assert not call(any_store, joint.taken, one, PAGES[0])
