"""Where the article stands in the tree: trafilatura's extraction as votes, one container, a second opinion in doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from crawler.reading.blocks import Block
from crawler.reading.dom import Element
from crawler.reading.hints import chrome_hint
from crawler.reading.profile import Layout, find_path, line_hash
from crawler.reading.votes import readability_votes, trafilatura_votes, without_menus

# trafilatura takes 17 s on 2 MB of plain paragraphs: beyond these it is not asked and the lines speak for themselves.
MAX_VOTED_BLOCKS = 3_000
MAX_VOTED_CHARS = 300_000
MAX_VOTED_ELEMENTS = 20_000
TINY = 80  # running text below this is no article yet: ask again
AGREE = 0.6  # overlap of trafilatura's text and ours below which a second opinion is asked
NARROW = 0.8  # a child holding this share of the running text is stepped into
DIGESTS = 4  # like items, each with a link, that make a list of other articles
DIGEST_SHARE = 0.6  # of the container's running text that such a list may hold
BULK = 0.35  # chrome by name or by links may not hold more of the container than this
OUTSIDE = 0.5  # running text outside a learnt container, per character inside, that makes it doubtful
MIN_OUTSIDE = 40  # a line outside counts as running text from this length
_LEAVES = frozenset([*"abiup", "h1", "h2", "h3", "li", "em", "pre", "span", "font", "strong", "blockquote"])


@dataclass(slots=True)
class Region:
    """The body as found: its element, the lines inside, those dropped with the reason, and who agreed on it."""

    container: Element
    lines: list[Block]
    dropped: dict[int, str] = field(default_factory=dict)
    opinions: tuple[str, ...] = ()

    @property
    def weight(self) -> int:
        """Characters of running text that were kept."""
        return sum(block.weight for block in self.lines if block.index not in self.dropped)


def find_body(
    tree: Element, blocks: Sequence[Block], known: Layout | None = None, declared: str | None = None
) -> Region:
    """The region of the page that holds the article.

    What the CSS selector ``declared`` for the site matches, and the container a ``known`` layout names, are taken when
    they hold the page's running text; else the search starts afresh.
    """
    chrome = _Chrome()
    named = known.chrome if known is not None else frozenset()
    found = tree.cssselect(declared) if declared else []
    learnt = find_path(tree, known.container) if known is not None and known.container is not None else None
    for container, basis in ((found[0] if len(found) == 1 else None, "declared"), (learnt, "profile")):
        region = _checked(container, blocks, named, chrome, basis) if container is not None else None
        if region is not None:
            return region
    if _too_big(tree, blocks):
        return _select(tree, blocks, {}, chrome)
    pruned = without_menus(tree, blocks)
    votes = trafilatura_votes(pruned, blocks)
    region = _select(tree, blocks, dict.fromkeys(votes, 1.0), chrome)
    region.opinions = ("trafilatura",) if votes else ()
    if region.weight >= TINY and _overlap(region, votes, blocks) >= AGREE:
        return region
    second = readability_votes(pruned, blocks)
    if not second:
        return region
    both = {i: 1.0 if i in votes and i in second else 0.7 for i in votes | second}
    again = _select(tree, blocks, both, chrome)
    again.opinions = (*region.opinions, "readability")
    return again if again.weight >= region.weight * 0.5 else region


def _checked(
    container: Element, blocks: Sequence[Block], known: frozenset[int], chrome: _Chrome, basis: str
) -> Region | None:
    """A container named beforehand, if it holds text and no better text stands outside it."""
    region = _inside(container, blocks, chrome, {})
    inside = {block.index for block in region.lines}
    new = [b for b in blocks if b.weight >= MIN_OUTSIDE and b.index not in inside and not b.hidden]
    outside = sum(b.weight for b in new if line_hash(b.text) not in known and chrome.above(b.element) is None)
    if region.weight < TINY or outside > OUTSIDE * region.weight:
        return None
    region.opinions = (basis,)
    return region


def _too_big(tree: Element, blocks: Sequence[Block]) -> bool:
    """Whether the extractors would take seconds: the lines then speak for themselves."""
    if len(blocks) > MAX_VOTED_BLOCKS or sum(len(block.text) for block in blocks) > MAX_VOTED_CHARS:
        return True
    return sum(1 for _ in tree.iter()) > MAX_VOTED_ELEMENTS


class _Chrome:
    """Chrome hints of elements and their ancestors, each looked up once."""

    def __init__(self) -> None:
        self._known: dict[Element, str | None] = {}

    def above(self, element: Element, stop: Element | None = None) -> Element | None:
        """The outermost element named as chrome from ``element`` up to, not including, ``stop``."""
        found = None
        while element is not None and element is not stop:
            if element not in self._known:
                self._known[element] = chrome_hint(element)
            if self._known[element]:
                found = element
            element = element.getparent()
        return found

    def kind(self, element: Element) -> str:
        return self._known.get(element) or "chrome"


def _select(tree: Element, blocks: Sequence[Block], votes: dict[int, float], chrome: _Chrome) -> Region:
    sums: dict[Element, float] = {}
    for block in blocks:
        weight = block.weight * votes.get(block.index, 0.3)
        if block.hidden:
            weight *= 0.1
        if weight and chrome.above(block.element) is not None:
            weight *= 0.2
        if weight:
            element = block.element
            while element is not None:
                sums[element] = sums.get(element, 0.0) + weight
                element = element.getparent()
    current = tree
    while True:
        best = max(current, key=lambda child: sums.get(child, 0.0), default=None)
        if best is None or sums.get(best, 0.0) < NARROW * sums.get(current, 0.0) or not sums.get(best):
            break
        current = best
    while current.tag in _LEAVES and current.getparent() is not None:
        current = current.getparent()
    return _inside(current, blocks, chrome, votes)


def _inside(container: Element, blocks: Sequence[Block], chrome: _Chrome, votes: dict[int, float]) -> Region:
    """The container's lines, less what names or links mark as chrome."""
    members = set(container.iter())
    lines = [block for block in blocks if block.element in members]
    region = Region(container, lines)
    total = sum(block.weight for block in lines) or 1
    named: dict[Element, list[Block]] = {}
    for block in lines:
        top = chrome.above(block.element, container)
        if top is not None:
            named.setdefault(top, []).append(block)
    # a name that most of the text bears, as one box or paragraph by paragraph, is no name of chrome here
    bulk: dict[str, int] = {}
    for element, group in named.items():
        bulk[chrome.kind(element)] = bulk.get(chrome.kind(element), 0) + sum(block.weight for block in group)
    for element, group in named.items():
        if bulk[chrome.kind(element)] <= BULK * total:
            region.dropped.update((block.index, f"class:{chrome.kind(element)}") for block in group)
    _drop_link_lists(region, votes)
    return region


def _drop_link_lists(region: Region, votes: dict[int, float]) -> None:
    for block in region.lines:
        if block.index in region.dropped:
            continue
        sentence = block.text.endswith(("。", "！", "？", "”")) and len(block.text) > 30 and block.index in votes
        if block.link_share > 0.6 and not sentence:
            region.dropped[block.index] = "links"
    _drop_digests(region)


def _drop_digests(region: Region) -> None:
    """Lists of other articles with their summaries: like items side by side, each headed by a link."""
    items: dict[tuple[Element, str, str], dict[Element, None]] = {}
    for block in region.lines:
        if region.dropped.get(block.index) == "links":
            item = block.element
            while item is not region.container and item.getparent() is not None:
                parent = item.getparent()
                items.setdefault((parent, str(item.tag), item.get("class") or ""), {})[item] = None
                item = parent
    total = sum(block.weight for block in region.lines) or 1
    for group in items.values():
        if len(group) < DIGESTS:
            continue
        inside = {element for item in group for element in item.iter()}
        lines = [block for block in region.lines if block.element in inside]
        if sum(block.weight for block in lines) <= DIGEST_SHARE * total:
            region.dropped.update((block.index, "digest list") for block in lines if block.index not in region.dropped)


def _overlap(region: Region, votes: set[int], blocks: Sequence[Block]) -> float:
    said = sum(blocks[i].weight for i in votes)
    kept = [block for block in region.lines if block.index not in region.dropped]
    shared = sum(block.weight for block in kept if block.index in votes)
    return shared / max(said, sum(block.weight for block in kept), 1)
