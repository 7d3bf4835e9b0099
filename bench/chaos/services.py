"""Start our own Redis and PostgreSQL on sockets, and kill and restart them."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from tests.postgres import OPTIONS, server_programs
from workers import private_redis


class RedisServer:
    """A Redis with persistence."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url = f"unix://{folder / 'redis.sock'}"
        folder.mkdir(mode=0o700)
        self.start()

    def start(self) -> None:
        """Start it (again), and wait until it answers."""
        self.process = private_redis._start(self.folder, self.folder / "redis.sock")

    def kill(self) -> None:
        """Kill it as a power cut would."""
        self.process.kill()
        self.process.wait()

    def client(self) -> Redis:
        """Return a connection."""
        return Redis.from_url(self.url)


class Postgres:
    """A PostgreSQL server on a socket."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self._programs, self._identity = server_programs(folder)
        self.url = f"postgresql://postgres@/postgres?host={folder}"
        self._call(
            "initdb",
            "--no-sync",
            "--auth=trust",
            "--username=postgres",
            "--encoding=UTF8",
            "--locale=C",
        )
        self.start()

    def start(self) -> None:
        """Start it (again); after a kill its old processes need a moment to exit."""
        for _ in range(40):
            with suppress(RuntimeError):
                self._call(
                    "pg_ctl",
                    "start",
                    "-w",
                    "-o",
                    f"{OPTIONS} -c max_connections=200 -k {self.folder}",
                )
                return
            time.sleep(0.25)
        raise RuntimeError((self.folder / "log").read_text("utf-8", "replace")[-500:])

    def kill(self) -> None:
        """Kill its first process as the kernel does when out of memory; the others exit too."""
        os.kill(
            int((self.folder / "data" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL
        )

    def stop(self) -> None:
        """Stop it."""
        with suppress(RuntimeError):
            self._call("pg_ctl", "stop", "-m", "immediate")

    def _call(self, program: str, *arguments: str) -> None:
        with (self.folder / "log").open("ab") as output:
            command: list[str | Path] = [
                self._programs / program,
                "-D",
                self.folder / "data",
                *arguments,
            ]
            done = subprocess.run(
                command,
                check=False,
                cwd=self.folder,
                stdout=output,
                stderr=output,
                timeout=60,
                **self._identity,
            )
        if done.returncode:
            raise RuntimeError(f"{program} failed")


@contextmanager
def services() -> Iterator[tuple[RedisServer, Postgres]]:
    """Run both until the block ends."""
    with tempfile.TemporaryDirectory(prefix="slc") as name:
        folder = Path(name)
        folder.chmod(0o755)  # As root, run PostgreSQL as another user.
        redis = RedisServer(folder / "r")
        try:
            postgres = Postgres(folder / "p")
            try:
                yield redis, postgres
            finally:
                postgres.stop()
        finally:
            with suppress(RedisError):
                redis.process.terminate()
            redis.process.wait(20)


@contextmanager
def small_disk(*, wanted: bool) -> Iterator[Path | None]:
    """Mount a disk of 6 MB if wanted; OSError if mounting is not allowed."""
    if not wanted:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="slc") as name:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", name],
            check=False,
            capture_output=True,
            text=True,
        )
        if mounted.returncode:
            raise OSError(f"this machine lets nobody mount a tmpfs: {mounted.stderr.strip()}")
        try:
            yield Path(name)
        finally:
            subprocess.run(["umount", name], check=False)
