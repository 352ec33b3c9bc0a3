"""Repair against its peers: how much of the original comes back, and what 2,000 characters cost.

    python benchmarks/bench_repair.py

Pages are generated (seeded) and damaged byte by byte. Peers: ftfy and OpenCC, where importable. The C++ OpenCC shares
its module name with opencc-python-reimplemented; to measure it, install it elsewhere and put that first on the path:

    pip install --target /tmp/peers ftfy OpenCC && PYTHONPATH=/tmp/peers python benchmarks/bench_repair.py
"""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from difflib import SequenceMatcher
from importlib import import_module
from importlib.metadata import packages_distributions, version
from itertools import pairwise
from pathlib import Path
from statistics import mean, median
from time import process_time

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "text"))

from clean_text import clean, clean_traditional

from crawler.text import damage, gloss, normalize, to_simplified

PAGES = 20
SIZE = 2000
LIMITS = {"clean simplified": 1.0, "clean traditional": 1.0}
DAMAGED_LIMIT = 8.0


def main() -> None:
    """Print one table of similarity to the original and one of CPU time."""
    peers = find_peers()
    print(f"{PAGES} pages of about {SIZE} characters each; similarity = difflib ratio to the simplified original")
    header = "".join(f"{name:>24}" for name in peers)
    print(f"{'':24}{header}")
    for kind, pages in material().items():
        cells = []
        for mend in peers.values():
            mend(pages[0][0])  # tables are loaded once
            likeness, times = zip(*(measure(mend, *page) for page in pages), strict=True)
            cells.append(f"{mean(likeness):.4f} {median(times):6.2f} ms")
        limit = LIMITS.get(kind, DAMAGED_LIMIT)
        print(f"{kind:24}" + "".join(f"{cell:>24}" for cell in cells) + f"   (bar {limit:.0f} ms)")
    print(first_use())


def first_use() -> str:
    """What import and the first page of each sort cost a new process, tables included."""
    code = """
from time import process_time as now
start = now()
from crawler.text import normalize
spent = [now()]
for page in "东西部协作工作联席会议", "東西部協作工作聯席會議", "推動(dòng)?xùn)|西部協(xié)作，“校?！苯涣骱献?，強化":
    normalize(page)
    spent.append(now())
print("first use: " + ", ".join(
    f"{name} {1000 * (end - begin):.0f} ms"
    for name, begin, end in zip(("import", "simplified page", "traditional", "damaged"), [start, *spent], spent)
))
"""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def material() -> dict[str, list[tuple[str, str]]]:
    """Pairs of shown page and simplified original, by what was done to the page."""
    originals = [clean("news", seed, SIZE) for seed in range(PAGES)]
    traditional = [clean_traditional("news", seed, SIZE) for seed in range(PAGES)]
    shown = {
        "clean simplified": originals,
        "clean traditional": traditional,
        "toned glosses": [damage(text, ["gloss"], seed) for seed, text in enumerate(traditional)],
        "crossed glosses": [gloss(text, crossing(text, seed)) for seed, text in enumerate(traditional)],
        "split punctuation": [damage(text, ["punctuation"], seed) for seed, text in enumerate(traditional)],
        "whole-word glosses": [damage(text, ["word_gloss"], seed) for seed, text in enumerate(originals)],
        "injected lines": [damage(text, ["injected"], seed) for seed, text in enumerate(originals)],
    }
    return {kind: list(zip(pages, originals, strict=True)) for kind, pages in shown.items()}


def crossing(text: str, seed: int) -> list[str]:
    """Four characters whose bytes stand astride two characters of ``text``, and 60 of its own."""
    found = set()
    for left, right in pairwise(text):
        both = left.encode("gbk", "ignore")[1:] + right.encode("gbk", "ignore")[:1]
        char = both.decode("gbk", "ignore")
        if len(char) == 1 and "\u4e00" <= char <= "\u9fff":
            found.add(char)
    rng = random.Random(seed)
    own = sorted({char for char in text if "\u4e00" <= char <= "\u9fff"})
    return rng.sample(sorted(found), 4) + rng.sample(own, min(60, len(own)))


def find_peers() -> dict[str, Callable[[str], str]]:
    """Our own functions and the peers that are installed, by name and version."""
    peers: dict[str, Callable[[str], str]] = {"duikou normalize": lambda text: normalize(text).text}
    peers["duikou to_simplified"] = to_simplified
    for module, make in (("ftfy", lambda m: m.fix_text), ("opencc", lambda m: m.OpenCC("tw2s").convert)):
        try:
            peers[label(module)] = make(import_module(module))
        except ImportError:
            print(f"{module}: not installed, left out")
    return peers


def label(module: str) -> str:
    """The distribution that provides ``module`` first on the path, with its version, cut to the table."""
    name = packages_distributions()[module][0]
    return f"{name[:14]} {version(name)}"


def measure(mend: Callable[[str], str], shown: str, original: str) -> tuple[float, float]:
    """Likeness of the cleaned page to the original, and CPU milliseconds for each 2,000 characters shown."""
    start = process_time()
    cleaned = mend(shown)
    spent = process_time() - start
    return likeness(cleaned, original), spent * 1000 * 2000 / len(shown)


def likeness(cleaned: str, original: str) -> float:
    """difflib's ratio, line by line where both have the same lines (it is quadratic)."""
    if cleaned == original:
        return 1.0
    left, right = cleaned.split("\n"), original.split("\n")
    if len(left) != len(right):
        return SequenceMatcher(None, cleaned, original, autojunk=False).ratio()
    matched = sum(
        SequenceMatcher(None, a, b, autojunk=False).ratio() * (len(a) + len(b))
        for a, b in zip(left, right, strict=True)
    )
    return matched / (len("".join(left)) + len("".join(right)))


if __name__ == "__main__":
    main()
