"""The least that serves a queue: FastAPI handlers and SQL, for one kind of database each.

    python -m bench.web_bare PORT

It looks the session up, leases, notes and reports in one transaction each, and lists what is held
and what waits. No right, suppression, call hour, call-back, policy or reason is looked at.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from html import escape
from threading import local
from typing import Annotated, Any
from uuid import UUID

import psycopg
import uvicorn
from anyio import to_thread
from fastapi import Cookie, FastAPI, Form
from fastapi.responses import HTMLResponse, Response
from sqlalchemy import make_url

from console.web.server import THREADS
from leads.clock import now
from leads.ids import new_id

_URL = make_url(os.environ.get("SLUICE_DATABASE_URL", "sqlite://"))
_IS_FILE = _URL.get_backend_name() == "sqlite"
_OWN = local()
_BATCH = 5
_HERE = (
    "SELECT app_user.name, web_session.form_key FROM web_session JOIN app_user"
    " ON app_user.id = web_session.user_id WHERE token_hash = ?"
)
_HELD = (
    "SELECT q.id, q.company_id, c.name, l.token FROM lease l JOIN queue_entry q"
    " ON q.id = l.queue_entry_id JOIN company c ON c.id = q.company_id"
    ' WHERE l.client_id IN (SELECT id FROM client) AND l."user" = ? AND l.ended_at IS NULL'
    " ORDER BY l.id"
)
_ONE = "campaign_id = (SELECT id FROM campaign) AND company_id = ?"
_READY = "state = 'ready' AND not_before IS NULL"
_ORDER = "ORDER BY campaign_id, rank, fresh, entered_at, id"
_WAITING = (
    "SELECT c.name FROM (SELECT company_id FROM queue_entry WHERE campaign_id = (SELECT id FROM"
    f" campaign) AND {_READY} {_ORDER} LIMIT 30) q JOIN company c ON c.id = q.company_id"
)
_TAKE = (
    "UPDATE queue_entry SET state = 'leased', token = token + 1, attempts = attempts + 1"
    " WHERE id IN (SELECT id FROM queue_entry WHERE campaign_id = (SELECT id FROM campaign)"
    f" AND {_READY} {_ORDER} LIMIT {_BATCH} LOCKED) RETURNING id, client_id, token"
)
_LEASE = (
    'INSERT INTO lease (id, client_id, queue_entry_id, "user", token, since, until)'
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_NOTE = (
    "INSERT INTO event (id, at, who, client_id, verb, thing, thing_id, reason, data, trace_id)"
    " VALUES (?, ?, ?, (SELECT client_id FROM company WHERE id = ?), ?, 'company', ?, ?, '{}', '')"
)
_END = (
    "UPDATE lease SET ended_at = ?, ended_by = 'done' WHERE ended_at IS NULL AND queue_entry_id"
    f" = (SELECT id FROM queue_entry WHERE {_ONE})"
)
_OUT = f"UPDATE queue_entry SET state = 'out', reason = ? WHERE {_ONE}"

app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
Cookies = Annotated[str, Cookie()]
Word = Annotated[str, Form()]


@app.get("/login")
def ready() -> Response:
    """Say that the server is there."""
    return Response()


@app.get("/queue")
def show(sluice: Cookies) -> Response:
    """Show what the user holds and what waits."""
    with _transaction() as run:
        user, key = _here(run, sluice)
        held, waiting = run(_HELD, user), run(_WAITING)
    rows = "".join(f"<li>{escape(name)}</li>" for _, _, name, _ in held)
    others = "".join(f"<li>{escape(name)}</li>" for (name,) in waiting)
    form = ""
    if held:
        at = f"/queue/{UUID(str(held[0][1]))}/done"
        form = f'<form action="{at}"><input name="token" value="{held[0][3]}"></form>'
    return HTMLResponse(f"<p>{escape(key)}</p>{form}<ol>{rows}</ol><ol>{others}</ol>")


@app.post("/queue/next")
def take(sluice: Cookies) -> Response:
    """Lease the next prospects."""
    with _transaction(writes=True) as run:
        user, _ = _here(run, sluice)
        at = now()
        for entry, client, token in run(_TAKE):
            run(_LEASE, _id(), client, entry, user, token, _at(at), _at(at.replace(year=2100)))
    return show(sluice)


@app.post("/queue/{company_id}/note")
def keep(sluice: Cookies, company_id: UUID, note: Word) -> Response:
    """Keep a note."""
    with _transaction(writes=True) as run:
        user, _ = _here(run, sluice)
        _log(run, user, company_id, "note", note)
    return show(sluice)


@app.post("/queue/{company_id}/done")
def report(sluice: Cookies, company_id: UUID, kind: Word) -> Response:
    """Report what came of a prospect."""
    with _transaction(writes=True) as run:
        user, _ = _here(run, sluice)
        run(_END, _at(now()), _stored(company_id))
        run(_OUT, kind, _stored(company_id))
        _log(run, user, company_id, "done", kind)
    return show(sluice)


class _Run:
    """Runs statements on one connection."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def __call__(self, statement: str, *given: Any) -> Sequence[Any]:
        if _IS_FILE:
            rows: Sequence[Any] = self._connection.execute(
                statement.replace(" LOCKED)", ")"), given
            ).fetchall()
            return rows
        there = statement.replace(" LOCKED)", " FOR UPDATE SKIP LOCKED)").replace("?", "%s")
        cursor = self._connection.execute(there, given)
        return cursor.fetchall() if cursor.description else ()


@contextmanager
def _transaction(*, writes: bool = False) -> Iterator[_Run]:
    """A transaction on the connection of this thread."""
    if not hasattr(_OWN, "connection"):
        _OWN.connection = _connect()
    connection = _OWN.connection
    if not _IS_FILE:
        with connection.transaction():
            yield _Run(connection)
        return
    connection.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
    try:
        yield _Run(connection)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _connect() -> Any:
    if not _IS_FILE:
        return psycopg.connect(_URL.render_as_string(hide_password=False), autocommit=True)
    assert _URL.database
    made = sqlite3.connect(_URL.database, isolation_level=None, timeout=60)
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "cache_size=-8000"):
        made.execute(f"PRAGMA {pragma}")
    return made


def _here(run: _Run, cookie: str) -> tuple[str, str]:
    ((name, key),) = run(_HERE, sha256(cookie.encode()).hexdigest())
    return name, key


def _log(run: _Run, user: str, company_id: UUID, verb: str, reason: str) -> None:
    whose = _stored(company_id)
    run(_NOTE, _id(), _at(now()), user, whose, verb, str(company_id), reason)


def _id() -> Any:
    return _stored(new_id())


def _stored(one: UUID) -> Any:
    return one.hex if _IS_FILE else one


def _at(moment: Any) -> Any:
    return str(moment)[:26] if _IS_FILE else moment


class _Server(uvicorn.Server):
    async def startup(self, sockets: Any = None) -> None:
        """Start, with as many threads as the product."""
        to_thread.current_default_thread_limiter().total_tokens = THREADS
        await super().startup(sockets)


def main() -> None:
    """Serve until stopped."""
    config = uvicorn.Config(
        app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning", access_log=False
    )
    _Server(config).run()


if __name__ == "__main__":
    main()
