"""What is wrong with the services that workers rest on: an open or forgetful Redis, a clock that is
off, two versions at once.
"""

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

#: Keys of a Redis that is ours: RQ's own.
_OURS = ("rq:", "sluice:")


@dataclass(frozen=True, slots=True)
class Found:
    """What one check found; a cure where it is not well."""

    what: str
    ok: bool
    found: str
    cure: str = ""


def of_redis(url: str, redis: Redis) -> Iterator[Found]:
    """Whether strangers can write into it, and whether it keeps what it is given."""
    yield _open(url)
    try:
        settings: Mapping[str, Any] = {
            name: redis.config_get(name).get(name) for name in ("appendonly", "maxmemory-policy")
        }
    except RedisError:
        yield Found("Redis settings", ok=True, found="not shown to us (CONFIG is not allowed)")
    else:
        for name, said in settings.items():
            well = said == KEEPS[name]
            yield Found(
                f"Redis {name}",
                ok=well,
                found=str(said),
                cure="" if well else f"CONFIG SET {name} {KEEPS[name]}, and in redis.conf",
            )
    strangers = [key for key in _some_keys(redis) if not key.startswith(_OURS)]
    cure = (
        "give Sluice a Redis of its own, or a database number (redis://host/1)" if strangers else ""
    )
    yield Found(
        "Redis neighbours",
        ok=not strangers,
        found=f"keys of others, like {strangers[0]!r}" if strangers else "none",
        cure=cure,
    )


def _open(url: str) -> Found:
    parts = urlsplit(url)
    if parts.scheme == "unix":
        return Found("Redis access", ok=True, found="a socket on this machine")
    if parts.password:
        return Found("Redis access", ok=True, found="a network address with a password")
    cure = (
        "whoever reaches it can write our queues: set requirepass or an ACL and name the password"
        " in SLUICE_REDIS_URL, or use a socket"
    )
    return Found("Redis access", ok=False, found="a network address without a password", cure=cure)


def _some_keys(redis: Redis) -> list[str]:
    _, keys = redis.scan(count=500)
    return [key.decode("utf-8", "replace") if isinstance(key, bytes) else key for key in keys]


def of_clocks(tx: Tx) -> Iterator[Found]:
    """This machine's clock against the database's, and those of the other hosts as they last said."""
    cure = (
        "set the clock (timedatectl set-ntp true): leases rest on it, and workers refuse to begin"
    )
    for host, off in [
        ("this machine", crews.skew(tx)),
        *((one["host"].partition(":")[0], one["skew"]) for one in crews.present(tx)),
    ]:
        well = abs(off) <= MAX_SKEW
        yield Found(
            f"clock of {host}",
            ok=well,
            found=f"{off:+.1f} s against the database",
            cure="" if well else cure,
        )


def of_versions(tx: Tx) -> Iterator[Found]:
    """Whether all hosts run the same Sluice as this command."""
    versions = sorted({one["version"] for one in crews.present(tx)} | {CODE_VERSION})
    cure = "stop the older ones: two versions do not share a ledger" if len(versions) > 1 else ""
    yield Found("versions of Sluice", ok=len(versions) == 1, found=", ".join(versions), cure=cure)
