"""``scrapy explain EVENT|FILE``: why a stored event, or a saved page, reads as it does."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from sqlalchemy import Connection, or_, select

from crawler.commands.duplicates import chain_lines
from crawler.commands.shown import say
from crawler.events import explain, extract
from crawler.model import Page
from crawler.portals import portals
from crawler.reading import read
from crawler.store import Store
from crawler.store.kinship import chain, find
from crawler.store.schema import articles, event_sources, events, mentions


class Command(ScrapyCommand):
    """Print each event field by field, with quotes, rules and lost candidates."""

    requires_crawler_process = False
    default_settings: ClassVar[dict[str, object]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """The usage line."""
        return "[options] EVENT|FILE ..."

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return "Explain stored events or saved pages: quotes in context, rules and table rows, candidates that lost"

    def long_desc(self) -> str:
        """What the arguments are."""
        return (
            "FILE is a saved HTML page or a .txt file in UTF-8. EVENT is the id of an event of the database "
            "(-s DATABASE_URL=...), or of one article's mention of it: every article that tells of it is explained."
        )

    def add_options(self, parser: ArgumentParser) -> None:
        """Declare the command's own options."""
        super().add_options(parser)
        parser.add_argument("--home", help="the publisher's jurisdiction (adcode or full name), for 我县, 来莞 …")

    def run(self, args: list[str], opts: Namespace) -> None:
        """Explain every argument; exit 1 when one could not be read."""
        if not args:
            raise UsageError("name an event id or a saved page, for example: scrapy explain page.html")
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # stdout is a text stream here
        failed = 0
        for name in args:
            try:
                lines = _file(Path(name), opts.home) if _is_file(name) else self._event(name, opts.home)
                for line in lines:
                    say(line)
            except (OSError, ValueError) as error:
                failed += 1
                say(f"{name}: {error}", file=sys.stderr)
        self.exitcode = 1 if failed else 0

    def _event(self, name: str, home: str | None) -> Iterator[str]:
        if not self.settings or not (url := self.settings["DATABASE_URL"]):
            raise ValueError("no such file, and DATABASE_URL is empty; name a saved page or set the database")
        with Store(url) as store:
            with store.read() as connection:
                told = list(_tellings(connection, name))
            if not told:
                raise ValueError("no such file, and no event or mention of this id in the database; check the id")
            for page, portal, mention in told:
                yield from _telling(store, page, mention, home or _homes().get(portal))
            with store.read() as connection:
                found = find(connection, name)
                if found and found[0] == "event":
                    yield from chain_lines(chain(connection, found[1]), found[1])


def _is_file(name: str) -> bool:
    # a name that looks like a path is meant as one, so that the error speaks of the file
    return Path(name).exists() or "/" in name or "." in name


def _file(path: Path, home: str | None) -> Iterator[str]:
    kind = "text" if path.suffix.lower() == ".txt" else "html"
    try:
        raw = path.read_bytes()
        content: bytes | str = raw.decode("utf-8-sig") if kind == "text" else raw
        article = read(Page(url="", content=content, kind=kind, home=home))  # type: ignore[arg-type]
    except (OSError, ValueError) as error:
        raise ValueError(f"{error}; give a saved HTML page or a .txt file in UTF-8") from error
    yield f"{path}  {article.title or '(no title)'}  published {article.published or 'unknown'}"
    yield from explain(article, home=home)


def _tellings(connection: Connection, identity: str) -> Iterator[tuple[str, str, str]]:
    """Address, portal and mention id of every article that tells of the event; a merged event leads to its heir."""
    for _ in range(16):
        heir = connection.scalar(select(events.c.merged_into).where(events.c.event_id == identity))
        if not heir:
            break
        identity = heir
    query = (
        select(articles.c.url, articles.c.portal, mentions.c.mention_id)
        .join(mentions, mentions.c.article_id == articles.c.article_id)
        .outerjoin(event_sources, event_sources.c.mention == mentions.c.mention)
        .where(or_(event_sources.c.event_id == identity, mentions.c.mention_id == identity))
        .order_by(articles.c.published, articles.c.url, mentions.c.mention)
    )
    for row in connection.execute(query):
        yield row[0], row[1], row[2]


def _telling(store: Store, url: str, mention: str, home: str | None) -> Iterator[str]:
    record = store.record(url)
    if record is None:
        return
    article = record.article
    yield f"{url}  {article.title or '(no title)'}  published {article.published or 'unknown'}"
    if mention in {event.id for event in extract(article, home=home).events}:
        yield from explain(article, home=home, only={mention})
    else:
        yield f"mention {mention} was coded by another version; today the article reads:"
        yield from explain(article, home=home)
    yield ""


def _homes() -> dict[str, str | None]:
    return {portal.name: portal.home for portal in portals()}
