"""Happenings put together anew in their neighbourhood are those of putting everything together anew."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from sqlalchemy import select
from test_store_order import pages, without_history

from crawler.store import Store, regrouping, retelling, tellings
from crawler.store.schema import event_sources, mention_links


def steps(chance: random.Random, count: int = 40) -> list[tuple[str, object]]:
    """Saves, pages that say something else later, pages forgotten."""
    records = pages(chance, count)
    made: list[tuple[str, object]] = [("save", one) for one in records]
    for _ in range(12):
        one, other = chance.sample(records, 2)
        made.append(("save", replace(other, article=replace(other.article, url=one.article.url))))
    for one in chance.sample(records, 4):
        made.append(("forget", one.article.url))
    late = made[24:]
    chance.shuffle(late)
    return made[:24] + late


def walk(store: Store, made: list[tuple[str, object]]) -> list[str]:
    gone = set()
    for what, given in made:
        if what == "forget":
            gone.add(given)
            store.forget_page(given, None)
        elif given.article.url not in gone:
            store.save(given, portal="p")
    return store.dump()


@pytest.mark.parametrize("seed", range(4))
def test_what_is_not_read_would_not_have_changed(make_store, monkeypatch, seed: int) -> None:
    made = steps(random.Random(seed))
    read: list[int] = []
    apart = regrouping._apart

    def counted(clusters):
        read.append(sum(map(len, clusters)))
        return apart(clusters)

    monkeypatch.setattr(regrouping, "_apart", counted)
    near = walk(make_store(), made)
    local, read[:] = sum(read), []
    monkeypatch.setattr(retelling, "_joined", lambda *_: None)
    monkeypatch.setattr(
        regrouping, "_apart", lambda clusters: {one.event_id for cluster in clusters for one in cluster if one.event_id}
    )
    assert walk(make_store(), made) == near
    assert local > 0


@pytest.mark.parametrize("seed", [5, 6])
def test_after_changes_and_forgetting_it_is_as_if_only_the_rest_had_come(make_store, seed: int) -> None:
    """Against a database built from scratch out of what stands in the end, in another order."""
    chance = random.Random(seed)
    made = steps(chance)
    gone = {given for what, given in made if what == "forget"}
    last = {given.article.url: given for what, given in made if what == "save"}
    rest = [one for url, one in last.items() if url not in gone]
    chance.shuffle(rest)
    lived, fresh = make_store(), make_store()
    for one in rest:
        fresh.save(one, portal="p")
    kept = [line for line in without_history(walk(lived, made)) if '"record": "url"' not in line]
    assert kept == [line for line in without_history(fresh.dump()) if '"record": "url"' not in line]


@pytest.mark.parametrize("seed", range(7, 11))
def test_spare_links_join_what_better_ones_have_joined(make_store, monkeypatch, seed: int) -> None:
    made = steps(random.Random(seed), 70)
    store = make_store()
    lived = walk(store, made)
    with store.read() as connection:
        spare = connection.scalars(select(mention_links.c.spare)).all()
    assert 0 < sum(spare) < len(spare)

    monkeypatch.setattr(tellings, "joining", tellings.links_of)
    assert walk(make_store(), made) == lived


@pytest.mark.parametrize("seed", range(11, 14))
def test_an_event_holds_together_by_the_links_that_are_not_spare(make_store, seed: int) -> None:
    """At every likeness, so that it is known when each report joined."""
    store = make_store()
    walk(store, steps(random.Random(seed), 70))
    home, link = event_sources.alias("home"), mention_links.c
    other = event_sources.alias("other")
    query = (
        select(home.c.event_id, link.a, link.b, link.score, link.spare)
        .join(home, home.c.mention == link.a)
        .join(other, (other.c.mention == link.b) & (other.c.event_id == home.c.event_id))
    )
    with store.read() as connection:
        rows = connection.execute(query).all()
    assert any(row.spare for row in rows)
    for spared in (row for row in rows if row.spare):
        reached, grown = {spared.a}, True
        while grown:
            near = {
                end
                for row in rows
                if not row.spare and row.score >= spared.score and {row.a, row.b} & reached
                for end in (row.a, row.b)
            }
            grown = not near <= reached
            reached |= near
        assert spared.b in reached
