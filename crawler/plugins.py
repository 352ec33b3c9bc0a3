"""What packages outside the repository add, found by their entry points; a broken one is named and left out.

Groups are ``duikou.portals`` and ``duikou.extractors`` (docs/plugins.md).
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from multiprocessing import parent_process
from typing import Any, Generic, TypeVar

from crawler.guard import visible_line

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Plugin(Generic[T]):
    """One entry point, loaded: its name, the distribution and version it comes from, and what it holds."""

    name: str
    origin: str
    value: T


def plugins(group: str, read: Callable[[Any], T]) -> tuple[Plugin[T], ...]:
    """Load the group's entry points, by name; ``read`` turns what one names into what is wanted, or raises.

    What raises, in loading or in ``read``, is told in one line on stderr and left out. A name is taken once.
    """
    found: dict[str, Plugin[T]] = {}
    for point in sorted(_points(group), key=lambda one: (one.name, _origin(one))):
        if point.name in found:
            complain(group, point, f"the name is taken by {found[point.name].origin}")
            continue
        try:
            found[point.name] = Plugin(point.name, _origin(point), read(point.load()))
        except (Exception, SystemExit) as error:  # whatever a stranger's module does, the rest goes on
            complain(group, point, f"{type(error).__name__}: {error}")
    return tuple(found.values())


def complain(group: str, point: EntryPoint | Plugin[Any], cause: str) -> None:
    """Say on stderr that a plugin is left out; worker processes, which load it too, keep quiet."""
    origin = point.origin if isinstance(point, Plugin) else _origin(point)
    if parent_process() is None:
        print(visible_line(f"plugin {point.name} ({group}, from {origin}) left out: {cause}"), file=sys.stderr)


@cache
def _points(group: str) -> tuple[EntryPoint, ...]:
    return tuple(entry_points(group=group))


def _origin(point: EntryPoint) -> str:
    return f"{point.dist.name} {point.dist.version}" if point.dist is not None else point.value
