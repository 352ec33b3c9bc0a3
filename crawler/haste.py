"""Reading gives way to a write that other processes wait for: threads of one process share its interpreter.

A transaction under the lock of the one writer waits a dozen times for its database, and after each wait for the
thread that reads pages; so it would hold the lock twice as long as its own work takes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

_LONGEST = 0.5
"""Seconds that reading waits at most: a database that hangs holds nothing else up."""


class Haste:
    """Whether a write of this process is in haste; any number may be at once."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._writes = 0

    @contextmanager
    def write(self) -> Iterator[None]:
        """Do something that other processes wait for."""
        with self._changed:
            self._writes += 1
        try:
            yield
        finally:
            with self._changed:
                self._writes -= 1
                if not self._writes:
                    self._changed.notify_all()

    def give_way(self) -> None:
        """Wait until no write is in haste, half a second at most."""
        if self._writes:
            with self._changed:
                self._changed.wait_for(lambda: not self._writes, _LONGEST)


haste = Haste()
"""This process's own."""
