"""Waiting for a database server that went away: restarted, upgraded, failed over."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any, TypeVar

from crawler.store.engine import DatabaseAwayError

T = TypeVar("T")
logger = logging.getLogger(__name__)

_FIRST, _LONGEST = 0.25, 10.0
"""Seconds between two tries: doubled from the first up to the longest."""


class Patience:
    """Calls the store again while its server is away, for at most ``seconds`` in a row and not when ``ending()``.

    One line is logged when the server goes, one when it is back.
    """

    def __init__(self, seconds: float, ending: Callable[[], bool]) -> None:
        self._seconds, self._ending = seconds, ending

    def call(self, method: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Return ``method(…)``, one transaction of the store; raises its last error when patience ends."""
        began, pause = time.monotonic(), _FIRST
        while True:
            try:
                result = method(*args, **kwargs)
            except DatabaseAwayError as error:
                waited = time.monotonic() - began
                if waited + pause > self._seconds or self._ending():
                    raise
                if pause == _FIRST:
                    logger.warning("%s; waiting for it, up to %.0f s", error, self._seconds)
                time.sleep(pause)
                pause = min(2 * pause, _LONGEST)
            else:
                if pause != _FIRST:
                    logger.warning("the database is back after %.0f s; going on", time.monotonic() - began)
                return result
