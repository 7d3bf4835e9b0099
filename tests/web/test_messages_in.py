"""Signed messages come in over HTTP, on both databases."""

import asyncio
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from actions.receiving import inbox_at
from actions.session import open_installation
from console.web.app import make_app
from leads.clock import now
from leads.ids import new_id
from leads.store.schema import inbox_message, inbox_refusal
from tests.console.conftest import Sluice
from tests.web.sender import DONE, Sender, told
from workers.signing import headers

Queued = Callable[..., None]


@pytest.fixture
def sender(address: str, queued: Queued, sluice: Sluice) -> Sender:
    queued("Alder GmbH", "Birch GmbH")
    sluice("user", "add", "boss", "--role", "admin")
    return Sender(address, sluice)


def test_a_signed_message_becomes_a_signal_once(sender: Sender) -> None:
    secret = sender.add("crm", "webhook")["secret"]
    assert secret not in json.dumps(sender.shown("crm"))
    deal = told("alder.example", value=12500.5, currency="EUR")
    sent = [
        sender.message("crm", secret, deal, "m1"),
        sender.message("crm", secret, told("alder.example"), "m1"),
        sender.message("crm", secret, told("birch.example", "email.opened"), "m2"),
        sender.message("crm", secret, told("kim@cedar.example"), "m3", off=200),
    ]
    assert sent == [DONE] * 4
    # Only interest makes a lead, and only interest adds a company.
    assert set(sender.leads()) == {"Alder GmbH", "cedar.example"}
    (one,) = sender.signals("Alder GmbH")
    assert (one["kind"], one["source"]) == ("demo_requested", "inbox crm")


def test_nothing_is_believed_without_its_signature(sender: Sender) -> None:
    secret = sender.add("crm", "webhook")["secret"]
    other = sender.add("other", "webhook")["secret"]
    new = told("dogwood.example")
    statuses = [
        sender.message("crm", other, new, "m4")[0],
        sender.message("other", secret, new, "m4")[0],
        sender.message("crm", secret, new, "m4", webhook_id="m5")[0],
        sender.message("crm", secret, new, "m4", off=-301)[0],
        sender.message("crm", secret, new, "m4", off=302)[0],
        sender.message("crm", secret, new, "m4", webhook_signature="v1")[0],
        sender.message("nothing", secret, new, "m4")[0],
        sender.post("/in/crm", b"x" * 300_000, headers(secret, "m4", 1, ""))[0],
    ]
    assert statuses == [401, 401, 401, 400, 400, 400, 404, 400]
    large = headers(secret, "m4", int(now().timestamp()), "")
    assert sender.post("/in/crm", b"x" * 300_000, large)[0] == 413
    assert sender.turned_away("crm")["its signature is wrong"] >= 1
    assert "dogwood.example" not in sender.leads()


def test_a_refused_message_may_come_again_once_it_is_right(sender: Sender) -> None:
    secret = sender.add("crm", "webhook")["secret"]
    wrong: list[Any] = [
        {"type": "demo.requested"},
        told("kim.doe@gmail.com"),
        told("elm.example", "email.opened"),
        told("alder.example", at="2099-01-01T00:00:00Z"),
        told("alder.example", at="2026-01-01T00:00:00"),
        [],
    ]
    assert [sender.message("crm", secret, one, "m6")[0] for one in wrong] == [400] * 6
    (refused,) = sender.shown("crm")["last"]
    assert (refused["id"], refused["state"]) == ("m6", "refused")
    assert sender.message("crm", secret, told("alder.example"), "m6") == DONE
    (taken,) = sender.shown("crm")["last"]
    assert (taken["state"], taken["reason"]) == ("accepted", None)


def test_a_reason_holds_no_words_of_a_message(sender: Sender) -> None:
    secret = sender.add("crm", "webhook")["secret"]
    status, answer = sender.message("crm", secret, told("kim.doe@gmail.com"), "m1")
    assert status == 400
    assert "gmail.com" in answer["detail"]
    assert "kim" not in json.dumps(sender.shown("crm")["last"])
    log = sender.sluice("inbox", "show", "crm", "--as", "boss").out
    assert "kim" not in log
    assert "m1" in log


def test_secrets_rotate_and_may_be_the_senders(sender: Sender) -> None:
    given = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    run = sender.sluice
    made = run(
        *("inbox", "add", "crm", "webhook", "--secret-from", "-", "--as", "boss", "--json"),
        stdin=f"{given}\n",
    ).json
    assert made["secret"] is None
    assert sender.message("crm", given, told("alder.example"), "m1")[0] == 200
    new = run("inbox", "rotate", "crm", "--as", "boss", "--json").json
    assert sender.message("crm", given, told("alder.example"), "m2")[0] == 200
    assert sender.message("crm", new["secret"], told("alder.example"), "m3")[0] == 200
    last = run("inbox", "rotate", "crm", "--keep", "0", "--as", "boss", "--json").json
    assert sender.message("crm", new["secret"], told("alder.example"), "m4")[0] == 401
    assert sender.message("crm", last["secret"], told("alder.example"), "m5")[0] == 200
    run("inbox", "remove", "crm", "--as", "boss")
    assert sender.message("crm", last["secret"], told("alder.example"), "m6")[0] == 404


def test_messages_become_outcomes(sender: Sender) -> None:
    options = ("--becomes", "outcome", "--map", "company=account.site")
    secret = sender.add("won", "webhook", *options)["secret"]
    deal = {"account": {"site": "alder.example"}, "outcome": "Won", "value": "9", "currency": "EUR"}
    assert sender.message("won", secret, deal, "w1") == DONE
    assert sender.message("won", secret, deal | {"outcome": "eaten"}, "w2")[0] == 400
    missing = deal | {"account": {"site": "nobody.example"}}
    assert sender.message("won", secret, missing, "w3")[0] == 400
    assert {one["kind"] for one in sender.signals("Alder GmbH")} == {"won"}


def test_messages_become_companies_of_a_list(sender: Sender) -> None:
    options = ("--becomes", "company", "--list", "Fair", "--type", "booth.visited")
    secret = sender.add("fair", "webhook", *options)["secret"]
    row = {"type": "booth.visited", "data": {"name": "Cedar GmbH", "website": "cedar.example"}}
    left = sender.message("fair", secret, row | {"type": "other"}, "f0")
    assert left == (200, {"state": "left"})
    more = {"type": "booth.visited", "data": {"name": "Elm AG", "country": "DE"}}
    sent = [
        sender.message("fair", secret, row, "f1"),
        sender.message("fair", secret, row, "f2"),
        sender.message("fair", secret, more, "f3"),
    ]
    assert sent == [DONE] * 3
    lists = sender.sluice("lists", "--as", "boss", "--json").json
    assert {one["name"]: one["records"] for one in lists}["Fair"] == 2


def test_no_more_is_taken_in_an_hour_than_the_inbox_says(sender: Sender) -> None:
    secret = sender.add("crm", "webhook", "--an-hour", "2")["secret"]
    for number in (1, 2):
        assert sender.message("crm", secret, told("alder.example"), f"m{number}")[0] == 200
    assert sender.message("crm", secret, told("alder.example"), "m3")[0] == 429
    assert sender.message("crm", secret, told("alder.example"), "m2")[0] == 200


def test_what_comes_in_has_the_rights_of_who_added_the_inbox(sender: Sender) -> None:
    run = sender.sluice
    run("user", "add", "mia", "--role", "manager", "--client", "default", "--as", "boss")
    made = run("inbox", "add", "crm", "webhook", "--as", "mia", "--json").json
    assert sender.message("crm", made["secret"], told("alder.example"), "m1")[0] == 200
    # Who removes her need not see the client of her inbox: she works for another one now.
    run("client", "add", "north", "--as", "boss")
    run("user", "set", "mia", "--client", "north", "--as", "boss")
    run("user", "add", "nora", "--role", "admin", "--client", "north", "--as", "boss")
    run("user", "remove", "mia", "--as", "nora")
    assert sender.message("crm", made["secret"], told("alder.example"), "m2")[0] == 403
    # Another user of that name gets neither the inbox nor what it does.
    run("user", "add", "mia", "--role", "manager", "--client", "default", "--as", "boss")
    assert sender.message("crm", made["secret"], told("alder.example"), "m3")[0] == 403
    assert "by a removed user" in run("inbox", "show", "crm", "--as", "mia").out


def test_ten_thousand_junk_posts_are_bounded(sluice: Sluice) -> None:
    sluice("campaign", "add", "spring")
    secret = sluice("inbox", "add", "crm", "webhook", "--json").json["secret"]
    body = json.dumps(told("alder.example")).encode()
    signed = headers(secret, "m1", int(now().timestamp()), body.decode())
    wrong = signed | {"webhook-signature": "v1," + "A" * 43 + "="}

    async def post(app: FastAPI, host: str, named: dict[str, str]) -> int:
        statuses: list[int] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(told: Any) -> None:
            if told["type"] == "http.response.start":
                statuses.append(told["status"])

        pairs = [(name.encode(), value.encode()) for name, value in named.items()]
        scope = {
            "type": "http",
            "method": "POST",
            "path": "/in/crm",
            "raw_path": b"/in/crm",
            "query_string": b"",
            "root_path": "",
            "headers": [(b"host", b"here"), *pairs],
            "client": (host, 1),
            "server": ("here", 80),
            "scheme": "http",
        }
        await app(scope, receive, send)
        return statuses[0]

    async def run(app: FastAPI) -> tuple[Counter[int], int, int]:
        # Of five senders with networks of their own, and of one who sends all the rest.
        hosts = [f"2001:db8:0:{number:x}::1" for number in range(5)]
        statuses: Counter[int] = Counter()
        for number in range(10_000):
            statuses[await post(app, hosts[min(number % 50, 4)], wrong)] += 1
        blocked = await post(app, "2001:db8:0:1:ffff::2", signed)
        return statuses, blocked, await post(app, "192.0.2.1", signed)

    with open_installation() as installation:
        app = make_app(installation, ["here"])
        statuses, blocked, right = asyncio.run(run(app))
        assert set(statuses) == {401, 429}
        assert statuses[401] < 500
        # The network that sent junk waits; who did not is taken in at once.
        assert (blocked, right) == (429, 200)
        app.state.incoming.turned_away.write()
        with installation.store.read() as tx:
            assert len(tx.execute(select(inbox_message)).all()) == 1
            rows = tx.execute(select(inbox_refusal)).all()
        assert 1 <= len(rows) <= 2
        assert sum(row.times for row in rows) == statuses[401]
        # An inbox that is removed takes the counts of no other with it.
        turned = app.state.incoming.turned_away
        crm = inbox_at(installation, "webhook", "crm").inbox
        turned.count(replace(crm, id=new_id()), "junk")
        turned.count(crm, "junk")
        turned.write()
        with installation.store.read() as tx:
            (junk,) = [row for row in tx.execute(select(inbox_refusal)) if row.reason == "junk"]
        assert (junk.inbox_id, junk.times) == (crm.id, 1)
