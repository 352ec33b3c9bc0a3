"""A proposal as files: into this repository, or as a package of its own with an entry point."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from crawler.monitors.fixtures import write_fixture
from crawler.portals import GROUP, Portal
from crawler.scouting.proposal import Proposal

LINE = 118  # characters of a declaration's line


class TargetError(Exception):
    """The files cannot be written there; one line with the path, the cause and the remedy."""


def in_repository(root: Path, name: str) -> tuple[Path, Path]:
    """Where declaration and cases of a portal stand in a checkout. Raises TargetError when ``root`` is none."""
    declaration, cases = root / "crawler" / "portals" / f"{name}.py", root / "tests" / "portals" / "cases" / name
    if not (declaration.parent / "declaration.py").is_file() or not cases.parent.is_dir():
        raise TargetError(f"{root} is no checkout of duikou; write a package of its own: --into DIR")
    return _free(declaration, cases)


def in_package(root: Path, name: str) -> tuple[Path, Path]:
    """Where they stand in a package of its own. Raises TargetError when one of them is there."""
    return _free(root / f"duikou_{name}.py", root / "tests" / "cases" / name)


def write(proposal: Proposal, declaration: Path, cases: Path) -> list[Path]:
    """Write the declaration and the unchecked cases, and return what was written. Raises TargetError."""
    written = [declaration]
    try:
        declaration.parent.mkdir(parents=True, exist_ok=True)
        declaration.write_text(source(proposal.portal), "utf-8")
        for case in proposal.cases:
            write_fixture(cases / case.name, case.page, case.expected, unchecked=True)
            written.append(cases / case.name)
    except OSError as error:
        raise TargetError(f"{error.filename}: cannot be written ({error.strerror})") from error
    return written


def write_package(root: Path, name: str) -> list[Path]:
    """Write what makes a package of the declaration, where it is not there yet. Raises TargetError."""
    files = {
        root / "pyproject.toml": _PYPROJECT.format(
            name=name, dashed=name.replace("_", "-"), group=GROUP, point=entry_point(name)
        ),
        root / "tests" / "test_cases.py": _TEST,
    }
    missing = {path: text for path, text in files.items() if not path.exists()}
    try:
        for path, text in missing.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    except OSError as error:
        raise TargetError(f"{error.filename}: cannot be written ({error.strerror})") from error
    return list(missing)


def entry_point(name: str) -> str:
    """The line of a pyproject.toml that names a package's portal."""
    return f'{name} = "duikou_{name}:PORTAL"'


def source(portal: Portal) -> str:
    """The declaration as a module; what came from the site stands in quoted strings only."""
    return "\n".join([f"{_docstring(portal.title)}", "", f"from {Portal.__module__} import Portal", "", *_call(portal)])


def _call(portal: Portal) -> Iterator[str]:
    yield "PORTAL = Portal("
    yield f"    name={_quoted(portal.name)},"
    yield f"    title={_quoted(portal.title)},"
    yield from _tuple("hosts", portal.hosts)
    yield from _tuple("start_urls", portal.start_urls)
    yield f"    article={_raw(portal.article)},"
    yield f"    listing={_raw(portal.listing)},"
    if portal.home is not None:
        yield f"    home={_quoted(portal.home)},"
    yield from (")", "")


def _tuple(field: str, values: tuple[str, ...]) -> Iterator[str]:
    inner = ", ".join(map(_quoted, values)) + ("," if len(values) == 1 else "")
    if len(line := f"    {field}=({inner}),") <= LINE:
        yield line
        return
    yield f"    {field}=("
    yield from (f"        {_quoted(value)}," for value in values)
    yield "    ),"


def _docstring(title: str) -> str:
    plain = "".join(c for c in title if c.isprintable() and c not in '"\\')
    return f'"""{plain}: say in a line what it publishes and why it is read."""'


def _quoted(text: str) -> str:
    """A Python string literal: a JSON one, with everything but plain and Chinese characters escaped."""
    shown = json.dumps(text, ensure_ascii=False)
    return shown if shown.isprintable() else json.dumps(text)


def _raw(pattern: str) -> str:
    """A raw string literal where that is one."""
    plain = '"' not in pattern and pattern.isprintable() and not pattern.endswith("\\")
    return f'r"{pattern}"' if plain else _quoted(pattern)


def _free(declaration: Path, cases: Path) -> tuple[Path, Path]:
    for path in (declaration, cases):
        if path.exists():
            raise TargetError(f"{path} is there already; take it away first, or choose another name")
    return declaration, cases


_PYPROJECT = """\
[build-system]
requires = ["setuptools>=77"]
build-backend = "setuptools.build_meta"

[project]
name = "duikou-{dashed}"
version = "0.1.0"
requires-python = ">=3.11"
dependencies = ["duikou"]

[project.entry-points."{group}"]
{point}

[tool.setuptools]
py-modules = ["duikou_{name}"]
"""

_TEST = '''\
"""Saved pages of our portals, each with what it must be read as."""

from pathlib import Path

import pytest

from crawler.monitors import mismatches

CASES = sorted(file.parent for file in (Path(__file__).parent / "cases").glob("*/*/expected.json"))


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: f"{folder.parent.name}-{folder.name}")
def test_the_page_is_read_as_expected(folder: Path):
    if told := "\\n".join(mismatches(folder)):
        pytest.fail(told, pytrace=False)
'''
