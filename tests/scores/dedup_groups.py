"""The labelled articles of ``dedup/*.txt``: 150 written by hand in 49 groups; facts invented, places real.

``dedup_second/*.txt`` are 56 more in 17 groups, written and labelled before the detector ran on a word of them.

``== group | kind`` opens a group, ``-- letter | published | source | home | labels`` an article, whose first line is
its title. A label ``visit=v`` says that the article tells of happening ``v`` of the group in an event of that type;
``copy=a``, ``reprint=a`` and ``spun=a`` say what it was made of; ``chain=visit`` its stage in the group's chain.
Every third group is held out: nothing was tuned on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from crawler.dedup.texts import plain
from crawler.model import EVENT_TYPES, Page, Record
from crawler.recipe import recipe

FIRST, SECOND = (Path(__file__).with_name(name) for name in ("dedup", "dedup_second"))
HELD_OUT = 3
COPIES = ("copy", "reprint", "spun")
HOSTS = ("www.{}.gov.cn", "news.{}.cn", "epaper.{}.com")


@dataclass(frozen=True)
class Told:
    """One labelled article. ``made_of`` names the article it copies and ``relation`` how; both None for own words."""

    group: str
    kind: str
    letter: str
    published: str
    source: str | None
    home: str | None
    title: str
    body: str
    held_out: bool
    happenings: dict[str, str] = field(default_factory=dict)
    stage: str | None = None
    relation: str | None = None
    made_of: str | None = None

    @property
    def name(self) -> str:
        """Group and letter."""
        return f"{self.group}/{self.letter}"

    @property
    def cluster(self) -> str:
        """The article in own words that this one is, or copies."""
        return f"{self.group}/{self.made_of or self.letter}"

    @property
    def url(self) -> str:
        """An address on one of many hosts, none of which tells the relation."""
        number = sum(map(ord, self.source or self.name))
        return f"http://{HOSTS[number % 3].format(f's{number}')}/{self.group}/{self.letter}.html"

    @property
    def page(self) -> Page:
        """The whole page as text, with its byline."""
        byline = f"{self.published}　来源：{self.source}" if self.source else self.published
        return Page(self.url, f"{self.title}\n{byline}\n{self.body}\n", "text", home=self.home)


@cache
def groups(folder: Path = FIRST) -> dict[str, tuple[Told, ...]]:
    """All groups of a set by name, in the order of the files."""
    found: dict[str, list[Told]] = {}
    for told in _articles(folder):
        found.setdefault(told.group, []).append(told)
    return {name: tuple(articles) for name, articles in found.items()}


def all_articles(folder: Path = FIRST) -> list[Told]:
    """Every article of a set."""
    return [told for group in groups(folder).values() for told in group]


@cache
def read_as(page: Page) -> Record:
    """What the recipe makes of a page."""
    return recipe(page)


def telling(told: Told, record: Record, kind: str) -> int | None:
    """Which event of the record is the labelled one of this type: done before planned, in the order told."""
    found = [n for n, event in enumerate(record.events) if event.type == kind]
    return min(
        found, key=lambda n: (record.events[n].background, record.events[n].status == "planned", n), default=None
    )


def _articles(folder: Path) -> Iterator[Told]:
    number = -1
    for file in sorted(folder.glob("*.txt")):
        group = kind = ""
        for block in _blocks(file):
            head, *lines = block
            if head.startswith("== "):
                group, kind = (part.strip() for part in head[3:].split("|"))
                number += 1
                continue
            letter, published, source, home, *labels = (part.strip() for part in head[3:].split("|"))
            if not plain("".join(lines[1:])):
                raise ValueError(f"{file.name}: {group}/{letter} has no text")
            yield _labelled(
                Told(
                    group, kind, letter, published, source, None if home == "-" else home,
                    lines[0], "\n".join(lines[1:]), number % HELD_OUT == HELD_OUT - 1,
                ),
                dict(label.split("=") for label in " ".join(labels).split()),
            )  # fmt: skip


def _labelled(told: Told, labels: dict[str, str]) -> Told:
    given = dict(told.__dict__)
    given["happenings"] = {kind: f"{told.group}/{name}" for kind, name in labels.items() if kind in EVENT_TYPES}
    given["stage"] = labels.get("chain")
    given["relation"] = next((kind for kind in COPIES if kind in labels), None)
    given["made_of"] = labels.get(given["relation"] or "")
    unknown = labels.keys() - {*EVENT_TYPES, *COPIES, "chain"}
    if unknown:
        raise ValueError(f"{told.name}: unknown label {min(unknown)}")
    return Told(**given)


def _blocks(file: Path) -> Iterator[list[str]]:
    block: list[str] = []
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith(("== ", "-- ")):
            if block:
                yield block
            block = []
        if line and not line.startswith("#"):
            block.append(line)
    if block:
        yield block
