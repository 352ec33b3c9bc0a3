"""The page on capacity says what its script reckons."""

from __future__ import annotations

import runpy
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_tables_are_those_of_the_script() -> None:
    tables = runpy.run_path(str(ROOT / "tools" / "capacity.py"))["reckoned"]()
    assert tables in (ROOT / "docs" / "capacity.md").read_text("utf-8")
