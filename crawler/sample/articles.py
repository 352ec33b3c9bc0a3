"""The sample's articles: one TOML file each, with what a careful reader finds in it as JSON beside it."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
Expected = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SampleArticle:
    """One article as its portal publishes it.

    ``body`` holds one paragraph an item; ``‖`` marks where wenku365 cuts its preview pieces. ``published`` is local
    time. ``layout`` names the page template, ``declared`` overrides the charset the page claims, ``delay`` is seconds
    before it is served. ``damage`` lists what a mirror did to the text (kinds of ``crawler.text.damage``), ``script``
    the script it shows; ``dated`` is false where the page hides its date. ``first_day`` is the day it appears, ``gone``
    the status it answers with from day 2 on (0 = it stays), ``second_day`` what is replaced in the body that day.
    """

    portal: str
    id: str
    title: str
    published: datetime
    body: tuple[str, ...]
    source: str = ""
    origin: str = ""
    editor: str = ""
    footer: tuple[str, ...] = ()
    mirror: bool = False
    layout: str = "article"
    declared: str = ""
    script: str = "simplified"
    damage: tuple[str, ...] = ()
    dated: bool = True
    delay: float = 0.0
    first_day: int = 1
    gone: int = 0
    edited: datetime | None = None
    second_day: tuple[tuple[str, str], ...] = ()

    def on(self, day: int) -> SampleArticle | None:
        """The article as it stands on a day; None before it appears or once it is gone."""
        if day < self.first_day or (day > 1 and self.gone):
            return None
        if day == 1 or not self.second_day:
            return self if day > 1 else replace(self, edited=None)
        body = self.body
        for before, after in self.second_day:
            body = tuple(paragraph.replace(before, after) for paragraph in body)
        return replace(self, body=body)

    def expected(self) -> Expected:
        """The hand-written facts: fields as in README.md, for the article as of its first day."""
        facts: Expected = json.loads((FOLDER / "articles" / self.portal / f"{self.id}.json").read_text("utf-8"))
        return facts


@cache
def sample_articles(portal: str | None = None) -> tuple[SampleArticle, ...]:
    """All articles, or one portal's, newest first. Raises ValueError naming the file that cannot be read."""
    files = sorted((FOLDER / "articles").glob(f"{portal or '*'}/*.toml"))
    return tuple(sorted(map(_load, files), key=lambda article: (article.published, article.id), reverse=True))


@cache
def sample_portals() -> tuple[str, ...]:
    """The names of the portals that the sample web imitates; other declared portals are not on it."""
    return tuple(sorted(folder.name for folder in (FOLDER / "articles").iterdir() if folder.is_dir()))


def _load(file: Path) -> SampleArticle:
    try:
        fields = tomllib.loads(file.read_text("utf-8"))
        fields["body"] = tuple(fields["body"].strip().splitlines())
        fields["footer"] = tuple(fields.get("footer", ()))
        fields["damage"] = tuple(fields.get("damage", ()))
        fields["second_day"] = tuple((before, after) for before, after in fields.get("second_day", ()))
        return SampleArticle(portal=file.parent.name, id=file.stem, **fields)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{file}: not a sample article: {error}") from error
