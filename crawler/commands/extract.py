"""``scrapy extract [FILE ...]``: saved pages, web archives or JSON lines in, schema v1 JSON lines out."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TextIO

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.archive.index import ARCHIVE_SUFFIXES
from crawler.bulk import Choices, PlanError, extract_archives, extract_into
from crawler.commands.crawl import DISK
from crawler.commands.on_files import OnFiles
from crawler.commands.shown import say
from crawler.documents import extract_files, extract_lines
from crawler.schema import JSON_SCHEMA
from crawler.store import DiskFullError
from crawler.workers import WorkersError


class Command(OnFiles, ScrapyCommand):
    """Read pages and print their records; needs neither a spider nor a database."""

    def syntax(self) -> str:
        """The usage line."""
        return "[options] [FILE | ARCHIVE | FOLDER ...]"

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return (
            "Read saved pages, web archives (or JSON lines on stdin) and print articles with their cooperation events"
        )

    def long_desc(self) -> str:
        """The paragraph for ``scrapy extract --help``."""
        return (
            "HTML files (or .txt files holding a whole page's text) as arguments, or with none JSON lines on stdin: "
            '{"id", "url"?, "html" | "html_b64" | "text", "fetched_at"?, "home"?}. WARC, WACZ and ARC files, or '
            "folders of them, are read page by page. One JSON line out per document, in order. A bad document becomes "
            '{"id", "error"}; the exit status is then 1.'
        )

    def add_options(self, parser: ArgumentParser) -> None:
        """Declare the command's own options."""
        super().add_options(parser)
        parser.add_argument("--home", help="the publisher's jurisdiction (adcode or full name), for 我县, 来莞 …")
        parser.add_argument("--keep-private", action="store_true", help="keep the names of beneficiaries and pupils")
        parser.add_argument("--json-schema", action="store_true", help="print the JSON Schema of one line and stop")
        bulk = parser.add_argument_group("for archives")
        bulk.add_argument("--out", metavar="FILE", help="write into this new file; killed, the same command goes on")
        bulk.add_argument("--anew", action="store_true", help="with --out: from the start")
        bulk.add_argument("--jobs", type=int, default=0, help="worker processes (default: this process)")
        bulk.add_argument("--dask", metavar="ADDRESS", help="on the workers of the Dask scheduler there")

    def run(self, args: list[str], opts: Namespace) -> None:
        """Stream records to stdout; exit 1 when any document failed."""
        archives = [name for name in args if Path(name).is_dir() or name.lower().endswith(ARCHIVE_SUFFIXES)]
        if archives and len(archives) < len(args):
            page = next(name for name in args if name not in archives)
            raise UsageError(f"{page}: no archive; give pages and archives in separate calls", print_help=False)
        if not archives and (opts.out or opts.anew or opts.jobs or opts.dask):
            raise UsageError("--out, --anew, --jobs and --dask are for archives and folders of them", print_help=False)
        if opts.anew and not opts.out:
            raise UsageError("--anew needs --out FILE: nothing else is gone on with", print_help=False)
        try:
            self.write(lambda out: self._archives(archives, opts, out) if archives else self._extract(args, opts, out))
        except DiskFullError as error:
            say(f"scrapy extract: {error}", file=sys.stderr)
            self.exitcode = DISK
        except (PlanError, WorkersError) as error:
            raise UsageError(str(error), print_help=False) from None

    def _extract(self, args: list[str], opts: Namespace, out: TextIO) -> None:
        if opts.json_schema:
            print(json.dumps(JSON_SCHEMA, ensure_ascii=False, indent=2), file=out)
            return
        keep = self._keeps_private(opts)
        files = extract_files(map(Path, args), opts.home, keep_private=keep)
        for record in files if args else extract_lines(sys.stdin.buffer, opts.home, keep_private=keep):
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
            out.flush()
            if "error" in record:
                self.complain(str(record["id"]), str(record["error"]))

    def _archives(self, args: list[str], opts: Namespace, out: TextIO) -> None:
        choices = Choices(opts.home, self._keeps_private(opts), opts.jobs, opts.dask)
        paths = list(map(Path, args))
        if opts.out is None:
            extract_archives(paths, choices, out.buffer, self.complain)
            return
        tally = extract_into(Path(opts.out), paths, choices, self.complain, anew=opts.anew)
        say(f"{opts.out}: {tally['pages']:,} pages, {tally['failed']:,} that could not be read", file=out)
        self.exitcode = 1 if tally["failed"] else 0

    def _keeps_private(self, opts: Namespace) -> bool:
        assert self.settings is not None
        return bool(opts.keep_private) or self.settings.getbool("KEEP_PRIVATE_NAMES")
