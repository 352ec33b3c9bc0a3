"""README and docs say what is so: commands and options exist and all are shown, links lead somewhere, settings hold."""

from __future__ import annotations

import importlib
import re
from argparse import ArgumentParser
from pathlib import Path

import pytest
from scrapy.commands import ScrapyCommand
from scrapy.settings import Settings

import crawler.commands
from crawler import settings
from tests.docs.blocks import PAGES, ROOT, SHELL, Command, blocks, commands, name_of
from tests.test_floors import FLOORS, SCRAPY_SIDE

PRINTED = [command for page in PAGES for command in commands(page)]
OURS = sorted(
    file.stem
    for file in Path(crawler.commands.__path__[0]).glob("[a-z]*.py")
    if "\nclass Command(" in file.read_text("utf-8")
)
SCRAPYS = {"list", "check", "shell", "settings"}


def _command(name: str) -> ScrapyCommand:
    home = "crawler" if name in OURS else "scrapy"
    return importlib.import_module(f"{home}.commands.{name}").Command()


@pytest.mark.parametrize("printed", PRINTED, ids=lambda c: f"{c.page}:{c.line}")
def test_printed_options_exist(printed: Command) -> None:
    assert printed.name in {*OURS, *SCRAPYS}
    command = _command(printed.name)
    command.settings = Settings()
    parser = ArgumentParser(prog=printed.name, exit_on_error=False)
    command.add_options(parser)
    options = [word for word in printed.words[1:] if re.match(r"--?[a-zA-Z]", word)]
    known = {option for action in parser._actions for option in action.option_strings}
    assert {option.partition("=")[0] for option in options} <= known


@pytest.mark.parametrize("name", OURS)
def test_every_command_is_shown_at_work(name: str) -> None:
    assert any(command.name == name for command in PRINTED), f"no shell block of the docs shows scrapy {name}"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?://|mailto:)([^)\s]+)\)", page.read_text("utf-8")):
        file, _, anchor = target.partition("#")
        there = (page.parent / file).resolve() if file else page
        assert there.exists(), target
        if anchor:
            assert anchor in _anchors(there), target


def _anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_named_make_targets_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    named = {
        word
        for language, _, text in blocks(page)
        if language in SHELL
        for line in re.findall(r"^make ([a-z -]+)", text, re.M)
        for word in line.split()
    }
    named |= {word for line in re.findall(r"`make ([a-z -]+)`", page.read_text("utf-8")) for word in line.split()}
    assert named <= targets


def test_every_setting_is_documented_with_its_default() -> None:
    text = (ROOT / "docs" / "settings.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `([A-Z_0-9]+)` \| (.+?) \|", text, re.M))
    there = {name for name in vars(settings) if name.isupper()}
    assert there - rows.keys() == set()
    assert rows.keys() - there == set()
    wrong = {name: said for name, said in rows.items() if said != _shown(getattr(settings, name))}
    assert not wrong, {name: _shown(getattr(settings, name)) for name in wrong}


def _shown(value: object) -> str:
    """A default as the table prints it; of long tables it says only what they are."""
    if isinstance(value, dict):
        return "table"
    return "empty" if value in ("", []) else f"`{value!r}`".replace("'", "")


def test_the_architecture_page_draws_the_floors_that_are_kept() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    drawn = [set(re.findall(r"`(\w+)`", row)) for row in re.findall(r"^\| \d+ \| (.+) \|$", text, re.M)]
    assert drawn == FLOORS
    (scrapys,) = re.findall(r"thin adapters: (.+)\.$", text, re.M)
    assert set(re.findall(r"`(\w+)`", scrapys)) == SCRAPY_SIDE
