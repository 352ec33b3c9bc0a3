"""CPU time of reading events from ready facts, per 2,000 characters: ``python benchmarks/bench_events.py [FILE ...]``.

Facts and the places of the title are found first and are not measured. Text: articles of the sample web or the UTF-8
files named. The best of several rounds counts; a second line says what finding the facts costs.
"""

from __future__ import annotations

import gc
import sys
import time
from pathlib import Path

from crawler.events.extraction import read_facts, title_places
from crawler.facts import Facts, find_facts
from crawler.model import Article
from crawler.places import PlaceMention
from crawler.sample.articles import sample_articles

ROUNDS = 7


def articles(files: list[str]) -> list[Article]:
    """The articles to read."""
    if files:
        return [Article(url="", text=Path(name).read_text(encoding="utf-8")) for name in files]
    return [
        Article(url="", text="\n".join(item.body), title=item.title, published=item.published.date().isoformat())
        for item in sample_articles()
    ]


def rounds(ready: list[tuple[Article, Facts, list[PlaceMention]]]) -> list[float]:
    """CPU seconds of each round over all articles."""
    out = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        for article, facts, title in ready:
            read_facts(facts, article, title)
        out.append(time.process_time() - begun)
    return out


def main() -> None:
    """Print milliseconds of CPU per 2,000 characters."""
    texts = articles(sys.argv[1:])
    ready = [(a, find_facts(a.text, published=a.published), title_places(a)) for a in texts]
    characters = sum(len(article.text) for article in texts)
    begun = time.process_time()
    for article in texts:
        find_facts(article.text, published=article.published)
    found = time.process_time() - begun
    scale = 2000 * 1000 / characters
    gc.collect()
    gc.freeze()  # what the benchmark itself keeps alive is no work of the events
    times = rounds(ready)
    print(f"{len(texts)} articles of {characters // len(texts)} characters")
    median = sorted(times)[ROUNDS // 2]
    print(f"events from ready facts  {min(times) * scale:.2f} ms per 2,000 characters (median {median * scale:.2f})")
    print(f"the facts themselves     {found * scale:.2f} ms per 2,000 characters")


if __name__ == "__main__":
    main()
