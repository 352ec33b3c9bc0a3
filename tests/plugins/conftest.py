"""Installed packages without an installer: modules and their metadata in a folder on the path."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
_NAMED = re.compile(r"^```\w+\n# (?P<name>[\w/.]+)\n(?P<text>.*?)^```", re.M | re.S)


def printed(page: str) -> dict[str, str]:
    """The files printed on a page of the docs, by the name in their first line."""
    return {m["name"]: m["text"] for m in _NAMED.finditer((ROOT / "docs" / page).read_text("utf-8"))}


def install(folder: Path, files: dict[str, str]) -> None:
    """Lay the modules out as an installer would, with the metadata of their pyproject.toml."""
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    project = tomllib.loads(files["pyproject.toml"])["project"]
    info = folder / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n")
    points = project["entry-points"].items()
    lines = [f"[{group}]\n" + "".join(f"{k} = {v}\n" for k, v in named.items()) for group, named in points]
    (info / "entry_points.txt").write_text("\n".join(lines))
