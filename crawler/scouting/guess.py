"""One guess about a site: what, how sure, and by what sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Sureness = Literal["sure", "likely", "a guess", "unknown"]


@dataclass(frozen=True, slots=True)
class Guess:
    """``value`` as shown (empty: nothing found), how sure it is, and the sign it was read by."""

    field: str
    value: str
    sure: Sureness
    why: str
