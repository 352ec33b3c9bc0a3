"""What commands say to people: words of strangers cannot steer the terminal they are shown on."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import Any, TextIO

from rich.console import Console as RichConsole
from rich.segment import Segment

from crawler.guard import visible


class Console(RichConsole):
    """Rich's console: its own colours pass, control characters within a text are written as escapes.

    Markup in texts (``[link=…]``) and emoji codes are words like any other.
    """

    def __init__(self, **given: Any) -> None:
        super().__init__(**{"markup": False, "emoji": False, **given})

    def _render_buffer(self, buffer: Iterable[Segment]) -> str:
        # The one place where text and style are still apart, whatever was printed and how.
        return super()._render_buffer(
            segment if segment.control else Segment(visible(segment.text), segment.style) for segment in buffer
        )


def say(text: object = "", *, end: str = "\n", file: TextIO | None = None) -> None:
    """``print``, with control characters written as escapes; not for data meant for other programs.

    A reader that stops early, as ``head`` does, is told no more; the work goes on.
    """
    stream = file if file is not None else sys.stdout
    try:
        print(visible(str(text)), end=end, file=stream, flush=True)
    except BrokenPipeError:
        silence(stream)


def silence(stream: TextIO) -> None:
    """Lead a stream whose reader has gone to nowhere, or Python complains when it flushes at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
