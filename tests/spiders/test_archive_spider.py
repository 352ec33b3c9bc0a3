"""Portals that are gone are harvested from web archives: CDX indexes, WARC and WACZ files, local and by URL."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator

import pytest

from tests.spiders.cdx_web import CdxWeb, Held
from tests.spiders.conftest import article

SITE = "http://www.gdfupin.org.cn/"
BODY = (
    "4月{n}日,广东省东莞市党政代表团赴韶关市考察扶贫开发工作,召开座谈会,双方商定了对口帮扶事项。"
    "|会上,东莞市向韶关市捐赠帮扶资金{n}00万元,用于第{n}批村集体项目建设。|代表团还看望了第{n}批驻村干部。"
)


def page(n: int, extra: str = "") -> bytes:
    body = article(f"东莞代表团第{n}次赴韶关", BODY.format(n=n) + extra, f"2011-04-{n + 10}")
    return body.replace("utf-8", "gb2312").encode("gb18030")


@pytest.fixture
def archive(web, tmp_path) -> Iterator[CdxWeb]:
    """Five articles, one changed later, one seen unchanged, one whose bytes are gone; an image, a redirect."""
    url = f"{SITE}view.asp?id={{}}".format
    held = [
        Held(url(1), "20110412010101", page(1)),
        Held(url(1), "20120412010101", page(1), revisit=True),
        Held(url(1), "20130412010101", page(1, "|2013年补充:资金已经到位。")),
        Held(url(2), "20110413010101", page(2)),
        Held(url(3), "20110414010101", page(3), gone=True),
        Held(SITE + "logo.gif", "20110414010101", b"GIF89a", mime="image/gif"),
        Held(url(4), "20110415010101", page(4), status=302),
        Held(url(5), "20110416010101", page(5)),
    ]
    folder = tmp_path / "cdx"
    folder.mkdir()
    served = CdxWeb(held, folder)
    yield served
    served.close()


@pytest.fixture(autouse=True)
def direct(web, monkeypatch):
    """These servers are asked directly, not through the web's proxy."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")


SETTINGS = {"RETRY_TIMES": 2, "ADDRESSES_ALLOWED": ["127.0.0.1"]}


@pytest.mark.parametrize("dialect", ["index", "common"])
def test_a_portal_that_is_gone_is_harvested(crawl, store, archive, dialect):
    more = {"data": f"{archive.origin}/"} if dialect == "common" else {}
    done = crawl("archive", SETTINGS, index=getattr(archive, dialect), host="www.gdfupin.org.cn", **more)
    urls = sorted(item.url for item in done.items)
    assert urls == [SITE + f"view.asp?id={n}" for n in (1, 1, 2, 5)]
    assert {item.portal for item in done.items} == {"gdfupin"}
    assert {item.published for item in done.items} == {"2011-04-11", "2011-04-12", "2011-04-15"}
    assert done["lost"] == 0
    assert done["dead_links"] == (1 if dialect == "index" else 0)
    again = crawl("archive", SETTINGS, index=getattr(archive, dialect), host="www.gdfupin.org.cn", **more)
    assert again.items == []
    revised = store.record(SITE + "view.asp?id=1")
    assert revised is not None
    assert "资金已经到位" in revised.article.text


def test_since_asks_the_index_for_later_captures_only(crawl, archive):
    done = crawl("archive", SETTINGS, index=archive.index, host="www.gdfupin.org.cn", since="2012-01-01")
    assert [item.url for item in done.items] == [SITE + "view.asp?id=1"] * 2  # a revisit stands for what it refers to
    assert all("from=20120101" in asked for asked in archive.asked if "cdx" in asked)


def test_a_host_the_index_does_not_know_is_no_loss(crawl, archive):
    done = crawl("archive", SETTINGS, index=archive.common, host="nosuch.example", data=f"{archive.origin}/")
    assert (done["lost"], done.items) == (0, [])


@pytest.mark.parametrize("kind", ["file", "folder", "wacz", "url"])
def test_files_are_read_back(crawl, archive, web, tmp_path, kind):
    warc = archive.folder / "a.warc.gz"
    path = str(warc)
    if kind == "folder":
        shutil.copy(warc, tmp_path / "cdx" / "b.warc.gz")
        path = str(archive.folder)
    elif kind == "wacz":
        with zipfile.ZipFile(tmp_path / "a.wacz", "w") as out:
            out.write(warc, "archive/a.warc.gz")
        path = str(tmp_path / "a.wacz")
    elif kind == "url":
        path = "http://archives.example/a.warc.gz"
        web.put(path, warc.read_bytes(), Content_Type="application/gzip")
    done = crawl("archive", path=path)
    assert sorted({item.url for item in done.items}) == [SITE + f"view.asp?id={n}" for n in (1, 2, 5)]
    assert done["lost"] == 0


def test_a_damaged_file_gives_what_is_whole_and_says_where(crawl, archive, tmp_path):
    data = (archive.folder / "a.warc.gz").read_bytes()
    short = tmp_path / "short.warc.gz"
    short.write_bytes(data[: len(data) * 2 // 3])
    done = crawl("archive", path=str(short))
    assert done.items
    assert done["lost"] == 1
    assert any("short.warc.gz: damaged after offset" in line for line in done.lines)


def test_an_index_that_answers_nonsense_is_named(crawl, web):
    web.put("http://index.example/CC-index?url=a.example%2F%2A&output=json&showNumPages=true", "<html>busy</html>")
    done = crawl("archive", index="http://index.example/CC-index", host="a.example")
    assert done["lost"] == 1
    assert any("no page count" in line for line in done.lines)
