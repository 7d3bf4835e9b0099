"""A PostgreSQL and a Redis that listen on addresses for other hosts, as in production."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

from redis import Redis
from redis.exceptions import RedisError

from bench.made_hosts import NETWORK
from tests.postgres import server_programs
from workers.private_redis import KEEPS, redis_program

#: Seconds that a server gets to start.
_PATIENCE = 60


@dataclass(frozen=True, slots=True)
class Servers:
    """Two servers on the same addresses, and where the data of both is."""

    ports: tuple[int, int]
    password: str

    def postgres(self, address: str) -> str:
        """Where the PostgreSQL is for a host that finds the servers at this address."""
        return f"postgresql://postgres@{address}:{self.ports[0]}/postgres"

    def redis(self, address: str) -> str:
        """Where the Redis is."""
        return f"redis://:{self.password}@{address}:{self.ports[1]}/0"


@contextmanager
def host_servers(folder: Path, addresses: Sequence[str]) -> Iterator[Servers]:
    """Run both until the block ends; commits wait for the disk, as they do without settings."""
    servers = Servers((_free(addresses[0]), _free(addresses[0])), token_hex(16))
    with (
        _postgres(folder / "postgres", addresses, servers),
        _redis(folder / "redis", addresses, servers),
    ):
        yield servers


@contextmanager
def _postgres(folder: Path, addresses: Sequence[str], servers: Servers) -> Iterator[None]:
    folder.mkdir()
    programs, identity = server_programs(folder)
    data = folder / "data"

    def call(program: str, *arguments: str) -> None:
        with (folder / "log").open("ab") as output:
            subprocess.run(
                [programs / program, "-D", data, *arguments],
                check=True,
                cwd=folder,
                stdout=output,
                stderr=output,
                timeout=_PATIENCE,
                **identity,
            )

    call("initdb", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C")
    with (data / "pg_hba.conf").open("a", encoding="utf-8") as rules:
        rules.write(f"host all all {NETWORK} trust\n")
    options = f"-c listen_addresses={','.join(addresses)} -p {servers.ports[0]} -k {folder}"
    call("pg_ctl", "start", "-w", "-o", f"{options} -c shared_buffers=256MB")
    try:
        yield
    finally:
        call("pg_ctl", "stop", "-m", "immediate")


@contextmanager
def _redis(folder: Path, addresses: Sequence[str], servers: Servers) -> Iterator[None]:
    folder.mkdir()
    options = {**KEEPS, "port": str(servers.ports[1]), "dir": str(folder)}
    options |= {"requirepass": servers.password, "logfile": str(folder / "log")}
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    process = subprocess.Popen([redis_program(), *words, "--bind", *addresses])
    try:
        _wait_for(Redis.from_url(servers.redis(addresses[0])))
        yield
    finally:
        process.terminate()
        process.wait(_PATIENCE)


def _wait_for(redis: Redis) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        with suppress(RedisError):
            redis.ping()
            return
        time.sleep(0.05)
    raise RuntimeError("Redis did not start")


def _free(address: str) -> int:
    with socket.socket() as one:
        one.bind((address, 0))
        return int(one.getsockname()[1])
