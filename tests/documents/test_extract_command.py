"""``scrapy extract`` as a user runs it: lines in, lines out, whatever stands on them."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.forked import ROOT, run

TEXT = """龙陵县党政代表团到嘉定区考察

2019-05-20  来源:嘉定报

5月16日至17日,云南省保山市龙陵县委书记赵启文率党政代表团到上海市嘉定区考察,并召开沪滇扶贫协作座谈会。嘉定区区长钱维新参加座谈会。
嘉定区向龙陵县捐赠帮扶资金200万元。

责任编辑:孙晓禾
"""
HTML = (
    "<html><head><meta charset=gbk><title>龙陵县党政代表团到嘉定区考察_新闻</title></head><body>"
    "<div class=nav>首页 新闻</div>"
    "<h1>龙陵县党政代表团到嘉定区考察</h1><p>2019-05-20 来源:嘉定报</p>"
    "<div><p>5月16日至17日,云南省保山市龙陵县委书记赵启文率党政代表团到上海市嘉定区考察,并召开沪滇扶贫协作座谈会。</p>"
    "<p>嘉定区向龙陵县捐赠帮扶资金200万元,用于龙陵县象达镇的卫生院建设,双方还商讨了劳务协作的下一步安排。</p></div></body></html>"
)


def extract(*args: str) -> tuple[int, list[dict[str, Any]], str]:
    done = run(["extract", *args])
    return done.status, [json.loads(line) for line in done.out.splitlines()], done.err


def line(**document: object) -> str:
    return json.dumps(document, ensure_ascii=False) + "\n"


@pytest.fixture(scope="module")
def mixed() -> tuple[int, list[dict[str, Any]], str]:
    """One run over good and bad lines: starting the command costs more than reading them."""
    b64 = base64.b64encode(HTML.encode("gb18030")).decode()
    lines = (
        (
            line(id="text", text=TEXT)
            + "not json\n"
            + "\n"
            + line(id="bytes", html_b64=b64, url="http://www.example.org/a.html")
            + line(id="html", html=HTML)
            + line(id="none")
            + line(id="two", html=HTML, text=TEXT)
            + line(id="b64", html_b64="***")
            + line(id="when", text=TEXT, fetched_at="yesterday")
            + line(no_id=1)
            + line(id=7, text=TEXT, home="530523")
            + line(id="empty", html="")
        ).encode()
        + b'{"id": "latin", "text": "\xff"}\n'
        + b'{"id": "half", "text": "5\\u670816\\u65e5\\ud800,\\u5609\\u5b9a\\u533a"}\n'
    )
    command = [sys.executable, "-m", "scrapy", "extract"]  # through a real pipe
    done = subprocess.run(command, input=lines, capture_output=True, cwd=ROOT, check=False)
    return done.returncode, [json.loads(line) for line in done.stdout.decode().splitlines()], done.stderr.decode()


def test_every_line_is_answered_in_order(mixed: tuple[int, list[dict[str, Any]], str]) -> None:
    status, records, stderr = mixed
    assert [record["id"] for record in records] == [
        "text", "line 2", "bytes", "html", "none", "two", "b64", "when", "line 10", 7, "empty", "line 13", "half",
    ]  # fmt: skip
    errors = {str(record["id"]): record["error"] for record in records if "error" in record}
    assert set(errors) == {"line 2", "none", "two", "b64", "when", "line 10", "empty", "line 13"}
    assert "not JSON" in errors["line 2"]
    assert "exactly one" in errors["none"]
    assert "text" in errors["two"]
    assert "base64" in errors["b64"]
    assert "yesterday" in errors["when"]
    assert "not UTF-8" in errors["line 13"]
    assert all("\n" not in error for error in errors.values())
    assert status == 1
    assert len(stderr.splitlines()) == len(errors)


def test_output_keeps_the_contract(mixed: tuple[int, list[dict[str, Any]], str]) -> None:
    done = run(["extract", "--json-schema"])
    assert done.status == 0
    schema = json.loads(done.out)
    good = [record for record in mixed[1] if "error" not in record]
    for record in good:
        jsonschema.validate(record, schema)
        for event in record["events"]:
            for quote in event["evidence"]:
                assert record["text"][quote["start"] : quote["end"]] == quote["quote"]
        for figure in record["figures"]:
            assert record["text"][figure["start"] : figure["end"]] == figure["quote"]


def test_the_same_page_as_bytes_and_as_text_reads_alike(mixed: tuple[int, list[dict[str, Any]], str]) -> None:
    by_id = {record["id"]: record for record in mixed[1]}
    assert by_id["bytes"]["text"] == by_id["html"]["text"]
    assert by_id["bytes"]["published"] == "2019-05-20"
    assert by_id["bytes"]["source"] == "嘉定报"
    assert by_id["bytes"]["title"] == "龙陵县党政代表团到嘉定区考察"


def test_events_of_a_plain_notice(mixed: tuple[int, list[dict[str, Any]], str]) -> None:
    record = mixed[1][0]
    assert record["relevant"] is True
    assert "责任编辑" not in record["text"]
    events = {event["type"]: event for event in record["events"]}
    assert events.keys() >= {"visit", "meeting", "donation"}
    visit = events["visit"]
    assert (visit["date_start"], visit["date_end"]) == ("2019-05-16", "2019-05-17")
    assert visit["from"] == visit["supported"] == ["云南省保山市龙陵县"]
    assert visit["to"] == visit["supporting"] == ["上海市嘉定区"]
    assert [person["name"] for person in visit["persons"]][:1] == ["赵启文"]
    assert events["donation"]["amounts_cny"] == [2000000]


def test_files_are_read_and_missing_ones_named(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(HTML.encode("gb18030"))
    note = tmp_path / "note.txt"
    note.write_text(TEXT, encoding="utf-8")
    status, records, stderr = extract(str(page), str(note), str(tmp_path / "absent.html"))
    assert [record["id"] for record in records] == [str(page), str(note), str(tmp_path / "absent.html")]
    assert records[0]["title"] == "龙陵县党政代表团到嘉定区考察"
    assert records[1]["events"]
    assert records[2]["error"] == "No such file or directory"
    assert status == 1
    assert stderr == f"{tmp_path / 'absent.html'}: No such file or directory\n"


def test_names_of_pupils_are_kept_only_when_asked_for(tmp_path: Path) -> None:
    page = tmp_path / "a.txt"
    page.write_text(TEXT.replace("并召开", "看望了贫困户包喜娃、学生欧阳小燕,并召开"), encoding="utf-8")
    for arguments, kept in (([], False), (["--keep-private"], True), (["-s", "KEEP_PRIVATE_NAMES=1"], True)):
        status, records, complaints = extract(*arguments, str(page))
        assert (status, complaints) == (0, "")
        names = {p["name"] for e in records[0]["events"] for p in e["persons"]}
        assert "赵启文" in names
        assert ("包喜娃" in names, "包某某" in names) == (kept, not kept)
