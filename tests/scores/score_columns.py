"""Columns beside the slots of events, on our own gold articles and on what ``labels-heldout.tsv`` says of them besides.

Persons are counted inside matched events and matched names, money inside matched events, figures inside matched values.
A value that stands where nothing is said (done, takes part, no) is not counted, only the others: it would hide them.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

from score_events import GOLD, Json, Tally, match

from crawler.events import extract
from crawler.model import Article, Event, Figure

NAMES = ("relevant", "titles", "sides", "periods", "running totals")
LABELLED = ("background", "roles", "what is counted", "meanings")
LABELS, APPROXIMATE, STATUS = (GOLD / name for name in ("labels-heldout.tsv", "approx.tsv", "status.tsv"))
TITLE = "东西部协作动态"
_NEWS = "6月1日,江苏省南京市鼓楼区与陕西省商洛市商南县召开东西部协作联席会议。\n"
"""Stands before each report of ``approx.tsv``: a page that only tells totals is not taken for news of aid."""
_DEFAULTS = ("takes_part", "unstated")


def score(path: Path) -> dict[str, Tally]:
    """The tallies of one gold article, by name; those of ``LABELLED`` are empty where nobody labelled it."""
    gold: Json = json.loads(path.read_text(encoding="utf-8"))
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    article = Article(url="", text=text, title=gold["title"], published=gold["published"])
    got = extract(article, home=gold.get("home"), keep_private=True)
    events = [event for event in got.events if event.status != "planned"]
    tallies: dict[str, Tally] = defaultdict(Tally)
    _enter(tallies["relevant"], gold["relevant"] or None, got.relevant or None)
    labels = [row for row in _table(LABELS) if row["article"] == path.stem]
    said = {(row["column"], row["item"]): row["label"] for row in labels}
    for i, j in match(gold["events"], events):
        _persons(tallies, gold["events"][i], events[j], said, i)
        _enter(tallies["background"], ("background", str(i)) in said or None, events[j].background or None)
    _figures(tallies, gold.get("figures", []), list(got.figures), said)
    wanted = [row for row in labels if row["column"] == "status"]
    tallies["status"] = _status(text, wanted, [event for event in got.events if event.status != "done"])
    return tallies


def _persons(tallies: dict[str, Tally], gold: Json, event: Event, said: dict[tuple[str, str], str], i: int) -> None:
    found = {person.name: person for person in event.persons}
    for k, wanted in enumerate(gold["persons"]):
        if (person := found.get(wanted["name"])) is not None:
            title, told = wanted["title"] or said.get(("title", f"{i}.{k}")), person.title
            agreed = bool(title and told and (title in told or told in title))
            _enter(tallies["titles"], title, title if agreed else told)
            _enter(tallies["sides"], wanted["side"] or said.get(("side", f"{i}.{k}")), person.side)
            _enter_label(tallies["roles"], said.get(("role", f"{i}.{k}")), person.role)
    meanings = {amount.value_cny: amount.meaning for amount in event.amounts}
    for k, value in enumerate(gold.get("amounts_cny", [])):
        if value in meanings:
            _enter_label(tallies["meanings"], said.get(("amount", f"{i}.{k}")), meanings[value])


def _figures(
    tallies: dict[str, Tally], golds: list[Json], left: list[Figure], said: dict[tuple[str, str], str]
) -> None:
    for k, wanted in enumerate(golds):
        value, unit, item = wanted["value"], wanted["unit"], str(k)
        hit = next((f for f in left if abs(f.value - value) < 1e-6 and (f.unit in unit or unit in f.unit)), None)
        if hit is not None:
            left.remove(hit)
            _enter_label(tallies["periods"], wanted["period"] or said.get(("period", item), "unstated"), hit.period)
            running = wanted["cumulative"] or ("cumulative", item) in said
            _enter(tallies["running totals"], running or None, hit.cumulative or None)
            _enter(tallies["approximate"], ("approx", item) in said or None, hit.approx or None)
            what = wanted["what"] or said.get(("what", item))
            _enter(tallies["what is counted"], what, what if what and _same_thing(what, hit.what) else hit.what or None)
            _enter_label(tallies["meanings"], said.get(("meaning", item)), hit.meaning)


def approximate() -> list[Tally]:
    """The tallies of the reports of ``approx.tsv``: figures found by their value that are said to be about so much."""
    tallies = []
    for case in _table(APPROXIMATE):
        article = Article(url="", text=_NEWS + case["text"], title=TITLE, published=case["published"])
        found = {figure.value: figure.approx for figure in extract(article).figures}
        tally = Tally()
        for told in case["figures"].split():
            if (value := float(told.rstrip("~"))) in found:
                _enter(tally, told.endswith("~") or None, found[value] or None)
        tallies.append(tally)
    return tallies


def status() -> list[Tally]:
    """The tallies of the short reports of ``status.tsv``: what is agreed or planned, by type."""
    tallies = []
    for case in _table(STATUS):
        article = Article(url="", text=case["text"], title=TITLE, published=case["published"])
        left = [event for event in extract(article).events if event.status != "done"]
        tally = Tally(0, len(left), len(case["events"].split()))
        for told in case["events"].split():
            value, types = told.split(":")
            hit = next((e for e in left if e.status == value and e.type in types.split("|")), None)
            tally.right += hit is not None
            left = [event for event in left if event is not hit]
        tallies.append(tally)
    return tallies


def _same_thing(wanted: str, got: str) -> bool:
    """One holds the other, or both end in the same two characters: 投入协作资金 and 援助资金 are both 资金."""
    short, long = sorted((wanted, got), key=len)
    return wanted == got or (len(short) > 1 and (short in long or short[-2:] == long[-2:]))


def _status(text: str, labels: list[Json], events: list[Event]) -> Tally:
    """What is agreed or planned: found when status and type agree and its evidence overlaps the words labelled."""
    tally = Tally(0, len(events), len(labels))
    for label in labels:
        start = text.index(label["words"])
        end = start + len(label["words"])
        for event in events:
            touches = any(span.start < end and start < span.end for span in event.evidence)
            if event.status == label["label"] and event.type in label["item"].split("|") and touches:
                events = [other for other in events if other is not event]
                tally.right += 1
                break
    return tally


def _enter_label(tally: Tally, label: str | None, got: str | None) -> None:
    """Count one value of a closed list against its label (``a|b``: either will do), None when nobody labelled it."""
    allowed = [None if value in _DEFAULTS else value for value in label.split("|")] if label else []
    found = None if got in _DEFAULTS else got
    if allowed:
        _enter(tally, found if found in allowed else allowed[0], found)


def _enter(tally: Tally, wanted: Any, got: Any) -> None:
    """Count one value, None when there is none."""
    tally.add(Tally(wanted is not None and wanted == got, got is not None, wanted is not None))


@cache
def _table(path: Path) -> list[Json]:
    lines = [row for row in path.read_text(encoding="utf-8").splitlines() if not row.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True))
