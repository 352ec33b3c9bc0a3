"""How much of our gold events and figures is found as facts: the ceiling for all that is built on facts.

``python tests/scores/score_fact_recall.py [FILE.jsonl ...] [--errors]``. Without files our own gold: the sample
articles and the annotated pages of ``tests/gold``; a file holds a document a line with ``text``, ``published``,
``events`` and ``figures``. Counted once a document: places by official full name (so by code), persons by name,
organisations by name (one holding the other), amounts and counts by value and unit, dates when mentions give the first
and the last day (the first alone where the mention is open: 2016年8月起).
Optional events and figures and values under ``also`` are not asked for.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from crawler.facts import Facts, find_facts

ROOT = Path(__file__).resolve().parents[2]
KINDS = ("places", "persons", "organizations", "amounts", "counts", "dates")


def own_gold() -> Iterator[dict[str, Any]]:
    """The sample articles and ``tests/gold`` as documents with their text."""
    for path in sorted((ROOT / "crawler" / "sample" / "articles").glob("*/*.json")):
        page = tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8"))
        yield _document(path, page["title"] + "\n" + re.sub(r"‖\s*", "", page["body"]))
    for path in sorted((ROOT / "tests" / "gold").glob("*.json")):
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        yield _document(path, text)


def _document(path: Path, text: str) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    title = gold.get("title") or ""
    return {**gold, "text": text if not title or text.startswith(title) else title + "\n" + text}


def wanted(gold: dict[str, Any]) -> dict[str, set[Any]]:
    """The facts that the events and figures of one document need."""
    needs: dict[str, set[Any]] = {kind: set() for kind in KINDS}
    for event in gold.get("events", ()):
        if event.get("optional") or event.get("status") == "planned":
            continue
        for slot in ("supporting", "supported", "from", "to"):
            needs["places"] |= set(event.get(slot) or ())
        needs["persons"] |= {p["name"] for p in event.get("persons") or ()}
        needs["organizations"] |= set(event.get("organizations") or ())
        needs["amounts"] |= {float(a) for a in event.get("amounts_cny") or ()}
        if event.get("date_start"):
            needs["dates"].add((event["date_start"], event["date_end"]))
    for figure in gold.get("figures", ()):
        if not figure.get("optional"):
            kind = "amounts" if figure["unit"] in ("CNY", "元") else "counts"
            needs[kind].add(float(figure["value"]) if kind == "amounts" else (float(figure["value"]), figure["unit"]))
    return needs


def has(facts: Facts, kind: str, item: Any) -> bool:
    """Whether the facts hold one wanted item."""
    if kind == "places":
        return any(p.unit is not None and p.name == item for p in facts.places)
    if kind == "persons":
        return any(p.name == item and not p.cited for p in facts.people)
    if kind == "organizations":
        return any(item in o.canonical or o.canonical in item or o.name in item for o in facts.organizations)
    if kind == "amounts":
        return any(q.unit == "CNY" and abs(q.value - item) < 0.5 for q in facts.quantities)
    if kind == "counts":
        value, unit = item
        return any(abs(q.value - value) < 1e-6 and _same_unit(q.unit, unit) for q in facts.quantities)
    start, end = item
    known = [d for d in facts.dates if d.precision != "none"]
    if start == end and any(d.date_start == start and d.precision == "period" for d in known):
        return True  # 2016年8月起: the date is known, the period stays open
    return any(d.date_start == start for d in known) and any(d.date_end == end for d in known)


def _same_unit(found: str, gold: str) -> bool:
    return found == gold or (found[:1] == gold[:1] == "个") or found.removeprefix("余") == gold


def score(documents: Iterable[dict[str, Any]], errors: list[str] | None = None) -> dict[str, tuple[int, int]]:
    """Found and wanted items of each kind."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for gold in documents:
        facts = find_facts(gold["text"], published=gold.get("published"), home=gold.get("home"))
        for kind, items in wanted(gold).items():
            for item in items:
                total[kind] += 1
                if has(facts, kind, item):
                    right[kind] += 1
                elif errors is not None:
                    errors.append(f"{gold['id']:20} {kind:13} {item}")
    return {kind: (right[kind], total[kind]) for kind in KINDS}


def main() -> None:
    files = [a for a in sys.argv[1:] if not a.startswith("-")]
    documents = (
        (json.loads(line) for name in files for line in Path(name).read_text(encoding="utf-8").splitlines())
        if files
        else own_gold()
    )
    errors: list[str] | None = [] if "--errors" in sys.argv else None
    counts = score(documents, errors)
    for kind, (right, total) in counts.items():
        print(f"fact recall {kind:13} {right:>5} of {total:>5}  {right / total if total else 1.0:.3f}")
    right, total = (sum(c[i] for c in counts.values()) for i in (0, 1))
    print(f"fact recall {'all':13} {right:>5} of {total:>5}  {right / total if total else 1.0:.3f}")
    for line in errors or ():
        print(line)


if __name__ == "__main__":
    main()
