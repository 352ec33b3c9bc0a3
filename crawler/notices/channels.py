"""The three ways out: e-mail over SMTP, a webhook that takes JSON, a command that reads JSON."""

from __future__ import annotations

import json
import os
import shlex
import signal
import smtplib
import ssl
import subprocess
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import unquote, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from crawler import __version__
from crawler.notices.secrets import SecretError, origin, secret

TIMEOUT = 15.0
"""Seconds one sending may take to connect, and between two signs of life."""

COMMAND_TIMEOUT = 60.0
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class ChannelError(Exception):
    """A notice that could not be sent; the message holds no secret."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is told: a subject, the text for people, the same as data."""

    subject: str
    text: str
    data: dict[str, Any]


Send = Callable[[Message], None]
Channels = Mapping[str, Send]
"""By name; a sender raises ChannelError."""


def channels(get: Callable[[str], Any]) -> dict[str, Send]:
    """Return the channels that are set; ``get`` gives settings by name. Raises ChannelError for a wrong setting.

    Secrets are looked up when something is sent, and kept nowhere.
    """
    found: dict[str, Send] = {}
    if to := _words(get("NOTIFY_EMAIL_TO")):
        found["email"] = _email(to, str(get("NOTIFY_EMAIL_FROM") or ""), str(get("NOTIFY_SMTP") or ""), get)
    if hook := str(get("NOTIFY_WEBHOOK") or ""):
        found["webhook"] = _webhook(hook, get)
    if command := str(get("NOTIFY_COMMAND") or ""):
        try:
            found["command"] = _command(shlex.split(command))
        except ValueError:
            raise ChannelError("NOTIFY_COMMAND: a quotation mark is not closed") from None
    return found


def _email(to: list[str], sender: str, server: str, get: Callable[[str], Any]) -> Send:
    parts = urlsplit(server or "smtp://localhost")
    try:
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if parts.scheme not in ("smtp", "smtps") or not host or parts.path or parts.password:
        raise ChannelError("NOTIFY_SMTP: write smtp://USER@HOST:587 (STARTTLS) or smtps://USER@HOST:465, no password")
    sender = sender or to[0]
    if any("\n" in address or "\r" in address or "@" not in address for address in (*to, sender)):
        raise ChannelError("NOTIFY_EMAIL_TO, NOTIFY_EMAIL_FROM: give mail addresses")

    def send(message: Message) -> None:
        mail = EmailMessage()
        mail["Subject"], mail["From"], mail["To"] = message.subject, sender, ", ".join(to)
        mail["Date"], mail["Message-ID"] = formatdate(), make_msgid(domain="duikou.invalid")
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(message.text)
        try:
            password = secret("NOTIFY_SMTP_PASSWORD", str(get("NOTIFY_SMTP_PASSWORD") or ""))
            with _smtp(parts.scheme, host, port) as smtp:
                if parts.username and password:
                    smtp.login(unquote(parts.username), password)
                smtp.send_message(mail)
        except SecretError as error:
            raise ChannelError(str(error)) from None
        except smtplib.SMTPResponseException as error:  # its text could repeat what was sent
            raise ChannelError(f"{host}: {type(error).__name__} {error.smtp_code}") from None
        except (OSError, smtplib.SMTPException) as error:
            raise ChannelError(f"{host}: {_cause(error)}") from None

    return send


def _smtp(scheme: str, host: str, port: int | None) -> smtplib.SMTP:
    """A session; encrypted whenever the server can, and always before a password goes to another machine."""
    context = ssl.create_default_context()
    if scheme == "smtps":
        return smtplib.SMTP_SSL(host, port or 465, timeout=TIMEOUT, context=context)
    smtp = smtplib.SMTP(host, port or (25 if host in _LOOPBACK else 587), timeout=TIMEOUT)
    smtp.ehlo()
    if smtp.has_extn("starttls"):
        smtp.starttls(context=context)
        smtp.ehlo()
    elif host not in _LOOPBACK:
        smtp.close()
        raise ChannelError(f"{host}: offers no TLS; use smtps:// or another server")
    return smtp


class _NoRedirect(HTTPRedirectHandler):
    """Nothing is sent on to where a webhook leads: the secret is for one host."""

    def redirect_request(self, *_: Any) -> None:
        """Leave the answer as it is, an error."""


def _webhook(setting: str, get: Callable[[str], Any]) -> Send:
    if not setting.startswith(("http://", "https://", "env:", "file:")):
        raise ChannelError(
            "NOTIFY_WEBHOOK: write http(s)://… or, when the address itself is a key, env:NAME, file:PATH"
        )
    header = str(get("NOTIFY_WEBHOOK_HEADER") or "X-Duikou-Secret")

    def send(message: Message) -> None:
        shown = "webhook"
        try:
            url = setting if setting.startswith("http") else secret("NOTIFY_WEBHOOK", setting)
            shown = origin(url)
            headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": f"duikou/{__version__}"}
            if key := secret("NOTIFY_WEBHOOK_SECRET", str(get("NOTIFY_WEBHOOK_SECRET") or "")):
                headers[header] = key
            body = json.dumps(message.data, ensure_ascii=False).encode()
            build_opener(_NoRedirect).open(Request(url, body, headers), timeout=TIMEOUT).close()
        except SecretError as error:
            raise ChannelError(str(error)) from None
        except HTTPError as error:
            raise ChannelError(f"{shown}: HTTP {error.code}") from None
        except (OSError, ValueError) as error:
            raise ChannelError(f"{shown}: {_cause(error)}") from None

    return send


def _command(words: list[str]) -> Send:
    def send(message: Message) -> None:
        told = json.dumps(message.data, ensure_ascii=False).encode()
        null = subprocess.DEVNULL
        try:
            process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=null, stderr=null, start_new_session=True)
        except (OSError, ValueError) as error:
            raise ChannelError(f"{words[0]}: {_cause(error)}") from None
        try:
            process.communicate(told, COMMAND_TIMEOUT)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            raise ChannelError(f"{words[0]}: not done after {COMMAND_TIMEOUT:.0f} s") from None
        if process.returncode:
            raise ChannelError(f"{words[0]}: exit status {process.returncode}")

    return send


def _cause(error: Exception) -> str:
    """Why, in words of the system and none of the peer's."""
    reason = error.reason if isinstance(error, URLError) else error
    told = reason.strerror if isinstance(reason, OSError) and not isinstance(reason, smtplib.SMTPException) else None
    return told or type(reason).__name__


def _words(value: Any) -> list[str]:
    given = value if isinstance(value, list | tuple) else str(value or "").split(",")
    return [str(one).strip() for one in given if str(one).strip()]
