"""Which hosts may be asked: public ones only, unless a rule allows more (server-side request forgery, CWE-918).

A host is judged twice. :meth:`AddressRule.check_host` looks at its name before anything is resolved and catches IP
literals in every notation (``127.1``, ``0x7f000001``, ``[::ffff:10.0.0.1]``, full-width digits) and names that only
mean something inside a network. :meth:`AddressRule.check_address` looks at an address the name resolved to; whoever
connects must call it for the very address it connects to, or a name could change its mind in between (DNS rebinding).
"""

from __future__ import annotations

import re
import socket
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import unquote, urlsplit

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# Public by the IANA registries, yet not of the public web.
_CLOSED: tuple[Network, ...] = (
    ip_network("168.63.129.16/32"),  # Azure's host agent (Microsoft documentation)
    ip_network("192.0.0.0/24"),  # protocol assignments, some called global (RFC 6890); Oracle Cloud's metadata
    ip_network("192.88.99.0/24"),  # 6to4 relays, deprecated (RFC 7526)
    ip_network("64:ff9b:1::/48"),  # local-use NAT64 (RFC 8215)
    ip_network("fec0::/10"),  # site-local, deprecated (RFC 3879)
    ip_network("2001::/23"),  # protocol assignments: Teredo, ORCHID (RFC 2928)
)
# IPv6 ranges that carry an IPv4 address, and how far its last bit is from the right.
_CARRIERS: tuple[tuple[IPv6Network, int], ...] = (
    (IPv6Network("::ffff:0:0/96"), 0),  # mapped (RFC 4291)
    (IPv6Network("::/96"), 0),  # compatible, deprecated (RFC 4291)
    (IPv6Network("::ffff:0:0:0/96"), 0),  # translated (RFC 2765)
    (IPv6Network("64:ff9b::/96"), 0),  # NAT64 (RFC 6052)
    (IPv6Network("2002::/16"), 80),  # 6to4 (RFC 3056)
)
# Names without a public meaning (RFC 6761, RFC 6762, RFC 8375, ICANN's .internal, and what networks use at home).
_INSIDE = frozenset(
    {"localhost", "localdomain", "local", "internal", "intranet", "private", "corp", "home", "lan", "arpa", "onion"}
)
# What inet_aton takes for an address: one to four numbers, each decimal, octal or hexadecimal.
_ATON = re.compile(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+)){0,3}", re.I)
_DOTS = str.maketrans("。．｡", "...")
_REMEDY = "name it in ADDRESSES_ALLOWED if it is meant"


class AddressRefusedError(ValueError):
    """A host or address that is not to be asked; one line with host, cause and remedy."""


@dataclass(frozen=True, slots=True)
class AddressRule:
    """Public hosts, and beyond them the ``networks`` and host ``names`` that are allowed on purpose."""

    networks: tuple[Network, ...] = ()
    names: frozenset[str] = frozenset()

    @classmethod
    def parse(cls, allowed: Iterable[str]) -> AddressRule:
        """Build from addresses (``10.1.2.3``), networks (``10.0.0.0/8``) and host names; raises ValueError."""
        networks: list[Network] = []
        names: set[str] = set()
        for entry in (entry.strip() for entry in allowed):
            try:
                networks.append(ip_network(entry))
            except ValueError as error:
                if "/" in entry or literal(entry) is not None or not entry:
                    raise ValueError(f"ADDRESSES_ALLOWED: {entry!r} is no address, network or host: {error}") from None
                names.add(plain_host(entry))
        return cls(tuple(networks), frozenset(names))

    def check_url(self, url: str) -> None:
        """Raise AddressRefusedError for anything but http(s) to a host that :meth:`check_host` lets pass."""
        try:
            parts = urlsplit(url)
            host = parts.hostname
        except ValueError as error:
            raise AddressRefusedError(f"{url!r}: not a web address ({error})") from None
        if parts.scheme not in ("http", "https"):
            raise AddressRefusedError(f"{parts.scheme or 'no scheme'}: only http and https are asked for")
        if not host:
            raise AddressRefusedError("no host in the address")
        self.check_host(host)

    def check_host(self, host: str) -> None:
        """Raise AddressRefusedError for IP literals that are not public and for names of inner networks."""
        name = plain_host(host)
        if name in self.names:
            return
        address = literal(name)
        if address is not None:
            self._check(host, address)
        elif "." not in name or name.rpartition(".")[2] in _INSIDE:
            raise AddressRefusedError(f"{host}: a name of an inner network; {_REMEDY}")

    def check_address(self, host: str, address: str) -> None:
        """Raise AddressRefusedError when ``host`` resolved to an address that is not public."""
        if plain_host(host) not in self.names:
            self._check(host, ip_address(address.partition("%")[0]))

    def _check(self, host: str, address: Address) -> None:
        if not is_public(address) and not any(carried in net for net in self.networks for carried in _forms(address)):
            where = host if str(address) == host else f"{host}: {address}"
            raise AddressRefusedError(f"{where} is not a public address; {_REMEDY}")


def is_public(address: Address) -> bool:
    """Whether the address is of the public internet, and so is every IPv4 address it carries."""
    return all(
        form.is_global
        and not form.is_multicast
        and not any(form in net for net in _CLOSED if net.version == form.version)
        for form in _forms(address)
    )


def literal(host: str) -> Address | None:
    """The address a host name stands for by itself, in any notation a resolver takes; None for real names."""
    name = plain_host(host)
    try:
        return ip_address(name.partition("%")[0])
    except ValueError:
        pass
    if _ATON.fullmatch(name):
        try:
            return IPv4Address(socket.inet_aton(name))
        except OSError:
            return IPv4Address(0)  # numbers out of range: resolvers differ, so it counts as no public address
    return None


def plain_host(host: str) -> str:
    """The host as resolvers see it: no brackets, final dot, escapes, full-width forms or capitals."""
    name = unicodedata.normalize("NFKC", unquote(host).translate(_DOTS))
    return name.strip().strip("[]").rstrip(".").lower()


def _forms(address: Address) -> list[Address]:
    """The address that packets go to: itself, or the IPv4 address an IPv6 one carries."""
    if isinstance(address, IPv6Address) and int(address) > 1:
        for network, shift in _CARRIERS:
            if address in network:
                return [IPv4Address((int(address) >> shift) & 0xFFFFFFFF)]
    return [address]
