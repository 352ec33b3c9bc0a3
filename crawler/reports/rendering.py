"""A report as plain text and as one HTML page that needs nothing beside it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from mako.template import Template  # type: ignore[import-untyped]

from crawler.reports.gathering import FIGURES, Report
from crawler.schedule.outcome import SHANGHAI, Day, moment
from crawler.watch import Happening, plain

SIGNS: dict[Day, str] = {
    "news": "N", "no news": "·", "site down": "D", "layout broke": "L", "failed": "F", "unfinished": "U",
    "not run": "-",
}  # fmt: skip
LABELS = {"new": "new", "changed": "changed", "gone": "gone", "lost": "failed", "new_events": "events"}


def text(report: Report) -> str:
    """The report for a terminal or a mail."""
    return "\n".join(_lines(report)) + "\n"


def html(report: Report) -> str:
    """The report as one page: no script, nothing loaded, everything crawled escaped."""
    shown: str = _template().render_unicode(
        report=report,
        signs=SIGNS,
        figures=FIGURES,
        labels=LABELS,
        when=_when,
        made=f"{report.made_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}",
    )
    return shown


def _lines(report: Report) -> Iterator[str]:
    yield f"duikou: {report.title}" + ("  (SAMPLE DATA: people and figures are invented)" if report.sample else "")
    yield ""
    yield "FAILING MONITORS" if report.failing else "No monitor fails."
    for one in report.failing:
        yield f"  {one.portal}: {one.message} (since {_when(one.opened_at)})"
        if one.folder:
            yield f"    ready case: {plain(one.folder)}"
    for one in report.over:
        yield f"  over: {one.portal}: {one.message} ({_when(one.opened_at)} to {_when(one.closed_at)})"
    yield ""
    yield "PORTALS" if report.portals else "No portal ran."
    for health in report.portals:
        days = "".join(SIGNS[word] for _, word, _ in health.days)
        told = ", ".join(f"{LABELS[key]} {health.figures[key]}" for key in FIGURES if health.figures[key])
        yield f"  {health.name:12} {days}  {health.word}{f': {health.why}' if health.why else ''}"
        yield f"  {'':12} runs {health.runs}{f', {told}' if told else ''}"
    if report.portals:
        yield "  " + "  ".join(f"{sign} {word}" for word, sign in SIGNS.items())
    if report.hits:
        yield ""
        yield f"WATCHLIST HITS: {len(report.hits)}"
        for hit in report.hits:
            yield from _told(hit.happening, f"[{hit.watch}] {'' if hit.new else 'corrected: '}")
    yield ""
    yield f"NEW EVENTS: {report.counted['events']}"
    for happening in report.events:
        yield from _told(happening)
    yield from _more(report.counted["events"] - len(report.events))
    if report.corrections:
        yield ""
        yield f"CORRECTED EVENTS: {report.counted['corrections']}"
        for correction in report.corrections:
            yield f"  {correction.happening.line}"
            yield from (f"    {name}: {old} → {new}" for name, old, new in correction.fields)
        yield from _more(report.counted["corrections"] - len(report.corrections))
    for channel, count, error in report.unsent:
        yield ""
        yield f"{count} notices wait for {channel}" + (f": {error}" if error else "")


def _when(stamped: str | None) -> str:
    """A stored time as Shanghai has it."""
    return f"{moment(stamped).astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if stamped else ""


def _told(happening: Happening, head: str = "") -> Iterator[str]:
    yield f"  {head}{happening.line}"
    for quote in happening.quotes:
        yield f"    “{quote.text}” {quote.source or quote.portal}"
        if quote.url:
            yield f"    {quote.url}"


def _more(count: int) -> Iterator[str]:
    if count > 0:
        yield f"  and {count} more: scrapy export"


@cache
def _template() -> Any:
    source = (files("crawler.reports") / "report.mako").read_text("utf-8")
    return Template(source, default_filters=["h"], strict_undefined=True)
