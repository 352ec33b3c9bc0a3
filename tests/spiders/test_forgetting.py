"""What is forgotten goes from every table, every archived byte and every later run; the rest stays as it was."""

from __future__ import annotations

import fcntl
import gzip
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator as IndependentReader

from crawler.archive import decoded, read_file, read_place, recover
from crawler.dedup import canonical_url
from crawler.replay import Options, replay
from crawler.store import ForgottenError, Store, StoreError, incidents, outbox
from tests.spiders.conftest import TEXT, article, article_url, cinic

NAME, TRADITIONAL = "韦朗诚", "韋朗誠"
BODY = (
    "6月8日,花垣县委书记韦朗诚率党政代表团赴济南市考察东西部扶贫协作工作,召开联席会议。"
    "|会上,济南市向花垣县捐赠帮扶资金800万元。韦　朗诚说,感谢济南市的支持。|济南市副市长田守正出席。"
)


@pytest.fixture
def harvested(web, crawl, tmp_path: Path) -> Path:
    """A small harvest: seven articles, one of which names a person twice; the archive folder is returned."""
    cinic(web)
    web.put(
        article_url(7), gzip.compress(article("座谈会召开 韦朗诚出席", BODY).encode(), mtime=0), Content_Encoding="gzip"
    )
    reprint = article("韋朗誠抵濟南", BODY.replace(NAME, TRADITIONAL).replace("韦　朗诚", "<b>韋</b>&#26391;誠"))
    web.put(article_url(6), reprint.replace("utf-8", "gbk").encode("gb18030"), Content_Type="text/html; charset=gbk")
    web.put(article_url(4), article("会议", TEXT.format(n=4)), ETag='"x"')
    web.put(article_url(3), article("会议", TEXT.format(n=4)), ETag='"y"')
    assert crawl("cinic").stats["finish_reason"] == "finished"
    return tmp_path / "harvest-archive"


def check(folder: Path, store: Store) -> None:
    """Every archive file is valid, known, and every capture of the books lies where they say."""
    files = sorted(folder.iterdir())
    assert {path.name: path.stat().st_size for path in files} == store.archive_sizes()
    done = subprocess.run([sys.executable, "-m", "warcio.cli", "check", *map(str, files)], capture_output=True)
    assert done.returncode == 0, done.stdout
    for path in files:
        with path.open("rb") as stream:
            assert all(record.verify_block_digest() for record in IndependentReader(stream, parse_http=False))
    for row in store.article_captures(limit=10_000):
        assert read_place(folder, row.location, row.base).url == row.url
        assert store.url(row.ledger_url).archive == row.location or store.url(row.ledger_url).archive is None


def everything(folder: Path) -> bytes:
    """All that lies in the database files, and in the archive with compression undone."""
    parts = [path.read_bytes() for path in folder.parent.glob("harvest.sqlite*")]
    for path in folder.iterdir():
        parts.append(gzip.decompress(path.read_bytes()))
        parts += [decoded(capture) for _, capture in read_file(path)]
    return b"\n".join(parts)


def spellings(*words: str) -> list[bytes]:
    return [word.encode(code) for word in words for code in ("utf-8", "gb18030")] + [
        json.dumps(w).encode() for w in words
    ]


def test_a_page_goes_everywhere_and_does_not_come_back(web, crawl, store, harvested):
    url = article_url(7)
    before = {line for line in store.dump() if url not in line}
    kept = {row.url: read_place(harvested, row.location, row.base) for row in store.article_captures(limit=99)}
    would = store.forget_page(url, harvested, dry_run=True)
    assert would.counts["articles"] == 1
    assert store.record(url) is not None
    done = store.forget_page(url, harvested, reason="asked to")
    assert done.counts == would.counts
    assert done.remarks == []
    assert store.record(url) is None
    assert store.url(url) is None
    with store.read() as connection:
        (stone,) = connection.exec_driver_sql("SELECT kind, reason FROM tombstones").all()
    assert tuple(stone) == ("article", "asked to")
    check(harvested, store)
    for row in store.article_captures(limit=99):
        assert read_place(harvested, row.location, row.base) == kept[row.url]
    assert not [line for line in store.dump() if url in line]
    assert {line for line in before if '"record": "article"' in line and "original" not in line} <= set(store.dump())
    asked = len(web.asked)
    for arguments in ({}, {"full": "1"}, {"url": url}):
        crawl("cinic", **arguments)
    assert url not in [a.url for a in web.asked[asked:]]
    assert store.record(url) is None
    assert store.url(url) is None
    with pytest.raises(Exception, match="forgotten on purpose"):
        store.save(store.record(article_url(1)), url=url)


def test_books_kept_beside_the_pages_do_not_name_it(web, crawl, store, harvested, tmp_path):
    url = article_url(7)
    folders = [tmp_path / "cases" / name for name in ("mine", "other")]
    for folder, named in zip(folders, (url, f"{url}.bak"), strict=True):
        folder.mkdir(parents=True)
        (folder / "case.json").write_text(json.dumps({"failing": [named]}))
    with store.write() as connection:
        found = [{"cause": f"c{n}", "kind": "lists", "message": f"{url}: odd; {url}x: not"} for n in range(2)]
        for row, folder in zip(incidents.book(connection, "cinic", 1, found, [])[0], folders, strict=True):
            incidents.keep_case(connection, row.incident, str(folder))
        outbox.post(connection, ["mail"], [("one", {"page": url, "title": "第7次"}), ("two", {"title": "第6次"})])
    sketched = "SELECT count(*) FROM sketches"
    with store.read() as connection:
        before = connection.exec_driver_sql(sketched).scalar()
    store.mark_failed(article_url(5), "moved", f"leads to {url}", final=True)
    done = store.forget_page(url, harvested)
    assert done.remarks == [f"{folders[0]}: removed; the page was its case"]
    assert [folder.exists() for folder in folders] == [False, True]
    assert store.url(article_url(5)).error == "leads to (forgotten)"
    with store.read() as connection:
        assert connection.exec_driver_sql(sketched).scalar() == before - 1
        assert [row.message for row in incidents.listed(connection)] == [f"(forgotten): odd; {url}x: not"] * 2
        assert connection.exec_driver_sql("SELECT settled FROM profiles").scalars().all() == [0]
    with store.write() as connection:
        assert [notice.subject for notice in outbox.claim(connection, "mail")] == ["two"]
    assert crawl("cinic").stats["finish_reason"] == "finished"
    assert store.hosts_unsettled() == []


def test_what_was_read_before_the_forgetting_is_not_written_after_it(store, harvested):
    """A crawl that settles its site, and a replay, hold pages in their hands while somebody else forgets one."""
    url = article_url(7)
    (page,) = (
        page for page in store.unsettled("cinic.org.cn", "other") if page.capture.ledger_url == canonical_url(url)
    )
    record = store.record(url)
    store.forget_name(NAME, None)
    version = store.learner("cinic.org.cn").profile().version
    store.settle(page, record, version)
    assert NAME not in str(store.record(url))
    store.forget_page(url, None)
    with pytest.raises(ForgottenError):
        store.settle(page, record, version)
    assert store.record(url) is None


def test_a_replay_tells_and_writes_nothing_of_what_is_forgotten(store, harvested):
    """The archive still holds it: it lay elsewhere when the rest was forgotten."""
    store.forget_page(article_url(7), None)
    store.forget_name(NAME, None)
    told = []
    counts, _ = replay(store, harvested, Options(apply=True, quarantine=False), told.append)
    assert counts["pages"] == len(told) == 6
    assert counts["failed"] == 0
    assert article_url(7) not in [outcome.url for outcome in told]
    assert NAME not in str(told)
    assert store.record(article_url(7)) is None
    assert NAME not in str(store.dump())


def test_events_of_other_pages_stay_and_lone_ones_are_blanked(store, harvested):
    with store.read() as connection:
        lone = connection.exec_driver_sql("SELECT count(*) FROM events WHERE articles = 1").scalar()
        assert lone
    for n in (7, 6):
        store.forget_page(article_url(n), harvested)
    check(harvested, store)
    with store.read() as connection:
        dead = connection.exec_driver_sql("SELECT * FROM events WHERE state != 'live'").mappings().all()
        notes = connection.exec_driver_sql("SELECT detail FROM changes").scalars().all()
    assert dead
    for row in dead:
        assert row["date_start"] is None
        assert {
            row[c] for c in ("supporting", "supported", "from_places", "to_places", "amounts", "organizations")
        } == {"[]"}
    assert not [note for note in notes if article_url(7) in note or "花垣" in note]
    found = everything(harvested)
    assert not [word for word in spellings("花垣县委书记", NAME) if word in found]


def test_a_payload_others_refer_to_goes_to_one_of_them(store, harvested):
    with store.read() as connection:
        kinds = "SELECT record_type FROM captures WHERE ledger_url LIKE '%/8400' || ? || '%'"
        assert {connection.exec_driver_sql(kinds, (n,)).scalar() for n in ("03", "04")} == {"response", "revisit"}
        (first,) = connection.exec_driver_sql(
            "SELECT url FROM captures WHERE record_type = 'response' AND digest IN "
            "(SELECT digest FROM captures WHERE record_type = 'revisit' AND kind = 'article')"
        ).scalars()
    other = article_url(3) if first == article_url(4) else article_url(4)
    payload = store.capture_of(other)
    body = read_place(harvested, payload.location, payload.base).payload
    store.forget_page(first, harvested)
    row = store.capture_of(other)
    assert row.base is None
    assert read_place(harvested, row.location).payload == body
    check(harvested, store)
    assert first.encode() not in b"".join(gzip.decompress(path.read_bytes()) for path in harvested.iterdir()).replace(
        b"href='" + first.encode(), b""
    )


def test_a_name_is_covered_everywhere_and_stays_covered(web, crawl, store, harvested):
    with store.read() as connection:
        lengths = connection.exec_driver_sql("SELECT sum(length(text)) FROM texts").scalar()
    would = store.forget_name(NAME, harvested, dry_run=True)
    assert would.counts["captures"] == 2
    assert would.counts["rows of event_persons"] >= 1
    done = store.forget_name(TRADITIONAL, harvested)
    assert done.counts == would.counts
    found = everything(harvested)
    assert not [word for word in spellings(NAME, TRADITIONAL, "韦　朗诚") if word in found]
    assert "花垣县委书记某某某".encode() in found
    assert "花垣县委书记某某某".encode("gb18030") in found
    assert "<b>某</b>&#26576;某".encode("gb18030") in found
    check(harvested, store)
    with store.read() as connection:
        assert connection.exec_driver_sql("SELECT sum(length(text)) FROM texts").scalar() == lengths
    for n in (6, 7):
        record = store.record(article_url(n))
        for event in record.events:
            for evidence in event.evidence:
                assert record.article.text[evidence.start : evidence.end] == evidence.quote
    before = store.dump()
    again = crawl("cinic", full="1")
    assert again["changed"] == 0
    assert [line for line in store.dump() if '"record": "url"' not in line] == [
        line for line in before if '"record": "url"' not in line
    ]
    assert len(again.items) == 7
    assert NAME not in str(again.items)
    found = everything(harvested)
    assert not [word for word in spellings(NAME, TRADITIONAL) if word in found]


def test_a_file_in_use_is_refused_in_one_line(store, harvested):
    (path,) = harvested.iterdir()
    with path.open("rb") as live:
        fcntl.flock(live, fcntl.LOCK_EX)
        with pytest.raises(StoreError, match="a running crawl writes to it; end it") as caught:
            store.forget_page(article_url(7), harvested)
    assert "\n" not in str(caught.value)
    assert store.record(article_url(7)) is not None
    check(harvested, store)
    store.forget_page(article_url(7), harvested)
    assert store.record(article_url(7)) is None


POINTS = ["buried", "copied", "before-commit", "after-commit", "swapped"]
# Imports once, then one forked child for each failpoint, which dies there; each has a copy of the harvest.
KILLED = """
import os, sys
from pathlib import Path
from crawler.store import Store
call, what, *folders = sys.argv[1:]
for folder in folders:
    pid = os.fork()
    if not pid:
        os.environ["DUIKOU_FAILPOINT"] = f"forget:{Path(folder).name}"
        with Store(f"{folder}/harvest.sqlite") as store:
            getattr(store, call)(what, Path(folder) / "harvest-archive")
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -9, folder
"""


@pytest.mark.parametrize(("call", "what"), [("forget_page", article_url(7)), ("forget_name", NAME)])
def test_killed_anywhere_it_is_finished_by_the_next_call(tmp_path, store, harvested, call, what):
    store.close()
    folders = [tmp_path / "copies" / point for point in POINTS]
    for folder in folders:
        shutil.copytree(harvested, folder / "harvest-archive")
        for path in tmp_path.glob("harvest.sqlite*"):
            shutil.copy(path, folder)
    subprocess.run([sys.executable, "-c", KILLED, call, what, *map(str, folders)], check=True)
    for folder in folders:
        with Store(str(folder / "harvest.sqlite")) as killed:
            archive = folder / "harvest-archive"
            for found in recover(archive, killed.archive_sizes):
                if not killed.archive_sizes()[found.file]:
                    killed.drop_archive_file(found.file)
            check(archive, killed)
            getattr(killed, call)(what, archive)
            check(archive, killed)
            assert (killed.record(article_url(7)) is None) == (call == "forget_page")
        words = [NAME] if call == "forget_name" else ["座谈会召开"]
        found = everything(archive)
        assert not [word for word in spellings(*words) if word in found], folder.name


def test_pages_unknown_so_far_are_kept_out_too(web, crawl, store, database):
    cinic(web)
    done = store.forget_page(article_url(2), None)
    assert done.counts["articles"] == 0
    crawl("cinic")
    assert article_url(2) not in web.urls()
    assert len(store.stored([article_url(n) for n in range(1, 8)])) == 6
