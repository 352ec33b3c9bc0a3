"""Locks and crawls as real processes: one run per portal, killed holders, clean ends, exit statuses."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.commands.harvest import _crawl as crawl
from crawler.schedule import Due, Harvest, Note, take, with_shared
from crawler.schedule.timers import install
from crawler.store import Store, joint

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 3, 2, tzinfo=UTC)
DUES = [Due("alpha", "news", NOW, "planned"), Due("beta", "rest", NOW, "left")]


@pytest.fixture
def url(tmp_path) -> str:
    return f"sqlite:///{tmp_path / 'd.sqlite'}"


def python(code: str):
    return lambda due: [sys.executable, "-S", "-c", code, due.portal]


def harvest(url: str, code: str, **options) -> tuple[int, list[Note]]:
    notes: list[Note] = []
    return asyncio.run(Harvest(url, python(code), notes.append, **options).once(DUES)), notes


def kinds(notes: list[Note], portal: str) -> list[str]:
    return [note.kind for note in notes if note.portal == portal]


def test_each_portal_runs_once_and_what_it_says_is_told(url):
    said = """import sys; print('{"progress": {"pages": 3}}\\nERROR: lost one', file=sys.stderr)"""
    status, notes = harvest(url, said)
    assert status == 0
    for portal in ("alpha", "beta"):
        assert kinds(notes, portal) == ["started", "progress", "log", "ended"]
    assert next(n for n in notes if n.kind == "progress").data == {"pages": 3}
    assert next(n for n in notes if n.kind == "log").data == {"line": "ERROR: lost one"}


@pytest.mark.parametrize(("given", "status"), [((0, 0), 0), ((1, 0), 1), ((1, 3), 3), ((0, -9), 1)])
def test_exit_status_is_that_of_the_worst_crawl(url, given, status):
    code = f"import os, sys; n = dict(zip(('alpha', 'beta'), {given}))[sys.argv[1]]\n"
    code += "os.kill(os.getpid(), 9) if n < 0 else sys.exit(n)"
    assert harvest(url, code, jobs=2)[0] == status


def test_a_portal_in_other_hands_is_left_out_and_the_others_go_on(url):
    lock = take(url, "alpha")
    assert lock is not None
    status, notes = harvest(url, "pass")
    assert status == 4
    assert kinds(notes, "alpha") == ["busy"]
    assert kinds(notes, "beta") == ["started", "ended"]
    lock.release()
    assert harvest(url, "pass")[0] == 0


HOLDER = """
import subprocess, sys, time
from crawler.schedule import take
lock = take(sys.argv[1], "alpha")
child = subprocess.Popen([sys.executable, "-S", "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE,
                         pass_fds=[lock.descriptor], start_new_session=True)
print(child.pid, flush=True)
time.sleep(600)
"""


def check_killed_holder(url: str) -> None:
    """The lock outlives its killed taker while the crawl it started lives, and no longer."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, url],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert holder.stdout is not None
    child = os.pidfd_open(int(holder.stdout.readline()))
    assert take(url, "alpha") is None
    signal.pidfd_send_signal(child, signal.SIGSTOP)  # so that it does not see its input end
    holder.kill()
    holder.wait()
    holder.stdout.close()
    assert take(url, "alpha") is None, "the crawl still runs"
    signal.pidfd_send_signal(child, signal.SIGKILL)
    os.close(child)
    free = until(lambda: take(url, "alpha"))
    free.release()


def until(asked, seconds: float = 20):
    """What ``asked`` returns as soon as it returns something; the system needs a moment to bury a process."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := asked():
            return found
        os.sched_yield()
    raise AssertionError("it never came")


def test_a_killed_holder_and_its_child(url):
    check_killed_holder(url)


@pytest.mark.services
def test_a_killed_holder_and_its_child_on_postgresql():
    server = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
    check_killed_holder(server)


# Ends cleanly on SIGTERM, as a crawl does, with a status that says it did.
PATIENT = """
import signal, sys
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
print("ready", file=sys.stderr, flush=True)
signal.pause()
"""


@pytest.mark.parametrize(("forever", "status"), [(False, 5), (True, 0)])
def test_sigterm_ends_the_crawls_and_starts_no_more(url, forever, status):
    notes: list[Note] = []

    def tell(note: Note) -> None:
        notes.append(note)
        if note.kind == "log":
            os.kill(os.getpid(), signal.SIGTERM)

    harvest = Harvest(url, python(PATIENT), tell, 1)
    ended = asyncio.run(harvest.forever(lambda: DUES) if forever else harvest.once(DUES))
    assert ended == status
    assert [note.kind for note in notes] == ["started", "log", "stopping", "ended"]
    assert notes[-1].data["status"] == 0


def test_a_harvest_for_ever_does_not_hammer_a_crawl_that_cannot_start(url):
    notes: list[Note] = []
    rounds = 0

    def agenda() -> list[Due]:
        nonlocal rounds
        rounds += 1
        if rounds > 2:
            os.kill(os.getpid(), signal.SIGTERM)
        return DUES[:1]

    asyncio.run(_with_wakes(Harvest(url, python("raise SystemExit(1)"), notes.append, 1), agenda, notes))
    assert [note.kind for note in notes].count("started") == 1


async def _with_wakes(harvest: Harvest, agenda, notes: list[Note]) -> None:
    """Stop as soon as the first crawl has ended and the agenda was asked again."""
    task = asyncio.create_task(harvest.forever(agenda))
    while not task.done():
        if any(note.kind == "ended" for note in notes):
            os.kill(os.getpid(), signal.SIGTERM)
            await task
        await asyncio.sleep(0)


def test_units_say_what_to_run_and_quote_it(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    written = install(["/usr/bin/python3", "-m", "scrapy", "harvest", "-s", "CONTACT=a b%c"], tmp_path / "here")
    assert [path.name for path in written] == ["duikou-harvest.service", "duikou-harvest.timer"]
    service, timer = (path.read_text("utf-8") for path in written)
    assert 'ExecStart=/usr/bin/python3 -m scrapy harvest -s "CONTACT=a b%%c"\n' in service
    assert f"WorkingDirectory={tmp_path}/here\n" in service
    assert "OnCalendar=*:0/15\n" in timer
    assert all(path.parent == tmp_path / "systemd" / "user" for path in written)


def test_what_another_harvest_has_in_hand_is_joined_after_what_nobody_has(url):
    lock = take(url, "alpha")
    asked: list[str] = []

    def wanted(due: Due) -> bool:
        asked.append(due.portal)
        return True

    status, notes = harvest(url, "pass", wanted=wanted)
    assert status == 0
    assert asked == ["beta", "alpha"]
    assert kinds(notes, "alpha") == kinds(notes, "beta") == ["started", "ended"]
    assert lock is not None
    lock.release()
    status, notes = harvest(url, "pass", wanted=lambda due: due.portal == "beta")
    assert (status, kinds(notes, "alpha")) == (0, ["busy"])
    assert take(url, "alpha") is not None, "the lock of what was not wanted is given back"


def test_a_shared_crawl_is_told_when_its_portal_was_found_due(url):
    told: list[list[str]] = []

    def command(due: Due) -> list[str]:
        told.append(crawl(due, [], None))
        return python("pass")(due)

    before = datetime.now(UTC)
    shared = Harvest(url, command, lambda _: None, 1, lambda _: True)
    assert asyncio.run(shared.once([Due("alpha", "news", NOW, "due")])) == 0
    (moment,) = (word.partition("=")[2] for word in told[0] if word.startswith("CLUSTER_FOUND_DUE="))
    assert before <= datetime.fromisoformat(moment) <= datetime.now(UTC)


@pytest.mark.parametrize("lease", [600, -1], ids=["living", "just died"])
def test_portals_that_crawlers_are_at_or_died_over_are_due_to_be_joined(url, lease):
    with Store(url) as store:
        for portal, arguments in (("cinic", {"part": "rest"}), ("netease", {"full": True})):
            with store.write() as connection:
                joint.join(connection, portal, arguments, portal, lease, sample=False)
        later = Due("cinic", "news", NOW.replace(year=2030), "planned")
        other = Due("gdfupin", "news", NOW, "planned")
        assert [(due.portal, due.part) for due in with_shared(store, [later, other])] == [
            ("gdfupin", "news"),
            ("cinic", "rest"),
        ]
        assert with_shared(store, [other])[-1].at > NOW
