"""Claim prospects in bare SQL, through the drivers alone: what a database can do at best.

Nothing is checked, no expired lease is returned, no call-back comes first. The settings of the
connections are those of the store.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

import psycopg
from sqlalchemy import make_url

from bench.outreach_seed import Seeded
from leads.clock import now
from leads.ids import new_id

Take = Callable[[], list[UUID]]

_PRAGMAS = ("synchronous=NORMAL", "foreign_keys=ON", "cache_size=-32000")
_FIRST = (
    "SELECT id FROM queue_entry WHERE campaign_id = {mark} AND state = 'ready' AND not_before IS"
    " NULL ORDER BY campaign_id, rank, fresh, entered_at, id LIMIT {want}"
)
_RAISED = "SET state = 'leased', token = token + 1, attempts = attempts + 1"
_UPDATE = (
    f"UPDATE queue_entry {_RAISED} WHERE id IN ({_FIRST})"
    " RETURNING id, client_id, company_id, token"
).replace("{mark}", "?")
_LEASE = (
    'INSERT INTO lease (id, client_id, queue_entry_id, "user", token, since, until)'
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_LOG = (
    "INSERT INTO event (id, at, who, client_id, verb, thing, thing_id, reason, data, trace_id)"
    " VALUES (?, ?, ?, ?, 'leased', 'company', ?, ?, '{}', '')"
)
_TAKEN = (
    f"WITH picked AS MATERIALIZED ({_FIRST} FOR UPDATE SKIP LOCKED), taken AS (UPDATE queue_entry"
    f" {_RAISED} FROM picked WHERE queue_entry.id = picked.id RETURNING queue_entry.id,"
    " queue_entry.client_id, queue_entry.company_id, queue_entry.token)"
).replace("{mark}", "%s")
_UPDATE_THERE = f"{_TAKEN} SELECT id FROM taken"
_ALL_THERE = (
    f"{_TAKEN}, numbered AS (SELECT *, row_number() OVER () AS place FROM taken), leased AS (INSERT"
    ' INTO lease (id, client_id, queue_entry_id, "user", token, since, until) SELECT'
    " (%s::uuid[])[place], client_id, id, %s, token, %s, %s FROM numbered), logged AS (INSERT INTO"
    " event (id, at, who, client_id, verb, thing, thing_id, reason, data, trace_id) SELECT"
    " (%s::uuid[])[place], %s, %s, client_id, 'leased', 'company', company_id::text, %s, '{}', ''"
    " FROM numbered) SELECT id FROM taken"
)
_LENGTH = timedelta(hours=12)


@contextmanager
def bare_claims(url: str, made: Seeded, user: str, want: int, *, alone: bool) -> Iterator[Take]:
    """What claims `want` rows; `alone`: without the lease and the line of the log."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        assert address.database
        file = sqlite3.connect(address.database, isolation_level=None, timeout=60)
        for pragma in _PRAGMAS:
            file.execute(f"PRAGMA {pragma}")
        yield lambda: _from_file(file, made, user, want, alone=alone)
        file.close()
        return
    with psycopg.connect(url) as server:
        yield lambda: _from_server(server, made, user, want, alone=alone)


def _from_file(
    file: sqlite3.Connection, made: Seeded, user: str, want: int, *, alone: bool
) -> list[UUID]:
    file.execute("BEGIN IMMEDIATE")
    rows = file.execute(_first(_UPDATE, want), (made.campaign_id.hex,)).fetchall()
    if not alone:
        at, until = str(now())[:26], str(now() + _LENGTH)[:26]
        leases = [
            (new_id().hex, client, entry, user, token, at, until)
            for entry, client, _, token in rows
        ]
        file.executemany(_LEASE, leases)
        lines = [(new_id().hex, at, user, client, company, until) for _, client, company, _ in rows]
        file.executemany(_LOG, lines)
    file.execute("COMMIT")
    return [UUID(row[0]) for row in rows]


def _from_server(
    server: psycopg.Connection[tuple[UUID]], made: Seeded, user: str, want: int, *, alone: bool
) -> list[UUID]:
    if alone:
        rows = server.execute(_first(_UPDATE_THERE, want).encode(), (made.campaign_id,)).fetchall()
    else:
        at = now()
        until = at + _LENGTH
        ids = [[new_id() for _ in range(want)] for _ in range(2)]
        given = (made.campaign_id, ids[0], user, at, until, ids[1], at, user, str(until))
        rows = server.execute(_first(_ALL_THERE, want).encode(), given).fetchall()
    server.commit()
    return [row[0] for row in rows]


def _first(statement: str, want: int) -> str:
    # The number is part of the statement, as in the product: a server plans that once, and well.
    return statement.replace("{want}", str(want))
