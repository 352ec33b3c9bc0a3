"""The account given of each event: quotes in context, rules and rows, what lost."""

import json
import re
from pathlib import Path

import pytest

from crawler.events import explain, extract
from crawler.model import Article

GOLD = Path(__file__).resolve().parents[1] / "gold"


def test_every_field_is_explained_with_its_quote_and_row() -> None:
    text = "6月2日,山东省青岛市城阳区委副书记柴立人率代表团赴甘肃省定西市临洮县考察东西部协作工作。"
    lines = "\n".join(explain(Article(url="", text=text, published="2021-06-30")))
    assert "【赴甘肃省定西市临洮县】" in lines
    assert "lexicon.tsv:" in lines
    assert "rule: official tie" in lines
    assert "柴立人" in lines
    assert "2021-06-02..2021-06-02 (day)" in lines


def test_what_was_set_aside_says_why() -> None:
    text = "山东省青岛市城阳区与甘肃省定西市临洮县开展东西部协作。企业落户产业园项目开工。"
    lines = list(explain(Article(url="", text=text)))
    assert any(line.startswith("set aside") and "cannot be placed in time" in line for line in lines)


@pytest.mark.parametrize("path", sorted(GOLD.glob("*.json")), ids=lambda path: path.stem)
def test_gold_is_well_formed_and_every_quote_of_ours_is_true(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    assert all(event["evidence"] in text for event in gold["events"])
    assert all(figure["span"] in text for figure in gold["figures"])
    article = Article(url="", text=text, title=gold["title"], published=gold["published"])
    found = extract(article)
    for event in found.events:
        assert event.evidence
        assert all(text[q.start : q.end] == q.quote for q in event.evidence)
    assert all(text[f.start : f.end] == f.quote for f in found.figures)
    assert found.relevant or not [e for e in found.events if e.status != "planned"]


def test_the_example_of_the_docs_is_what_is_printed() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "events.md").read_text(encoding="utf-8")
    text, shown = re.findall(r"^```text\n(.*?)^```", page[page.index("## Explaining") :], re.DOTALL | re.MULTILINE)
    lines = list(explain(Article(url="", text=text.strip())))
    ids = re.compile(r"event 2  [0-9a-f]{16}")
    told = [ids.sub("event 2", line) for line in lines]
    assert all(ids.sub("event 2", line) in told for line in shown.splitlines())
