"""Saved pages that a portal once showed, each with what it must be read as; monitors hand over new ones ready made."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.monitors import FixtureError, mismatches

CASES = sorted(file.parent for file in (Path(__file__).parent / "cases").glob("*/*/expected.json"))


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: f"{folder.parent.name}-{folder.name}")
def test_the_page_is_read_as_expected(folder: Path):
    if told := "\n".join(mismatches(folder)):
        pytest.fail(told, pytrace=False)


def test_a_folder_that_is_no_case_is_named(tmp_path):
    with pytest.raises(FixtureError, match="not a case"):
        list(mismatches(tmp_path))
