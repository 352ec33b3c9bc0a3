"""Secrets are named, never written: a setting says where one lies, and nothing that is shown holds it."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

_PASSWORD = re.compile(r"(?<=://)([^/@\s:]*):([^/@\s]+)@")


class SecretError(ValueError):
    """A secret that cannot be had; the message names the setting and never the secret."""


def secret(setting: str, value: str) -> str:
    """Return what ``env:NAME`` or ``file:PATH`` refers to, an empty string for none; raises SecretError."""
    kind, found, name = value.partition(":")
    if not value:
        return ""
    if not found or kind not in ("env", "file") or not name:
        raise SecretError(f"{setting}: write env:NAME or file:PATH; a secret itself does not belong into settings")
    if kind == "env":
        told = os.environ.get(name, "")
        if not told:
            raise SecretError(f"{setting}: the environment variable {name} is not set")
        return told
    try:
        told = Path(name).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SecretError(f"{setting}: {name} cannot be read ({type(error).__name__})") from None
    if not told or "\n" in told:
        raise SecretError(f"{setting}: {name} must hold one line")
    return told


def hide(text: str) -> str:
    """The text without passwords in addresses."""
    return _PASSWORD.sub(r"\1:***@", text)


def origin(url: str) -> str:
    """Scheme and host of an address: what may be shown of a webhook, whose path often is its key."""
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{parts.scheme}://{host}{f':{parts.port}' if parts.port else ''}/…"
