"""``scrapy facts``: the example of docs/facts.md, colours on a terminal, unbroken lines in a pipe."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.color import Color

from crawler.commands.facts import _show
from crawler.commands.shown import Console
from crawler.facts import find_facts

DOCS = (Path(__file__).parents[2] / "docs" / "facts.md").read_text(encoding="utf-8")


def example() -> tuple[str, list[str], str]:
    """The text, the options and the output the documentation shows."""
    found = re.search(r"\$ cat report\.txt\n(.*?)\n\$ scrapy facts report\.txt (.*?)\n(.*?)\n```", DOCS, re.S)
    assert found
    return found[1], found[2].split(), found[3]


def test_the_documented_example_is_what_the_command_prints(tmp_path: Path, scrapy: Callable[..., list]) -> None:
    text, options, shown = example()
    report = tmp_path / "report.txt"
    report.write_text(text + "\n", encoding="utf-8")
    (done,) = scrapy([["facts", str(report), *options]])
    assert done.status == 0, done.err
    said = [line.rstrip() for line in done.out.splitlines() if line.strip()]
    assert said == [line.rstrip() for line in shown.splitlines() if line.strip()]


def test_every_kind_has_its_colour_and_a_place_shows_inside_an_organisation(capsys: pytest.CaptureFixture[str]) -> None:
    text, options, _ = example()
    console = Console(force_terminal=True, color_system="truecolor", highlight=False, width=40)
    _show(console, find_facts(text, published=options[1]), names=False)
    out = capsys.readouterr().out
    for name in ("green", "cyan", "magenta", "yellow", "red"):
        code = ";".join(Color.parse(name).get_ansi_codes())
        assert re.search(rf"\x1b\[(?:[0-9;]*;)?{code}m", out), f"nothing {name}"
    assert re.search(r"\x1b\[4;33m盐田\x1b", out), "a place in an organisation's name keeps its line"
