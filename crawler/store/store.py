"""The store: one object over one database, safe to share between threads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Connection

from crawler.archive import Earlier, Written
from crawler.dedup import Anchors, Prepared, article_id
from crawler.model import Record
from crawler.reading import PageSketch, SiteLearner
from crawler.store import (
    archiving,
    dump,
    forgetting,
    ledger,
    profiles,
    recall,
    replays,
    reviewing,
    reviews,
    runs,
    saving,
    summary,
    tombstones,
    upgrading,
)
from crawler.store.engine import Database
from crawler.store.failpoints import failpoint
from crawler.store.forgetting import Forgotten
from crawler.store.masking import Mask
from crawler.store.reviews import Review
from crawler.store.rows import (
    EventRow,
    Fetch,
    Found,
    PortalSummary,
    RunRow,
    Saved,
    SaveRequest,
    UrlRow,
    Validators,
)
from crawler.store.statistics import Statistics


class Store:
    """Articles, events and the URL ledger in one SQLite file (a path or ``sqlite:///…``) or PostgreSQL database.

    Opening makes or migrates the tables. Any thread may call any method; each call is one transaction. URLs are given
    as found: the store makes them canonical. Raises ``StoreError`` with one clear line when the database cannot be
    used: unreadable, forbidden, of a newer version, or sample data asked into a real database (``sample``, kept from
    the first opening; None takes what is there).
    """

    def __init__(self, url: str = "sqlite:///data/duikou.db", *, sample: bool | None = None) -> None:
        self._database = Database(url)
        self._statistics = Statistics(self._database)
        try:
            self.sample = upgrading.open_up(self._database, sample)
        except BaseException:
            self._database.close()
            raise

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection; the store cannot be used afterwards."""
        self._database.close()

    def upgrade(self) -> None:
        """Bring the tables to this code's version; done by opening, and safe to repeat."""
        upgrading.upgrade(self._database)

    @property
    def identity(self) -> str:
        """A word of this database's own, the same however its address is spelt."""
        with self._database.read() as connection:
            return upgrading.identity(connection)

    def read(self) -> AbstractContextManager[Connection]:
        """Open a consistent view for queries of one's own over the tables of ``crawler.store.schema``."""
        return self._database.read()

    def write(self) -> AbstractContextManager[Connection]:
        """Open the one write transaction, for ``crawler.store.incidents``, ``outbox`` and ``joint``; keep it short."""
        return self._database.write()

    def touch(self) -> AbstractContextManager[Connection]:
        """Open a write transaction for what ``crawler.store.joint`` marks so: it waits for no save."""
        return self._database.touch()

    @contextmanager
    def together(self, *, write: bool = True) -> Iterator[None]:
        """Make all calls of this thread inside ONE transaction: killed or failed, nothing of them is kept.

        Not ``write``: they read one consistent view; what they write goes its own way. Any exception that comes out of
        a call must leave the block, for the call may be half done.
        """
        with self._database.together(write=write):
            yield
            if write:
                failpoint("together:before-commit")
        if write:
            failpoint("together:after-commit")

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
        shared run. ``Found.all_known`` says when to stop.
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

    # Records

    def save(
        self,
        record: Record,
        *,
        run_id: int | None = None,
        portal: str = "",
        url: str | None = None,
        fetched_at: datetime | None = None,
        fetch: Fetch | None = None,
        anchors: Anchors | None = None,
        profile_version: str | None = None,
        sketch: PageSketch | None = None,
        prepared: Prepared | None = None,
    ) -> Saved:
        """Write one record in ONE transaction: article, revision, figures, mentions, copies, events, ledger state.

        ``url`` is the URL requested when a redirect led to ``record.article.url``. Saving the same record again changes
        nothing (``unchanged``); the same page with another text is ``changed`` and keeps the old text as a revision; a
        new page whose text another article has is a ``duplicate`` with its relation. ``anchors`` (names, places,
        numbers) default to those of the record's events and text; ``prepared`` spares working out what the record alone
        says. Forgotten names are covered; a forgotten page raises ``ForgottenError``.
        """
        request = SaveRequest(
            record, run_id, portal, url, fetched_at, fetch, anchors, profile_version, sketch, prepared
        )  # fmt: skip
        (saved,) = self.save_many([request])
        if isinstance(saved, tombstones.ForgottenError):
            raise saved
        return saved

    def save_many(self, requests: Sequence[SaveRequest]) -> list[Saved | tombstones.ForgottenError]:
        """Write several records in ONE transaction, as ``save`` writes each; killed or failed, none of them is kept.

        Returned in their order; for a page that was forgotten the error stands in its place. Ten to a transaction
        spare most of what its commit costs; the database is locked until all are written.
        """
        done: list[Saved | tombstones.ForgottenError] = []
        with self._database.write() as connection:
            for request in requests:
                job = saving.job_of(request, sample=self.sample)
                try:
                    job = replace(job, record=tombstones.admitted(connection, request.record, job.url))
                except tombstones.ForgottenError as error:
                    done.append(error)
                    continue
                done.append(replace(saving.save(connection, job), record=job.record))
                if request.sketch is not None:
                    profiles.learn(connection, request.sketch)
            failpoint("save:before-commit")
        failpoint("save:after-commit")
        self._statistics.grown(len(done))
        return done

    def admitted(self, record: Record, *urls: str) -> Record:
        """Return the record as ``save`` would take it: forgotten names covered, what a person reviewed kept.

        A forgotten page, also by ``urls``, raises ``ForgottenError``.
        """
        with self._database.read() as connection:
            admitted = tombstones.admitted(connection, record, *urls)
            return reviews.kept(connection, admitted, article_id(admitted.article.url))

    def record(self, url: str) -> Record | None:
        """Return the record of the article at ``url`` as last saved, or None."""
        with self._database.read() as connection:
            return recall.record(connection, url)

    # Reviews

    def review(self, review: Review) -> str:
        """Store a person's word on an event in ONE transaction and bring the event in line; return the event's id.

        Raises ``StoreError`` when the event is not live (or rejected before), or the article is not there.
        """
        with self._database.write() as connection:
            event_id = reviewing.review(connection, review, sample=self.sample)
            failpoint("review:before-commit")
        failpoint("review:after-commit")
        return event_id

    # Site profiles

    def learner(self, host: str) -> SiteLearner:
        """Return what is known of a host (without ``www.``)."""
        with self._database.read() as connection:
            return profiles.learner(connection, host)

    def hosts_unsettled(self) -> list[str]:
        """Return hosts of which something was learnt since their articles were last read again."""
        with self._database.read() as connection:
            return profiles.hosts_unsettled(connection)

    def unsettled(self, host: str, version: str | None) -> list[profiles.Unsettled]:
        """Return the host's archived articles that were read with another profile than ``version``."""
        with self._database.read() as connection:
            return list(profiles.unsettled(connection, host, version))

    def settle(self, page: profiles.Unsettled, record: Record, version: str | None, run_id: int | None = None) -> bool:
        """Write an article as profile ``version`` reads it, as the same revision; return whether that differs.

        Forgotten names are covered; a page forgotten meanwhile raises ``ForgottenError``.
        """
        with self._database.write() as connection:
            record = tombstones.admitted(connection, record, page.capture.ledger_url or page.capture.url)
            changed = profiles.settle(connection, page, record, version, run_id, self.sample)
            failpoint("settle:before-commit")
        failpoint("settle:after-commit")
        return changed

    def settled(self, host: str, version: str | None) -> None:
        """Note that all of a host's articles are as ``version`` reads them, unless more was learnt meanwhile."""
        with self._database.write() as connection:
            profiles.settled(connection, host, version)

    # The archive

    def archive_sizes(self) -> dict[str, int]:
        """Return the committed size of every archive file, by name."""
        with self._database.read() as connection:
            return archiving.committed(connection)

    def archive_opened(self, file: str) -> None:
        """Enter a new archive file of which nothing is committed yet."""
        with self._database.write() as connection:
            archiving.opened(connection, file)
            failpoint("opened:before-commit")
        failpoint("opened:after-commit")

    def earlier_capture(self, digest: str) -> Earlier | None:
        """Return an archived response with the same payload, for a revisit record."""
        with self._database.read() as connection:
            return archiving.earlier(connection, digest)

    def archived(self, arrival: archiving.Arrival, written: Written) -> None:
        """Book one archived response in ONE transaction; the article page it answers becomes ``archived``."""
        with self._database.write() as connection:
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

    # What is to be forgotten

    def forget_page(
        self, url: str, folder: Path | None, *, reason: str | None = None, dry_run: bool = False
    ) -> Forgotten:
        """Take the page at ``url`` out of database and archive ``folder``, and keep it out from now on."""
        return forgetting.page(self._database, folder, url, reason=reason, dry_run=dry_run)

    def forget_name(
        self, name: str, folder: Path | None, *, reason: str | None = None, dry_run: bool = False
    ) -> Forgotten:
        """Cover a person's name in database and archive ``folder``, and in all that is saved from now on."""
        return forgetting.name(self._database, folder, name, reason=reason, dry_run=dry_run)

    def forgotten(self, urls: Iterable[str]) -> set[str]:
        """Return those of ``urls``, spelt as given, whose page was forgotten."""
        with self._database.read() as connection:
            return tombstones.forgotten(connection, urls)

    def forgets_pages(self) -> bool:
        """Return whether any page at all was forgotten."""
        with self._database.read() as connection:
            return tombstones.any_page(connection)

    def mask(self) -> Mask | None:
        """Return the mask of all forgotten names, None when there is none."""
        with self._database.read() as connection:
            return tombstones.names(connection)

    # What is in it

    def portal_summary(self, run_ids: Sequence[int] | None = None) -> list[PortalSummary]:
        """Return one row per portal, by name; new, changed, gone and failed count what ``run_ids`` did (None: all)."""
        with self._database.read() as connection:
            return summary.portals(connection, run_ids)

    def newest_events(self, limit: int = 10) -> list[EventRow]:
        """Return the happenings with the latest dates first, undated ones last, withdrawn and planned ones left out."""
        with self._database.read() as connection:
            return summary.newest(connection, limit)

    def dump(self) -> list[str]:
        """Return the canonical dump: sorted JSON lines of all records without ids, times and run numbers."""
        with self._database.read() as connection:
            return dump.lines(connection)
