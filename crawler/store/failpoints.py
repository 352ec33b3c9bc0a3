"""Named places where a test can stop the process, to prove that a crash there loses nothing."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

_hook: Callable[[str], None] | None = None


def failpoint(name: str) -> None:
    """Mark a commit boundary; does nothing unless a test armed ``name``.

    ``DUIKOU_FAILPOINT=save:after-commit`` kills this process with SIGKILL here (``save:after-commit:3`` at the third
    passage); a hook set by ``set_hook`` is called with the name instead.
    """
    if _hook is not None:
        _hook(name)
    armed = os.environ.get("DUIKOU_FAILPOINT")
    if armed is None:
        return
    wanted, _, passage = armed.rpartition(":") if armed[-1:].isdigit() else (armed, "", "1")
    if wanted != name:
        return
    left = int(passage) - 1
    if left > 0:
        os.environ["DUIKOU_FAILPOINT"] = f"{name}:{left}"
        return
    os.kill(os.getpid(), signal.SIGKILL)


def set_hook(hook: Callable[[str], None] | None) -> None:
    """Call ``hook`` with the name of every failpoint passed in this process; None takes it away."""
    global _hook
    _hook = hook
