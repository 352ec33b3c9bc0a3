"""A reader that stops early, as ``head`` does, ends in no traceback."""

from __future__ import annotations

import os

import pytest

from crawler.commands import shown
from crawler.commands.on_files import OnFiles


def test_what_is_said_to_a_reader_that_has_gone_is_lost_without_a_word() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w", encoding="utf-8") as stream:
        shown.say("毕节市农业农村局", file=stream)
        shown.say("the work goes on", file=stream)


def test_a_command_over_files_stops_when_its_reader_has_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = OnFiles()
    with os.fdopen(writing, "w", encoding="utf-8") as stream:
        monkeypatch.setattr("sys.stdout", stream)
        command.write(lambda out: print("一行", file=out, flush=True))
    assert command.exitcode == 1
