"""The store: one object over one database, safe to share between threads."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from crawler.dedup import Anchors, Prepared, article_id
from crawler.model import Record
from crawler.reading import PageSketch, SiteLearner
from crawler.store import (
    dump,
    forgetting,
    profiles,
    recall,
    reviewing,
    reviews,
    saving,
    summary,
    tombstones,
)
from crawler.store.books import Books
from crawler.store.failpoints import failpoint
from crawler.store.forgetting import Forgotten
from crawler.store.masking import Mask
from crawler.store.reviews import Review
from crawler.store.rows import (
    EventRow,
    Fetch,
    PortalSummary,
    Saved,
    SaveRequest,
)


class Store(Books):
    """Articles, events and the URL ledger in one SQLite file (a path or ``sqlite:///…``) or PostgreSQL database.

    Opening makes or migrates the tables. Any thread may call any method; each call is one transaction. URLs are given
    as found: the store makes them canonical. Raises ``StoreError`` with one clear line when the database cannot be
    used: unreadable, forbidden, of a newer version, or sample data asked into a real database (``sample``, kept from
    the first opening; None takes what is there).
    """

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

    def settled(self, host: str, version: str | None, seen: Container[str]) -> None:
        """Note that all of a host's articles are as ``version`` reads them, unless more was learnt or stored meanwhile.

        ``seen`` are the ids of the articles that were read again, as far as their bytes could be had.
        """
        with self._database.write() as connection:
            profiles.settled(connection, host, version, seen)

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
