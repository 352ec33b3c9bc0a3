"""The portals, one declarative file each. A new portal is a new module here with a ``PORTAL``, or a plugin's."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from typing import Any

from cssselect import SelectorError
from lxml.cssselect import CSSSelector

from crawler.plugins import complain, plugins
from crawler.portals.declaration import Earlier, Portal

__all__ = [
    "GROUP",
    "NAME",
    "RESERVED",
    "Earlier",
    "Portal",
    "UnknownPortal",
    "known",
    "origin",
    "owner",
    "portal",
    "portals",
]

GROUP = "duikou.portals"
"""Entry points of other packages: each names a ``Portal``, or several in a tuple or list."""

NAME = re.compile(r"[a-z][a-z0-9_]{1,30}")
"""What a portal may be called: a spider, a Python module and a file folder bear the name."""

RESERVED = frozenset({"site", "archive", "declaration"})
"""Names that are no portal's: spiders for any site, and the module of the declarations."""


class UnknownPortal(KeyError):  # noqa: N818
    """No portal of that name is declared; the message lists those that are."""

    def __str__(self) -> str:
        return str(self.args[0])


def portals() -> tuple[Portal, ...]:
    """All declared portals, by name; those of plugins after our own."""
    return tuple(one for one, _ in _declared().values())


def portal(name: str) -> Portal:
    """The portal of that name; raises UnknownPortal."""
    try:
        return _declared()[name][0]
    except KeyError:
        raise UnknownPortal(f"unknown portal {name!r}; declared are: {', '.join(_declared())}") from None


def known(name: str | None) -> Portal | None:
    """The portal of that name, or None: a page may come from a site that nobody declares."""
    found = _declared().get(name or "")
    return found[0] if found else None


def owner(url: str) -> Portal | None:
    """The declared portal on whose hosts the address lies, if any."""
    return next((one for one in portals() if one.owns(url)), None)


def origin(name: str) -> str | None:
    """The package (name and version) whose plugin declares the portal; None for our own. Raises UnknownPortal."""
    portal(name)
    return _declared()[name][1]


@cache
def _declared() -> dict[str, tuple[Portal, str | None]]:
    modules = sorted(m.name for m in pkgutil.iter_modules(__path__) if m.name != "declaration")
    found: dict[str, tuple[Portal, str | None]] = {}
    for module in modules:
        one = import_module(f"{__name__}.{module}").PORTAL
        found[one.name] = (one, None)
    for plugin in plugins(GROUP, _portals_in):
        for one in plugin.value:
            if fault := _fault(one, found):
                complain(GROUP, plugin, fault)
            else:
                found[one.name] = (one, plugin.origin)
    return found


def _portals_in(value: Any) -> tuple[Portal, ...]:
    given = (value,) if isinstance(value, Portal) else tuple(value) if isinstance(value, Iterable) else ()
    if not given or not all(isinstance(one, Portal) for one in given):
        raise TypeError(f"names {value!r:.80}, not a crawler.portals.Portal or several")
    return given


def _fault(one: Portal, known: dict[str, tuple[Portal, str | None]]) -> str | None:
    """Why a declaration of another package cannot be used, None when it can."""
    if one.name in known:
        return f"a portal {one.name!r} is declared already"
    return next(_faults(one), None)


def _faults(one: Portal) -> Iterator[str]:
    if not NAME.fullmatch(one.name) or one.name in RESERVED:
        yield f"{one.name!r} is no name for a portal: lower-case letters, digits and _, not {', '.join(RESERVED)}"
    try:
        strange = [url for url in one.start_urls if not one.owns(url) or one.is_article(url)]
        for selector in one.bodies(None):
            CSSSelector(selector)
    except re.error as error:
        yield f"portal {one.name!r}: {error.pattern!r} is no regular expression: {error}"
        return
    except SelectorError as error:
        yield f"portal {one.name!r}: no CSS selector: {error}"
        return
    if not one.start_urls:
        yield f"portal {one.name!r} has no start_urls"
    if strange:
        yield f"portal {one.name!r}: {strange[0]} is no list page on its hosts"
