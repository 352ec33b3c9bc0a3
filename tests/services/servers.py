"""A PostgreSQL and a Redis of a test's own, on free ports, which it may stop, empty and start again."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
import uuid
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg
import pytest
from redis import Redis
from redis.exceptions import RedisError


class Servers:
    """``url(name)`` makes a database, ``redis`` is the other server's address."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="duikou-servers-", dir="/tmp"))
        self._bin = _postgres()
        self._port, self._redis_port = _free_port(), _free_port()
        self.redis = f"redis://127.0.0.1:{self._redis_port}/0"

    def __enter__(self) -> Self:
        if os.geteuid() == 0:
            shutil.chown(self._folder, "postgres")
        data = self._folder / "data"
        self._as_postgres(f"{self._bin}/initdb", "-D", str(data), "-A", "trust", "-U", "postgres", "--no-sync")
        options = f"-p {self._port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self._folder}"
        self._options = f"{options} -c fsync=off -c max_connections=60"
        self.start_postgres()
        self._redis = subprocess.Popen(
            ["redis-server", "--port", str(self._redis_port), "--bind", "127.0.0.1", "--save", "", "--dir", "/tmp"],
            stdout=subprocess.DEVNULL,
        )
        _until(lambda: bool(Redis.from_url(self.redis).ping()), RedisError)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._redis.kill()
        self._redis.wait()
        self.stop_postgres()
        shutil.rmtree(self._folder, ignore_errors=True)

    def url(self) -> str:
        """Make an empty database."""
        name = f"test_{uuid.uuid4().hex[:8]}"
        with psycopg.connect(self._conninfo, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return f"postgresql+psycopg://postgres@127.0.0.1:{self._port}/{name}"

    def start_postgres(self) -> None:
        self._pg_ctl("start", "-w", "-o", self._options, "-l", str(self._folder / "log"))

    def stop_postgres(self) -> None:
        """As a machine that is shut down: every connection is cut."""
        self._pg_ctl("stop", "-m", "immediate", "-w")

    def cpu(self) -> float:
        """CPU seconds PostgreSQL has used since it was started, all its processes together."""
        with psycopg.connect(self._conninfo) as connection:
            pids = [row[0] for row in connection.execute("SELECT pid FROM pg_stat_activity")]
        main = int((self._folder / "data" / "postmaster.pid").read_text().split()[0])
        ticks = 0
        for pid in {main, *pids}:
            with suppress(FileNotFoundError):  # of processes that ended the first one tells
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                ticks += sum(map(int, fields[11:15] if pid == main else fields[11:13]))
        return ticks / os.sysconf("SC_CLK_TCK")

    def empty_redis(self) -> None:
        """As a Redis that was started anew and had saved nothing."""
        with Redis.from_url(self.redis) as server:
            server.flushall()

    @property
    def _conninfo(self) -> str:
        return f"host=127.0.0.1 port={self._port} user=postgres dbname=postgres"

    def _pg_ctl(self, *words: str) -> None:
        self._as_postgres(f"{self._bin}/pg_ctl", "-D", str(self._folder / "data"), *words)

    def _as_postgres(self, *command: str) -> None:
        """PostgreSQL refuses to run as root."""
        become = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run([*become, *command], check=True, cwd=self._folder, **quiet)


def _postgres() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or [
        Path(path) for path in [shutil.which("initdb")] if path
    ]
    if not found or not shutil.which("redis-server"):
        pytest.skip("needs the programs of PostgreSQL and Redis: sh .ci/services")
    return found[-1].parent


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _until(ready, *errors: type[Exception]) -> None:
    deadline = time.monotonic() + 20
    while True:
        try:
            if ready():
                return
        except errors:
            pass
        assert time.monotonic() < deadline
        time.sleep(0.02)
