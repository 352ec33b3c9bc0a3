"""``scrapy facts FILE ...``: the facts of a text in colour, each with value, basis and rule."""

from __future__ import annotations

import json
import re
import sys
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.commands.shown import Console, say
from crawler.facts import Facts, find_facts
from crawler.places import gazetteer
from crawler.text import normalize

_STYLES = {
    "places": "underline green", "dates": "cyan", "people": "bold magenta",
    "organizations": "yellow", "quantities": "bold red",
}  # fmt: skip


class Command(ScrapyCommand):
    """Show places, dates, people, organisations and quantities of plain text files."""

    requires_crawler_process = False
    default_settings: ClassVar[dict[str, object]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """The usage line."""
        return "[options] FILE ... (- for stdin)"

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return "Show the places, dates, people, organisations and quantities of a text in colour"

    def long_desc(self) -> str:
        """The paragraph for ``scrapy facts --help``."""
        return (
            "Reads UTF-8 text files, repairs and simplifies them, marks every fact in the text and lists it with its "
            "value and the table row or rule that made it. Beneficiaries and pupils are masked unless --names is given."
        )

    def add_options(self, parser: ArgumentParser) -> None:
        """Declare the command's own options."""
        super().add_options(parser)
        parser.add_argument("--published", help="the page's date (YYYY-MM-DD or a part), for dates without a year")
        parser.add_argument("--home", help="the publisher's jurisdiction (adcode or full name), for 我县, 来莞 …")
        parser.add_argument("--json", action="store_true", help="print JSON lines, one document each")
        parser.add_argument("--names", action="store_true", help="keep the names of beneficiaries and pupils")

    def run(self, args: list[str], opts: Namespace) -> None:
        """Print the facts of each file; exit 1 when a file could not be read."""
        if not args:
            raise UsageError("Give at least one text file, or - for stdin.")
        if opts.published and not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", opts.published):
            raise UsageError(f"--published {opts.published}: not a date; write YYYY-MM-DD, YYYY-MM or YYYY.")
        if opts.home and gazetteer().place(opts.home) is None:
            raise UsageError(f"--home {opts.home}: no place known; write an adcode (440308) or a full official name.")
        console = Console(highlight=False)
        for name in args:
            try:
                text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as problem:
                cause = (problem.strerror or problem) if isinstance(problem, OSError) else "not a UTF-8 text file"
                say(f"{name}: {cause}; give the path of a readable UTF-8 text file", file=sys.stderr)
                self.exitcode = 1
                continue
            facts = find_facts(normalize(text).text, published=opts.published, home=opts.home)
            if opts.json:
                print(json.dumps({"file": name, **_plain(facts, opts.names)}, ensure_ascii=False))
            else:
                _show(console, facts, opts.names)


def _masked(name: str) -> str:
    return name[0] + "某" * (len(name) - 1)


def _private(facts: Facts) -> dict[str, str]:
    """Names to hide with their masks."""
    return {word: _masked(word) for p in facts.people if p.private for word in (p.name, p.quote)}


def _hidden(value: object, hide: dict[str, str]) -> object:
    """``value`` with every private name in it masked, if it is a string."""
    if isinstance(value, str):
        for name, mask in hide.items():
            value = value.replace(name, mask)
    return value


def _plain(facts: Facts, names: bool) -> dict[str, object]:
    """Facts as JSON values; the name and quote of a private person masked, their place in the text kept."""
    plain: dict[str, object] = {}
    for kind in _STYLES:
        rows = [asdict(item) for item in getattr(facts, kind)]
        hide = {} if names else _private(facts)
        plain[kind] = [{key: _hidden(value, hide) for key, value in row.items()} for row in rows]
    return plain


def _show(console: Console, facts: Facts, names: bool) -> None:
    marked = Text(facts.text)
    for kind, style in _STYLES.items():
        for item in getattr(facts, kind):
            marked.stylize(style, item.start, item.end)
    if not names:
        for person in reversed(facts.people):
            if person.private:
                mask = Text(_masked(person.quote), style=_STYLES["people"])
                marked = marked[: person.start] + mask + marked[person.end :]
    console.print(marked, soft_wrap=True)  # no line ends but the text's own, also in a pipe
    hide = {} if names else _private(facts)
    for kind, style in _STYLES.items():
        items = getattr(facts, kind)
        console.print(f"\n{kind} ({len(items)})", style=style)
        for item in items:
            quote, *cells = (str(_hidden(cell, hide)) for cell in _line(kind, item) if cell)
            console.print(Text(quote, style=style) + Text("".join(f"  {cell}" for cell in cells)), soft_wrap=True)


def _line(kind: str, item: object) -> list[str]:
    """The cells of one fact."""
    row = asdict(item)  # type: ignore[call-overload]  # every fact is a dataclass
    if kind == "places":
        code = row["unit"]["code"] if row["unit"] else "?"
        return [row["quote"], f"→ {row['name']} {code}", row["basis"]]
    if kind == "dates":
        span = row["date_start"] or "…"
        span += "" if row["date_end"] == row["date_start"] else f"/{row['date_end'] or '…'}"
        return [row["quote"], f"→ {span}", row["precision"], row["basis"], row["rule"]]
    if kind == "people":
        flags = " ".join(flag for flag in ("cited", "private", "byline") if row[flag])
        return [row["name"], row["title"] or "", row["role"] or "", flags, row["rule"]]
    if kind == "organizations":
        full = f"= {row['canonical']}" if row["canonical"] != row["name"] else ""
        return [row["name"], full, row["kind"], row["rule"]]
    flags = " ".join(
        flag for flag in ("cumulative", "approx", "expected", "ordinal", "delegation", "each") if row[flag]
    )
    return [
        row["quote"],
        f"→ {row['value']:g} {row['unit']}",
        row["what"],
        row["period"] or "",
        row["meaning"] or "",
        flags,
        row["rule"],
    ]
