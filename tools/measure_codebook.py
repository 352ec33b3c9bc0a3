"""Write crawler/exports/data/scores.tsv: precision and recall of each field on the held-out gold articles.

Run from the root: python tools/measure_codebook.py. Intervals: 1,000 resamples of the articles, 95 %, fixed seed.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "scores"))

from score_events import GOLD, SLOTS, Tally, score  # noqa: E402

HEADER = (
    "score\tarticles\tprecision\tprecision_low\tprecision_high\trecall\trecall_low\trecall_high\tright\tfound\twanted"
)


def main() -> None:
    """Measure and write."""
    scores = [score(path) for path in sorted(GOLD.glob("heldout-*.json"))]
    lines = ["# Measured by tools/measure_codebook.py on the held-out articles of tests/gold.", HEADER]
    for name in ("events", "exact dates", *SLOTS, "figures"):
        tallies = [item.tallies[name] for item in scores]
        whole = _sum(tallies)
        chance, precisions, recalls = random.Random(7), [], []
        for _ in range(1000):
            drawn = _sum(chance.choices(tallies, k=len(tallies)))
            precisions += [drawn.right / drawn.predicted] if drawn.predicted else []
            recalls += [drawn.right / drawn.wanted] if drawn.wanted else []
        figures = (
            *_shown(whole.right / whole.predicted, precisions),
            *_shown(whole.right / whole.wanted, recalls),
            f"{whole.right:g}",
            f"{whole.predicted:g}",
            f"{whole.wanted:g}",
        )
        lines.append("\t".join((name, str(len(scores)), *figures)))
    path = ROOT / "crawler" / "exports" / "data" / "scores.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _sum(tallies: list[Tally]) -> Tally:
    whole = Tally()
    for tally in tallies:
        whole.add(tally)
    return whole


def _shown(value: float, drawn: list[float]) -> tuple[str, str, str]:
    drawn.sort()
    low, high = drawn[int(0.025 * len(drawn))], drawn[int(0.975 * len(drawn)) - 1]
    return f"{value:.2f}", f"{low:.2f}", f"{high:.2f}"


if __name__ == "__main__":
    main()
