"""Beneficiaries and pupils are masked in events; officers are not; quotes keep the text."""

from crawler.events import extract
from crawler.events.finishing import shown
from crawler.facts import find_people
from crawler.model import Article

TEXT = (
    "6月2日,福建省福州市马尾区委副书记田牧野率代表团赴甘肃省定西市岷县考察东西部协作工作,"
    "看望了贫困户包喜娃、学生欧阳小燕,定西市岷县副县长路长青陪同。"
)


def names(*, keep_private: bool) -> set[str]:
    found = extract(Article(url="", text=TEXT, published="2021-06-30"), keep_private=keep_private)
    for event in found.events:
        assert all(TEXT[q.start : q.end] == q.quote for q in event.evidence)
    return {person.name for event in found.events for person in event.persons}


def test_private_people_are_known_by_their_surname_alone() -> None:
    people = {p.name: p for p in find_people(TEXT)}
    private = {name for name, person in people.items() if person.private}
    assert "包喜娃" in private
    assert shown(people["包喜娃"]) == "包某某"
    assert shown(people["路长青"]) == "路长青"
    masked = names(keep_private=False)
    assert not masked & private
    assert {"田牧野", "路长青"} <= masked


def test_the_argument_keeps_them() -> None:
    kept, masked = names(keep_private=True), names(keep_private=False)
    assert len(kept) == len(masked)
    assert {"田牧野", "路长青"} <= kept
    private = {p.name for p in find_people(TEXT) if p.private}
    assert {name for name in kept if name not in masked} <= private
