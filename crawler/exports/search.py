"""Chinese full-text search: text as character pairs for FTS5, which knows no Chinese words.

凌云县 is indexed as 凌云 云县 县; a phrase of pairs finds exactly the texts that hold the words, also of one or two
characters.
"""

from __future__ import annotations

import re

_RUNS = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+|[^\W_\u3400-\u9fff\U00020000-\U0003ffff]+")


def search_tokens(text: str) -> str:
    """The text as FTS5 is to index it: pairs of each Chinese run and its last character, other words as they are."""
    return " ".join(token for run in _RUNS.findall(text) for token in _pairs(run))


def search_query(words: str) -> str:
    """An FTS5 query for texts that hold every one of these blank-separated words; empty when there is none.

    Punctuation inside a word separates it as a blank does. Nothing in ``words`` is read as FTS5 syntax.
    """
    return " AND ".join(_phrase(run) for run in _RUNS.findall(words))


def _pairs(run: str) -> list[str]:
    if not _is_chinese(run):
        return [run]
    return [run[i : i + 2] for i in range(len(run) - 1)] + [run[-1]]


def _phrase(run: str) -> str:
    if not _is_chinese(run):
        return f'"{run}"'
    return f'"{run}"*' if len(run) == 1 else f'"{" ".join(run[i : i + 2] for i in range(len(run) - 1))}"'


def _is_chinese(run: str) -> bool:
    return "\u3400" <= run[0] <= "\u9fff" or run[0] >= "\U00020000"
