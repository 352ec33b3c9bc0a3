"""A data package: files to cite, with codebook, schema, checksums, and what changed since the last release."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from crawler import __version__
from crawler.exports.choosing import Choice
from crawler.exports.codebook import PAGES, codebook
from crawler.exports.columns import TABLES, columns
from crawler.exports.errors import ExportError
from crawler.exports.export import Written, reading, write
from crawler.model import SCHEMA_VERSION
from crawler.store import Store
from crawler.store import schema as s

_IDS = {"article": (s.articles, "article_id"), "event": (s.events, "event_id")}


def package(
    store: Store,
    folder: Path,
    *,
    tables: Sequence[str] = TABLES,
    formats: Sequence[str] = ("csv",),
    choice: Choice | None = None,
    with_text: bool = False,
    previous: Path | None = None,
) -> list[Written]:
    """Write a release into the new or empty ``folder``; ``previous`` is the folder of the last release.

    ``data/`` holds the tables; beside it stand both codebooks, ``schema.json``, ``release.json`` (versions, choice,
    numbers of rows), ``changes.csv``, ``withdrawn.csv``, ``ids.csv``, ``CITATION.cff``, ``README.md`` and
    ``SHA256SUMS``. The same data give the same bytes. Raises ``ExportError`` with one clear line.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ExportError(f"{folder}: is there already and not empty; a release overwrites nothing, give a new folder")
    choice = choice or Choice()
    before = _earlier(previous)
    with reading(store, choice, with_text=with_text) as view:
        written = write(view, folder / "data", tables, formats, with_text=with_text)
        release = _release(view.connection, store.sample, choice, written, before)
        if before["last_change"] > release["last_change"]:
            raise ExportError(f"{previous}: a release of another database; name the last release of this one")
        ids = sorted(_ids(view.connection))
        _table(folder / "ids.csv", ("subject", "id"), ids)
        _table(folder / "changes.csv", _CHANGES, _changes(view.connection, before, ids))
        _table(
            folder / "withdrawn.csv", ("subject", "id", "state", "merged_into", "since"), _withdrawn(view.connection)
        )
    for language, name in PAGES.items():
        (folder / name).write_text(codebook(language), encoding="utf-8")
    _json(folder / "schema.json", schema(tables, with_text=with_text))
    _json(folder / "release.json", release)
    (folder / "CITATION.cff").write_text(_citation(release), encoding="utf-8")
    (folder / "README.md").write_text(_readme(release), encoding="utf-8")
    _checksums(folder)
    return written


def schema(tables: Sequence[str], *, with_text: bool = False) -> dict[str, Any]:
    """The columns of the tables as plain JSON: type, unit, closed list of values, labels."""
    described = {}
    for name in (table for table in TABLES if table in tables):
        described[name] = [
            {
                "name": c.name,
                "type": c.type,
                "unit": c.unit or None,
                "values": [v.value for v in c.values] if c.values else None,
                "label": c.en,
                "label_zh": c.zh,
            }
            for c in columns(name, with_text=with_text)
        ]
    return {"schema": SCHEMA_VERSION, "tables": described}


_CHANGES = ("change", "at", "subject", "id", "kind", "detail")


def _changes(connection: Connection, before: Mapping[str, Any], ids: Sequence[tuple[str, str]]) -> Iterator[Any]:
    """The journal since the last release, then which ids came and went."""
    c = s.changes.c
    query = select(c.change, c.at, c.subject, c.subject_id, c.kind, c.detail).order_by(c.change)
    for change, at, subject, key, kind, detail in connection.execute(query.where(c.change > before["last_change"])):
        yield change, at, subject, key, kind, json.dumps(detail, ensure_ascii=False, sort_keys=True)
    if before["ids"] is not None:
        now = set(ids)
        yield from ((None, None, *pair, "added", None) for pair in sorted(now - before["ids"]))
        yield from ((None, None, *pair, "removed", None) for pair in sorted(before["ids"] - now))


def _withdrawn(connection: Connection) -> Iterator[Any]:
    """Ids that stand for nothing any more: merged and withdrawn events, articles gone from their servers."""
    e, a = s.events.c, s.articles.c
    gone = select(a.article_id, a.state, a.gone_at).where(a.state == "gone").order_by(a.article_id)
    yield from (("article", key, state, None, at) for key, state, at in connection.execute(gone))
    lost = select(e.event_id, e.state, e.merged_into, e.updated_at).where(e.state != "live").order_by(e.event_id)
    yield from (("event", *row) for row in connection.execute(lost))


def _ids(connection: Connection) -> Iterator[tuple[str, str]]:
    """Every article and every live event of the database, whatever was chosen."""
    for subject, (table, key) in _IDS.items():
        live = table.c.state == "live"
        yield from ((subject, found) for found in connection.scalars(select(table.c[key]).where(live)))


def _release(
    connection: Connection, sample: bool, choice: Choice, written: Sequence[Written], before: Mapping[str, Any]
) -> dict[str, Any]:
    seen = (_latest(connection, s.articles.c.last_seen), _latest(connection, s.events.c.updated_at))
    last = max((at for at in seen if at), default="")
    return {
        "name": "duikou",
        "schema": SCHEMA_VERSION,
        "code_version": __version__,
        "read_with": sorted(connection.scalars(select(s.articles.c.code_version).distinct())),
        "sample": sample,
        "as_of": last[:10],
        "last_change": connection.scalar(select(func.max(s.changes.c.change))) or 0,
        "previous": before["digest"],
        "choice": {name: value for name, value in asdict(choice).items() if value not in ((), None)},
        "files": {f"data/{file.path.name}": file.rows for file in written},
    }


def _latest(connection: Connection, column: Any) -> str | None:
    found: str | None = connection.scalar(select(func.max(column)))
    return found


def _earlier(previous: Path | None) -> dict[str, Any]:
    """What the last release says of itself: its last change, its ids, the digest of its checksums."""
    if previous is None:
        return {"last_change": 0, "ids": None, "digest": None}
    try:
        last = json.loads((previous / "release.json").read_text(encoding="utf-8"))["last_change"]
        with (previous / "ids.csv").open(encoding="utf-8-sig", newline="") as file:
            ids = {(row["subject"], row["id"]) for row in csv.DictReader(file)}
        digest = hashlib.sha256((previous / "SHA256SUMS").read_bytes()).hexdigest()
    except (OSError, ValueError, KeyError) as error:
        raise ExportError(f"{previous}: not a release ({error}); name the folder of an earlier one") from error
    return {"last_change": last, "ids": ids, "digest": digest}


def _citation(release: Mapping[str, Any]) -> str:
    sample = " (sample data, invented)" if release["sample"] else ""
    lines = [
        "cff-version: 1.2.0",
        "message: Cite this data set as below; cite the articles themselves for what they say.",
        "type: dataset",
        f'title: "duikou: events of paired assistance in China{sample}"',
        "authors:",
        "  - name: The duikou project",
        f'version: "schema {release["schema"]}, code {release["code_version"]}, change {release["last_change"]}"',
    ]
    if release["as_of"]:
        lines.append(f"date-released: {release['as_of']}")
    lines += ["keywords:", "  - 对口帮扶", "  - 对口支援", "  - 东西部协作"]
    return "\n".join(lines) + "\n"


def _readme(release: Mapping[str, Any]) -> str:
    marked = "**Sample data: its people and figures are invented.**\n\n" if release["sample"] else ""
    held = "\n".join(
        f"- `{name}`: {', '.join(f'{n:,} {table}' for table, n in rows.items())}"
        for name, rows in release["files"].items()
    )
    chosen = json.dumps(release["choice"], ensure_ascii=False, sort_keys=True) if release["choice"] else "everything"
    return f"""# duikou: events of paired assistance in China

{marked}State of {release["as_of"] or "no day"}; schema {release["schema"]}, code {release["code_version"]}.
Chosen: {chosen}.

{held}

- `codebook.md`, `codebook.zh.md`: every column; `schema.json`: the same for programs
- `changes.csv`: what changed since the last release (all changes when there was none)
- `withdrawn.csv`: ids that stand for nothing any more; `ids.csv`: ids that are valid
- `SHA256SUMS`: check with `sha256sum -c SHA256SUMS`

Texts and quotes are their publishers'; quotes are kept so that every value can be traced to its words.
"""


def _checksums(folder: Path) -> None:
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    sums = (f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names)
    (folder / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")


def _table(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


def _json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
