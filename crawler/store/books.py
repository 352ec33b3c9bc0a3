"""The books of a crawl over an open database: runs, the URL ledger, what the archive holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from crawler.archive import Earlier, Written
from crawler.store import (
    archiving,
    ledger,
    replays,
    runs,
    saving,
    tombstones,
)
from crawler.store.failpoints import failpoint
from crawler.store.opened import Opened
from crawler.store.rows import (
    Fetch,
    Found,
    RunRow,
    UrlRow,
    Validators,
)


class Books(Opened):
    """Which pages are known, which are due, how each went, and where its bytes lie."""

    # Runs

    def begin_run(self, portal: str, arguments: Mapping[str, Any] | None = None, sample: bool | None = None) -> int:
        """Enter a run of ``portal`` and return its id; ``sample`` defaults to the database's own mark."""
        with self._database.write() as connection:
            run = runs.begin(connection, portal, arguments or {}, self.sample if sample is None else sample)
            failpoint("run:before-commit")
        failpoint("run:after-commit")
        return run

    def end_run(self, run_id: int, reason: str, counts: Mapping[str, Any] | None = None) -> None:
        """Close a run with Scrapy's reason (``finished``, ``shutdown`` …) and its counts."""
        with self._database.write() as connection:
            runs.end(connection, run_id, reason, counts or {})
            failpoint("end:before-commit")
        failpoint("end:after-commit")

    def runs(self, portal: str | None = None, limit: int | None = None) -> list[RunRow]:
        """Return the runs, newest first, of one portal or of all."""
        with self._database.read() as connection:
            return runs.listed(connection, portal, limit)

    # The URL ledger

    def known(self, urls: Iterable[str]) -> set[str]:
        """Return those of ``urls``, spelt as given, whose page the ledger holds in any state, or was told to forget."""
        given = list(urls)
        with self._database.read() as connection:
            return ledger.in_state(connection, given) | tombstones.forgotten(connection, given)

    def stored(self, urls: Iterable[str]) -> set[str]:
        """Return those of ``urls``, spelt as given, whose page was read and stored."""
        with self._database.read() as connection:
            return ledger.in_state(connection, urls, ["stored"])

    def found(
        self,
        portal: str,
        list_url: str | None,
        article_urls: Sequence[str],
        next_lists: Sequence[str],
        run_id: int,
        queued: Sequence[str] = (),
    ) -> Found:
        """Enter in ONE transaction what a list page named, and mark the page itself done in this run.

        New article URLs become ``found``; ``next_lists`` (the list pages the crawl will follow, no others) become
        ``found`` unless done in this run already. So a killed crawl goes on at its first unfinished list page
        (``pending`` returns it), while start pages are simply asked for again by every run. With ``list_url`` None
        (sitemap, feed, command line) only the URLs are entered. ``queued`` are those that wait for any crawler of a
        shared run.
        """
        with self._database.write() as connection:
            buried = tombstones.forgotten(connection, article_urls)
            wanted = [url for url in article_urls if url not in buried]
            result = ledger.found(connection, portal, list_url, wanted, next_lists, run_id, queued)
            failpoint("found:before-commit")
        failpoint("found:after-commit")
        return replace(result, known=(*result.known, *(url for url in dict.fromkeys(article_urls) if url in buried)))

    def pending(self, portal: str, limit: int = 1000) -> list[UrlRow]:
        """Return what an interrupted run left, list pages first: found, fetched or archived but not stored, failed
        fewer than ``ledger.MAX_ATTEMPTS`` times; not what a living crawler of a shared run works on.
        """
        with self._database.read() as connection:
            return ledger.pending(connection, portal, limit)

    def url(self, url: str) -> UrlRow | None:
        """Return the ledger's row for ``url``, or None."""
        with self._database.read() as connection:
            return ledger.url_row(connection, url)

    def validators(self, url: str) -> Validators:
        """Return the ETag and Last-Modified to send with a conditional request; both None unless stored."""
        with self._database.read() as connection:
            return ledger.validators(connection, url)

    def mark_fetched(self, url: str, fetch: Fetch | None = None, *, fetched_at: datetime | None = None) -> None:
        """Note that the bytes came (``fetched``), or lie in the archive (``archived``) when ``fetch`` says where."""
        with self._database.write() as connection:
            ledger.mark_fetched(connection, url, fetch or Fetch(), ledger.stamp(fetched_at or datetime.now(UTC)))
            failpoint("fetched:before-commit")
        failpoint("fetched:after-commit")

    def mark_failed(
        self,
        url: str,
        stage: str,
        error: str,
        *,
        status: int | None = None,
        final: bool = False,
        next_due: datetime | None = None,
    ) -> None:
        """Note a failure at ``stage`` (fetch, archive, read, store …); tried again by later runs unless ``final``."""
        due = ledger.stamp(next_due) if next_due else None
        with self._database.write() as connection:
            ledger.mark_failed(connection, url, stage, error, status, final, due)
            failpoint("failed:before-commit")
        failpoint("failed:after-commit")

    def mark_gone(self, url: str, status: int, *, run_id: int | None = None) -> bool:
        """Note that the server has the page no longer (404, 410); True when that withdrew a stored article.

        The article stays readable with state ``gone``; its events stay.
        """
        with self._database.write() as connection:
            withdrawn = saving.mark_gone(connection, url, status, run_id)
            failpoint("gone:before-commit")
        failpoint("gone:after-commit")
        return withdrawn

    def mark_unchanged(self, url: str, *, fetched_at: datetime | None = None) -> None:
        """Note that the server answered 304 (or the same bytes): the article was seen again as it is."""
        with self._database.write() as connection:
            saving.mark_unchanged(connection, url, ledger.stamp(fetched_at or datetime.now(UTC)))
            failpoint("unchanged:before-commit")
        failpoint("unchanged:after-commit")

    # The archive

    def archive_sizes(self) -> dict[str, int]:
        """Return the committed size of every archive file, by name."""
        with self._database.read() as connection:
            return archiving.committed(connection)

    def archive_opened(self, file: str) -> None:
        """Enter a new archive file of which nothing is committed yet."""
        with self._database.book() as connection:
            archiving.opened(connection, file)
            failpoint("opened:before-commit")
        failpoint("opened:after-commit")

    def earlier_capture(self, digest: str) -> Earlier | None:
        """Return an archived response with the same payload, for a revisit record."""
        with self._database.read() as connection:
            return archiving.earlier(connection, digest)

    def archived(self, arrival: archiving.Arrival, written: Written) -> None:
        """Book one archived response in ONE transaction; the article page it answers becomes ``archived``."""
        with self._database.book() as connection:
            archiving.archived(connection, arrival, written)
            failpoint("archived:before-commit")
        failpoint("archived:after-commit")

    def capture_of(self, url: str, kind: str = "article", before_run: int | None = None) -> archiving.CaptureRow | None:
        """Return the newest archived response of that kind for a page asked for as ``url``, of runs before one."""
        with self._database.read() as connection:
            return archiving.capture_of(connection, url, kind, before_run)

    def article_captures(
        self, after: int = 0, limit: int = 200, *, quarantined: bool = False, portal: str | None = None
    ) -> list[archiving.CaptureRow]:
        """Return the newest capture of each article page in order, those after capture number ``after``."""
        with self._database.read() as connection:
            return archiving.latest_articles(connection, after, limit, quarantined=quarantined, portal=portal)

    def count_article_captures(self, after: int = 0, *, quarantined: bool = False, portal: str | None = None) -> int:
        """Return how many captures :meth:`article_captures` has from ``after`` on."""
        with self._database.read() as connection:
            return archiving.count_latest(connection, after, quarantined=quarantined, portal=portal)

    def parts_of(self, row: archiving.CaptureRow) -> list[archiving.CaptureRow]:
        """Return the captures of an article's further pages that belong to this capture of its first, in order."""
        with self._database.read() as connection:
            return archiving.parts_of(connection, row)

    def archive_files_before(self, day: str) -> list[str]:
        """Return archive files nothing younger than ``day`` (ISO) stands in or refers to."""
        with self._database.read() as connection:
            return archiving.files_before(connection, day)

    def drop_archive_file(self, file: str) -> int:
        """Take a removed file and its captures out of the books; return how many captures that was."""
        with self._database.write() as connection:
            return archiving.drop_file(connection, file)

    def begin_replay(
        self, *, applied: bool, quarantine: bool, portal: str | None = None, anew: bool = False
    ) -> tuple[replays.ReplayRow, bool]:
        """Return the unfinished replay of this kind and code version, else (or if ``anew``) a new one; whether it goes
        on.
        """
        with self._database.write() as connection:
            return replays.begin(connection, applied=applied, quarantine=quarantine, portal=portal, anew=anew)

    def advance_replay(self, replay: int, capture: int, counts: dict[str, int]) -> None:
        """Note that a replay is done with everything up to ``capture``."""
        with self._database.write() as connection:
            replays.advance(connection, replay, capture, counts)
            failpoint("replay:before-commit")
        failpoint("replay:after-commit")

    def end_replay(self, replay: int) -> None:
        """Close a replay that came to the end."""
        with self._database.write() as connection:
            replays.end(connection, replay)
