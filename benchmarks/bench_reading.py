"""CPU per page of the reader, cold and warm, against trafilatura with metadata, on the same pages in one run.

    python benchmarks/bench_reading.py [--pages DIR] [--rounds N]

DIR holds saved HTML pages; without it a site of 24 pages of 180 KB is made up. Warm means with a site profile: it is learnt
from six variants of each page in which every sentence carries another number, as other articles of the layout would.
"""

# ruff: noqa: E501  (made-up pages read best in one line)

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import trafilatura

from crawler.model import Page
from crawler.reading import SiteLearner, SiteProfile, decode, read, read_closely, reset_caches

SENTENCE = re.compile(r"[\u3400-\u9fff]{6,}[，。]")
VARIANTS = 6


def made_up(count: int = 24, size: int = 180_000) -> list[bytes]:
    """Pages of one portal, ``size`` bytes each: an article of 1,500 characters in menus, related lists and scripts.

    Links grow with the size as on real pages: about 800 of them on 180 KB.
    """
    menus, lists = size // 720, size // 4_000
    menu = "".join(f'<li class="m{i}"><a href="/c/{i}/" target="_blank">栏目{i}</a></li>' for i in range(menus))
    boxes = "".join(
        f'<div class="box"><h3>推荐{b}</h3><ul>'
        + "".join(f'<li><a href="/a/{b}{i}.html">推荐新闻标题第{b}组第{i}条</a></li>' for i in range(12))
        + "</ul></div>"
        for b in range(lists)
    )
    pages = []
    for n in range(count):
        body = "".join(
            f"<p>　　第{n}次考察的第{i}段，代表团一行走进车间和田间，了解协作项目的进展情况，并与当地干部群众座谈交流，商定下一步的工作安排。</p>"
            for i in range(25)
        )
        title = f"代表团第{n}次赴结对县考察东西部协作工作"
        html = (
            f'<html><head><meta charset="utf-8"><title>{title}_示例网</title></head><body><div class="top"><ul>{menu}</ul></div>'
            f'<div class="main"><h1>{title}</h1><div class="info">2021-05-{n % 28 + 1:02} 09:00 来源：示例日报</div><div class="text">{body}</div>'
            f'<p class="ed">责任编辑：某某</p></div><div class="side">{boxes}</div>'
        )
        filler = "var t=" + "[1,2,3,4,5];" * max(0, (size - len(html.encode())) // 12)
        pages.append(f"{html}<script>{filler}</script></body></html>".encode())
    return pages


def variant(text: str, number: int) -> str:
    """The same layout with other sentences."""
    return SENTENCE.sub(lambda match: f"{number}号{match[0]}", text)


def profiles(raws: Sequence[bytes]) -> list[SiteProfile]:
    """For each page what a crawler knows of its layout once it has seen other articles there."""
    found = []
    for at, raw in enumerate(raws):
        host = f"s{at}.example"
        learner = SiteLearner(host)
        text = decode(raw).text
        for number in range(1, VARIANTS + 1):
            sketch = read_closely(Page(f"http://{host}/a/{number}.html", variant(text, number))).sketch
            if sketch is not None:
                learner.add(sketch)
        found.append(learner.profile())
    return found


def cpu_ms(work: Callable[[], object], pages: int, rounds: int) -> float:
    """Least CPU milliseconds per page over some rounds."""
    best = float("inf")
    for _ in range(rounds):
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return best / pages * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--pages", type=Path, help="directory of saved HTML pages")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    raws = [path.read_bytes() for path in sorted(options.pages.glob("*.htm*"))] if options.pages else made_up()
    known = profiles(raws)
    warmable = sum(bool(profile.layouts) for profile in known)
    size = sum(map(len, raws)) / len(raws) / 1000

    def cold() -> None:
        for at, raw in enumerate(raws):
            read(Page(f"http://s{at}.example/a/0.html", raw))

    def warm() -> None:
        for at, raw in enumerate(raws):
            read(Page(f"http://s{at}.example/a/0.html", raw), known[at])

    def theirs() -> None:
        for raw in raws:
            trafilatura.bare_extraction(raw, with_metadata=True, include_comments=False)

    results = {}
    for name, work in (("trafilatura with metadata", theirs), ("reader, cold", cold), ("reader, warm", warm)):
        reset_caches()
        results[name] = cpu_ms(work, len(raws), options.rounds)
    print(
        f"{len(raws)} pages, {size:.0f} KB on average; profiles for {warmable} of them; best of {options.rounds} rounds"
    )
    base = results["trafilatura with metadata"]
    for name, value in results.items():
        print(f"{name:27} {value:7.1f} ms CPU per page  {value / base:5.2f}")


if __name__ == "__main__":
    main()
