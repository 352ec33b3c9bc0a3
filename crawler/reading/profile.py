"""What is learnt of a site: lines that recur across its pages are chrome, and its articles stand in one container.

A :class:`SiteLearner` keeps, per layout of a host, the sketches of the k pages with the smallest URL hashes, so what it
knows depends on which pages were seen and not on their order, and learners of several machines merge. Its
:class:`SiteProfile` is the small frozen result that travels with every page. Only whole lines count, compared without
white space: a line that differs in one character is never chrome by recurrence.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from hashlib import blake2b
from urllib.parse import urlsplit

from crawler.reading.blocks import squeeze
from crawler.reading.dom import Element

KEPT = 16  # pages sketched per layout
ENOUGH = 4  # pages with different bodies before anything is believed
RECURS = 0.5  # share of a layout's pages a line must stand on
AGREED = 0.7  # share of a layout's pages whose body stood in the container
MAX_LAYOUTS = 12  # per host; those seen longest ago fade first
MAX_LINES = 1_500  # of one sketch
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class PageSketch:
    """One page as the learner sees it: host, layout, URL hash, day seen, hashes of lines and body, container."""

    host: str
    layout: str
    key: str
    seen: str
    lines: tuple[int, ...]
    body: int
    container: str


@dataclass(frozen=True, slots=True)
class Layout:
    """What is believed of one layout: hashes of its recurring lines, and the path of its body container, if agreed."""

    key: str
    chrome: frozenset[int]
    container: str | None


@dataclass(frozen=True, slots=True)
class SiteProfile:
    """What is known of one host, small and picklable; ``version`` changes when its content does."""

    host: str
    layouts: tuple[Layout, ...] = ()
    full: tuple[tuple[str, str], ...] = ()
    """Layouts of which enough pages are kept, each with the largest URL hash among them; no part of the version."""

    @property
    def version(self) -> str | None:
        """Hash of the content, the same on every machine that learnt from the same pages; None: nothing is known."""
        if not self.layouts:
            return None
        content = [(one.key, sorted(one.chrome), one.container) for one in self.layouts]
        return _hash(json.dumps([self.host, content])).to_bytes(8, "big").hex()

    def layout(self, key: str) -> Layout | None:
        """What is known of one layout."""
        return next((one for one in self.layouts if one.key == key), None)

    def learns_from(self, layout: str, url: str) -> bool:
        """Whether a page could still change what is known: its URL hash is among the smallest of its layout."""
        return all(url_key(url) <= last for key, last in self.full if key == layout)


@dataclass(slots=True)
class SiteLearner:
    """Collects sketches of one host's pages; order of arrival does not matter."""

    host: str
    sketches: dict[str, dict[str, PageSketch]] = field(default_factory=dict)
    last_seen: dict[str, str] = field(default_factory=dict)

    def add(self, sketch: PageSketch) -> None:
        """Take in one page."""
        if sketch.host != self.host:
            raise ValueError(f"a page of {sketch.host} cannot teach the profile of {self.host}")
        pages = self.sketches.setdefault(sketch.layout, {})
        pages[sketch.key] = max(sketch, pages.get(sketch.key, sketch), key=lambda one: (one.seen, one.body))
        if len(pages) > KEPT:
            del pages[max(pages)]
        self.last_seen[sketch.layout] = max(sketch.seen, self.last_seen.get(sketch.layout, ""))

    def merge(self, other: SiteLearner) -> None:
        """Take in what another learner of the same host knows."""
        for pages in other.sketches.values():
            for sketch in pages.values():
                self.add(sketch)
        for layout, day in other.last_seen.items():
            self.last_seen[layout] = max(day, self.last_seen.get(layout, ""))

    def profile(self) -> SiteProfile:
        """What can be believed by now; old layouts beyond the newest :data:`MAX_LAYOUTS` have faded."""
        newest = sorted(self.sketches, key=lambda key: (self.last_seen[key], key), reverse=True)[:MAX_LAYOUTS]
        believed = (_believed(key, list(self.sketches[key].values())) for key in sorted(newest))
        full = tuple((key, max(pages)) for key, pages in sorted(self.sketches.items()) if len(pages) >= KEPT)
        return SiteProfile(self.host, tuple(layout for layout in believed if layout is not None), full)

    def to_json(self) -> str:
        """The learner as JSON text, for a store."""
        pages = [asdict(sketch) for _, group in sorted(self.sketches.items()) for _, sketch in sorted(group.items())]
        return json.dumps({"host": self.host, "pages": pages, "last_seen": dict(sorted(self.last_seen.items()))})

    @classmethod
    def from_json(cls, text: str) -> SiteLearner:
        """The learner back from :meth:`to_json`."""
        data = json.loads(text)
        learner = cls(data["host"])
        for page in data["pages"]:
            learner.add(PageSketch(**{**page, "lines": tuple(page["lines"])}))
        learner.last_seen.update(data["last_seen"])
        return learner


def _believed(key: str, pages: list[PageSketch]) -> Layout | None:
    """Lines on at least half of the pages whose bodies differ (one article under two URLs counts once)."""
    different = list({page.body: page for page in sorted(pages, key=lambda page: page.key)}.values())
    if len(different) < ENOUGH:
        return None
    counts = Counter(line for page in different for line in set(page.lines))
    least = max(3, RECURS * len(different))
    containers = Counter(page.container for page in different)
    container, times = max(containers.items(), key=lambda pair: (pair[1], pair[0]))
    agreed = container if container and times >= AGREED * len(different) else None
    return Layout(key, frozenset(line for line, count in counts.items() if count >= least), agreed)


@lru_cache(maxsize=1024)  # the lines that recur on a site's pages
def line_hash(text: str) -> int:
    """A line's identity: its characters without white space."""
    return _hash(squeeze(text))


def url_key(url: str) -> str:
    """A URL's place in the order by which pages are picked for learning."""
    return _hash(url).to_bytes(8, "big").hex()


def host_of(url: str) -> str:
    """The host a profile belongs to, in lower case, without a leading ``www.``."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def layout_of(tree: Element) -> str:
    """The layout's key: names (without digits) of the body's outer elements, two levels deep."""
    body = tree.find("body")
    names = set()
    for outer in () if body is None else body:
        for element in (outer, *outer):
            if isinstance(element.tag, str) and element.tag in ("div", "table", "section", "main", "header", "article"):
                mark = element.get("id") or (element.get("class") or "").split(" ")[0]
                names.add(f"{element.tag}.{_DIGITS.sub('', mark)[:40]}")
        if len(names) > 60:
            break
    return _hash("\n".join(sorted(names))).to_bytes(8, "big").hex()


def path_of(element: Element) -> str:
    """Where an element stands, in names that other pages of the layout share: ``div#zoom`` or ``div.wrap>div.text``."""
    steps: list[str] = []
    while element is not None and len(steps) < 6:
        step = _step(element)
        steps.append(step)
        if "#" in step:
            break
        element = element.getparent()
    return ">".join(reversed(steps))


def find_path(tree: Element, path: str) -> Element | None:
    """The one element that stands at ``path``; None when there is none or more than one."""
    last = path.rpartition(">")[2]
    tag = re.split(r"[#.]", last, maxsplit=1)[0]
    found = [element for element in tree.iter(tag) if _step(element) == last and path_of(element) == path]
    return found[0] if len(found) == 1 else None


def _step(element: Element) -> str:
    """Tag and id of an element, else tag and first class name, digits out."""
    mark = element.get("id")
    if mark and len(mark) < 60 and not _DIGITS.search(mark):
        return f"{element.tag}#{mark}"
    kind = (element.get("class") or "").split()
    return f"{element.tag}.{_DIGITS.sub('', kind[0])[:60]}" if kind else str(element.tag)


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big") >> 1
