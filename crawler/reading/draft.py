"""From kept lines and collected claims to the Article: preview pieces stitched, metadata loaded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from crawler.model import Article, Attachment, Page, Repair
from crawler.reading import claims
from crawler.reading.fields import ArticleLoader, Claim
from crawler.reading.lines import fold
from crawler.reading.pieces import Heading, find_pieces, report_heading, stitch
from crawler.reading.profile import PageSketch
from crawler.reading.repair import Repaired
from crawler.reading.signed import signed_in
from crawler.reading.trim import Line
from crawler.text import detect_script

_DATELINE_WITHIN = 3  # lines of the body among which the one with a dateline is: captions and a subtitle may come first


@dataclass(slots=True)
class Reading:
    """Everything learnt while reading a page: the article and, line by line, why each line stayed or went."""

    article: Article
    lines: list[Line]
    head: list[str]
    opinions: tuple[str, ...] = ()
    container: str = ""
    sketch: PageSketch | None = None


@dataclass(slots=True)
class Draft:
    """What is collected of a page on the way to its article; claims are cleaned only at the end."""

    page: Page
    encoding: str | None
    replacement_chars: int
    lines: list[Line] = field(default_factory=list)
    over: list[str] = field(default_factory=list)  # lines right above the heading: a byline, or the site's own head
    head: list[str] = field(default_factory=list)  # lines from the heading to the body
    above: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    title: str | None = None
    metas: dict[str, str] = field(default_factory=dict)
    scripts: list[str] = field(default_factory=list)
    named: list[Claim] = field(default_factory=list)
    repaired: Repaired | None = None
    body_at: int = 0  # the place among the repaired lines where those of ``lines`` begin
    breadcrumb: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    warnings: list[str] = field(default_factory=list)
    opinions: tuple[str, ...] = ()
    container: str = ""


def finish(draft: Draft) -> Reading:
    """Join the kept lines, stitch preview pieces, load the metadata."""
    kept = [line for line in draft.lines if line.kept]
    texts, originals = [line.text for line in kept], [line.original for line in kept]
    heading: Heading | None = None
    pieces = find_pieces(texts)
    if pieces:
        texts, originals = [stitch(texts, pieces)], [stitch(originals, pieces)]
        for number, line in enumerate(kept):
            if number not in pieces:
                line.gone = "outside the numbered pieces"
        heading = report_heading(texts[0])
        if heading:
            texts[0] = texts[0][heading.end :]
            printed = report_heading(originals[0])
            originals[0] = originals[0][printed.end :] if printed else originals[0]
    loader = _load(draft, heading, document=bool(pieces))
    title, published, source, reprinted = (
        loader.get_output_value(name) for name in ("title", "published", "source", "reprinted")
    )
    credited = loader.get_output_value("credited")
    if reprinted is None and source and credited and not _one_outlet(source.value, credited.value):
        reprinted = credited
    source = source or reprinted
    repairs = _repairs(draft)
    text, original = "\n".join(texts), "\n".join(originals)
    article = Article(
        url=draft.page.url,
        text=text,
        title=title.value if title else None,
        published=published.value if published else None,
        published_basis=published.basis if published else None,
        published_precision=published.precision if published else "none",
        source=source.value if source else None,
        source_basis=source.basis if source else None,
        reprinted_from=reprinted.value if reprinted else None,
        author=loader.get_output_value("author") or (),
        script=detect_script(original),
        original=text if text == original else original,  # one object: it travels between processes once
        repairs=repairs,
        attachments=draft.attachments,
        encoding=draft.encoding,
        replacement_chars=draft.replacement_chars,
        breadcrumb=draft.breadcrumb,
        warnings=(*draft.warnings, *_guessed(repairs)),
    )
    return Reading(article, draft.lines, draft.over + draft.head, draft.opinions, draft.container)


def _one_outlet(one: str, other: str) -> bool:
    """Whether two names can be of one outlet: 右江日报 and 右江日报客户端."""
    return one in other or other in one


def _repairs(draft: Draft) -> tuple[Repair, ...]:
    """What was undone in the body; repairs of the heading and of lines that went are not the article's."""
    if draft.repaired is None:
        return ()
    kept = (number for number, line in enumerate(draft.lines, draft.body_at) if line.kept)
    return draft.repaired.counted(kept)


def _guessed(repairs: Iterable[Repair]) -> Iterable[str]:
    guessed = sum(repair.count for repair in repairs if not repair.exact)
    if guessed:
        yield f"{guessed} repairs are the best guess, not exact" if guessed > 1 else "a repair is a guess, not exact"


def _load(draft: Draft, heading: Heading | None, *, document: bool) -> ArticleLoader:
    """Offer every claim to the loader, most trusted first; a document portal's upload date is no date of the report."""
    loader = ArticleLoader()
    credits = [line.text for line in draft.lines if line.gone and line.gone.split(":")[0] in ("byline", "editor")]
    glued = [cut for line in draft.lines for cut in line.cut]
    if heading:
        loader.add_value("title", Claim(heading.title, "heading"))
        loader.add_value("published", _dated(draft.page, [Claim(heading.date, "heading")]))
    if draft.title:
        loader.add_value("title", Claim(draft.title, "page"))
    loader.add_value("title", list(claims.meta_claims(draft.metas, "title")))
    if not document:
        loader.add_value("published", _dated(draft.page, _date_claims(draft, credits)))
        if not loader.get_collected_values("published"):
            loader.add_value("published", _dated(draft.page, _last_dates(draft)))
    loader.add_value("source", list(_source_claims(draft, credits + glued)))
    if not loader.get_collected_values("source"):
        loader.add_value("source", list(_last_sources(draft)))
    loader.add_value("reprinted", list(claims.reprint_claims(draft.head + draft.over + credits + glued)))
    ending = [line.text for line in draft.lines if line.gone == "byline:tail"] + glued
    loader.add_value("credited", list(claims.source_claims(ending)))
    if heading and heading.issuers:
        loader.add_value("author", Claim(f"发文单位:{' '.join(heading.issuers)}", "heading"))
    lines = dict.fromkeys(draft.over + draft.head + credits + glued)
    loader.add_value("author", [Claim(text, "line") for text in lines if len(text) <= 300])
    kept = [line.text for line in draft.lines if line.kept]
    loader.add_value("author", [Claim(text, "signed") for text in (signed_in(kept[0], kept[-1]) if kept else ())])
    return loader


def _dated(page: Page, found: Iterable[Claim]) -> list[Claim]:
    """Date claims with their upper bound: no page is older than its fetching."""
    latest = page.fetched_at.date() if page.fetched_at else None
    return [Claim(claim.value, claim.basis, claim.precision, latest) for claim in found]


def _date_claims(draft: Draft, credits: list[str]) -> Iterable[Claim]:
    over = _over(draft)
    yield from claims.issued_claims(draft.head + over)
    yield from claims.published_claims(draft.head, sure=True)
    yield from claims.table_dates(draft.above)
    yield from claims.published_claims(draft.head, sure=False)
    for sure in (True, False):
        yield from claims.published_claims(over, sure=sure)
    linked = claims.json_ld(draft.scripts)
    if linked:
        yield Claim(str(linked.get("datePublished") or linked.get("pubDate")), "json-ld")
    yield from claims.meta_claims(draft.metas, "published")
    yield from claims.labelled_dates(credits + draft.below)


def _over(draft: Draft) -> list[str]:
    """The lines above the heading that may be its byline."""
    return claims.without_clocks(draft.over, draft.page.fetched_at.date() if draft.page.fetched_at else None)


def _last_dates(draft: Draft) -> Iterable[Claim]:
    """What is asked only when nobody else said a date: scripts are long."""
    yield from claims.script_claims(draft.scripts, "published")
    yield from claims.published_claims(line.text for line in draft.lines if line.gone == "byline:tail")
    yield from claims.closing_dates([line.text for line in draft.lines if line.kept][-1:])
    yield from claims.url_dates(draft.page.url)


def _source_claims(draft: Draft, credits: list[str]) -> Iterable[Claim]:
    yield from claims.source_claims(draft.head + draft.over)
    yield from (claim for claim in draft.named if claim.basis == "class")
    yield from claims.office_claims(draft.above + draft.head)
    title = f"{draft.title} {fold(draft.title)}" if draft.title else ""
    dated = draft.head if claims.bears_date(draft.head) else _over(draft) + draft.head
    yield from claims.masthead_claims(dated + draft.above)
    yield from (claim for claim in claims.beside_date(dated) if claim.value not in title)
    yield from claims.source_claims(credits)
    yield from claims.meta_claims(draft.metas, "source")


def _last_sources(draft: Draft) -> Iterable[Claim]:
    """What is asked only when the byline names no outlet."""
    yield from claims.script_claims(draft.scripts, "source")
    yield from (claim for claim in draft.named if claim.basis == "account")
    kept = [line.text for line in draft.lines if line.kept]
    yield from claims.printed_claims(draft.above, kept[-2:] + draft.below)
    yield from claims.reporting_claims(kept[:_DATELINE_WITHIN])
