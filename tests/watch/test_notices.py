"""Findings and hits told over a real SMTP server, a real HTTP server and a real process; once, and without secrets."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import threading
from collections.abc import Iterator
from email import message_from_string
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from aiosmtpd.smtp import SMTP, AuthResult

from crawler.notices import ChannelError, SecretError, channels, deliver, hide, post, secret
from crawler.notices.channels import Message
from crawler.store import incidents, outbox
from crawler.store.ledger import stamp
from crawler.watch import hits, read_watches

SECRET = "s3kr1t-Wort"
LAYOUT = {"cause": "coverage/published", "kind": "layout", "message": "no date on 4 of 4 articles; before on 0 of 80"}


class Inbox:
    """What a mail server got, and who logged in."""

    def __init__(self) -> None:
        self.mails: list[str] = []
        self.logins: list[tuple[str, str]] = []
        self.accepts = True
        self.address = ""

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802  # aiosmtpd's name
        self.mails.append(envelope.content.decode("utf-8", "replace"))
        return "250 OK"

    def login(self, server, session, envelope, mechanism, data) -> AuthResult:
        self.logins.append((data.login.decode(), data.password.decode()))
        return AuthResult(success=self.accepts, handled=False)


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    """An SMTP server with log-in on a free port."""
    box, loop, ready = Inbox(), asyncio.new_event_loop(), threading.Event()

    async def start() -> None:
        server = await loop.create_server(
            lambda: SMTP(box, authenticator=box.login, auth_require_tls=False, loop=loop), "127.0.0.1", 0
        )
        box.address = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
        ready.set()
        await stop.wait()
        server.close()

    stop = asyncio.Event()
    thread = threading.Thread(target=lambda: loop.run_until_complete(start()))
    thread.start()
    assert ready.wait(20)
    yield box
    loop.call_soon_threadsafe(stop.set)
    thread.join(20)
    loop.close()


class Hook:
    """What a web server got, and how it answers."""

    def __init__(self) -> None:
        self.got: list[tuple[str, dict[str, str], dict]] = []
        self.answers: list[int] = []


@pytest.fixture
def hook() -> Iterator[tuple[str, Hook]]:
    """A webhook on a free port; ``answers`` are the statuses to come, 204 afterwards."""
    told = Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            told.got.append((self.path, dict(self.headers), json.loads(body)))
            self.send_response(told.answers.pop(0) if told.answers else 204)
            self.send_header("Location", f"http://127.0.0.1:{server.server_address[1]}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}", told
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def no_proxy(monkeypatch):
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setenv("THE_SECRET", SECRET)


pytestmark = pytest.mark.usefixtures("no_proxy")


def ways(**settings: str) -> dict:
    return channels({f"NOTIFY_{name}": value for name, value in settings.items()}.get)


def failing(store, run: int, found=(LAYOUT,), settled=(LAYOUT["cause"],), channel: str = "webhook"):
    with store.write() as connection:
        opened, closed = incidents.book(connection, "cinic", run, found, settled)
        post(connection, [channel], opened, closed, [])
    return opened, closed


def never(seconds: float) -> None:
    """Instead of waiting between tries."""


def test_a_mail_with_log_in(any_store, inbox, told, tmp_path):
    file = tmp_path / "w.toml"
    file.write_text("[[watch]]\nname = '湘西'\nplace = '湖南省湘西土家族苗族自治州'", "utf-8")
    run = any_store.begin_run("cinic")
    told(1, "3月1日,济南市向湘西州捐赠帮扶资金300万元。", run_id=run)
    with any_store.write() as connection:
        opened, _ = incidents.book(connection, "cinic", run, [LAYOUT], [])
        post(connection, ["email"], opened, [], hits(connection, read_watches(file), run_id=run))
    way = ways(
        EMAIL_TO="a@example.org, b@example.org",
        EMAIL_FROM="duikou@example.org",
        SMTP=f"smtp://me%40example.org@{inbox.address}",
        SMTP_PASSWORD="env:THE_SECRET",
    )
    deliver(any_store, way, never)
    deliver(any_store, way, never)
    (mail,) = inbox.mails
    assert inbox.logins == [("me@example.org", SECRET)]
    read = message_from_string(mail, policy=default)
    assert read["Subject"].strip() == "duikou: cinic: no date on 4 of 4 articles; before on 0 of 80; 1 watchlist hit"
    assert read["To"] == "a@example.org, b@example.org"
    text = read.get_content()
    assert "济南市向湘西州捐赠帮扶资金300万元。” http://www.cinic.org.cn/hy/cs/860001.html" in text
    assert SECRET not in mail + text


def test_a_webhook_gets_json_and_the_secret_header(any_store, hook):
    url, got = hook
    failing(any_store, 1)
    deliver(any_store, ways(WEBHOOK=f"{url}/in?key=1", WEBHOOK_SECRET="env:THE_SECRET"), never)
    ((path, headers, data),) = got.got
    assert path == "/in?key=1"
    assert headers["X-Duikou-Secret"] == SECRET
    assert headers["Content-Type"].startswith("application/json")
    (incident,) = data["incidents"]
    assert (incident["portal"], incident["cause"], incident["state"]) == ("cinic", "coverage/published", "failing")


def test_a_cause_is_told_once_until_it_is_over_and_comes_again(any_store, hook):
    url, got = hook
    way = ways(WEBHOOK=url)
    for run in (1, 2, 3):
        failing(any_store, run)
        deliver(any_store, way, never)
    failing(any_store, 4, found=(), settled=())  # a quiet day tells nothing
    deliver(any_store, way, never)
    assert len(got.got) == 1
    failing(any_store, 5, found=())
    failing(any_store, 6)
    deliver(any_store, way, never)
    states = [incident["state"] for _, _, data in got.got for incident in data["incidents"]]
    assert states == ["failing", "over", "failing"]


def test_what_fails_is_tried_again_in_the_run_and_by_the_next(any_store, hook, caplog):
    url, got = hook
    way = ways(WEBHOOK=url)
    failing(any_store, 1)
    got.answers = [503, 500, 503, 503]
    paused: list[float] = []
    deliver(any_store, way, paused.append)
    assert paused == [1.0, 2.0]
    assert "webhook: 1 notices not sent: http://127.0.0.1" in caplog.text
    with any_store.read() as connection:
        assert outbox.waiting(connection) == [("webhook", 1, f"{url}/…: HTTP 503")]
    deliver(any_store, way, never)
    assert len(got.got) == 5
    deliver(any_store, way, never)
    assert len(got.got) == 5


def test_a_redirect_is_not_followed(any_store, hook):
    url, got = hook
    failing(any_store, 1)
    got.answers = [302, 307, 308]
    deliver(any_store, ways(WEBHOOK=url, WEBHOOK_SECRET="env:THE_SECRET"), never)
    assert [path for path, _, _ in got.got] == ["/"] * 3


def test_two_processes_do_not_send_the_same(any_store):
    failing(any_store, 1)
    with any_store.write() as connection:
        assert len(outbox.claim(connection, "webhook")) == 1
    with any_store.write() as connection:
        assert outbox.claim(connection, "webhook") == []


def test_a_claim_of_a_dead_process_runs_out(any_store, monkeypatch):
    failing(any_store, 1)
    with any_store.write() as connection:
        outbox.claim(connection, "webhook")
    monkeypatch.setattr(outbox, "now", lambda: stamp(_later()))
    with any_store.write() as connection:
        assert len(outbox.claim(connection, "webhook")) == 1


def _later():
    from datetime import UTC, datetime, timedelta

    return datetime.now(UTC) + timedelta(minutes=outbox.CLAIM_MINUTES + 1)


def test_a_command_reads_json(any_store, tmp_path):
    target = tmp_path / "got it.json"
    code = f"import sys; open({str(target)!r}, 'wb').write(sys.stdin.buffer.read())"
    failing(any_store, 1, channel="command")
    deliver(any_store, ways(COMMAND=f'{sys.executable} -S -c "{code}"'), never)
    assert json.loads(target.read_text("utf-8"))["incidents"][0]["message"] == LAYOUT["message"]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (f"{sys.executable} -S -c 'raise SystemExit(3)'", "exit status 3"),
        ("/no/such/program", "No such file or directory"),
    ],
)
def test_a_command_that_fails_is_named(command, said):
    with pytest.raises(ChannelError, match=said):
        ways(COMMAND=command)["command"](Message("s", "t", {}))


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"EMAIL_TO": "a@b.org", "SMTP": "smtp://u:pass@h"}, "NOTIFY_SMTP: write smtp://USER@HOST"),
        ({"EMAIL_TO": "a@b.org", "SMTP": "mail.example.org"}, "NOTIFY_SMTP: write"),
        ({"EMAIL_TO": "nobody"}, "give mail addresses"),
        ({"WEBHOOK": "ftp://x"}, "NOTIFY_WEBHOOK: write"),
        ({"COMMAND": "say 'x"}, "NOTIFY_COMMAND: a quotation mark"),
    ],
)
def test_wrong_settings_are_one_line(settings, said):
    with pytest.raises(ChannelError) as error:
        ways(**settings)
    assert said in str(error.value)
    assert "pass" not in str(error.value).replace("password", "")


def test_secrets_are_references(tmp_path):
    file = tmp_path / "key"
    file.write_text(f"{SECRET}\n")
    assert secret("X", f"file:{file}") == SECRET
    assert secret("X", "env:THE_SECRET") == SECRET
    assert secret("X", "") == ""
    for wrong in (SECRET, "env:", "env:NOT_SET_ANYWHERE", "file:/no/such"):
        with pytest.raises(SecretError) as error:
            secret("NOTIFY_SMTP_PASSWORD", wrong)
        assert SECRET not in str(error.value)
        assert str(error.value).startswith("NOTIFY_SMTP_PASSWORD: ")
    assert hide(f"postgresql+psycopg://me:{SECRET}@h/d, redis://:{SECRET}@h") == (
        "postgresql+psycopg://me:***@h/d, redis://:***@h"
    )


def test_no_secret_is_told_whatever_fails(any_store, inbox, hook, caplog, monkeypatch):
    """A refused log-in, a webhook whose address is its key, no server at all: logs, errors and the database."""
    url, got = hook
    caplog.set_level(logging.DEBUG)
    inbox.accepts = False
    got.answers = [500] * 3
    monkeypatch.setenv("THE_HOOK", f"{url}/robot/{SECRET}?token={SECRET}")
    with any_store.write() as connection:
        opened, _ = incidents.book(connection, "cinic", 1, [LAYOUT], [])
        post(connection, ["email", "webhook", "dead"], opened, [], [])
    way = ways(
        EMAIL_TO="a@b.org", SMTP=f"smtp://me@{inbox.address}", SMTP_PASSWORD="env:THE_SECRET",
        WEBHOOK="env:THE_HOOK", WEBHOOK_SECRET="env:THE_SECRET",
    )  # fmt: skip
    closed = f"http://127.0.0.1:1/{SECRET}"
    way["dead"] = ways(WEBHOOK=closed, WEBHOOK_SECRET="env:THE_SECRET")["webhook"]

    def broken(message: Message) -> None:
        raise RuntimeError(SECRET)

    with any_store.write() as connection:
        post(connection, ["broken"], opened, [], [])
    deliver(any_store, way | {"broken": broken}, never)
    with any_store.read() as connection:
        waiting = outbox.waiting(connection)
    told = {channel: error for channel, _, error in waiting}
    assert told["email"] == "127.0.0.1: SMTPAuthenticationError 535"
    assert told["webhook"] == f"{url}/…: HTTP 500"
    assert told["dead"] == "http://127.0.0.1:1/…: Connection refused"
    assert told["broken"] == "RuntimeError"
    assert set(inbox.logins) == {("me", SECRET)}
    assert SECRET not in caplog.text + repr(waiting)
