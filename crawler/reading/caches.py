"""Caches of the parsing libraries grow without bound: a long run empties them every so often."""

from __future__ import annotations

from crawler.reading import hints

RESET_EVERY = 500  # pages; a reset costs some milliseconds


def reset_caches() -> None:
    """Empty trafilatura's, htmldate's and our own caches."""
    from trafilatura.meta import reset_caches as reset_trafilatura  # here, not above: see votes.py

    reset_trafilatura()
    hints.reset()
