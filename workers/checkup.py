"""Check the services that workers need: Redis, clocks, and versions of Sluice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from redis import Redis
from redis.exceptions import RedisError

from leads.store import Tx
from leads.store.ledger import crews
from leads.store.ledger.crews import MAX_SKEW
from leads.store.ledger.tasks import CODE_VERSION
from workers.private_redis import KEEPS

#: The prefixes of our keys in Redis, RQ's included.
_OUR_PREFIXES = ("rq:", "sluice:")


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check, with a remedy where it failed."""

    what: str
    ok: bool
    found: str
    cure: str = ""


def of_redis(url: str, redis: Redis) -> Iterator[Finding]:
    """Check access, persistence and eviction settings, and keys of other programs."""
    yield _open(url)
    try:
        settings: Mapping[str, Any] = {
            name: redis.config_get(name).get(name) for name in ("appendonly", "maxmemory-policy")
        }
    except RedisError:
        yield Finding("Redis settings", ok=True, found="not shown to us (CONFIG is not allowed)")
    else:
        for name, value in settings.items():
            ok = value == KEEPS[name]
            yield Finding(
                f"Redis {name}",
                ok=ok,
                found=str(value),
                cure="" if ok else f"CONFIG SET {name} {KEEPS[name]}, and in redis.conf",
            )
    foreign = [key for key in _some_keys(redis) if not key.startswith(_OUR_PREFIXES)]
    cure = (
        "give Sluice a Redis of its own, or a database number (redis://host/1)" if foreign else ""
    )
    yield Finding(
        "Redis neighbours",
        ok=not foreign,
        found=f"keys of others, like {foreign[0]!r}" if foreign else "none",
        cure=cure,
    )


def _open(url: str) -> Finding:
    parts = urlsplit(url)
    if parts.scheme == "unix":
        return Finding("Redis access", ok=True, found="a socket on this machine")
    if parts.password:
        return Finding("Redis access", ok=True, found="a network address with a password")
    cure = (
        "anyone who reaches it can write to the queues: set requirepass or an ACL and put the"
        " password in SLUICE_REDIS_URL, or use a socket"
    )
    return Finding(
        "Redis access", ok=False, found="a network address without a password", cure=cure
    )


def _some_keys(redis: Redis) -> list[str]:
    _, keys = redis.scan(count=500)
    return [key.decode("utf-8", "replace") if isinstance(key, bytes) else key for key in keys]


def of_clocks(tx: Tx) -> Iterator[Finding]:
    """Check the clocks of this machine and of the other hosts against the database's."""
    cure = (
        "set the clock (timedatectl set-ntp true): leases depend on it, and workers refuse to start"
    )
    hosts = [(one.host.partition(":")[0], one.skew) for one in crews.present(tx)]
    for host, skew in [("this machine", crews.skew(tx)), *hosts]:
        ok = abs(skew) <= MAX_SKEW
        yield Finding(
            f"clock of {host}",
            ok=ok,
            found=f"{skew:+.1f} s against the database",
            cure="" if ok else cure,
        )


def of_versions(tx: Tx) -> Iterator[Finding]:
    """Check that all hosts run the same version as this command."""
    versions = sorted({one.version for one in crews.present(tx)} | {CODE_VERSION})
    cure = "stop the older ones: two versions cannot share a ledger" if len(versions) > 1 else ""
    yield Finding("versions of Sluice", ok=len(versions) == 1, found=", ".join(versions), cure=cure)
