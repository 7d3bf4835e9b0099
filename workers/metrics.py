"""What a monitoring system reads: computed from the ledger and Redis when asked, so that no worker
has to count.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from redis import Redis
from redis.exceptions import RedisError

from leads.errors import SluiceError
from leads.migrations import HEAD
from leads.store.ledger import failures
from leads.store.ledger.tasks import CODE_VERSION
from leads.store.migrate import version
from workers.context import Context
from workers.dispatch import queue_names
from workers.rq_worker import queue_of
from workers.status import status

#: Bytes that must be free for this machine to take work.
ROOM = 200_000_000

Sample = tuple[dict[str, Any], Any]


def metrics(context: Context) -> str:
    """The page in Prometheus' text format. No label names a client: who one's clients are is nobody
    else's business.
    """
    began = time.monotonic()
    with context.store.read() as tx:
        found, groups = status(tx), failures.groups(tx)
    families = [*_of_ledger(found, groups), *_of_redis(context)]
    families.append(
        (
            "sluice_build_info",
            "The version of Sluice.",
            [({"version": CODE_VERSION, "schema": HEAD}, 1)],
        )
    )
    families.append(
        (
            "sluice_scrape_seconds",
            "How long this page took.",
            [({}, round(time.monotonic() - began, 4))],
        )
    )
    return "".join(_family(*one) for one in families)


def _of_ledger(
    found: Mapping[str, Any], groups: list[dict[str, Any]]
) -> Iterator[tuple[str, str, list[Sample]]]:
    queues, kinds, hosts = found["queues"], found["kinds"], found["hosts"]
    yield (
        "sluice_queue_depth",
        "Tasks that wait.",
        [({"queue": one["queue"]}, one["waiting"]) for one in queues],
    )
    yield (
        "sluice_queue_oldest_seconds",
        "Age of the oldest task that waits.",
        [({"queue": one["queue"]}, one["oldest_seconds"]) for one in queues],
    )
    counted = [
        ({"kind": one["kind"], "state": state}, one[state])
        for one in kinds
        for state in ("waiting", "running", "given_up")
    ]
    yield "sluice_tasks", "Tasks by kind and state.", counted
    yield (
        "sluice_tasks_done_per_hour",
        "Speed lately.",
        [({"kind": one["kind"]}, one["done_an_hour"]) for one in kinds],
    )
    etas = [
        ({"queue": one["queue"]}, one["eta_seconds"])
        for one in queues
        if one["eta_seconds"] is not None
    ]
    yield "sluice_queue_eta_seconds", "Until the queue is empty; absent when nothing moves.", etas
    yield (
        "sluice_rows_stuck",
        "Rows that do not move though nobody wanted it so.",
        [({}, sum(one["rows"] for one in found["stuck"] if not one["wanted"]))],
    )
    yield (
        "sluice_entries_refused",
        "Queue entries of others that were refused in a day.",
        [({}, found["refused"]["entries"])],
    )
    yield (
        "sluice_prospects_last_hour",
        "Companies that became prospects in the last hour.",
        [({}, found["prospects_an_hour"])],
    )
    yield (
        "sluice_failures",
        "Tasks that failed and are not done, by group of errors.",
        [({"kind": one["kind"], "group": one["fingerprint"]}, one["tasks"]) for one in groups],
    )
    yield (
        "sluice_workers",
        "Worker processes.",
        [({"host": one["host"]}, one["workers"]) for one in hosts],
    )
    yield (
        "sluice_workers_replaced",
        "Workers that died or were killed.",
        [({"host": one["host"]}, one["replaced"]) for one in hosts],
    )
    yield (
        "sluice_clock_skew_seconds",
        "By which a host's clock is ahead.",
        [({"host": one["host"]}, one["skew_seconds"]) for one in hosts],
    )
    heard = [
        ({"host": one["host"]}, one["silent_seconds"])
        for one in hosts
        if one["silent_seconds"] is not None
    ]
    yield "sluice_host_silent_seconds", "Since a host was heard of.", heard


def _of_redis(context: Context) -> Iterator[tuple[str, str, list[Sample]]]:
    try:
        redis = context.redis
        assert redis is not None
        names = queue_names(context.store)
        depths: list[Sample] = [
            ({"queue": name.rpartition(":")[2]}, queue_of(name, redis).count) for name in names
        ]
        memory = float(dict(redis.info("memory"))["used_memory"])
    except RedisError:
        yield "sluice_redis_up", "Whether Redis answers.", [({}, 0)]
        return
    yield "sluice_redis_up", "Whether Redis answers.", [({}, 1)]
    yield "sluice_redis_entries", "Entries in Redis' queues.", depths
    yield "sluice_redis_memory_bytes", "Memory Redis uses.", [({}, memory)]


def _family(name: str, help_: str, samples: Iterable[Sample]) -> str:
    lines = [f"# HELP {name} {help_}", f"# TYPE {name} gauge"]
    for labels, value in samples:
        inside = ",".join(f'{label}="{_escaped(str(said))}"' for label, said in labels.items())
        lines.append(f"{name}{{{inside}}} {value:g}" if inside else f"{name} {value:g}")
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("\n", r"\n").replace('"', r"\"")


def readiness(context: Context) -> dict[str, str]:
    """What this machine needs to take work, each `ok` or what is wrong with it."""
    return {
        "database": _said(lambda: _write_nothing(context)),
        "schema": _said(lambda: _same_version(context)),
        "redis": _said(lambda: _ping(context.redis)),
        "disk": _said(lambda: _room(context)),
    }


def _said(check: Any) -> str:
    try:
        check()
    except (SluiceError, RedisError, OSError) as error:
        return str(error) or type(error).__name__
    return "ok"


def _write_nothing(context: Context) -> None:
    from leads.store.ledger import crews
    from workers.host import this_host

    with context.store.rehearse() as tx:
        crews.leave(tx, this_host())


def _same_version(context: Context) -> None:
    found = version(context.store)
    if found != HEAD:
        raise SluiceError(f"the database is at version {found}, this Sluice needs {HEAD}")


def _ping(redis: Redis | None) -> None:
    assert redis is not None
    redis.ping()


def _room(context: Context) -> None:
    home = context.settings.home
    free = shutil.disk_usage(home if home.exists() else "/").free
    if free < ROOM:
        raise SluiceError(f"{free / 1e6:,.0f} MB free")
