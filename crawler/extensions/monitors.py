"""Spidermon at the end of a run: the portal's monitors, incidents, ready cases; suites of one's own beside them."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scrapy import Spider
from scrapy.settings import BaseSettings
from spidermon import Monitor, MonitorSuite
from spidermon.contrib.scrapy.extensions import Spidermon
from spidermon.runners import MonitorRunner
from spidermon.settings import MONITOR

from crawler.extensions.ledger import Ledger
from crawler.extensions.vitals import Vitals
from crawler.middlewares.archive import archive_folder
from crawler.monitors import CAUSES, CHECKS, KEY, Finding, counts_as_past, judge, settles, usual_length, write_case
from crawler.spiders.portal import PortalSpider
from crawler.store import RunRow, Store, incidents
from crawler.store.incidents import IncidentRow

logger = logging.getLogger(__name__)

_PAST_RUNS = 200
_BAD = {check.cause: check.bad for check in CHECKS} | {"access/unread": "lost/read"}


@dataclass(slots=True)
class Run:
    """What the monitors look at, and what they find: the run's figures, which part it was, the portal's past."""

    counts: Mapping[str, Any]
    part: str | None
    past: Sequence[RunRow]
    found: list[Finding] = field(default_factory=list)


def _monitor(cause: str) -> Callable[[Any], None]:
    def look(self: Any) -> None:
        run: Run = self.data.run
        finding = judge(cause, run.counts, run.part, run.past)
        if finding is not None:
            run.found.append(finding)
            self.fail(finding.message)

    look.__doc__ = cause
    return look


class PortalMonitor(Monitor):  # type: ignore[misc]  # Spidermon is not typed
    """One test method per cause; ``crawler.monitors`` holds what each looks at."""


for _cause in CAUSES:
    setattr(PortalMonitor, f"test_{re.sub('[^a-z]', '_', _cause)}", _monitor(_cause))


class PortalSuite(MonitorSuite):  # type: ignore[misc]
    """The portal's own past against this run."""

    monitors = [PortalMonitor]  # noqa: RUF012  # as Spidermon types it


class Monitors(Spidermon):  # type: ignore[misc]
    """Run ``SPIDERMON_SPIDER_CLOSE_MONITORS`` when a run's figures are complete and its archive is closed.

    What fails is entered with the run and as incident; a new incident gets its case in ``CASES_DIR``. Nothing that
    goes wrong here ends or fails the harvest. Suites added to the setting are run too: a monitor of theirs that fails
    is an incident of cause ``custom/NAME``. Runs of single pages and of archives are not judged.
    """

    def __init__(self, crawler: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(crawler, *args, **kwargs)
        self.opened: list[IncidentRow] = []
        self.closed: list[IncidentRow] = []

    def spider_opened(self, spider: Spider) -> None:
        """Wait for the end of the run."""
        super().spider_opened(spider)
        if isinstance(spider, PortalSpider):
            self._ledger().at_close(self._look)

    def spider_closed(self, spider: Spider) -> None:
        """Stop what ran beside the crawl; a portal's suites run when its ledger closes, other spiders' here."""
        if not isinstance(spider, PortalSpider):
            super().spider_closed(spider)
            return
        for task in self.periodic_tasks[spider]:
            task.stop()

    def _look(self) -> None:
        """Judge the run; in the store's thread, before the run's end is entered."""
        try:
            self._judge()
        except Exception as error:  # whatever a monitor or a full disk does, the run is entered as it went
            logger.error("monitors of %s ended early: %s: %s", self._ledger().portal, type(error).__name__, error)

    def _judge(self) -> None:
        ledger, spider, vitals = self._ledger(), self.crawler.spider, self.crawler.get_extension(Vitals)
        store = ledger.store
        runs = store.runs(ledger.portal, _PAST_RUNS)[::-1]
        past = [run for run in runs if run.run_id < ledger.run_id and counts_as_past(run)]
        if vitals is not None:
            vitals.enter(usual_length(past))
        if not ledger.ends_run:  # the crawler that ends the shared run judges it whole
            return
        given = spider.arguments.shown()
        if given.get("url") or given.get("path") or given.get("index"):
            return
        limit = self.crawler.settings.getint("MONITOR_MEMORY_MB")
        counts = ledger.counts() | {"memory_limit_mb": limit}
        run = Run(counts, given.get("part"), past)
        known = self._run(run)
        self.crawler.stats.set_value(f"duikou/{KEY}", [finding.to_json() for finding in run.found])
        settled = {cause for cause in (*CAUSES, *known) if cause in known or settles(cause, counts)}
        with store.write() as connection:
            found = [finding.to_json() for finding in run.found]
            self.opened, self.closed = incidents.book(connection, ledger.portal, ledger.run_id, found, settled)
        self.opened = [self._with_case(store, incident) for incident in self.opened]
        for incident in self.opened:
            case = f"; the case is ready in {incident.folder}" if incident.folder else ""
            logger.warning("%s: %s%s", incident.portal, incident.message, case)
        for incident in self.closed:
            logger.warning("%s: over: %s", incident.portal, incident.message)

    def _run(self, run: Run) -> list[str]:
        """Run every suite; findings of other suites join. Returns the causes those others can tell of."""
        known = []
        for suite in self.spider_closed_suites:
            data = self._generate_data_for_spider(self.crawler.spider)
            result = MonitorRunner().run(suite, **data, run=run)
            for item in result.monitor_results:
                own = isinstance(item.item, PortalMonitor)
                if own and item.status == MONITOR.STATUS.ERROR:
                    logger.error("monitor %s: %s", item.item.name, item.error.strip().splitlines()[-1])
                if not own:
                    cause = f"custom/{re.sub('[^A-Za-z0-9_.-]+', '-', item.item.name)}"[:64]
                    known.append(cause)
                    if item.status in (MONITOR.STATUS.FAILURE, MONITOR.STATUS.ERROR):
                        told = str(item.reason or item.error).strip().splitlines()[-1]
                        run.found.append(Finding(cause, "custom", told))
        return known

    def _with_case(self, store: Store, incident: IncidentRow) -> IncidentRow:
        """Write the incident's case if a page of it is in the archive."""
        settings, vitals = self.crawler.settings, self.crawler.get_extension(Vitals)
        archive, target = archive_folder(settings), cases_folder(settings)
        name = _BAD.get(incident.cause, "")
        failing = [*(vitals.tally.examples.get(name, ()) if vitals else ()), *self._ledger().examples.get(name, ())]
        if archive is None or target is None or not failing:
            return incident
        try:
            folder = write_case(store, archive, target, incident, failing)
        except Exception as error:  # a page that breaks its reader too must not silence the alarm
            logger.error("%s: no case written: %s: %s", target, type(error).__name__, error)
            return incident
        if folder is None:
            return incident
        with store.write() as connection:
            incidents.keep_case(connection, incident.incident, str(folder))
            return incidents.one(connection, incident.incident)

    def _ledger(self) -> Ledger:
        ledger: Ledger | None = self.crawler.get_extension(Ledger)
        assert ledger is not None
        return ledger


def cases_folder(settings: BaseSettings) -> Path | None:
    """Where ready cases go: ``CASES_DIR``, None = beside the archive (``data/duikou-cases``), empty = nowhere."""
    folder = settings.get("CASES_DIR")
    if folder:
        return Path(folder)
    archive = archive_folder(settings)
    if folder == "" or archive is None:
        return None
    return archive.with_name(f"{archive.name.removesuffix('-archive')}-cases")
