"""The commands of docs/review.md run as printed, and what the command refuses."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.exports.test_export_docs import scrapy
from tests.forked import ROOT

PAGE = (ROOT / "docs" / "review.md").read_text("utf-8")


def test_the_commands_of_the_page(own: Path, tmp_path: Path) -> None:
    block = re.search(r"```sh\n(.*?)```", PAGE, re.S)
    assert block
    said = []
    for line in block[1].splitlines():
        done = scrapy(*shlex.split(line, comments=True)[1:], database=own, folder=tmp_path)
        assert done.status == 0, done.err
        said.append(done.out)
    assert re.match(r"sheet\.xlsx: 20 least sure events and \d+ more of their \d+ articles", said[0])
    assert "not looked at" in said[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "give -o SHEET.xlsx to write a sheet, or --apply SHEET.xlsx"),
        (["-o", "sheet.csv"], "sheet.csv: give a name that ends in .xlsx"),
        (["--apply", "none.xlsx"], "none.xlsx: cannot be read"),
        (["--least-sure", "0", "-o", "a.xlsx"], "--least-sure must be at least 1"),
        (["--type", "trip", "-o", "a.xlsx"], "--type trip: not known"),
    ],
)
def test_what_it_refuses(own: Path, tmp_path: Path, arguments: list[str], said: str) -> None:
    done = scrapy("review", *arguments, database=own, folder=tmp_path)
    assert done.status == 2
    assert said in done.last
