"""Options by which a command chooses events: the same words in every command."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from sqlalchemy.engine import make_url

from crawler.exports import Choice, ExportError, publish
from crawler.exports.snapshot import is_snapshot
from crawler.store import Store
from crawler.store.engine import database_url


def add_choice(parser: ArgumentParser) -> None:
    """Declare the options; each may be repeated."""
    choose = parser.add_argument_group("which records")
    many = {"action": "append", "default": []}
    choose.add_argument("--type", **many, help="type of event")  # type: ignore[arg-type]
    choose.add_argument("--place", **many, help="official name or adcode, its parts included")  # type: ignore[arg-type]
    choose.add_argument("--scheme", **many, help="official scheme of the tie")  # type: ignore[arg-type]
    choose.add_argument("--since", metavar="DATE", help="2016, 2016-05 or 2016-05-31, inclusive")
    choose.add_argument("--until", metavar="DATE", help="as --since, inclusive")
    choose.add_argument("--min-cny", type=float, metavar="YUAN", help="least amount told")
    choose.add_argument("--max-cny", type=float, metavar="YUAN", help="largest amount told")
    choose.add_argument("--portal", **many, help="told by this portal")  # type: ignore[arg-type]
    choose.add_argument("--confidence", **many, help="high, medium or low")  # type: ignore[arg-type]


def choice_of(opts: Namespace) -> Choice:
    """Return what the options choose. Raises ``ExportError``."""
    return Choice(
        types=tuple(opts.type), places=tuple(opts.place), schemes=tuple(opts.scheme), since=opts.since,
        until=opts.until, min_cny=opts.min_cny, max_cny=opts.max_cny, portals=tuple(opts.portal),
        confidence=tuple(opts.confidence),
    )  # fmt: skip


def open_store(url: str | None) -> Store:
    """Open a database that is there: what only reads or corrects a record makes none. Raises ``ExportError``."""
    if not url:
        raise ExportError("DATABASE_URL is empty: there is no database")
    parsed = make_url(database_url(url)[0])
    if parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").is_file():
        raise ExportError(f"{parsed.database}: no such database; set DATABASE_URL, or harvest first")
    return Store(url)


def snapshot_in(folder: Path, given: str | None, url: str | None, *, with_text: bool = False) -> Path:
    """Return the snapshot that was given, else publish a fresh one of the database into ``folder``.

    Raises ``ExportError`` for a file that is none.
    """
    snapshot = Path(given) if given else folder / "snapshot.sqlite"
    if not given:
        with open_store(url) as store:
            publish(store, snapshot, with_text=with_text)
    if not is_snapshot(snapshot):
        raise ExportError(f"{snapshot}: not a snapshot; make one with scrapy publish {snapshot.name}")
    return snapshot
