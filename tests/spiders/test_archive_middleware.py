"""What the crawl archives: every response's bytes, before anything is parsed."""

from __future__ import annotations

import gzip
from pathlib import Path

from crawler.archive import Capture, decoded, read_file
from tests.spiders.conftest import article, article_url, cinic


def archived(tmp_path: Path) -> dict[str, Capture]:
    folder = tmp_path / "harvest-archive"
    return {capture.url: capture for path in sorted(folder.glob("*.warc.gz")) for _, capture in read_file(path)}


def test_every_response_is_archived_as_it_came(web, crawl, store, tmp_path):
    cinic(web)
    page = article("济南代表团赴湘西", "6月1日,济南市代表团赴湘西州考察。|会上签署了协议。").encode()
    web.put(article_url(1), gzip.compress(page, mtime=0), Content_Encoding="gzip")
    done = crawl("cinic")
    kept = archived(tmp_path)
    asked = set(web.urls(robots=True))
    assert asked <= kept.keys()
    assert kept[article_url(1)].payload == gzip.compress(page, mtime=0)
    assert decoded(kept[article_url(1)]) == page
    assert done["archived"] == len(web.urls(robots=True))
    row = store.url(article_url(1))
    assert row is not None
    assert row.archive is not None
    assert store.capture_of(article_url(1)).location == row.archive
    sizes = store.archive_sizes()
    assert {path.name: path.stat().st_size for path in (tmp_path / "harvest-archive").iterdir()} == sizes


def test_the_same_payload_is_kept_once(web, crawl, tmp_path):
    cinic(web)
    crawl("cinic")
    before = sum(path.stat().st_size for path in (tmp_path / "harvest-archive").iterdir())
    crawl("cinic", full="1")
    after = sum(path.stat().st_size for path in (tmp_path / "harvest-archive").iterdir())
    assert after < 2 * before
    assert archived(tmp_path)[article_url(2)].payload


def test_old_files_go_when_asked(web, crawl, store, tmp_path):
    cinic(web)
    crawl("cinic")
    (first,) = (tmp_path / "harvest-archive").iterdir()
    with store._database.write() as connection:
        connection.exec_driver_sql("UPDATE captures SET fetched_at = '2001-01-01T00:00:00+00:00'")
    web.put("http://www.cinic.org.cn/robots.txt", "User-agent: *", Content_Type="text/plain")
    web.put(article_url(9), article("新的一篇", "7月1日,济南市代表团赴湘西州考察。|会上签署了协议。"))
    crawl("cinic", {"ARCHIVE_KEEP_DAYS": 30}, url=article_url(9))
    assert not first.exists()
    assert [path.name for path in (tmp_path / "harvest-archive").iterdir()] == list(store.archive_sizes())
    assert store.capture_of(article_url(1)) is None
    assert store.record(article_url(1)) is not None


def test_no_archive_where_none_is_wanted(web, crawl, tmp_path):
    cinic(web)
    crawl("cinic", {"ARCHIVE_DIR": ""})
    assert not list(tmp_path.glob("*archive*"))


def test_too_little_disk_ends_the_crawl_cleanly(web, crawl, store):
    cinic(web)
    done = crawl("cinic", {"DISK_FREE_MIN_MB": 1 << 40})
    assert done.stats["finish_reason"] == "disk"
    assert any("DISK_FREE_MIN_MB asks for" in line for line in done.lines)
    again = crawl("cinic")
    assert again.stats["finish_reason"] == "finished"
    assert len(store.stored([article_url(n) for n in range(1, 8)])) == 7
