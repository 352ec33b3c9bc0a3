"""After a crash, cut archive files back to what the database has committed."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from crawler.archive.capture import ArchiveError, Location
from crawler.archive.reader import read_captures

COMMITTED_TOGETHER = 16
"""Captures whose places are committed in one transaction, at most."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """A file that did not end where the database says: ``cut`` bytes removed, or ``missing`` bytes lost.

    Both 0: the database knew the name of a file that was never begun.
    """

    file: str
    cut: int
    missing: int


def recover(folder: Path, committed: Callable[[], Mapping[str, int]]) -> list[Recovered]:
    """Bring every file that ``committed()`` names (file name → committed size) back to that size.

    A file with nothing committed was never finished, or was replaced: it is removed. Files another process still holds
    open are left alone, and so is every file the database does not know, unless it is an empty one of ours. A crash
    leaves at most ``COMMITTED_TOGETHER`` captures too many; where there are more, an older database was put back beside
    a newer archive, and what is cut off is set aside as a WARC file of its own (``NAME.cut-OFFSET.warc.gz``).
    """
    known = committed()
    changed: list[Recovered] = []
    for name, size in sorted(known.items()):
        try:
            with locked(folder / name) as handle:
                if os.fstat(handle).st_size != size:
                    size = committed().get(name, 0)  # its writer may have ended since we asked
                    changed.extend(_bring_back(folder / name, handle, size))
        except FileNotFoundError:
            changed.append(Recovered(name, 0, size))
        except BlockingIOError:
            pass  # its writer lives
    for path in folder.glob("duikou-*.warc.gz"):
        if path.name in known:
            continue
        with suppress(BlockingIOError, FileNotFoundError), locked(path) as handle:  # another start may be quicker
            if os.fstat(handle).st_size == 0:
                path.unlink()
    return changed


@contextmanager
def locked(path: Path) -> Iterator[int]:
    """Hold a file as its writer would; raises BlockingIOError while another process does."""
    handle = os.open(path, os.O_RDWR)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield handle
    finally:
        os.close(handle)


def _bring_back(path: Path, handle: int, size: int) -> Iterator[Recovered]:
    actual = os.fstat(handle).st_size
    if actual == size:
        return
    if size == 0:
        path.unlink()
    elif actual > size:
        _set_aside(path, handle, size)
        os.ftruncate(handle, size)
        os.fsync(handle)
    yield Recovered(path.name, max(actual - size, 0), max(size - actual, 0))


def _set_aside(path: Path, handle: int, size: int) -> None:
    tail = os.pread(handle, os.fstat(handle).st_size - size, size)
    whole: list[Location] = []
    with suppress(ArchiveError):
        whole.extend(location for location, _ in read_captures(BytesIO(tail), path.name))
    if len(whole) > COMMITTED_TOGETHER:
        end = whole[-1].offset + whole[-1].length
        path.with_name(f"{path.name}.cut-{size}.warc.gz").write_bytes(tail[:end])
