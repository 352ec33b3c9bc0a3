"""The commands of docs/browse.md, and what they refuse."""

from __future__ import annotations

import re
import shlex
import socket
from pathlib import Path

import pytest

from tests.exports.test_export_docs import scrapy
from tests.forked import ROOT

PAGE = (ROOT / "docs" / "browse.md").read_text("utf-8")


def test_the_commands_of_the_page(database: Path, tmp_path: Path) -> None:
    """``scrapy browse`` itself runs in tests/services, with a browser before it."""
    block = re.search(r"```sh\n(.*?)```", PAGE, re.S)
    assert block
    commands = [shlex.split(line, comments=True)[1:] for line in block[1].splitlines()]
    for command in (c for c in commands if c[0] != "browse"):
        done = scrapy(*command, database=database, folder=tmp_path)
        assert done.status == 0, done.err
    assert (tmp_path / "who.svg").read_bytes().startswith(b"<svg")


def test_every_picture_of_the_page_is_there() -> None:
    for name in re.findall(r"\]\((images/[^)]+)\)", PAGE):
        assert (ROOT / "docs" / name).is_file()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["browse", "none.sqlite"], "none.sqlite: not a snapshot; make one with scrapy publish"),
        (["browse", "a", "b"], "give one snapshot"),
        (["chart"], "say what to draw: map, timeline, matrix, money"),
        (["chart", "map", "-o", "a.pdf"], "name a file that ends in .svg or .png"),
        (["chart", "map", "-o", "no/where/a.svg"], "no/where/a.svg: cannot be written"),
        (["chart", "map", "-o", "a.svg", "--snapshot", "none.sqlite"], "none.sqlite: not a snapshot"),
    ],
)
def test_what_they_refuse(database: Path, tmp_path: Path, arguments: list[str], said: str) -> None:
    done = scrapy(*arguments, database=database, folder=tmp_path)
    assert done.status == 2
    assert said in done.last


def test_a_port_in_use_is_said(database: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = scrapy("browse", "--port", port, database=database, folder=tmp_path)
    assert done.status == 2
    assert f"127.0.0.1:{port}: cannot listen there" in done.err
