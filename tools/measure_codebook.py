"""Write crawler/exports/data/scores.tsv: precision and recall of each field on the held-out gold articles.

Authors, scripts and reprint notes are measured on the bundled sample pages, which the reader was tuned on.

Run from the root: python tools/measure_codebook.py. Intervals: 1,000 resamples of the articles, 95 %, fixed seed.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "scores"))

import score_columns  # noqa: E402
import score_events  # noqa: E402
import score_pages  # noqa: E402
import score_sent  # noqa: E402
from score_events import GOLD, SLOTS, Tally  # noqa: E402

HEADER = (
    "score\tarticles\tprecision\tprecision_low\tprecision_high\trecall\trecall_low\trecall_high\tright\tfound\twanted"
)


def main() -> None:
    """Measure and write."""
    paths = sorted(GOLD.glob("heldout-*.json"))
    scores = [score_events.score(path) for path in paths]
    told = "# Measured by tools/measure_codebook.py on the held-out articles and reports of tests/gold and the sample."
    lines = [told, HEADER]
    for name in ("events", "exact dates", *SLOTS, "figures"):
        lines.append(_row(name, [item.tallies[name] for item in scores]))
    besides = [score_columns.score(path) for path in paths]
    for name in (*score_columns.NAMES, *score_columns.LABELLED):
        lines.append(_row(name, [tallies[name] for tallies in besides]))
    lines.append(_row("approximate", [*(tallies["approximate"] for tallies in besides), *score_columns.approximate()]))
    lines.append(_row("status", [*(tallies["status"] for tallies in besides), *score_columns.status()]))
    pages = score_pages.scores()
    lines += [_row(name, [tallies[name] for tallies in pages]) for name in score_pages.NAMES]
    reports = [case for case in score_sent.cases() if case["case"].startswith("heldout-")]
    lines.append(_row("people sent", [score_sent.score(case) for case in reports]))
    path = ROOT / "crawler" / "exports" / "data" / "scores.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _row(name: str, tallies: list[Tally]) -> str:
    """One line of the table: the score of all ``tallies`` with intervals over them."""
    whole = _sum(tallies)
    chance, precisions, recalls = random.Random(7), [], []
    for _ in range(1000):
        drawn = _sum(chance.choices(tallies, k=len(tallies)))
        precisions += [drawn.right / drawn.predicted] if drawn.predicted else []
        recalls += [drawn.right / drawn.wanted] if drawn.wanted else []
    shown = (*_shown(whole.right / whole.predicted, precisions), *_shown(whole.right / whole.wanted, recalls))
    return "\t".join(
        (name, str(len(tallies)), *shown, *(f"{n:g}" for n in (whole.right, whole.predicted, whole.wanted)))
    )


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
