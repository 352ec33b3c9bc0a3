"""The codebook explains every column, in both languages, and the pages of docs/ are what the code makes."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from crawler.exports.codebook import PAGES, codebook
from crawler.exports.columns import all_columns, rows, values

DOCS = Path(__file__).parents[2] / "docs"
GOLD = Path(__file__).parents[1] / "gold"


@pytest.mark.parametrize("language", PAGES)
def test_every_exported_column_is_in_the_codebook(language: str) -> None:
    page = (DOCS / PAGES[language]).read_text("utf-8")
    sections = {part.split("`")[0]: part for part in page.split("\n## `")[1:]}
    missing = [f"{c.table}.{c.name}" for c in all_columns() if f"**`{c.name}`**" not in sections[c.table]]
    assert missing == [], "add the column to columns.tsv, then: python tools/build_codebook.py"


@pytest.mark.parametrize("language", PAGES)
def test_the_pages_are_up_to_date(language: str) -> None:
    page = (DOCS / PAGES[language]).read_text("utf-8")
    assert page == codebook(language), "run: python tools/build_codebook.py"


def test_every_column_is_labelled_in_both_languages() -> None:
    for column in all_columns():
        assert column.en, column
        assert column.zh, column
        assert bool(column.found_en) == bool(column.found_zh), column
        assert bool(column.cases_en) == bool(column.cases_zh), column
        assert len(column.name) <= 32, "Stata's limit"
        assert len(column.en) <= 80, "Stata's limit"
    names = [(c.table, c.name) for c in all_columns()]
    assert len(names) == len(set(names))


def test_further_labels_speak_of_what_the_gold_holds() -> None:
    labels = (GOLD / "labels-heldout.tsv").read_text(encoding="utf-8").splitlines()
    for row in csv.DictReader((x for x in labels if not x.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE):
        gold = json.loads((GOLD / f"{row['article']}.json").read_text(encoding="utf-8"))
        if row["column"] == "status":
            assert row["words"] in (GOLD / f"{row['article']}.txt").read_text(encoding="utf-8")
            continue
        first, *second = map(int, row["item"].split("."))
        part = {"amount": "amounts_cny"}.get(row["column"], "persons")
        if second:
            assert second[0] < len(gold["events"][first][part]), row
        else:
            assert first < len(gold["events" if row["column"] == "background" else "figures"]), row


def test_every_column_is_measured_or_says_why_not() -> None:
    reasons = {value.value for value in values("measure")}
    for column in all_columns():
        assert bool(column.score) != (column.unscored in reasons), f"{column.table}.{column.name}"
    assert {c.unscored for c in all_columns()} - {""} == reasons


def test_measured_fields_show_precision_and_recall_with_intervals() -> None:
    used = {c.score for c in all_columns()} - {""}
    assert used == {row["score"] for row in rows("scores.tsv")}
    for row in rows("scores.tsv"):
        assert float(row["precision_low"]) <= float(row["precision"]) <= float(row["precision_high"])
        assert float(row["recall_low"]) <= float(row["recall"]) <= float(row["recall_high"])
        assert row["precision"] == f"{int(row['right']) / int(row['found']):.2f}"
