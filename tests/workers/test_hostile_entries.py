"""Whatever stands in a queue, the worker goes on with the next entry, and keeps what it refused."""

import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from redis import Redis
from rq import Queue

from actions.session import Session
from leads.settings import load_settings
from leads.store import events
from leads.store.migrate import open_store
from workers.context import Context
from workers.jobs import run_batch
from workers.queues import queue_names
from workers.redis_client import connect
from workers.rq_worker import OwnQueue, OwnWorker, queue_of
from workers.serving import serve
from workers.status import status

GOOD = json.dumps(["workers.jobs.run_batch", None, ["qualify", []], {}]).encode()
Put = Callable[[Redis, str], Any]


@pytest.fixture
def context(redis_url: str) -> Iterator[Context]:
    settings = load_settings()
    made = replace(
        Session(settings=settings, store=open_store(settings.database_url)).context(),
        redis=connect(redis_url),
    )
    yield made
    made.store.close()


def entry(data: bytes = zlib.compress(GOOD), **fields: str | bytes) -> Put:
    said: dict[Any, Any] = {
        "created_at": "2026-01-01T00:00:00.000000Z",
        "status": "queued",
        "timeout": "100",
        "data": data,
        **fields,
    }
    return lambda redis, key: redis.hset(key, mapping=said)


def calling(function: str) -> bytes:
    return zlib.compress(json.dumps([function, None, ["true"], {}]).encode())


@pytest.mark.parametrize(
    "put",
    [
        pytest.param(lambda redis, key: redis.set(key, "x"), id="of another type"),
        pytest.param(entry(b""), id="no call"),
        pytest.param(entry(b"\x00garbage"), id="no JSON"),
        pytest.param(entry(zlib.compress(GOOD)[:-9]), id="truncated"),
        pytest.param(entry(zlib.compress(b"\x80\x04cos\nsystem\n.")), id="a pickle"),
        pytest.param(entry(zlib.compress(b'{"a": 1}')), id="JSON of another shape"),
        pytest.param(entry(zlib.compress(b"[" * 100_000)), id="deeper than the stack"),
        pytest.param(
            entry(zlib.compress(b"0" * 50_000_000)), id="fifty megabytes in fifty kilobytes"
        ),
        pytest.param(entry(calling("os.system")), id="any function"),
        pytest.param(
            entry(calling("os.system"), retries_left="1000000"), id="any function, again and again"
        ),
        pytest.param(entry(failure_callback_name="os.abort"), id="a callback"),
        pytest.param(
            entry(webhooks='[{"url": "http://10.0.0.1/", "job_status": "finished"}]'),
            id="a message to somewhere",
        ),
        pytest.param(entry(repeats_left="1000000"), id="done again and again"),
        pytest.param(entry(created_at="yesterday"), id="no time"),
        pytest.param(entry(timeout="soon"), id="no number"),
        pytest.param(entry(status="fine"), id="no state"),
    ],
)
def test_an_entry_of_others_is_kept_as_failed_and_the_next_is_taken(
    context: Context, put: Put
) -> None:
    redis = context.redis
    assert redis is not None
    serve(context)
    queues: list[Queue] = [queue_of(name, redis) for name in queue_names(context.store)]
    put(redis, "rq:job:theirs")
    redis.rpush(queues[0].key, "theirs", b"\xff\x00", "")
    ours = queues[0].enqueue("workers.jobs.run_batch", "qualify", [])
    found, _ = OwnQueue.dequeue_any(queues, None, redis, serializer="json")
    assert found.id == ours.id
    assert redis.lrange(queues[0].intermediate_queue.key, 0, -1) == [ours.id.encode()]
    if redis.type("rq:job:theirs") == b"hash":
        assert redis.hget("rq:job:theirs", "status") == b"failed"
    OwnWorker(queues, connection=redis, serializer="json").run_maintenance_tasks()  # type: ignore[no-untyped-call]


def test_a_refusal_is_shown(context: Context) -> None:
    heard: list[dict[str, Any]] = []
    serve(replace(context, log=lambda event, **about: heard.append({event: about})))
    with pytest.raises(Exception, match="no tasks of ours"):
        run_batch("qualify", ["token=secret"])
    with context.store.read() as tx:
        assert status(tx).refused.entries == 1
        (line,) = events.of_thing(tx, "entry", "?")
    assert len(heard) == 1
    assert "secret" not in line.reason
