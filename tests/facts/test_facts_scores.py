"""The bars of our own labelled sentences: what is found stays found."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

_spec = importlib.util.spec_from_file_location(
    "score_facts", Path(__file__).parent.parent / "scores" / "score_facts.py"
)
assert _spec is not None
assert _spec.loader is not None
score_facts = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(score_facts)


BARS = {"dates": 0.95, "people": 0.95, "quantities": 0.93, "organizations": 0.90}


@pytest.mark.parametrize(("kind", "split"), [(kind, split) for kind in BARS for split in score_facts.splits(kind)])
def test_f1_reaches_the_bar(kind, split):
    assert score_facts.score(kind, split)[2] >= BARS[kind]


@pytest.mark.parametrize("kind", BARS)
def test_there_are_enough_cases(kind):
    assert sum(len(score_facts.cases(kind, split)) for split in score_facts.splits(kind)) >= 150
