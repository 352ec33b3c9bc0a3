"""No page is begun while a write that others wait for is open in the same process; a write that hangs stops none."""

from __future__ import annotations

import time
from threading import Event, Thread

import pytest

from crawler import haste
from crawler.haste import Haste


def begun(here: Haste) -> tuple[Event, Thread]:
    """A thread that begins a page when it may."""
    event = Event()

    def read() -> None:
        here.give_way()
        event.set()

    thread = Thread(target=read)
    thread.start()
    return event, thread


def test_reading_waits_for_all_writes_in_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(haste, "_LONGEST", 60.0)
    here = Haste()
    with here.write():
        with here.write():
            event, thread = begun(here)
            assert not event.wait(0.1)
        assert not event.wait(0.1), "one of two writes is still open"
    assert event.wait(10)
    thread.join()
    here.give_way()  # with no write open it does not wait


def test_a_write_that_hangs_holds_reading_up_for_a_moment_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(haste, "_LONGEST", 0.05)
    here = Haste()
    with here.write():
        began = time.monotonic()
        here.give_way()
        assert time.monotonic() - began >= 0.05


def test_a_write_that_fails_is_over() -> None:
    here = Haste()
    with pytest.raises(ValueError, match="broken"), here.write():
        raise ValueError("broken")
    assert begun(here)[0].wait(10)
