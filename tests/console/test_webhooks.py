"""`sluice webhook`, and what an address is told, on both databases."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from sqlalchemy import select, update

from actions.session import open_session
from leads.clock import now
from leads.store.schema import task, webhook, webhook_message
from tests.console.conftest import Sluice
from workers.delivering import WAITS
from workers.inline import work_off_own
from workers.signing import signature

pytestmark = pytest.mark.usefixtures("database")

Queued = Callable[..., None]
URL = "https://hooks.example/in"


class _Hook(BaseHTTPRequestHandler):
    heard: ClassVar[list[tuple[dict[str, str], str]]] = []
    status: ClassVar[int] = 204
    port: ClassVar[int] = 0

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        named = {name.lower(): value for name, value in self.headers.items()}
        self.heard.append((named, body))
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def hook() -> Iterator[type[_Hook]]:
    with HTTPServer(("127.0.0.1", 0), _Hook) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        _Hook.heard.clear()
        _Hook.status, _Hook.port = 204, server.server_port
        yield _Hook
        server.shutdown()
        thread.join()


@pytest.fixture
def deliver(hook: type[_Hook]) -> Callable[[], None]:
    """Deliver what is due, as a worker does, to the server of this test."""

    def run() -> None:
        with open_session() as session:
            with session.store.write() as tx:
                # This server speaks no TLS; `webhook add` takes https addresses only.
                tx.execute(update(webhook).values(url=URL.replace("https", "http")))
                clients = tx.execute(select(webhook.c.client_id)).scalars().all()
            allowed = {("hooks.example", 80): ("127.0.0.1", hook.port)}
            context = replace(session.context(), allowed=allowed)
            work_off_own(context, ["webhook"], clients[0])

    return run


def rows(table: Any) -> list[dict[str, Any]]:
    with open_session() as session, session.store.read() as tx:
        return [dict(row) for row in tx.execute(select(table)).mappings()]


def close(sluice: Sluice, tmp_path: Path, outcome: str = "won") -> None:
    path = tmp_path / f"{outcome}.csv"
    path.write_text(f"domain,outcome,at\nzeta.example,{outcome},2026-11-02\n")
    sluice("outcomes", "import", path)


def test_an_address_is_told_what_it_wants_to_know_signed(
    sluice: Sluice, queued: Queued, deliver: Callable[[], None], tmp_path: Path
) -> None:
    queued("Zeta GmbH")
    secret = sluice("webhook", "add", URL, "--type", "company.won", "--json").json["secret"]
    sluice("suppress", "add", "elsewhere.example")
    close(sluice, tmp_path)
    deliver()
    ((named, body),) = _Hook.heard
    told = json.loads(body)
    assert told["type"] == "company.won"
    assert told["data"]["reason"] == "won on 2026-11-02, says plain"
    at = int(named["webhook-timestamp"])
    assert named["webhook-signature"] == signature(secret, named["webhook-id"], at, body)
    assert rows(webhook_message) == []
    shown = sluice("webhook", "list", "--json")
    assert shown.json[0]["delivered_at"]
    assert secret not in shown.out + sluice("webhook", "list").out


def test_a_refused_message_is_sent_again_under_the_same_id_and_given_up_after_days(
    sluice: Sluice, queued: Queued, deliver: Callable[[], None], tmp_path: Path
) -> None:
    queued("Zeta GmbH")
    sluice("webhook", "add", URL)
    close(sluice, tmp_path)
    _Hook.status = 503
    for attempt in range(len(WAITS) + 1):
        deliver()
        deliver()
        assert len(_Hook.heard) == attempt + 1
        waiting = [
            one for one in rows(task) if (one["kind"], one["state"]) == ("webhook", "pending")
        ]
        if waiting:
            early = waiting[0]["not_before"] - now()
            assert WAITS[attempt] - timedelta(minutes=1) < early <= WAITS[attempt]
        with open_session() as session, session.store.write() as tx:
            due = update(task).where(task.c.kind == "webhook", task.c.state == "pending")
            tx.execute(due.values(not_before=now() - timedelta(seconds=1)))
    assert len({named["webhook-id"] for named, _ in _Hook.heard}) == 1
    assert rows(webhook_message) == []
    assert "given up" in sluice("webhook", "list", "--json").json[0]["error"]
    assert sum(WAITS, timedelta()) > timedelta(days=3)


def test_an_address_that_is_gone_is_disabled(
    sluice: Sluice, queued: Queued, deliver: Callable[[], None], tmp_path: Path
) -> None:
    queued("Zeta GmbH")
    sluice("webhook", "add", URL)
    close(sluice, tmp_path, "lost")
    _Hook.status = 410
    deliver()
    assert sluice("webhook", "list", "--json").json[0]["state"] == "disabled"
    close(sluice, tmp_path)
    deliver()
    assert len(_Hook.heard) == 1
    assert rows(webhook_message) == []


def test_a_removed_webhook_hears_nothing(sluice: Sluice, queued: Queued, tmp_path: Path) -> None:
    queued("Zeta GmbH")
    sluice("webhook", "add", URL)
    close(sluice, tmp_path)
    assert len(rows(webhook_message)) == 1
    sluice("webhook", "remove", URL)
    assert (rows(webhook), rows(webhook_message)) == ([], [])
    sluice("webhook", "remove", URL, code=3)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("http://hooks.example/",), "not an https address"),
        (("https://127.0.0.1/",), "not allowed"),
        (("https://[::ffff:10.0.0.1]/",), "not allowed"),
        (("https://hooks.example:8443/",), "not allowed"),
        (("https://me:secret@hooks.example/",), "not allowed"),
        ((URL, "--type", "company.one"), "no message"),
    ],
)
def test_what_is_no_address_is_refused(
    sluice: Sluice, arguments: tuple[str, ...], said: str
) -> None:
    assert said in sluice("webhook", "add", *arguments, "--json", code=2).error["message"]
