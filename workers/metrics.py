"""Metrics for Prometheus, computed from the ledger and Redis when they are asked for."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector
from redis.exceptions import RedisError

from leads.migrations import HEAD
from leads.store.ledger import failure_groups
from leads.store.ledger.failure_groups import FailureGroup
from leads.store.ledger.tasks import CODE_VERSION
from workers.context import Context
from workers.queues import queue_names
from workers.rq_worker import queue_of
from workers.status import status
from workers.status_values import HostStatus, KindStatus, QueueStatus, Status

Sample = tuple[Sequence[str], float]


@dataclass(frozen=True, slots=True)
class MetricsPage:
    """A page of metrics in the format that the client accepts."""

    content_type: str
    body: bytes


def metrics(context: Context, accept: str = "") -> MetricsPage:
    """The metrics in OpenMetrics format where `accept` names it, else in Prometheus' text format."""
    registry = CollectorRegistry()
    registry.register(SluiceCollector(context))
    encoder, content_type = choose_encoder(accept)
    return MetricsPage(content_type, encoder(registry))


class SluiceCollector(Collector):
    """Reads all metrics; no label names a client, because other people may read them."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """All metrics of one moment."""
        began = time.monotonic()
        with self._context.store.read() as tx:
            current, groups = status(tx), failure_groups.groups(tx)

        yield from _of_queues(current.queues)
        yield from _of_kinds(current.kinds)
        yield from _of_work(current, groups)
        yield from _of_hosts(current.hosts)
        yield from _of_redis(self._context)
        version = [((CODE_VERSION, HEAD), 1.0)]
        yield _gauge("sluice_build_info", "The version of Sluice.", ("version", "schema"), version)
        seconds = round(time.monotonic() - began, 4)
        yield _gauge("sluice_scrape_seconds", "How long this page took.", (), [((), seconds)])


def _gauge(
    name: str, documentation: str, labels: Sequence[str], samples: Iterable[Sample]
) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, documentation, labels=labels)
    for values, number in samples:
        family.add_metric(values, number)
    return family


def _of_queues(queues: Sequence[QueueStatus]) -> Iterator[GaugeMetricFamily]:
    yield _gauge(
        "sluice_queue_depth",
        "Tasks that wait.",
        ("queue",),
        [((one.queue,), one.waiting) for one in queues],
    )
    yield _gauge(
        "sluice_queue_oldest_seconds",
        "Age of the oldest task that waits.",
        ("queue",),
        [((one.queue,), one.oldest_seconds) for one in queues],
    )
    yield _gauge(
        "sluice_queue_eta_seconds",
        "Until the queue is empty; absent when nothing moves.",
        ("queue",),
        [((one.queue,), one.eta_seconds) for one in queues if one.eta_seconds is not None],
    )


def _of_kinds(kinds: Sequence[KindStatus]) -> Iterator[GaugeMetricFamily]:
    tasks = GaugeMetricFamily("sluice_tasks", "Tasks by kind and state.", labels=("kind", "state"))
    for one in kinds:
        tasks.add_metric((one.kind, "waiting"), one.waiting)
        tasks.add_metric((one.kind, "running"), one.running)
        tasks.add_metric((one.kind, "given_up"), one.given_up)
    yield tasks
    yield _gauge(
        "sluice_tasks_done_per_hour",
        "Current speed.",
        ("kind",),
        [((one.kind,), one.done_an_hour) for one in kinds],
    )


def _of_work(current: Status, groups: Sequence[FailureGroup]) -> Iterator[GaugeMetricFamily]:
    stuck = sum(one.rows for one in current.faults())
    yield _gauge(
        "sluice_rows_stuck", "Rows that do not move and are not paused.", (), [((), stuck)]
    )
    yield _gauge(
        "sluice_entries_refused",
        "Foreign queue entries that were refused in the last day.",
        (),
        [((), current.refused.entries)],
    )
    yield _gauge(
        "sluice_prospects_last_hour",
        "Companies that became prospects in the last hour.",
        (),
        [((), current.prospects_an_hour)],
    )
    yield _gauge(
        "sluice_failures",
        "Tasks that failed and are not done, by group of errors.",
        ("kind", "group"),
        [((one.kind, one.fingerprint), one.tasks) for one in groups],
    )


def _of_hosts(hosts: Sequence[HostStatus]) -> Iterator[GaugeMetricFamily]:
    yield _gauge(
        "sluice_workers",
        "Worker processes.",
        ("host",),
        [((one.host,), one.workers) for one in hosts],
    )
    yield _gauge(
        "sluice_workers_replaced",
        "Workers that died or were killed.",
        ("host",),
        [((one.host,), one.replaced) for one in hosts],
    )
    yield _gauge(
        "sluice_clock_skew_seconds",
        "By which a host's clock is ahead.",
        ("host",),
        [((one.host,), one.skew_seconds) for one in hosts],
    )
    yield _gauge(
        "sluice_host_silent_seconds",
        "Since the last report of a host.",
        ("host",),
        [((one.host,), one.silent_seconds) for one in hosts if one.silent_seconds is not None],
    )


def _of_redis(context: Context) -> Iterator[GaugeMetricFamily]:
    assert context.redis is not None
    redis = context.redis
    try:
        depths: list[Sample] = [
            ((name.rpartition(":")[2],), queue_of(name, redis).count)
            for name in queue_names(context.store)
        ]
        memory = float(dict(redis.info("memory"))["used_memory"])
    except RedisError:
        yield _gauge("sluice_redis_up", "Whether Redis answers.", (), [((), 0)])
        return

    yield _gauge("sluice_redis_up", "Whether Redis answers.", (), [((), 1)])
    yield _gauge("sluice_redis_entries", "Entries in Redis' queues.", ("queue",), depths)
    yield _gauge("sluice_redis_memory_bytes", "Memory Redis uses.", (), [((), memory)])
