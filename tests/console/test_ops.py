"""What an operator sees and does."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import ClassVar
from uuid import UUID

import pytest
from sqlalchemy import update

from leads.clock import now
from leads.errors import ServiceDownError, UsageError
from leads.store import Store, clients
from leads.store.ledger import crews, failures
from leads.store.ledger import tasks as ledger
from leads.store.ledger.crews import SupervisorReport
from leads.store.ledger.tasks import Wanted
from leads.store.migrate import open_store
from leads.store.schema import task
from tests.console.conftest import Sluice
from workers.webhook import post


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    made = open_store(f"sqlite:///{home / 'sluice.db'}")
    with made.write() as tx:
        client_id = clients.make_client(tx, "nordwind").id
        ledger.ask(
            tx,
            [
                Wanted(kind="crawl", key=f"s{n}.example", queue="crawl", client_id=client_id)
                for n in range(6)
            ],
        )
        ledger.ask(
            tx,
            [
                Wanted(kind="qualify", key=f"{UUID(int=n)}:{UUID(int=n)}", queue="cheap")
                for n in range(4)
            ],
        )
    yield made
    made.close()


def fail_the_crawls(store: Store) -> None:
    with store.write() as tx:
        for number, one in enumerate(
            ledger.claim(tx, ["crawl"], 10, "m1:5:9", timedelta(minutes=1))
        ):
            failures.fail(
                tx,
                [one],
                f"TimeoutError: s{number}.example took 30 s, token=geheim",
                wait=None,
                host="m1:5:9",
                trace='File "x", line 1',
            )


def grow_old(store: Store) -> None:
    with store.write() as tx:
        for one in tx.execute(task.select().where(task.c.state == "pending")).all():
            old = UUID(int=one.id.int - (3_600_000 << 80))
            tx.execute(update(task).where(task.c.id == one.id).values(id=old))


def test_the_status_says_what_waits_and_for_whom(store: Store, sluice: Sluice) -> None:
    found = sluice("ops", "status", "--json").json
    assert (found["rows_waiting"], found["eta_seconds"], found["stuck"]) == (10, None, [])
    assert {one["client"]: one["waiting"] for one in found["clients"]} == {
        "nordwind": 6,
        "(for everyone)": 4,
    }
    shown = sluice("ops", "status").out
    assert "10 rows wait" in shown
    assert "not known when done" in shown
    assert "no worker runs" in shown


def test_the_eta_rests_on_what_was_done_since_it_began(store: Store, sluice: Sluice) -> None:
    with store.write() as tx:
        ledger.finish(tx, ledger.claim(tx, ["crawl"], 2, "m1:5:9", timedelta(minutes=1)))
        ledger.finish(tx, ledger.claim(tx, ["qualify"], 4, "m1:5:9", timedelta(minutes=1)))
    found = sluice("ops", "status", "--json").json
    assert found["eta_seconds"] == 4 * 30 / 2, (
        "half a minute at least, so that two done in an instant promise nothing"
    )
    with store.write() as tx:
        tx.execute(
            update(task)
            .where(task.c.state == "done")
            .values(finished_at=now() - timedelta(minutes=5))
        )
    assert abs(sluice("ops", "status", "--json").json["eta_seconds"] - 4 * 300 / 2) < 30


def test_too_few_done_or_a_pause_promise_no_time(store: Store, sluice: Sluice) -> None:
    with store.write() as tx:
        ledger.finish(tx, ledger.claim(tx, ["crawl"], 1, "m1:5:9", timedelta(minutes=1)))
        ledger.finish(tx, ledger.claim(tx, ["qualify"], 4, "m1:5:9", timedelta(minutes=1)))
    assert sluice("ops", "status", "--json").json["eta_seconds"] is None
    with store.write() as tx:
        ledger.finish(tx, ledger.claim(tx, ["crawl"], 1, "m1:5:9", timedelta(minutes=1)))
    assert sluice("ops", "status", "--json").json["eta_seconds"] == 4 * 30 / 2
    sluice("ops", "pause", "--reason", "new machine")
    assert sluice("ops", "status", "--json").json["eta_seconds"] is None
    shown = sluice("ops", "status").out
    assert "not known when done" in shown
    assert "(new machine); `sluice ops resume` ends it" in shown


def test_what_was_done_in_an_instant_is_not_multiplied(store: Store, sluice: Sluice) -> None:
    with store.write() as tx:
        ledger.finish(tx, ledger.claim(tx, ["qualify"], 4, "m1:5:9", timedelta(minutes=1)))
        ledger.finish(tx, ledger.claim(tx, ["crawl"], 1, "m1:5:9", timedelta(minutes=1)))
        tx.execute(
            update(task)
            .where(task.c.state == "done", task.c.kind == "crawl")
            .values(finished_at=now() - timedelta(minutes=70))
        )
    kinds = {one["kind"]: one for one in sluice("ops", "status", "--json").json["kinds"]}
    assert (kinds["qualify"]["done_last_hour"], kinds["crawl"]["done_last_hour"]) == (4, 0)
    shown = sluice("ops", "status").out
    assert "done in the last hour" in shown
    assert "480" not in shown


def test_failures_come_in_groups_and_can_be_put_back_or_given_up(
    store: Store, sluice: Sluice
) -> None:
    fail_the_crawls(store)
    (group,) = sluice("ops", "failures", "--json").json
    assert (group["tasks"], group["given_up"], group["error"]) == (
        6,
        6,
        "TimeoutError: <name> took <number> s, token=***",
    )
    assert "geheim" not in sluice("ops", "failures").out
    mark = group["fingerprint"]
    assert sluice("ops", "requeue", "--error", mark, "--dry-run", "--json").json == {"tasks": 6}
    assert sluice("ops", "requeue", "--error", mark, "--client", "nordwind", "--json").json == {
        "tasks": 6
    }
    assert sluice("ops", "requeue", "--error", mark, "--json").json == {"tasks": 0}
    fail_the_crawls(store)
    assert (
        "6 tasks discarded" in sluice("ops", "discard", "--kind", "crawl", "--reason", "gone").out
    )
    assert sluice("ops", "failures", "--json").json == []


@pytest.mark.parametrize("arguments", [[], ["--kind", "nonsense"]])
def test_putting_back_wants_to_be_told_what(
    store: Store, sluice: Sluice, arguments: list[str]
) -> None:
    assert sluice("ops", "requeue", *arguments, "--json", code=2).error["code"] == "usage"


def test_check_finds_what_was_given_up_and_what_nobody_works_on(
    store: Store, sluice: Sluice
) -> None:
    sluice("ops", "check")
    fail_the_crawls(store)
    grow_old(store)
    ended = sluice("ops", "check", "--json", code=1)
    assert {(one["rows"], one["why"].partition(":")[0]) for one in ended.json["stuck"]} == {
        (6, "given up"),
        (4, "no worker runs"),
    }
    with store.write() as tx:
        crews.report(tx, SupervisorReport(host="m1:5:9", workers=2, started_at=now()))
    assert "nothing has moved" in sluice("ops", "check", "--json", code=1).out
    assert sluice("ops", "status", "--json").json["hosts"][0]["workers"] == 2


def test_a_lease_that_nobody_takes_back_is_stuck(store: Store, sluice: Sluice) -> None:
    with store.write() as tx:
        ledger.claim(tx, ["crawl"], 10, "m1:5:9", -timedelta(minutes=5))
    assert "no sweeper" in sluice("ops", "check", "--json", code=1).out


def test_a_pause_is_shown_and_is_no_fault(store: Store, sluice: Sluice) -> None:
    grow_old(store)
    sluice("ops", "pause", "--client", "nordwind", "--reason", "new list")
    assert sluice("ops", "pause", "--client", "nordwind").out == "was paused already\n"
    (held,) = [one for one in sluice("ops", "status", "--json").json["stuck"] if one["wanted"]]
    assert (held["rows"], held["client"], held["do"]) == (
        6,
        "nordwind",
        "sluice ops resume --client nordwind",
    )
    sluice("ops", "pause")
    sluice("ops", "check")
    assert sluice("ops", "resume", "--all", "--json").json == {"resumed": 2}
    sluice("ops", "pause", "--queue", "nonsense", code=2)
    sluice("ops", "pause", "--client", "nobody", code=3)


def test_a_drain_waits_for_what_runs(store: Store, sluice: Sluice) -> None:
    with store.write() as tx:
        running = ledger.claim(tx, ["crawl"], 10, "m1:5:9", timedelta(minutes=1))
    assert sluice("ops", "drain", "--host", "m1", "--wait", "0.1", "--json", code=1).json == {
        "drained": False,
        "running": 6,
    }

    def end() -> None:
        time.sleep(0.3)
        with store.write() as tx:
            ledger.finish(tx, running)

    thread = threading.Thread(target=end)
    thread.start()
    assert sluice("ops", "drain", "--host", "m1", "--wait", "10", "--json").json == {
        "drained": True,
        "running": 0,
    }
    thread.join()


def test_watching_looks_again_and_ends_on_ctrl_c(store: Store, sluice: Sluice) -> None:
    assert (
        len(sluice("ops", "watch", "--every", "0.2", "--times", "2", "--json").out.splitlines())
        == 2
    )
    looking = subprocess.Popen(
        [sys.executable, "-m", "console", "ops", "watch", "--every", "0.2"],
        stdout=subprocess.PIPE,
        env=os.environ,
    )
    assert looking.stdout is not None
    assert b"Ctrl-C ends" in looking.stdout.readline()
    looking.send_signal(signal.SIGINT)
    looking.communicate(timeout=10)
    assert looking.returncode == 0


class _Hook(BaseHTTPRequestHandler):
    heard: ClassVar[list[bytes]] = []

    def do_POST(self) -> None:
        self.heard.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(302 if self.path == "/away" else 200)
        self.send_header("Location", "http://169.254.169.254/")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def hook() -> Iterator[int]:
    with HTTPServer(("127.0.0.1", 0), _Hook) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        _Hook.heard.clear()
        yield server.server_port
        server.shutdown()
        thread.join()


def test_a_webhook_hears_where_the_map_leads(hook: int) -> None:
    allowed = {
        ("hooks.example", 443): ("127.0.0.1", hook),
        ("hooks.example", 80): ("127.0.0.1", hook),
    }
    assert post("http://hooks.example/in", {"text": "hello"}, allowed) == 200
    assert json.loads(_Hook.heard[0]) == {"text": "hello"}
    with pytest.raises(ServiceDownError, match="302"):
        post("http://hooks.example/away", {}, allowed)


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("http://127.0.0.1/x", id="this machine"),
        pytest.param("http://169.254.169.254/latest", id="a cloud's own address"),
        pytest.param("http://[::ffff:10.0.0.1]/", id="a private address in disguise"),
        pytest.param("https://hooks.example:8443/", id="another port"),
        pytest.param("ftp://hooks.example/", id="another scheme"),
        pytest.param("https://me:secret@hooks.example/", id="a user name"),
    ],
)
def test_a_webhook_is_never_posted_inside(url: str) -> None:
    with pytest.raises(UsageError, match="not allowed"):
        post(url, {})
