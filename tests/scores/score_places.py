"""Print precision, recall and F1 of places on our four labelled sets (called by ``make score``)."""

import sys
from pathlib import Path

from crawler.places.score import main

CASES = Path(__file__).resolve().parent.parent / "places" / "cases"

if __name__ == "__main__":
    sets = [str(CASES / f"{name}.jsonl") for name in ("developed", "heldout", "blind", "blind2", "blind3", "bugs")]
    sys.exit(main(sets + sys.argv[1:]))
