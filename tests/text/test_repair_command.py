"""``scrapy repair`` as its user meets it: text in, mended text or a list of edits out, one line for each failure."""

from __future__ import annotations

import io
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pytest

from crawler.commands.repair import Command

ROOT = Path(__file__).parents[2]
SHOWN = "推動(dòng)?xùn)|西部協(xié)作，當(dāng)?shù)?00多人\n"


def run(*names: str, diff: bool = False, simplified: bool = False) -> int:
    """The exit status of the command over ``names``."""
    command = Command()
    command.run(list(names), Namespace(diff=diff, simplified=simplified))
    return command.exitcode


@pytest.fixture
def page(tmp_path: Path) -> str:
    path = tmp_path / "page.txt"
    path.write_text(SHOWN, encoding="utf-8")
    return str(path)


def test_through_a_pipe_as_a_user_runs_it() -> None:
    command = [sys.executable, "-m", "scrapy", "repair", "--simplified"]
    done = subprocess.run(command, input=SHOWN.encode(), capture_output=True, cwd=ROOT, check=True)
    assert done.stdout.decode() == "推动东西部协作，当地?00多人\n"
    assert done.stderr == b""


def test_a_file_comes_out_mended(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(page) == 0
    assert capsys.readouterr() == ("推動東西部協作，當地?00多人\n", "")


def test_the_guide_shows_what_happens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The session in docs/repair.md, command by command."""
    guide = (ROOT / "docs" / "repair.md").read_text(encoding="utf-8")
    session = guide[guide.index("    $ cat") : guide.index("With no file")].rstrip().replace("\n    ", "\n")
    monkeypatch.chdir(tmp_path)
    tried = 0
    for step in session.strip().removeprefix("$ ").split("\n$ "):
        command, _, shown = step.partition("\n")
        program, *rest = command.split()
        if program == "cat":
            (tmp_path / rest[0]).write_text(shown + "\n", encoding="utf-8")
            continue
        flags = [word for word in rest[1:] if word.startswith("--")]
        assert run(rest[-1], diff="--diff" in flags, simplified="--simplified" in flags) == 0
        assert capsys.readouterr().out == shown + "\n"
        tried += 1
    assert tried == 3


def test_each_edit_is_listed_with_its_line(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(page, diff=True) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == f"{page}:1: lost byte exact  推動(dòng)[-?xùn)|-]{{+東+}}西部協(xié)作，當("
    assert lines[-2].startswith(f"{page}:1: lost byte guess  ")
    assert "[-?shù)?-]{+地?+}00多人↵" in lines[-2]
    assert lines[-1] == f"{page}: 5 edits, 1 of them guessed"


def test_bad_inputs_are_named_and_the_good_ones_done(
    page: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gbk, binary = tmp_path / "gbk.txt", tmp_path / "image.png"
    gbk.write_bytes("对口".encode("gbk"))
    binary.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    assert run(str(gbk), str(tmp_path / "none.txt"), str(tmp_path), str(binary), page) == 1
    out, complaints = capsys.readouterr()
    assert out == "推動東西部協作，當地?00多人\n"
    assert complaints.splitlines() == [
        f"{gbk}: not UTF-8 (byte 0); convert it first: iconv -f gb18030 -t utf-8",
        f"{tmp_path / 'none.txt'}: No such file or directory; give the path of a readable text file",
        f"{tmp_path}: Is a directory; give the path of a readable text file",
        f"{binary}: not a text file (it holds NUL bytes); give UTF-8 text",
    ]


def test_stdin_that_is_not_text_is_refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("对口".encode("gbk"))))
    assert run("-") == 1
    assert capsys.readouterr() == (
        "", "stdin: not UTF-8 (byte 0); convert it first: iconv -f gb18030 -t utf-8\n",
    )  # fmt: skip


def test_clean_and_empty_files_come_out_as_they_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in (("clean.txt", "乾县与东丽区结对。\r\n没有换行符"), ("empty.txt", "")):
        (tmp_path / name).write_bytes(text.encode())
        assert run(str(tmp_path / name)) == 0
        assert capsys.readouterr().out == text
