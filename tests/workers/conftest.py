"""A real Redis for the tests of the rq driver: missing in CI it fails, at home it skips with its reason."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis

from leads.errors import ServiceDownError
from workers.private_redis import private_redis


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="sl") as folder:
        try:
            with private_redis(Path(folder)) as url:
                yield url
        except ServiceDownError as error:
            if os.environ.get("CI"):
                raise
            pytest.skip(f"no Redis starts here: {error.message}")


@pytest.fixture
def redis_url(redis_server: str) -> str:
    Redis.from_url(redis_server).flushall()
    return redis_server
