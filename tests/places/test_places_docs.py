"""The examples of docs/places.md run as printed."""

import doctest
from pathlib import Path


def test_examples_of_the_how_to():
    page = Path(__file__).resolve().parents[2] / "docs" / "places.md"
    result = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert result.attempted > 10
    assert result.failed == 0
