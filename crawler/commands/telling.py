"""How a harvest is told: a live table on a terminal, plain or JSON lines elsewhere."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from rich.live import Live
from rich.table import Table

from crawler.commands.shown import Console
from crawler.extensions.progress import COLUMNS
from crawler.schedule import Due, Note


class Lines:
    """One line per note on stderr; figures while a crawl runs are left out, those at its end are told."""

    def __init__(self, form: str) -> None:
        self._form = form
        self._figures: dict[str, dict[str, int]] = {}

    def __call__(self, note: Note) -> None:
        """Tell one note."""
        data = dict(note.data)
        if note.kind == "started":
            self._figures.pop(note.portal, None)
        if note.kind == "progress":
            self._figures[note.portal] = data
            return
        if note.kind == "ended":
            data |= self._figures.pop(note.portal, {})
        self._print(note.kind, note.portal, data)

    def waiting(self, due: Due) -> None:
        """Say that nothing is due, and what comes next."""
        self(Note("waiting", due.portal, {"until": due.at.isoformat(), "why": due.why}))

    def _print(self, kind: str, portal: str, data: dict[str, Any]) -> None:
        moment = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
        if self._form == "json":
            line = json.dumps({"time": moment, "event": kind, "portal": portal, **data}, ensure_ascii=False)
        else:
            line = f"{moment} {plain(kind, portal, data)}"
        print(line, file=sys.stderr, flush=True)


class Screen(Lines):
    """A table of what runs, renewed in place; lines worth keeping scroll by above it."""

    def __init__(self, console: Console) -> None:
        super().__init__("plain")
        self._console = console
        self._rows: dict[str, tuple[str, dict[str, int]]] = {}
        self.live = Live(console=console, refresh_per_second=4, transient=True)

    def __call__(self, note: Note) -> None:
        """Tell one note."""
        if note.kind == "started":
            self._rows[note.portal] = (f"running ({note.data['part']})", {})
        elif note.kind == "progress":
            self._rows[note.portal] = (self._rows.get(note.portal, ("running", {}))[0], note.data)
        elif note.kind == "ended":
            self._rows.pop(note.portal, None)
        super().__call__(note)
        self.live.update(self._table())

    def _print(self, kind: str, portal: str, data: dict[str, Any]) -> None:
        self._console.print(plain(kind, portal, data), markup=False, highlight=False, soft_wrap=True)

    def _table(self) -> Table:
        table = Table("portal", *(label for _, label in COLUMNS), "", box=None, pad_edge=False, padding=(0, 1))
        for name, (state, figures) in self._rows.items():
            table.add_row(name, *(str(figures.get(key) or "") for key, _ in COLUMNS), state)
        return table


@contextmanager
def teller(form: str) -> Iterator[Lines]:
    """The way to tell that fits: a screen on a terminal unless JSON is asked for, else lines."""
    console = Console(stderr=True)
    if form == "json" or not console.is_terminal:
        yield Lines(form)
        return
    screen = Screen(console)
    with screen.live:
        yield screen


def plain(kind: str, portal: str, data: dict[str, Any]) -> str:
    """A note as one line of plain words; control characters of what a site sent are made visible."""
    match kind:
        case "started":
            said = f"started for {_PARTS[data['part']]}: {data['why']}"
        case "ended":
            figures = ", ".join(f"{label} {n}" for key, label in COLUMNS if (n := data.get(key)))
            said = f"ended with status {data['status']} after {data['seconds']} s: {figures or 'nothing new'}"
        case "log":
            said = data["line"]
        case "waiting":
            said = f"nothing is due; next at {data['until']}"
        case "stopping":
            said = f"stopping; ending {', '.join(data['crawls']) or 'nothing, none runs'}"
        case _:
            said = str(data.get("why", ""))
    line = f"{portal}: {said}" if portal else said
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in line)


_PARTS = {"news": "news", "rest": "what is left"}
