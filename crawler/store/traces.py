"""What bookkeeping keeps of a page beside its own rows: addresses in other rows, sketches, notices, ready cases.

Functions over one open transaction.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Connection, Text, cast, delete, func, or_, select, update

from crawler.reading.profile import host_of, url_key
from crawler.store.ledger import now
from crawler.store.schema import incidents, metadata, notices, profiles, runs, sketches, urls

#: Tables of what was read and said: what other pages say stays, to the letter.
_SAID = frozenset({
    "articles", "contents", "content_links", "event_persons", "event_places", "event_sources", "events", "figures",
    "mentions", "revisions", "sources", "texts", "tombstones",
})  # fmt: skip
ADDRESSES = frozenset({"url", "found_url", "list_url", "ledger_url", "redirected_to", "file", "archive_file"})
"""Columns that are an address, of a page or an archive file: whole or not at all."""

_PLACEHOLDER = "(forgotten)"


def clear(connection: Connection, spelt: Collection[str], ids: Collection[str]) -> None:
    """Delete a page's addresses, however spelt, from the books; ``ids`` are those of its articles and lone events."""
    found = {*spelt, *connection.scalars(select(urls.c.found_url).where(urls.c.url.in_(spelt)))}
    connection.execute(delete(urls).where(urls.c.url.in_(spelt)))
    connection.execute(update(urls).where(urls.c.list_url.in_(spelt)).values(list_url=None))
    for run, arguments in connection.execute(select(runs.c.run_id, runs.c.arguments)).all():
        kept = {key: value for key, value in arguments.items() if value not in found}
        if kept != arguments:
            connection.execute(update(runs).where(runs.c.run_id == run).values(arguments=kept))
    _drop_sketches(connection, found)
    _empty_notices(connection, {*found, *ids})
    _blot(connection, found)


def drop_cases(connection: Connection, holds: Callable[[bytes], bool]) -> list[str]:
    """Remove the ready cases (saved pages) of incidents that hold what is to be forgotten; return their folders."""
    gone = []
    for number, folder in connection.execute(
        select(incidents.c.incident, incidents.c.folder).where(incidents.c.folder.is_not(None))
    ).all():
        path = Path(folder)
        if path.is_dir() and not any(holds(file.read_bytes()) for file in sorted(path.rglob("*")) if file.is_file()):
            continue
        shutil.rmtree(path, ignore_errors=True)
        connection.execute(update(incidents).where(incidents.c.incident == number).values(folder=None))
        gone.append(folder)
    return gone


def naming(spelt: Collection[str]) -> re.Pattern[str]:
    """What finds one of the addresses, not longer ones that begin alike."""
    either = "|".join(re.escape(one) for one in sorted(spelt, key=len, reverse=True))
    return re.compile(rf"(?:{either})(?![\w/?&=%#~+-]|\.\w)")


def _drop_sketches(connection: Connection, spelt: Collection[str]) -> None:
    """Unlearn the page; its site's profile is to be settled anew."""
    for host, keys in _by_host(spelt).items():
        mine = delete(sketches).where(sketches.c.host == host, sketches.c.key.in_(keys))
        if connection.execute(mine).rowcount:
            connection.execute(update(profiles).where(profiles.c.host == host).values(settled=False))


def _by_host(spelt: Collection[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for url in sorted(spelt):
        found.setdefault(host_of(url), []).append(url_key(url))
    return found


def _empty_notices(connection: Connection, words: Collection[str]) -> None:
    """Take the content out of notices that speak of the page; those not sent yet are not sent."""
    spoken = or_(
        *(cast(notices.c.message, Text).contains(word, autoescape=True) for word in words),
        *(notices.c.subject.contains(word, autoescape=True) for word in words),
    )
    gone = {"message": {}, "sent_at": func.coalesce(notices.c.sent_at, now()), "error": _PLACEHOLDER}
    connection.execute(update(notices).where(spoken).values(gone))


def _blot(connection: Connection, spelt: Collection[str]) -> None:
    """Replace the addresses wherever else the books spell them: reasons, messages, figures of runs."""
    pattern = naming(spelt)
    for table in metadata.sorted_tables:
        if table.name in _SAID:
            continue
        keys = list(table.primary_key.columns)
        for column in table.columns:
            if column.primary_key or column.name in ADDRESSES or not isinstance(column.type, Text | JSON):
                continue
            spoken = or_(*(cast(column, Text).contains(url, autoescape=True) for url in spelt))
            for *key, value in connection.execute(select(*keys, column).where(spoken)).all():
                here = [one == this for one, this in zip(keys, key, strict=True)]
                covered = _covered(value, pattern)
                if covered != value:
                    connection.execute(update(table).where(*here).values({column.name: covered}))


def _covered(value: Any, pattern: re.Pattern[str]) -> Any:
    match value:
        case str():
            return pattern.sub(_PLACEHOLDER, value)
        case dict():
            return {_covered(key, pattern): _covered(item, pattern) for key, item in value.items()}
        case list():
            return [_covered(item, pattern) for item in value]
        case _:
            return value
