"""Places against other tools on our labelled sentences, and speed against jieba.cut: python benchmarks/bench_places.py

jieba.posseg is compared on what it claims: spans of places (tag ns, neighbours joined as labelled).
"""

from __future__ import annotations

import time
from pathlib import Path

import jieba
import jieba.posseg

from crawler.places import find_places
from crawler.places.score import read_cases

CASES = Path(__file__).resolve().parent.parent / "tests" / "places" / "cases"


def main() -> None:
    cases = [c for name in ("developed", "heldout", "bugs") for c in read_cases(CASES / f"{name}.jsonl")]
    spans("crawler.places", cases, ours)
    spans("jieba.posseg", cases, posseg)
    text = "\n".join(c["text"] for c in cases) * 20
    speed("crawler.places", lambda: find_places(text, on="2019"), len(text))
    speed("jieba.cut", lambda: list(jieba.cut(text)), len(text))


def ours(case):
    return {(m.start, m.end) for m in find_places(case["text"], on=case.get("on"), home=case.get("home"))}


def posseg(case):
    out, at = set(), 0
    for word, tag in jieba.posseg.cut(case["text"]):
        if tag == "ns":
            if out and (last := max(out, key=lambda s: s[1]))[1] == at:
                out.remove(last)
                out.add((last[0], at + len(word)))  # parents and child in one span, as labelled
            else:
                out.add((at, at + len(word)))
        at += len(word)
    return out


def spans(name, cases, tool):
    right = found = wanted = 0
    for case in cases:
        gold = {(p["start"], p["start"] + len(p["quote"])) for p in case["places"]}
        got = tool(case)
        right, found, wanted = right + len(gold & got), found + len(got), wanted + len(gold)
    p, r = right / max(found, 1), right / wanted
    print(f"spans {name:16} P {p:.3f} R {r:.3f} F1 {2 * p * r / max(p + r, 1e-9):.3f}")


def speed(name, run, length):
    run()
    start = time.perf_counter()
    run()
    print(f"speed {name:16} {length / (time.perf_counter() - start):,.0f} characters/s")


if __name__ == "__main__":
    main()
