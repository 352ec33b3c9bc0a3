"""Asked directly: the address of the very connection is what counts."""

from __future__ import annotations

import socket
from ipaddress import ip_address

import pytest

from crawler.guard import AddressRefusedError, AddressRule, FetchError, fetch
from crawler.guard.addresses import is_public, literal
from tests.spiders.conftest import LIST_1, article_url, cinic
from tests.spiders.hostile import server
from tests.spiders.hostile.server import Web, answer, redirect

QUICK = {"DOWNLOAD_TIMEOUT": 30}
HOST = "www.cinic.org.cn"


@pytest.fixture
def names(loop, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[list[str]]]:
    """What names resolve to, look-up by look-up; the last answer stays."""
    table: dict[str, list[list[str]]] = {}

    def getaddrinfo(host, port, *args, **kwargs):
        left = table[host.decode() if isinstance(host, bytes) else host]
        found = left.pop(0) if len(left) > 1 else left[0]
        kinds = [(socket.AF_INET6 if ":" in a else socket.AF_INET, a) for a in found]
        return [(family, socket.SOCK_STREAM, 6, "", (a, port or 0)) for family, a in kinds]

    from twisted.internet import reactor

    monkeypatch.setattr(reactor.nameResolver, "_getaddrinfo", getaddrinfo)
    return table


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "100.100.100.200", "0.0.0.0", "::1"])
def test_a_name_that_resolves_inside_is_refused_at_the_connection(direct: Web, crawl, store, names, address):
    names[HOST] = [[address]]
    run = crawl("cinic", QUICK)
    assert direct.asked == []
    assert any(line.startswith(f"{LIST_1}: {HOST}: {address} is not a public address") for line in run.lines)
    assert run["lost/address"] == 1


def portal_at(direct: Web, names) -> str:
    """The small cinic on the loopback server, on its own port."""
    names[HOST] = [["127.0.0.1"]]
    cinic(direct)
    origin = f"http://{HOST}:{direct.port}"
    for url in list(direct.faults):
        direct.faults[url.replace(f"http://{HOST}", origin)] = direct.faults[url]
    return origin


def test_an_address_that_is_allowed_is_asked(direct: Web, crawl, names):
    origin = portal_at(direct, names)
    page = article_url(7).replace(f"http://{HOST}", origin)
    run = crawl("cinic", QUICK | {"ADDRESSES_ALLOWED": ["127.0.0.0/8"]}, url=page)
    assert len(run.items) == 1
    by_name = crawl("cinic", QUICK | {"ADDRESSES_ALLOWED": [HOST]}, url=page)
    assert len(by_name.items) == 1


def test_a_name_cannot_change_its_mind_between_check_and_connection(direct: Web, crawl, names):
    """DNS rebinding: the first look-up says public, every later one loopback; what was checked is what is used."""
    origin = portal_at(direct, names)
    names[HOST] = [["192.0.2.1"], ["127.0.0.1"]]
    run = crawl("cinic", QUICK, url=article_url(7).replace(f"http://{HOST}", origin))
    assert direct.asked == []
    assert run.items == []


def test_every_redirect_is_checked_again(direct: Web, crawl, store, names):
    names["wyjx.example"] = [["127.0.0.1"]]
    names["inside.example"] = [["10.0.0.1"]]
    origin = f"http://wyjx.example:{direct.port}"
    page = f"{origin}/dy/article/JS35L1P3053489NX.html"
    direct.faults[page] = redirect("http://inside.example/dy/article/JS35L1P3053489NX.html")
    run = crawl("netease", QUICK | {"ADDRESSES_ALLOWED": ["wyjx.example"]}, url=page)
    assert page in direct.asked
    assert any("inside.example: 10.0.0.1 is not a public address" in line for line in run.lines), run.lines


INNER = """
    127.0.0.1 127.1 2130706433 0x7f000001 0x7f.1 017700000001 0177.0.0.1 127.0.0.1. 0 0.0.0.0 10.0.0.1
    172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 100.100.100.200 192.0.0.192 168.63.129.16 198.18.0.1
    224.0.0.1 240.0.0.1 255.255.255.255 192.0.2.1 999.1.1.1 0x ::1 [::1] :: ::ffff:127.0.0.1 ::ffff:7f00:1
    ::127.0.0.1 64:ff9b::7f00:1 2002:7f00:1:: fe80::1 fe80::1%eth0 fc00::1 fd00:ec2::254 fec0::1 ff02::1
    2001:db8::1 2001:0:4136:e378::1 １２７.0.0.1 127。0。0。1 %31%32%37.0.0.1 ①②⑦.0.0.1 localhost
    localhost. LOCALHOST a.localhost router.local metadata.google.internal intranet db x.lan x.home.arpa
    x.corp
"""


@pytest.mark.parametrize("host", INNER.split())
def test_inner_hosts_are_refused_in_every_notation(host):
    with pytest.raises(AddressRefusedError):
        AddressRule().check_host(host)


@pytest.mark.parametrize(
    "host", ["www.cinic.org.cn", "163.com", "8.8.8.8", "1.1.1.1", "2606:4700::1111", "::ffff:8.8.8.8", "中国.example",
             "2130706433.example", "0x7f.example", "local.example", "wyjx.example"],
)  # fmt: skip
def test_public_hosts_pass(host):
    AddressRule().check_host(host)


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://a.example/", "gopher://a.example", "javascript:1", "//a.example", "http://",
            "", "http://[::1", "data:text/html,x", "http://a@127.0.0.1/", "http://www.cinic.org.cn@127.0.0.1/"],
)  # fmt: skip
def test_only_web_addresses_are_asked(url):
    with pytest.raises(AddressRefusedError):
        AddressRule().check_url(url)


def test_exceptions_are_named_and_no_more() -> None:
    rule = AddressRule.parse(["10.1.0.0/16", "intranet", "::1"])
    rule.check_host("10.1.2.3")
    rule.check_host("::ffff:10.1.2.3")
    rule.check_host("INTRANET.")
    rule.check_address("intranet", "192.168.0.9")
    rule.check_host("[::1]")
    for refused in ("10.2.0.1", "intranet2", "127.0.0.1"):
        with pytest.raises(AddressRefusedError):
            rule.check_host(refused)
    for wrong in ("10.0.0.0/33", "127.0.0.1/8", "0x7f.1", ""):
        with pytest.raises(ValueError, match="ADDRESSES_ALLOWED"):
            AddressRule.parse([wrong])


def test_literals_stand_for_what_resolvers_make_of_them() -> None:
    assert literal("0x7f.1") == ip_address("127.0.0.1")
    assert literal("010.1") == ip_address("8.0.0.1")
    assert literal("www.1") is None
    assert is_public(ip_address("2002:808:808::"))


def asked(url: str, rule: AddressRule, seconds: float = 30, limit: int = 1 << 20) -> bytes:
    return fetch(url, rule, agent="test", limit=limit, seconds=seconds).body


def test_one_page_for_a_command_is_bounded_in_the_same_way(direct: Web) -> None:
    origin, rule = f"http://127.0.0.1:{direct.port}", AddressRule.parse(["127.0.0.1"])
    direct.faults |= {
        f"{origin}/good": answer("<p>good</p>"),
        f"{origin}/hop": redirect("/good"),
        f"{origin}/out": redirect("http://10.0.0.1/"),
        f"{origin}/file": redirect("file:///etc/passwd"),
        f"{origin}/round": redirect("/round"),
        f"{origin}/endless": server.endless_body,
        f"{origin}/slow": server.slow_body,
        f"{origin}/slower": server.slow_headers,
        f"{origin}/short": server.cut(b"<p>", Content_Length="99"),
        f"{origin}/none": answer("", 404),
        f"{origin}/old": server.raw(b"hello"),
    }
    assert asked(f"{origin}/hop", rule) == b"<p>good</p>"
    with pytest.raises(AddressRefusedError):
        asked(f"{origin}/good", AddressRule())
    for path, said in [("/out", "10.0.0.1 is not a public address"), ("/file", "only http and https")]:
        with pytest.raises(AddressRefusedError, match=said):
            asked(origin + path, rule)
    for path, said in [
        ("/round", "redirects"), ("/endless", "larger than 1 MB"), ("/short", "cut short"), ("/none", "HTTP 404"),
        ("/old", "no proper HTTP"),
    ]:  # fmt: skip
        with pytest.raises(FetchError, match=said):
            asked(origin + path, rule)
    for path in ("/slow", "/slower"):
        with pytest.raises(FetchError, match="not there within 1 s"):
            asked(origin + path, rule, seconds=1)


def test_behind_a_proxy_names_are_left_to_it_and_literals_are_not(web: Web) -> None:
    web.put("http://www.a.gov.cn/x", "<p>by proxy</p>")
    assert asked("http://www.a.gov.cn/x", AddressRule()) == b"<p>by proxy</p>"
    for url in ("http://127.0.0.1/x", "http://intranet/x"):
        with pytest.raises(AddressRefusedError):
            asked(url, AddressRule())
    assert web.asked == ["http://www.a.gov.cn/x"]
