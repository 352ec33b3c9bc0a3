"""Folders of archives read page by page: everything once, in order, whatever is broken, however often it is stopped."""

from __future__ import annotations

import gzip
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Capture, Earlier, WarcWriter, index, payload_digest, sources
from crawler.bulk import Choices, PlanError, Tally, extract_archives, extract_into, extracting
from crawler.store.failpoints import set_hook

MOMENT = datetime(2026, 11, 20, 3, 4, 5, tzinfo=UTC)
TOLD = "5月16日至17日,云南省保山市龙陵县委书记赵启文率党政代表团到上海市嘉定区考察,并召开沪滇扶贫协作座谈会。"


def page(number: int) -> bytes:
    return (
        f"<html><head><meta charset='utf-8'><title>龙陵县党政代表团第{number}次到嘉定区考察</title></head><body>"
        f"<h1>龙陵县党政代表团第{number}次到嘉定区考察</h1><p>2019-05-20 来源:嘉定报</p>"
        f"<div><p>{TOLD}</p><p>这是第{number}次考察,双方商讨了劳务协作的下一步安排。</p></div></body></html>"
    ).encode()


def capture(number: int, payload: bytes | None = None, kind: str = "article", **more: Any) -> Capture:
    values: dict[str, Any] = {
        "url": f"http://www.example.org/a/{number}.html",
        "status": 200,
        "headers": (("Content-Type", "text/html"),),
        "payload": page(number) if payload is None else payload,
        "fetched_at": MOMENT,
        "fields": (("kind", kind),),
    }
    return Capture(**{**values, **more})


def write(folder: Path, *captures: Capture, name: str = "") -> Path:
    """One archive file; a payload that came before becomes a revisit record."""
    seen: dict[str, Earlier] = {}
    writer = WarcWriter(folder, earlier=seen.get)
    before = set(folder.glob("*")) if folder.exists() else set()
    for one in captures:
        writer.write(one)
        seen.setdefault(payload_digest(one.payload), Earlier(one.url, one.fetched_at))
    writer.close()
    (path,) = set(folder.glob("*")) - before
    return path.rename(folder / name) if name else path


def extracted(*paths: Path, **choices: Any) -> tuple[list[dict[str, Any]], Tally, list[str]]:
    """The lines as JSON, the tally, and what was complained of."""
    complaints: list[str] = []
    out = paths[0].parent / "lines.tmp"
    with out.open("w+b") as stream:
        tally = extract_archives(
            paths, Choices(**choices), stream, lambda name, why: complaints.append(f"{name}: {why}")
        )
        stream.seek(0)
        return [json.loads(line) for line in stream], tally, complaints


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three files: one in a folder below, and what is no page among the pages."""
    folder = tmp_path_factory.mktemp("crawl") / "old"
    others = {
        "list": capture(90, kind="list"),
        "picture": capture(91, headers=(("Content-Type", "image/png"),)),
        "missing": capture(92, status=404),
        "data": capture(93, b"\x89PNG\r\n", headers=()),
    }
    write(folder, capture(1), others["list"], capture(2), others["picture"], name="a.warc.gz")
    write(folder / "below", capture(3), others["missing"], capture(4), others["data"], name="b.warc.gz")
    write(folder, *(capture(n) for n in range(5, 8)), name="c.warc.gz")
    return folder


def numbers(records: list[dict[str, Any]]) -> list[int]:
    return [int(record["url"].split("/")[-1].removesuffix(".html")) for record in records if "error" not in record]


def test_every_page_of_a_folder_comes_once_in_the_order_of_files_and_offsets(folder: Path) -> None:
    records, tally, complaints = extracted(folder)
    assert numbers(records) == [1, 2, 3, 4, 5, 6, 7]
    assert complaints == []
    assert tally == {"pages": 7}
    assert records[2]["id"].startswith(f"{folder}/below/b.warc.gz@")
    assert records[0]["title"] == "龙陵县党政代表团第1次到嘉定区考察"
    assert [event["type"] for event in records[0]["events"]] == ["visit", "meeting"]


def test_workers_and_small_stretches_change_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = extracted(folder)
    monkeypatch.setattr(extracting, "_WALKED_AT_ONCE", 300)
    assert extracted(folder) == whole


def test_a_stopped_extraction_goes_on_and_the_file_is_the_same(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped by an error right after and right before a place is noted; what was not noted is written again."""
    monkeypatch.setattr(extracting, "_KEPT_EVERY", 2)
    extract_into(tmp_path / "whole.jsonl", [folder], Choices(), lambda *said: None)
    target = tmp_path / "parts.jsonl"
    for point in ("extract:before-commit", "extract:after-commit", "extract:before-commit"):

        def stop(name: str, point: str = point) -> None:
            if name == point:
                raise KeyboardInterrupt

        set_hook(stop)
        try:
            with pytest.raises(KeyboardInterrupt):
                extract_into(target, [folder], Choices(), lambda *said: None)
        finally:
            set_hook(None)
        assert not target.exists()
    with pytest.raises(PlanError, match="begun with other files, options or another version; say --anew"):
        extract_into(target, [folder], Choices(home="310000"), lambda *said: None)
    assert extract_into(target, [folder], Choices(), lambda *said: None) == {"pages": 7}
    assert target.read_bytes() == (tmp_path / "whole.jsonl").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["parts.jsonl", "whole.jsonl"]
    with pytest.raises(PlanError, match="exists already"):
        extract_into(target, [folder], Choices(), lambda *said: None)


def test_another_start_throws_away_what_there_is_when_asked(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    (tmp_path / "out.jsonl.part").mkdir()
    (tmp_path / "out.jsonl.part" / "plan.sqlite").write_text("no database, but long enough to be read as one" * 50)
    with pytest.raises(PlanError, match="cannot be gone on with"):
        extract_into(target, [folder / "c.warc.gz"], Choices(), lambda *said: None)
    assert extract_into(target, [folder / "c.warc.gz"], Choices(), lambda *said: None, anew=True) == {"pages": 3}


def test_a_broken_record_costs_itself_and_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "w", *(capture(n) for n in range(1, 5)))
    places = index(sources(path)[0])[0]
    data = bytearray(path.read_bytes())
    data[places[1].offset + places[1].length // 2] ^= 0xFF
    path.write_bytes(data[: places[3].offset + 20])
    records, tally, complaints = extracted(path)
    assert numbers(records) == [1, 3]
    assert [record["id"] for record in records if "error" in record] == [
        f"{path}@{places[1].offset}",
        f"{path}@{places[3].offset}",
    ]
    assert tally == {"pages": 2, "failed": 2}
    assert complaints[0].startswith(f"{path}@{places[1].offset}: the record is damaged (")
    assert complaints[1] == f"{path}@{places[3].offset}: the file ends inside a record"


def test_rubbish_between_records_and_filling_behind_them(tmp_path: Path) -> None:
    one, two = (write(tmp_path / name, capture(n)).read_bytes() for n, name in ((1, "one"), (2, "two")))
    path = tmp_path / "both.warc.gz"
    path.write_bytes(one + b"rubbish\x1f\x8b\x08 and more" + two + bytes(100_000))
    records, _, complaints = extracted(path)
    assert numbers(records) == [1, 2]
    assert complaints == [f"{path}@{len(one)}: no record begins here"]


def test_a_payload_kept_in_another_file_is_found_there(tmp_path: Path) -> None:
    first, again = capture(1), capture(2, page(1))
    write(tmp_path / "w", first, again, name="b.warc.gz")
    both, _, complaints = extracted(tmp_path / "w")
    assert (numbers(both), complaints) == ([1, 2], [])
    assert both[0]["text"] == both[1]["text"]
    data = (tmp_path / "w" / "b.warc.gz").read_bytes()
    entries = index(sources(tmp_path / "w" / "b.warc.gz")[0])[0]
    (tmp_path / "w" / "a.warc.gz").write_bytes(data[entries[1].offset :])
    (tmp_path / "w" / "b.warc.gz").write_bytes(data[: entries[1].offset])
    apart, _, complaints = extracted(tmp_path / "w")
    assert (numbers(apart), complaints) == ([2, 1], [])
    assert extracted(tmp_path / "w" / "a.warc.gz")[2] == [
        f"{tmp_path}/w/a.warc.gz@0: refers to a payload that is in none of these files"
    ]


def test_packages_plain_files_and_arc_files(tmp_path: Path) -> None:
    path = write(tmp_path / "w", capture(1), capture(2))
    package = tmp_path / "pages.wacz"
    with zipfile.ZipFile(package, "w") as out:
        out.writestr("datapackage.json", "{}")
        out.write(path, "archive/data.warc.gz")
    plain = tmp_path / "plain.warc"
    plain.write_bytes(gzip.decompress(path.read_bytes()))
    arc = tmp_path / "old.arc"
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page(3)
    version = b"1 0 Us\nURL IP-address Archive-date Content-type Archive-length\n"
    arc.write_bytes(
        b"filedesc://old.arc 0.0.0.0 20090102030405 text/plain %d\n" % len(version) + version
        + b"\nhttp://www.example.org/a/3.html 127.0.0.1 20090102030405 text/html %d\n" % len(body) + body + b"\n"
    )  # fmt: skip
    squeezed = tmp_path / "squeezed.wacz"
    with zipfile.ZipFile(squeezed, "w", zipfile.ZIP_DEFLATED) as out:
        out.write(plain, "archive/data.warc")
    records, tally, complaints = extracted(package, plain, arc, squeezed, tmp_path / "none.warc.gz")
    assert numbers(records) == [1, 2, 1, 2, 3]
    assert records[0]["id"].startswith(f"{package}!archive/data.warc.gz@")
    assert complaints == [
        f"{squeezed}: archive/data.warc is compressed in the package; unpack it and give the file itself",
        f"{tmp_path}/none.warc.gz: No such file or directory",
    ]
    assert tally == {"pages": 5, "failed": 2}


def test_a_file_packed_as_one_is_named_with_the_remedy(tmp_path: Path) -> None:
    path = write(tmp_path / "w", capture(1), capture(2))
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes())))
    _, tally, complaints = extracted(path)
    assert complaints == [f"{path}@0: many records in one gzip member; pack them one by one: warcio recompress"]
    (tmp_path / "empty").mkdir()
    assert extracted(tmp_path / "empty")[2] == [f"{tmp_path}/empty: no WARC, WACZ or ARC file in this folder"]
    assert tally == {"failed": 1}


def test_declared_portals_lend_their_home_and_their_lists_are_no_pages(tmp_path: Path) -> None:
    told = page(1).replace("上海市嘉定区".encode(), "我市".encode())
    path = write(
        tmp_path / "w",
        capture(1, told, url="http://www.hsfkn.com/shenzhendongtai/400896.html"),
        capture(2, url="http://www.hsfkn.com/shenzhendongtai/"),
    )
    (record,), _, _ = extracted(path)
    assert record["url"].endswith("400896.html")
    assert record["events"][0]["to"] == ["广东省深圳市"]
    (record,), _, _ = extracted(path, home="上海市")
    assert record["events"][0]["to"] == ["上海市"]
