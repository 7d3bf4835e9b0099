"""Check the invariants after each failure: rows final, results once, no leases or entries lost."""

from __future__ import annotations

from collections import Counter

from redis import Redis
from sqlalchemy import text

from leads.store import Store

#: Kinds of work for each accepted row.
STEPS = {
    "qualify": ("qualify", "queue"),
    "crawl": ("crawl",),
    "find_site": ("find_site",),
}


def complaints(store: Store, redis: Redis) -> list[str]:
    """Return the violations, one sentence each; empty if all is well."""
    return [*_of_rows(store), *_of_ledger(store), *_of_look_ups(store), *_of_entries(redis)]


def _of_rows(store: Store) -> list[str]:
    with store.read() as tx:
        accepted = {
            (row.kind, row.name) for row in tx.execute(text("SELECT kind, name FROM chaos_row"))
        }
        results = Counter(
            (row.kind, row.name) for row in tx.execute(text("SELECT kind, name FROM chaos_result"))
        )
    wanted = {(step, name) for kind, name in accepted for step in STEPS[kind]}
    lost, strange = wanted - set(results), set(results) - wanted
    twice = [one for one, count in results.items() if count > 1]
    return [
        f"{len(some):,} results {what}, e.g. {min(some)}"
        for what, some in (("lost", lost), ("twice", twice), ("of no row", strange))
        if some
    ]


def _of_ledger(store: Store) -> list[str]:
    with store.read() as tx:
        states = {
            row.state: row.n
            for row in tx.execute(text("SELECT state, count(*) AS n FROM task GROUP BY state"))
        }
        doubled = tx.execute(
            text(
                "SELECT count(*) FROM (SELECT kind, key FROM task GROUP BY kind, key HAVING"
                " count(*) > 1) AS d"
            )
        ).scalar()
    found = [f"{count:,} tasks are {state}" for state, count in states.items() if state != "done"]
    return found + ([f"{doubled:,} keys were requested twice"] if doubled else [])


def _of_look_ups(store: Store) -> list[str]:
    with store.read() as tx:
        asked = text("SELECT count(*) FROM name_look_up WHERE known = 'asked'")
        count = tx.execute(asked).scalar()
    return [f"{count:,} look-ups of names were never answered"] if count else []


def _of_entries(redis: Redis) -> list[str]:
    """Check that every entry in state `queued` is in a list; RQ would otherwise never run it."""
    listed = {
        entry
        for key in redis.scan_iter("rq:queue:*")
        if redis.type(key) == b"list"
        for entry in redis.lrange(key, 0, -1)
    }
    gone = [
        key
        for key in redis.scan_iter("rq:job:*")
        if redis.type(key) == b"hash"
        and redis.hget(key, "status") == b"queued"
        and key.removeprefix(b"rq:job:") not in listed
    ]
    return [f"{len(gone)} queue entries lost"] if gone else []
