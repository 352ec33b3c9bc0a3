"""Why each line of a page stayed or went, for people: ``scrapy read`` and debugging."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from crawler.model import Article, Page
from crawler.reading.profile import SiteProfile
from crawler.reading.read import read_closely

_STYLE = (
    "body{font:15px/1.6 sans-serif;margin:2em;overflow-wrap:anywhere}table{border-collapse:collapse;width:100%}"
    "td,th{border:1px solid #ccc;padding:.3em .6em;vertical-align:top;text-align:left}"
    ".rule{color:#a00;font-size:85%}.gone{color:#777}td:last-child{overflow-wrap:normal}th{width:8em}"
)


@dataclass(frozen=True, slots=True)
class LineVerdict:
    """One line as printed, whether it is part of the article, and the rule that dropped it (``kind:zone``)."""

    text: str
    kept: bool
    rule: str | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """A page's article with the grounds: who found the body, where it stood, byline lines seen, verdict per line."""

    article: Article
    opinions: tuple[str, ...]
    container: str
    head: tuple[str, ...]
    lines: tuple[LineVerdict, ...]

    def facts(self) -> list[tuple[str, str]]:
        """Label and value of each piece of metadata, with its basis in brackets."""
        article = self.article
        credits = " · ".join(f"{one.role} {one.name}" for one in article.author)
        repairs = " · ".join(f"{one.kind} ×{one.count}" for one in article.repairs)
        lost = f"{article.replacement_chars} lost" if article.replacement_chars else None
        rows = (
            ("title", article.title),
            ("published", _with(article.published, article.published_basis)),
            ("source", _with(article.source, article.source_basis)),
            ("reprinted", article.reprinted_from),
            ("credits", credits),
            ("sections", " > ".join(article.breadcrumb)),
            ("encoding", _with(article.encoding, lost)),
            ("script", article.script),
            ("repairs", repairs),
            ("attachments", " · ".join(file.url for file in article.attachments)),
            ("body by", _with(" + ".join(self.opinions), self.container)),
            ("warnings", "; ".join(article.warnings)),
        )
        return [(label, value or "-") for label, value in rows]


def explain_reading(page: Page, profile: SiteProfile | None = None) -> Explanation:
    """Read ``page`` and tell why; raises what :func:`crawler.reading.read` raises."""
    reading = read_closely(page, profile)
    verdicts = tuple(LineVerdict(line.original, line.kept, line.gone) for line in reading.lines)
    return Explanation(reading.article, reading.opinions, reading.container, tuple(reading.head), verdicts)


def markup(explanation: Explanation) -> str:
    """The explanation as an HTML page: lines of the container left, what became of them right."""
    facts = "".join(
        f"<tr><th>{escape(label)}</th><td>{escape(value)}</td></tr>" for label, value in explanation.facts()
    )
    rows = "".join(
        f"<tr><td>{escape(line.text)}</td><td>kept</td></tr>"
        if line.kept
        else f'<tr class="gone"><td><s>{escape(line.text)}</s></td><td class="rule">{escape(line.rule or "")}</td></tr>'
        for line in explanation.lines
    )
    text = "".join(f"<p>{escape(line)}</p>" for line in explanation.article.text.split("\n"))
    title = escape(explanation.article.title or explanation.article.url)
    return (
        '<!doctype html><html lang="zh"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{_STYLE}</style>"
        f"<h1>{title}</h1><table>{facts}</table><h2>Lines</h2><table>{rows}</table><h2>Article</h2>{text}</html>\n"
    )


def _with(value: str | None, basis: str | None) -> str | None:
    return f"{value} ({basis})" if value and basis else value
