"""`sluice up` killed without a word: nothing of it lives on, and the next one starts."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import RedisError

from leads.errors import ServiceDownError
from workers.private_redis import private_redis, socket_of

pytestmark = pytest.mark.usefixtures("redis_server")  # Says why when no Redis starts here.


def until(true: Callable[[], bool], seconds: float = 40) -> bool:
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def living(home: Path) -> list[int]:
    """Processes that were given this home folder."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if (
                f"SLUICE_HOME={home}\0".encode() in (folder / "environ").read_bytes()
                and int(folder.name) != os.getpid()
            ):
                state = (folder / "stat").read_text().rpartition(")")[2].split()[0]
                found += [int(folder.name)] if state != "Z" else []
    return found


@pytest.fixture
def short_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("u")


@contextmanager
def up(home: Path) -> Iterator[subprocess.Popen[bytes]]:
    environment = {**os.environ, "SLUICE_HOME": str(home)}
    with subprocess.Popen(
        [sys.executable, "-m", "console", "up", "-n", "1"],
        env=environment,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            yield process
        except BaseException:
            process.terminate()
            raise


def redis_of(home: Path) -> int:
    """The process id of the private Redis; 0 when none answers."""
    with suppress(RedisError):
        return int(Redis(unix_socket_path=str(socket_of(home))).info("server")["process_id"])
    return 0


def works(home: Path) -> bool:
    """Whether the supervisor, its two workers and its sweeper run, and no fifth beside them."""
    return len(living(home)) == 4 and redis_of(home) != 0


def test_what_it_started_ends_with_it_and_the_next_one_starts_and_keeps_its_redis(
    short_home: Path, sqlite_template: Path
) -> None:
    shutil.copyfile(sqlite_template, short_home / "sluice.db")
    with up(short_home) as first:
        assert until(lambda: works(short_home))
        before = redis_of(short_home)
        first.kill()
    with up(short_home) as second:
        try:
            assert until(lambda: works(short_home) and redis_of(short_home) != before)
            before = redis_of(short_home)
            os.kill(before, signal.SIGKILL)
            assert until(lambda: redis_of(short_home) not in (0, before)), (
                "a Redis that died is started again"
            )
        finally:
            second.send_signal(signal.SIGTERM)
    assert second.returncode == 0
    assert until(lambda: not living(short_home))


def test_a_redis_left_over_is_ended_and_keeps_what_it_holds(
    short_home: Path, redis_server: str
) -> None:
    with private_redis(short_home) as first:
        Redis.from_url(first.url).set("k", "v")
        folder = socket_of(short_home).parent
        (folder / "lock").rename(folder / "taken")  # As if the one who holds it were gone.
        with private_redis(short_home) as again:
            assert Redis.from_url(again.url).get("k") == b"v"


def test_a_lock_is_not_held_by_children(short_home: Path) -> None:
    with private_redis(short_home):
        child = os.fork()
        if child == 0:
            time.sleep(60)
            os._exit(0)
    try:
        with private_redis(short_home) as server:
            assert Redis.from_url(server.url).ping()
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def test_a_dead_socket_is_in_nobodys_way(short_home: Path) -> None:
    import socket

    path = socket_of(short_home)
    path.parent.mkdir(parents=True)
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(path))
    with private_redis(short_home) as server:
        assert Redis.from_url(server.url).ping()


def test_what_does_not_end_is_left_alone(short_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    monkeypatch.setattr("workers.private_redis.SHUTDOWN_SECONDS", 0.3)
    path = socket_of(short_home)
    path.parent.mkdir(parents=True)
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(path))
        one.listen()
        with pytest.raises(ServiceDownError, match="still answers"), private_redis(short_home):
            pass
    assert path.exists()
