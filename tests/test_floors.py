"""Imports point down only: each floor may use its own and lower floors, and domain code never imports scrapy."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "crawler"

FLOORS = [
    {"model", "guard", "haste"},
    {"plugins"},
    {"archive", "places", "portals"},
    {"text"},
    {"facts"},
    {"reading", "events", "dedup", "lists"},
    {"extractors"},
    {"recipe", "schema"},
    {"differences", "documents", "pool", "store", "warm"},
    {"monitors", "workers"},
    {"bulk", "replay", "schedule", "scouting", "sheets"},
    {"exports"},
    {"browse", "compare", "watch"},
    {"notices", "reports", "review"},
]
LEVEL = {name: level for level, names in enumerate(FLOORS) for name in names}
SCRAPY_SIDE = {
    "addon", "cluster", "commands", "downloads", "exceptions", "extensions", "items", "middlewares", "pipelines",
    "sample", "settings", "spiders",
}  # fmt: skip
FORBIDDEN_BELOW = {"scrapy", "twisted", "itemadapter"}


def modules() -> list[Path]:
    return sorted(ROOT.rglob("*.py"))


def room(path: Path) -> str:
    """The top-level module or package of ``crawler`` a file belongs to."""
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module
            if node.module == "crawler":
                yield from (f"crawler.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            pytest.fail(f"{path}: relative import; write the full name")


def test_every_room_has_a_floor() -> None:
    rooms = {room(path) for path in modules()} - {"__init__"}
    assert rooms <= LEVEL.keys() | SCRAPY_SIDE, "say in this test on which floor the new module stands"


@pytest.mark.parametrize("path", [p for p in modules() if room(p) in LEVEL], ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_point_down(path: Path) -> None:
    own = room(path)
    for name in imports(path):
        assert name.split(".")[0] not in FORBIDDEN_BELOW, f"domain code imports {name}"
        parts = name.split(".")
        if parts[0] == "crawler" and len(parts) > 1 and parts[1] != own and parts[1] != "__version__":
            assert parts[1] in LEVEL, f"{own} imports {name} from the Scrapy side"
            assert LEVEL[parts[1]] < LEVEL[own], f"{own} imports {name}, which is not below it"
