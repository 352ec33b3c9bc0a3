"""Whatever the order of arrival, and whatever stood on the pages before, the database says the same in the end."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest

from crawler.model import Amount, Article, Event, EventPerson, Evidence, Record
from crawler.store import Store, retelling

DAYS = [f"2018-03-{day}" for day in range(10, 20)] + ["2018-03", "2018", "--03-14", None]
GIVERS = ["广东省深圳市盐田区", "广东省深圳市", "广东省"]
GETTERS = ["广西壮族自治区百色市凌云县", "广西壮族自治区百色市", "广西壮族自治区百色市乐业县"]
PEOPLE = ["韦朗诚", "邹启明", "沈国梁", "汤雪峰"]
WORDS = [a + b for a in "扶贫协作产业劳务培训教育医疗消费" for b in "交流对接调研座谈签约推进落实"]


def pages(chance: random.Random, count: int = 24) -> list[Record]:
    """Articles with overlapping vague and precise mentions; a third are copies, some of them cut or reworded."""
    made, texts = [], []
    for number in range(count):
        if texts and chance.random() < 0.35:
            text = chance.choice(texts)
            text = chance.choice([text, text[:-15], text + "（记者）", text.replace("扶贫", "帮扶")])
        else:
            body = "，".join("".join(chance.choices(WORDS, k=5)) for _ in range(15))
            text = f"{body}，投入{chance.randint(100, 999)}万元，培训{chance.randint(10, 99)}人"
        texts.append(text)
        events = tuple(mention(chance, text, place) for place in range(chance.randint(0, 3)))
        credit = chance.choice([None, None, "某报"])
        article = Article(f"http://x.gov.cn/{number}.html", text, published="2018-03-20", reprinted_from=credit)
        made.append(Record(article, bool(events), events))
    return made


def mention(chance: random.Random, text: str, place: int) -> Event:
    start = chance.choice(DAYS)
    to_the_end = start is not None and len(start) == 10 and chance.random() < 0.3
    return Event(
        id=f"m{place}",
        type=chance.choice(["visit", "donation"]),
        date_start=start,
        date_end="2018-03-19" if to_the_end else start,
        date_precision="day",
        supporting=tuple(chance.sample(GIVERS, chance.randint(0, 1))),
        supported=tuple(chance.sample(GETTERS, chance.randint(0, 2))),
        persons=tuple(
            EventPerson(name, chance.choice(["书记", None]), chance.choice(["supporting", "supported", None]))
            for name in chance.sample(PEOPLE, chance.randint(0, 2))
        ),
        amounts=tuple(Amount(value, None, False, "") for value in chance.sample([1e5, 2e5], chance.randint(0, 1))),
        evidence=(Evidence("type", text[: 4 + place], 0, 4 + place),),
    )


def save(store: Store, records: list[Record]) -> list[str]:
    for record in records:
        store.save(record, portal="p")
    return store.dump()


@pytest.mark.parametrize("seed", [1, 2])
def test_order_and_history_leave_no_trace(make_store, seed: int) -> None:
    chance = random.Random(seed)
    records = pages(chance)
    straight = save(make_store(), records)
    assert any('"relation": "' in line for line in straight)
    assert any('"record": "event"' in line and '"articles": 3' in line for line in straight)

    shuffled = records[:]
    chance.shuffle(shuffled)
    assert save(make_store(), shuffled) == straight

    store = make_store()
    for record in records[::3]:
        other = chance.choice(records)
        store.save(replace(other, article=replace(other.article, url=record.article.url)), portal="p")
    assert without_history(save(store, records)) == without_history(straight)


@pytest.mark.parametrize("seed", [3, 4])
def test_joining_a_happening_says_what_putting_all_together_anew_would(make_store, monkeypatch, seed: int) -> None:
    records = pages(random.Random(seed), 40)
    taken: list[bool] = []
    short_way = retelling._joined

    def counted(*given: object) -> object:
        taken.append((joined := short_way(*given)) is not None)
        return joined

    monkeypatch.setattr(retelling, "_joined", counted)
    joined = save(make_store(), records)
    assert 5 < sum(taken) < len(taken), "both ways were gone"
    monkeypatch.setattr(retelling, "_joined", lambda *_: None)
    assert save(make_store(), records) == joined


def without_history(dump: list[str]) -> list[str]:
    records = [json.loads(line) for line in dump]
    kept = [record | {"revision": 0} for record in records if record["record"] != "revision"]
    return sorted(json.dumps(record, sort_keys=True) for record in kept)
