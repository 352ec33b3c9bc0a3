"""``scrapy extract [FILE ...]``: saved pages or JSON lines in, schema v1 JSON lines out."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TextIO

from scrapy.commands import ScrapyCommand

from crawler.commands.on_files import OnFiles
from crawler.documents import extract_files, extract_lines
from crawler.schema import JSON_SCHEMA


class Command(OnFiles, ScrapyCommand):
    """Read pages and print their records; needs neither a spider nor a database."""

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return "Read saved pages (or JSON lines on stdin) and print articles with their cooperation events"

    def long_desc(self) -> str:
        """The paragraph for ``scrapy extract --help``."""
        return (
            "HTML files (or .txt files holding a whole page's text) as arguments, or with none JSON lines on stdin: "
            '{"id", "url"?, "html" | "html_b64" | "text", "fetched_at"?, "home"?}. One JSON line out per document, in '
            'order. A bad document becomes {"id", "error"}; the exit status is then 1.'
        )

    def add_options(self, parser: ArgumentParser) -> None:
        """Declare the command's own options."""
        super().add_options(parser)
        parser.add_argument("--home", help="the publisher's jurisdiction (adcode or full name), for 我县, 来莞 …")
        parser.add_argument("--keep-private", action="store_true", help="keep the names of beneficiaries and pupils")
        parser.add_argument("--json-schema", action="store_true", help="print the JSON Schema of one line and stop")

    def run(self, args: list[str], opts: Namespace) -> None:
        """Stream records to stdout; exit 1 when any document failed."""
        self.write(lambda out: self._extract(args, opts, out))

    def _extract(self, args: list[str], opts: Namespace, out: TextIO) -> None:
        if opts.json_schema:
            print(json.dumps(JSON_SCHEMA, ensure_ascii=False, indent=2), file=out)
            return
        assert self.settings is not None
        keep = opts.keep_private or self.settings.getbool("KEEP_PRIVATE_NAMES")
        files = extract_files(map(Path, args), opts.home, keep_private=keep)
        for record in files if args else extract_lines(sys.stdin.buffer, opts.home, keep_private=keep):
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
            out.flush()
            if "error" in record:
                self.complain(str(record["id"]), str(record["error"]))
