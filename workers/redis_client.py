"""Find the Redis of this installation and connect to it."""

from __future__ import annotations

from redis import Redis
from redis.exceptions import RedisError

from leads.errors import ServiceDownError, UsageError
from leads.settings import Settings
from workers.private_redis import socket_of


def redis_url(settings: Settings) -> str:
    """The Redis of the settings, or the private one of a running `sluice up`.

    UsageError when there is neither.
    """
    if settings["redis_url"]:
        return settings["redis_url"]

    socket = socket_of(settings.home)
    if not socket.exists():
        raise UsageError(
            "SLUICE_REDIS_URL is not set, and no `sluice up` runs on this home folder",
            "start one with `sluice up`, or set SLUICE_REDIS_URL",
        )
    return f"unix://{socket}"


def connect(url: str) -> Redis:
    """Open a connection and check that Redis answers; ServiceDownError when it does not."""
    try:
        redis = Redis.from_url(url, socket_timeout=30, socket_connect_timeout=5)
        redis.ping()
    except (RedisError, ValueError) as error:
        raise ServiceDownError(
            f"Redis does not answer: {first_line(error)}",
            "check SLUICE_REDIS_URL, or start one with `sluice up`",
        ) from None
    return redis


def first_line(error: Exception) -> str:
    """The first line of an error's message, or its class where it has none."""
    return str(error).strip().split("\n")[0] or type(error).__name__
