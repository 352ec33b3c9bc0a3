"""The portals, one declarative file each. A new portal is a new module here with a ``PORTAL``."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from crawler.portals.declaration import Body, Portal

__all__ = ["Body", "Portal", "UnknownPortal", "portal", "portals"]


class UnknownPortal(KeyError):  # noqa: N818
    """No portal of that name is declared; the message lists those that are."""

    def __str__(self) -> str:
        return str(self.args[0])


def portals() -> tuple[Portal, ...]:
    """All declared portals, by name."""
    return tuple(_declared().values())


def portal(name: str) -> Portal:
    """The portal of that name; raises UnknownPortal."""
    try:
        return _declared()[name]
    except KeyError:
        raise UnknownPortal(f"unknown portal {name!r}; declared are: {', '.join(_declared())}") from None


@cache
def _declared() -> dict[str, Portal]:
    modules = sorted(m.name for m in pkgutil.iter_modules(__path__) if m.name != "declaration")
    found = [import_module(f"{__name__}.{name}").PORTAL for name in modules]
    return {p.name: p for p in found}
