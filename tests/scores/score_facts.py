"""Scores of the fact finders on our own labelled sentences, per split (``--errors`` lists the wrong).

A date is right with the right first and last day at the right place in the text, a person with the right name, a
quantity with the right value and unit. Developed-on sentences shaped the rules, bugs were caught on the way; held-out
ones were written blind, and a held-out error that was looked at and mended became a developed-on sentence or a bug.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from crawler.facts import find_dates, find_organizations, find_people, find_quantities

CASES = Path(__file__).parent.parent / "facts" / "cases"
SPLITS = ("developed", "heldout", "blind", "blind2", "blind3", "bugs")


def cases(kind: str, split: str) -> list[dict]:
    lines = (CASES / f"{kind}_{split}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line]


def dates(case: dict) -> tuple[list, list]:
    found = [
        (
            d.date_start,
            None if d.precision == "none" else d.date_end,
            _slot(case["text"], case["dates"], d.start, d.end),
        )
        for d in find_dates(case["text"], published=case["published"])
    ]
    return [(d["start"], d["end"], d["quote"]) for d in case["dates"]], found


def _slot(text: str, labels: Iterable[dict], start: int, end: int) -> str:
    """The label whose quote the found span touches, else the found text itself."""
    for label in labels:
        at = text.find(label["quote"])
        while at >= 0:
            if at < end and start < at + len(label["quote"]):
                return label["quote"]
            at = text.find(label["quote"], at + 1)
    return text[start:end]


def people(case: dict) -> tuple[list, list]:
    return [p["name"] for p in case["people"]], [p.name for p in find_people(case["text"])]


def quantities(case: dict) -> tuple[list, list]:
    return [(q["value"], q["unit"]) for q in case["quantities"]], [
        (q.value, q.unit) for q in find_quantities(case["text"])
    ]


def organizations(case: dict) -> tuple[list, list]:
    return case["organizations"], list(dict.fromkeys(o.name for o in find_organizations(case["text"])))


READERS: dict[str, Callable[[dict], tuple[list, list]]] = {
    "dates": dates,
    "people": people,
    "quantities": quantities,
    "organizations": organizations,
}


def splits(kind: str) -> list[str]:
    """The splits a kind has sentences for."""
    return [split for split in SPLITS if (CASES / f"{kind}_{split}.jsonl").exists()]


def score(kind: str, split: str, errors: list[str] | None = None) -> tuple[float, float, float, int]:
    """Precision, recall, F1 and the number of sentences."""
    right = wanted = given = 0
    rows = cases(kind, split)
    for case in rows:
        gold, found = (Counter(side) for side in READERS[kind](case))
        right += (gold & found).total()
        wanted += gold.total()
        given += found.total()
        if errors is not None and gold != found:
            errors.append(f"{kind} {split}: {case['text']}\n    missed {list(gold - found)} extra {list(found - gold)}")
    precision, recall = right / given if given else 1.0, right / wanted if wanted else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0, len(rows)


def titles(split: str) -> float:
    """Share of found people whose title is printed exactly as labelled."""
    right = total = 0
    for case in cases("people", split):
        found = {(p.name, p.title) for p in find_people(case["text"])}
        names = {name for name, _ in found}
        for person in case["people"]:
            if "title" in person and person["name"] in names:
                total += 1
                right += (person["name"], person["title"]) in found
    return right / total if total else 1.0


def flags(split: str) -> float:
    """Share of found quantities with the right ``approx`` and ``ordinal``."""
    right = total = 0
    for case in cases("quantities", split):
        found = {(q.value, q.unit): (q.approx, q.ordinal) for q in find_quantities(case["text"])}
        for label in case["quantities"]:
            if (label["value"], label["unit"]) in found:
                total += 1
                right += found[label["value"], label["unit"]] == (label["approx"], label["ordinal"])
    return right / total if total else 1.0


def main() -> None:
    errors: list[str] | None = [] if "--errors" in sys.argv else None
    print(f"{'facts':<13} {'split':<10} {'cases':>5} {'precision':>9} {'recall':>7} {'F1':>6}")
    for kind in READERS:
        for split in splits(kind):
            precision, recall, f1, count = score(kind, split, errors)
            more = (
                f"  titles {titles(split):.3f}"
                if kind == "people"
                else f"  flags {flags(split):.3f}"
                if kind == "quantities"
                else ""
            )
            print(f"{kind:<13} {split:<10} {count:>5} {precision:>9.3f} {recall:>7.3f} {f1:>6.3f}{more}")
    for line in errors or []:
        print(line)


if __name__ == "__main__":
    main()
