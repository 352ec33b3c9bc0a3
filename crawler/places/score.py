"""Score ``find_places`` on labelled sentences: ``python -m crawler.places.score FILE.jsonl [--verbose]``.

A line holds ``text``, ``on``, optionally ``home``, and ``places``: ``start``, ``quote``, ``name`` (null where the place
must stay open) and ``inside: "organisation"`` where it is part of a name. A mention is right when span, name and that
mark are.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.places.find import find_places

Mention = tuple[int, str, str | None, bool]


@dataclass(frozen=True)
class Score:
    """Counts over all mentions; ``cases`` labelled texts, ``perfect`` of them without any error."""

    right: int
    found: int
    wanted: int
    cases: int
    perfect: int

    @property
    def precision(self) -> float:
        """Share of found mentions that are right."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of wanted mentions that are found."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def read_cases(path: Path) -> list[dict[str, Any]]:
    """The labelled cases of a JSON-lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def wanted(case: dict[str, Any]) -> set[Mention]:
    """The labelled mentions of a case."""
    return {(p["start"], p["quote"], p["name"], p.get("inside") == "organisation") for p in case["places"]}


def found(case: dict[str, Any]) -> set[Mention]:
    """What ``find_places`` says of a case, in the same form."""
    mentions = find_places(case["text"], on=case.get("on"), home=case.get("home"))
    return {(m.start, m.quote, m.name if m.unit else None, m.basis == "organisation") for m in mentions}


def score(cases: Iterable[dict[str, Any]], *, verbose: bool = False) -> Score:
    """Compare over all cases; ``verbose`` prints every difference."""
    right = have = want = count = perfect = 0
    for case in cases:
        gold, got = wanted(case), found(case)
        right, have, want, count = right + len(gold & got), have + len(got), want + len(gold), count + 1
        perfect += gold == got
        if verbose and gold != got:
            print(case["id"], case["text"])
            for mark, part in (("  missed", gold - got), ("  extra ", got - gold)):
                for item in sorted(part):
                    print(mark, *item)
    return Score(right, have, want, count, perfect)


def main(arguments: list[str]) -> int:
    """Print one line of figures a file."""
    names = [a for a in arguments if not a.startswith("-")]
    if not names:
        print("usage: python -m crawler.places.score FILE.jsonl ... [--verbose]", file=sys.stderr)
        return 2
    for name in names:
        s = score(read_cases(Path(name)), verbose="--verbose" in arguments)
        print(
            f"places {Path(name).stem:10} {s.cases:4} cases {s.wanted:4} mentions"
            f"  P {s.precision:.3f}  R {s.recall:.3f}  F1 {s.f1:.3f}  perfect {s.perfect}/{s.cases}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
