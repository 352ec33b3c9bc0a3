"""What is written to WARC comes back whole, by our reader and by others, also after a crash or a full disk."""

from __future__ import annotations

import errno
import fcntl
import gzip
import os
import subprocess
import sys
import zipfile
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator as IndependentReader
from fastwarc.warc import WarcRecordType

from crawler.archive import (
    COMMITTED_TOGETHER,
    ArchiveError,
    Capture,
    Earlier,
    WarcWriter,
    decoded,
    payload_digest,
    read_captures,
    read_file,
    read_member,
    recover,
)

MOMENT = datetime(2026, 11, 20, 3, 4, 5, 678000, tzinfo=UTC)


def capture(number: int = 1, payload: bytes | None = None, **more: object) -> Capture:
    values: dict[str, object] = {
        "url": f"http://www.example.org/a/{number}.html?x=1",
        "status": 200,
        "reason": "OK",
        "headers": (("Content-Type", "text/html; charset=gbk"), ("ETag", '"abc"')),
        "payload": f"<p>第{number}页 对口帮扶</p>".encode("gb18030") if payload is None else payload,
        "fetched_at": MOMENT,
        "request_headers": (("User-Agent", "duikou"),),
        "fields": (("portal", "gdfupin"), ("via", "http://www.example.org/list\r\ninjected: no")),
    }
    return Capture(**{**values, **more})  # type: ignore[arg-type]


def only_file(folder: Path) -> Path:
    (path,) = folder.glob("*.warc.gz")
    return path


def test_written_captures_are_read_back_equal(tmp_path: Path) -> None:
    writer = WarcWriter(tmp_path)
    written = [writer.write(capture(n)) for n in range(5)]
    writer.close()
    got = list(read_file(only_file(tmp_path)))
    for n, (location, read) in enumerate(got):
        assert (read.url, read.status, read.payload, read.fetched_at) == (
            capture(n).url, 200, capture(n).payload, MOMENT,
        )  # fmt: skip
        assert read.headers == capture(n).headers
        assert location.offset == written[n].location.offset
    assert len(got) == 5


def test_a_capture_is_read_alone_by_its_location(tmp_path: Path) -> None:
    writer = WarcWriter(tmp_path)
    places = [writer.write(capture(n)).location for n in range(3)]
    data = only_file(tmp_path).read_bytes()
    cut = data[places[1].offset : places[1].offset + places[1].length]
    assert read_member(cut, "cut").payload == capture(1).payload
    with pytest.raises(ArchiveError, match="no response record"):
        read_member(data[: places[0].offset], "warcinfo only")


def test_other_programs_accept_the_file(tmp_path: Path) -> None:
    first = capture(1)
    writer = WarcWriter(tmp_path, earlier=lambda digest: Earlier(first.url, MOMENT) if digest in known else None)
    known: set[str] = set()
    writer.write(first)
    known.add(payload_digest(first.payload))
    assert writer.write(capture(2, first.payload)).record_type == "revisit"
    writer.close()
    path = only_file(tmp_path)
    check = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", "-v", str(path)], capture_output=True, text=True
    )
    assert check.returncode == 0, check.stdout
    with path.open("rb") as stream:
        read = [(r.record_type, r.verify_block_digest()) for r in IndependentReader(stream, parse_http=False)]
    kinds = [kind for kind, _ in read]
    assert all(whole for _, whole in read)
    assert kinds.count(WarcRecordType.response) == 1
    assert kinds.count(WarcRecordType.revisit) == 1
    assert kinds.count(WarcRecordType.request) == kinds.count(WarcRecordType.metadata) == 2


def test_a_revisit_takes_the_payload_it_refers_to(tmp_path: Path) -> None:
    first = capture(1)
    writer = WarcWriter(tmp_path, earlier=lambda digest: Earlier(first.url, MOMENT) if writer_used else None)
    writer_used: list[int] = []
    writer.write(first)
    writer_used.append(1)
    writer.write(capture(2, first.payload))
    got = [read for _, read in read_file(only_file(tmp_path))]
    assert [read.url for read in got] == [first.url, capture(2).url]
    assert got[1].payload == first.payload


def test_files_rotate_by_size(tmp_path: Path) -> None:
    opened: list[str] = []
    writer = WarcWriter(tmp_path, max_bytes=2000, opened=opened.append)
    for n in range(12):
        writer.write(capture(n, os.urandom(400)))
    assert len(opened) > 1
    assert sorted(opened) == sorted(path.name for path in tmp_path.iterdir())
    assert sum(1 for path in tmp_path.iterdir() for _ in read_file(path)) == 12


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = WarcWriter(tmp_path)
    writer.write(capture(1))
    size = only_file(tmp_path).stat().st_size
    real = os.write
    budget = [100]

    def full(handle: int, data: bytes) -> int:
        if not budget[0]:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        part = real(handle, bytes(data[: budget[0]]))
        budget[0] -= part
        return part

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(ArchiveError, match="No space left"):
        writer.write(capture(2))
    assert only_file(tmp_path).stat().st_size == size
    monkeypatch.undo()
    writer.write(capture(3))
    assert [read.url for _, read in read_file(only_file(tmp_path))] == [capture(1).url, capture(3).url]


def test_a_file_cut_short_anywhere_gives_its_whole_records_and_says_so(tmp_path: Path) -> None:
    writer = WarcWriter(tmp_path)
    last = [writer.write(capture(n, os.urandom(300))) for n in range(3)][-1].location
    path = only_file(tmp_path)
    data = path.read_bytes()
    boundaries = {last.offset + end for end in _member_ends(data[last.offset :])}
    for size in range(last.offset + 1, len(data), 7):
        path.write_bytes(data[:size])
        got: list[Capture] = []
        if size in boundaries:
            continue
        with pytest.raises(ArchiveError, match=r"damaged after offset|not a readable"):
            got.extend(read for _, read in read_file(path))
        assert [read.url for read in got[:2]] == [capture(0).url, capture(1).url], size


def test_recovery_cuts_back_to_the_committed_size(tmp_path: Path) -> None:
    writer = WarcWriter(tmp_path)
    first = writer.write(capture(1)).location
    writer.write(capture(2))
    name, committed = first.file, first.offset + first.length
    assert recover(tmp_path, lambda: {name: committed}) == [], "a file in use is left alone"
    writer.close()
    foreign = tmp_path / "someone-elses.warc.gz"
    foreign.write_bytes(b"x")
    (found,) = recover(tmp_path, lambda: {name: committed})
    assert found.cut > 0
    assert found.missing == 0
    assert [read.url for _, read in read_file(tmp_path / name)] == [capture(1).url]
    assert recover(tmp_path, lambda: {name: committed}) == []
    assert recover(tmp_path, lambda: {name: committed + 7})[0].missing == 7
    assert recover(tmp_path, lambda: {"gone.warc.gz": 5})[0].missing == 5
    assert foreign.read_bytes() == b"x"


def test_an_older_database_loses_no_newer_captures(tmp_path: Path) -> None:
    writer = WarcWriter(tmp_path)
    first = writer.write(capture(1)).location
    newer = range(2, COMMITTED_TOGETHER + 3)
    for n in newer:
        writer.write(capture(n))
    writer.close()
    recover(tmp_path, lambda: {first.file: first.offset + first.length})
    (aside,) = tmp_path.glob("*.cut-*.warc.gz")
    assert [read.url for _, read in read_file(aside)] == [capture(n).url for n in newer]


def test_appended_captures_are_synced_together_and_refer_to_one_another(tmp_path: Path) -> None:
    writer = WarcWriter(tmp_path)
    first, again = (writer.append(capture(n, b"the same")) for n in (1, 2))
    writer.sync()
    assert (first.record_type, again.record_type) == ("response", "revisit")
    assert [read.url for _, read in read_file(only_file(tmp_path))] == [capture(1).url, capture(2).url]


def test_what_cannot_be_synced_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = WarcWriter(tmp_path)
    kept = writer.write(capture(1)).location
    writer.append(capture(2))
    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", _refuse)
        with pytest.raises(ArchiveError, match="cannot write the archive"):
            writer.sync()
    after = writer.write(capture(3)).location
    assert after.offset == kept.offset + kept.length
    assert [read.url for _, read in read_file(only_file(tmp_path))] == [capture(1).url, capture(3).url]


def _refuse(_: int) -> None:
    raise OSError(errno.EIO, "Input/output error")


def test_an_open_file_is_locked(tmp_path: Path) -> None:
    writer = WarcWriter(tmp_path)
    writer.write(capture(1))
    with only_file(tmp_path).open("rb") as other, pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_wacz_packages_are_read(tmp_path: Path) -> None:
    writer = WarcWriter(tmp_path)
    writer.write(capture(1))
    package = tmp_path / "pages.wacz"
    with zipfile.ZipFile(package, "w") as out:
        out.writestr("datapackage.json", "{}")
        out.write(only_file(tmp_path), "archive/data.warc.gz")
    ((location, read),) = read_file(package)
    assert location.file == "pages.wacz!archive/data.warc.gz"
    assert read.payload == capture(1).payload
    empty = tmp_path / "empty.wacz"
    with zipfile.ZipFile(empty, "w") as out:
        out.writestr("datapackage.json", "{}")
    with pytest.raises(ArchiveError, match="no WARC file inside"):
        list(read_file(empty))


def test_plain_and_foreign_files(tmp_path: Path) -> None:
    writer = WarcWriter(tmp_path)
    writer.write(capture(1))
    plain = tmp_path / "plain.warc"
    plain.write_bytes(gzip.decompress(only_file(tmp_path).read_bytes()))
    with plain.open("rb") as stream:
        assert [read.url for _, read in read_captures(stream, "plain")] == [capture(1).url]
    page = tmp_path / "page.html"
    page.write_text("<html>no archive</html>")
    with pytest.raises(ArchiveError, match=r"page\.html"):
        list(read_file(page))
    with pytest.raises(ArchiveError, match="no such file"):
        list(read_file(tmp_path / "absent.warc.gz"))


def test_transfer_and_content_coding_are_undone(tmp_path: Path) -> None:
    body = b"<p>" + "对口支援".encode() * 50 + b"</p>"
    zipped = gzip.compress(body)
    raw = (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n"
        + f"{len(zipped):x}\r\n".encode() + zipped + b"\r\n0\r\n\r\n"
    )  # fmt: skip
    record = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nWARC-Date: 2020-01-02T03:04:05Z\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: " + str(len(raw)).encode() + b"\r\n\r\n"
        + raw + b"\r\n\r\n"
    )  # fmt: skip
    read = read_member(record, "chunked")
    assert read.payload == zipped
    assert decoded(read) == body
    assert decoded(capture(1, b"not gzip", headers=(("Content-Encoding", "gzip"),))) == b"not gzip"


def _member_ends(data: bytes) -> list[int]:
    ends, rest = [], data
    while rest:
        engine = zlib.decompressobj(31)
        engine.decompress(rest)
        rest = engine.unused_data
        ends.append(len(data) - len(rest))
    return ends


def test_leftovers_another_start_removes_first_are_no_error(tmp_path: Path) -> None:
    leftover = tmp_path / "duikou-1-a-1.warc.gz"

    def committed() -> dict[str, int]:
        leftover.unlink(missing_ok=True)
        leftover.symlink_to(tmp_path / "gone")  # listed, but not there any more when it is looked at
        return {}

    assert recover(tmp_path, committed) == []
    leftover.unlink()
    leftover.touch()
    assert recover(tmp_path, dict) == []
    assert not leftover.exists()
