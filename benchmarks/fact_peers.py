"""What cpca, jionlp and jieba.posseg find in sentences; runs in their own environment, without our package.

``python benchmarks/fact_peers.py < SENTENCES.jsonl``: a line holds ``text`` and ``on`` (ISO date or null). Printed is
one JSON line each, per tool: ``places`` (full names down to the county), ``dates`` (first and last day), ``money``
(CNY), ``people``.
"""

from __future__ import annotations

import json
import sys
import time
from contextlib import redirect_stdout
from typing import Any

with redirect_stdout(sys.stderr):  # they greet on stdout
    import cpca
    import jieba.posseg
    import jionlp


def main() -> None:
    """Answer every sentence of the standard input."""
    for line in sys.stdin:
        case = json.loads(line)
        text, on = case["text"], case["on"]
        with redirect_stdout(sys.stderr):
            found = {
                "cpca": {"places": _guard(_cpca, text)},
                "jionlp": {
                    "places": _guard(_jionlp_places, text),
                    "dates": _guard(_dates, text, on),
                    "money": _guard(_money, text),
                },
                "posseg": {"people": [w.word for w in jieba.posseg.cut(text) if w.flag.startswith("nr")]},
            }
        print(json.dumps(found, ensure_ascii=False))


def _guard(call: Any, *arguments: Any) -> list[Any]:
    """Their result; nothing where they raise."""
    try:
        return list(call(*arguments))
    except Exception as problem:  # a peer's error counts as nothing found
        if (said := f"{call.__name__}: {problem!r}") not in _SAID:
            _SAID.add(said)
            print(said, file=sys.stderr)
        return []


_SAID: set[str] = set()  # problems printed already: cpca raises one and the same on every text without a place


def _cpca(text: str) -> list[str]:
    rows = cpca.transform_text_with_addrs(text, pos_sensitive=False).fillna("").to_dict("records")
    return ["".join(r[k] for k in ("省", "市", "区") if r[k] != "市辖区") for r in rows]


def _jionlp_places(text: str) -> list[str]:
    rows = [row for row, _ in jionlp.recognize_location(text)["domestic"] or ()]
    names = []
    for row in rows:
        parts = [row[k] for k in ("province", "city", "county") if row[k]]
        names.append("".join(dict.fromkeys(parts)))  # 北京市北京市朝阳区
    return names


def _dates(text: str, on: str | None) -> list[list[str]]:
    base = time.mktime(time.strptime(on, "%Y-%m-%d")) if on else time.time()
    found = jionlp.ner.extract_time(text, time_base=base)
    return [[t[:10] for t in row["detail"]["time"]] for row in found if row["type"] in ("time_point", "time_span")]


def _money(text: str) -> list[float]:
    rows = [row["detail"] for row in jionlp.ner.extract_money(text) if row["detail"]["case"] == "元"]
    numbers = (row["num"] for row in rows)
    return [float(n) for value in numbers for n in (value if isinstance(value, list) else [value])]


if __name__ == "__main__":
    main()
