"""systemd user units that run ``scrapy harvest`` from a timer."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

_SERVICE = """[Unit]
Description=Harvest the portals that are due (duikou)
After=network-online.target

[Service]
Type=oneshot
WorkingDirectory={folder}
ExecStart={command}
# 4: another harvest had a portal in hand, which is no fault
SuccessExitStatus=4
TimeoutStopSec=180
"""

_TIMER = """[Unit]
Description=Look every {minutes} minutes whether a portal is due (duikou)

[Timer]
OnCalendar=*:0/{minutes}
RandomizedDelaySec=60
Persistent=true

[Install]
WantedBy=timers.target
"""


def install(command: Sequence[str], folder: Path, minutes: int = 15) -> list[Path]:
    """Write ``duikou-harvest.service`` and ``.timer`` for this user and return their paths; raises OSError.

    They go to ``$XDG_CONFIG_HOME/systemd/user`` (else ``~/.config``); ``command`` is run in ``folder``.
    """
    home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "systemd" / "user"
    home.mkdir(parents=True, exist_ok=True)
    line = " ".join(_quoted(word) for word in command)
    units = {
        home / "duikou-harvest.service": _SERVICE.format(folder=str(folder).replace("%", "%%"), command=line),
        home / "duikou-harvest.timer": _TIMER.format(minutes=minutes),
    }
    for path, text in units.items():
        path.touch(mode=0o600)  # the settings in it may hold the database's password
        path.chmod(0o600)
        path.write_text(text, encoding="utf-8")
    return list(units)


def _quoted(word: str) -> str:
    """A word as systemd reads command lines: % and $ are its own signs, quotes and backslashes are escaped."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"' if set(escaped) & set(" \t'\";") or not escaped else escaped
