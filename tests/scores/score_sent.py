"""The column ``people_sent`` on our own labelled reports (tests/gold/sent.tsv), read as an export reads them."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

from score_events import Tally, line

from crawler.events import extract
from crawler.exports.sent import people_sent
from crawler.model import Article
from crawler.schema import event_to_json

CASES = Path(__file__).resolve().parents[1] / "gold" / "sent.tsv"
TITLE = "东西部协作动态"
"""Every report stands under it: whether a page is about aid at all is measured elsewhere."""


def cases() -> list[dict[str, str]]:
    """The labelled reports."""
    lines = [row for row in CASES.read_text(encoding="utf-8").splitlines() if not row.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True))


def found(case: dict[str, str]) -> list[int | None]:
    """The number that each personnel event of one report gets, or None."""
    article = Article(url="", text=case["text"], title=TITLE, published=case["published"])
    events = extract(article, home=case["home"] or None).events
    return [people_sent(case["text"], event_to_json(event)) for event in events if event.type == "personnel"]


def score(case: dict[str, str], *, whole: bool = False) -> Tally:
    """Numbers right, found and wanted in the events found; with ``whole`` those of missed events are wanted, too."""
    events = found(case)
    got, wanted = Counter(n for n in events if n is not None), Counter(map(int, case["sent"].split()))
    return Tally((got & wanted).total(), got.total(), wanted.total() if events or whole else 0)


def main() -> None:
    """Print the score, and with ``--verbose`` each case that is wrong."""
    for whole, name in ((False, "in the events found"), (True, "missed events included")):
        tallies = [score(case, whole=whole) for case in cases()]
        print(f"people sent, {name}: {len(tallies)} reports  {line(tallies)}")
    if "--verbose" in sys.argv:
        for case in cases():
            tally = score(case)
            if not tally.right == tally.predicted == tally.wanted:
                print(f"  {case['case']}: {found(case)} for [{case['sent']}]  {case['text']}")


if __name__ == "__main__":
    main()
