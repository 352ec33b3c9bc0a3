"""Figures that other packages find in an article, after the recipe's own: entry points ``duikou.extractors``.

An extractor is a function of one record: it gets the article with the events and figures read from it, and yields
further figures. It must be pure (the same record, the same figures), for the recipe is, in every process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from math import isfinite
from typing import Any

from crawler import __version__
from crawler.model import Figure, Record
from crawler.plugins import Plugin, plugins

Extractor = Callable[[Record], Iterable[Figure]]

GROUP = "duikou.extractors"


def extended(record: Record) -> Record:
    """The record with what the installed extractors find; one that fails adds a warning to the article, no more."""
    for plugin in _extractors():
        try:
            found = tuple(_checked(plugin.value(record), record))
        except Exception as error:  # a stranger's function must not cost the page
            said = f"extractor {plugin.name}: {type(error).__name__}: {error}"
            article = replace(record.article, warnings=(*record.article.warnings, said))
            record = replace(record, article=article)
        else:
            record = replace(record, figures=(*record.figures, *found))
    return record


@cache
def code_version() -> str:
    """The version that records are made with: ours, and after a ``+`` those of the packages with extractors."""
    others = dict.fromkeys(plugin.origin.replace(" ", "-") for plugin in _extractors())
    return "+".join((__version__, *([".".join(others)] if others else ())))


@cache
def _extractors() -> tuple[Plugin[Extractor], ...]:
    return plugins(GROUP, _extractor)


def _extractor(value: Any) -> Extractor:
    if not callable(value):
        raise TypeError(f"names {value!r:.80}, not a function of one crawler.model.Record")
    found: Extractor = value
    return found


def _checked(figures: Iterable[Figure], record: Record) -> Iterator[Figure]:
    """The figures that are new; raises ValueError for one that is none or does not stand where it says."""
    known = {(one.start, one.end, one.unit, one.value) for one in record.figures}
    for one in figures:
        if not isinstance(one, Figure):
            raise ValueError(f"yields {one!r:.80}, not a crawler.model.Figure")
        if not isfinite(one.value) or record.article.text[one.start : one.end] != one.quote or not one.quote:
            raise ValueError(f"its figure {one.quote!r:.40} does not stand at {one.start}-{one.end} of the text")
        if (key := (one.start, one.end, one.unit, one.value)) not in known:
            known.add(key)
            yield one
