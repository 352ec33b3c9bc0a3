"""What was forgotten on purpose, by digest: it does not come back.

Functions over one open transaction.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from sqlalchemy import Connection, insert, select

from crawler.archive import CaptureName
from crawler.dedup import article_id
from crawler.model import Record
from crawler.store.engine import UNCHANGED
from crawler.store.masking import Mask, digest, hashed_names
from crawler.store.schema import meta, tombstones
from crawler.store.statements import Statement, among, ask, listed

_SALT = "salt"


class ForgottenError(Exception):
    """The page was forgotten on purpose: nothing of it is fetched, archived or stored."""


def bury_pages(connection: Connection, articles: Iterable[str], at: str, reason: str | None) -> None:
    """Keep the pages with these article ids out from now on."""
    _add(connection, "article", articles, at, reason)


def bury_name(connection: Connection, name: str, at: str, reason: str | None) -> None:
    """Cover a name, in the spelling of ``masking.spelling``, in all that is saved from now on."""
    salt = _salt(connection)
    if salt is None:
        salt = secrets.token_hex(16)
        connection.execute(insert(meta).values(key=_SALT, value=salt))
    _add(connection, "person", [digest(name, salt)], at, reason)


def forgotten(connection: Connection, urls: Iterable[str]) -> set[str]:
    """Return those of ``urls``, spelt as given, whose page was forgotten; captures go by the page they show."""
    if not _anything(connection):
        return set()
    asked = _pages(urls)
    return {url for identity in _BURIED.column(connection, digests=listed(asked)) for url in asked[identity]}


def any_page(connection: Connection) -> bool:
    """Return whether any page at all was forgotten."""
    return _ANY.one(connection) is not None


def admitted(connection: Connection, record: Record, *urls: str) -> Record:
    """Return the record with every forgotten name covered, itself when it holds none.

    Raises ForgottenError when its page, or one of ``urls`` that led to it, was forgotten.
    """
    if not _anything(connection):
        return record
    digests = listed(_pages([*urls, record.article.url]))
    buried, people = ask(connection, (_BURIED, {"digests": digests}), (_NAMES, {}))
    if buried:
        raise ForgottenError(f"{urls[0] if urls else record.article.url}: was forgotten on purpose")
    mask = names(connection) if people else None
    return mask.record(record) if mask else record


def names(connection: Connection) -> Mask | None:
    """Return the mask of all forgotten names, None when there is none."""
    if not _anything(connection):
        return None
    digests = frozenset(_NAMES.column(connection))
    return hashed_names(digests, _salt(connection) or "") if digests else None


def _anything(connection: Connection) -> bool:
    """Return whether anything was forgotten; asked once in a transaction, for only the one writer changes it."""
    told: dict[object, bool] = connection.info.setdefault(UNCHANGED, {})
    if _FIRST not in told:
        told[_FIRST] = _FIRST.one(connection) is not None
    return told[_FIRST]


def _pages(urls: Iterable[str]) -> dict[str, list[str]]:
    """URLs by the id of the article they stand for."""
    pages: dict[str, list[str]] = {}
    for url in urls:
        pages.setdefault(article_id(page_of(url)), []).append(url)
    return pages


def page_of(url: str) -> str:
    """Return the page a URL of the ledger stands for: itself, or what a web archive's capture shows."""
    return CaptureName.parse(url).url if url.startswith("capture:") else url


_BURIED = Statement(
    lambda dialect: select(tombstones.c.digest).where(
        tombstones.c.kind == "article", among(tombstones.c.digest, "digests", dialect)
    )
)
_ANY = Statement(lambda _: select(tombstones.c.digest).where(tombstones.c.kind == "article").limit(1))
_FIRST = Statement(lambda _: select(tombstones.c.digest).limit(1))
_NAMES = Statement(lambda _: select(tombstones.c.digest).where(tombstones.c.kind == "person"))


def _salt(connection: Connection) -> str | None:
    return connection.scalar(select(meta.c.value).where(meta.c.key == _SALT))


def _add(connection: Connection, kind: str, digests: Iterable[str], at: str, reason: str | None) -> None:
    held = set(connection.scalars(select(tombstones.c.digest).where(tombstones.c.kind == kind)))
    rows = [{"kind": kind, "digest": one, "at": at, "reason": reason} for one in sorted(set(digests) - held)]
    if rows:
        connection.execute(insert(tombstones), rows)
        connection.info.pop(UNCHANGED, None)
