"""``scrapy browse``: look at the record in a web browser."""

from __future__ import annotations

import socket
import tempfile
from argparse import ArgumentParser, Namespace
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.commands.choosing import snapshot_in
from crawler.exports import ExportError
from crawler.store import StoreError


class Command(ScrapyCommand):
    """Exit status: 0 stopped by the user, 2 nothing could be shown."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, object]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """The usage line."""
        return "[SNAPSHOT] [options]"

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return "Browse events, places, pairs and people in a web browser"

    def long_desc(self) -> str:
        """The paragraph for ``scrapy browse --help``."""
        return (
            "Without SNAPSHOT a fresh one of the database is published, full texts included, and removed at the end. "
            "Only this machine can open the pages unless --host says otherwise. End it with Ctrl-C."
        )

    def add_options(self, parser: ArgumentParser) -> None:
        """Declare the command's own options."""
        super().add_options(parser)
        add = parser.add_argument
        add("--host", default="127.0.0.1", metavar="ADDRESS", help="address to listen on (default 127.0.0.1)")
        add("--port", type=int, default=8001, metavar="N", help="port to listen on (default 8001; 0: any free one)")

    def run(self, args: list[str], opts: Namespace) -> None:
        """Publish if need be, and serve until stopped."""
        if len(args) > 1:
            raise UsageError("give one snapshot, or none for a fresh one", print_help=False)
        with tempfile.TemporaryDirectory(prefix="duikou-browse-") as folder:
            try:
                listening = _listen(opts.host, opts.port)
                url = self.settings["DATABASE_URL"] if self.settings else None
                snapshot = snapshot_in(Path(folder), args[0] if args else None, url, with_text=True)
            except (ExportError, StoreError) as error:
                raise UsageError(str(error), print_help=False) from None
            with listening:
                _serve(snapshot, listening)


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port))
    except OSError as error:
        raise ExportError(f"{host}:{port}: cannot listen there ({error.strerror}); choose another --port") from None


def _serve(snapshot: Path, listening: socket.socket) -> None:
    try:
        import uvicorn

        from crawler.browse.application import application
    except ModuleNotFoundError as error:
        message = f"{error.name} is not installed; pip install 'duikou[browse]'"
        raise UsageError(message, print_help=False) from None

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[Any] | None = None) -> None:
            await super().startup(sockets)
            host, port = listening.getsockname()[:2]
            print(f"http://{host}:{port}/  (Ctrl-C ends it)", flush=True)

    config = uvicorn.Config(application(snapshot).app(), log_level="warning", access_log=False)
    with suppress(KeyboardInterrupt):  # uvicorn ends in good order, then raises it again
        Server(config).run(sockets=[listening])
