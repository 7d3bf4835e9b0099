"""Messages and forms that come in over HTTP, the commands for inboxes, and their page."""

import asyncio
import json
from collections import Counter
from collections.abc import Callable
from email.message import Message as Headers
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from actions.session import open_installation
from console.web.app import make_app
from leads.clock import now
from leads.store.schema import inbox_message, inbox_refusal
from tests.console.conftest import Sluice
from tests.web.conftest import LogIn
from workers.signing import headers

Queued = Callable[..., None]
SITE = "https://www.nordwind.example"
CONSENT = "Nordwind may send me <offers> by e-mail"


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


class Sender:
    """Something that sends to an inbox, and follows no redirect."""

    def __init__(self, at: str, sluice: Sluice) -> None:
        self.at, self.sluice = at, sluice
        self._open = build_opener(ProxyHandler({}), _Stay())

    def post(self, path: str, body: bytes, named: dict[str, str]) -> tuple[int, Headers, str]:
        request = Request(self.at + path, data=body, headers=named, method="POST")
        try:
            with self._open.open(request, timeout=60) as answer:
                return answer.status, answer.headers, answer.read().decode()
        except HTTPError as error:
            with error:
                return error.code, error.headers, error.read().decode()

    def message(
        self, name: str, secret: str, told: Any, message_id: str, *, off: int = 0, **changed: str
    ) -> tuple[int, Any]:
        """Send a signed message; the status, and the answer."""
        body = json.dumps(told)
        signed = headers(secret, message_id, int(now().timestamp()) + off, body)
        signed |= {name.replace("_", "-"): value for name, value in changed.items()}
        status, _, text = self.post(
            f"/in/{name}", body.encode(), {"Content-Type": "application/json", **signed}
        )
        return status, json.loads(text)

    def form(self, name: str, origin: str = SITE, /, **fields: str) -> tuple[int, Headers, str]:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        named = {**kind, "Origin": origin} if origin else kind
        return self.post(f"/form/{name}", urlencode(fields).encode(), named)

    def add(self, name: str, kind: str, *options: str) -> Any:
        return self.sluice("inbox", "add", name, kind, *options, "--as", "boss", "--json").json

    def shown(self, name: str) -> Any:
        return self.sluice("inbox", "show", name, "--as", "boss", "--json").json

    def turned_away(self, name: str) -> dict[str, int]:
        rows = self.shown(name)["turned_away"]
        return {row["reason"]: row["times"] for row in rows}

    def leads(self) -> dict[str, str]:
        rows = self.sluice("lead", "list", "--as", "boss", "--json").json
        return {row["company"]: row["stage"] for row in rows}

    def signals(self, company: str) -> list[Any]:
        found = self.sluice("signal", "list", company, "--as", "boss", "--json").json
        return list(found["signals"])


@pytest.fixture
def sender(address: str, queued: Queued, sluice: Sluice) -> Sender:
    queued("Alder GmbH", "Birch GmbH")
    sluice("user", "add", "boss", "--role", "admin")
    return Sender(address, sluice)


def told(company: str, kind: str = "demo.requested", **more: Any) -> dict[str, Any]:
    return {"type": kind, "data": {"company": company, **more}}


def test_a_signed_message_becomes_a_signal_once(sender: Sender) -> None:
    secret = sender.add("crm", "webhook")["secret"]
    assert secret not in json.dumps(sender.shown("crm"))

    sent = sender.message("crm", secret, told("alder.example", value=12500.5, currency="EUR"), "m1")
    assert sent == (200, {"state": "accepted"})
    assert sender.message("crm", secret, told("alder.example"), "m1") == sent
    known = sender.message("crm", secret, told("birch.example", "email.opened"), "m2")
    assert known == sent
    new = sender.message("crm", secret, told("kim@cedar.example"), "m3", off=200)
    assert new == sent
    assert set(sender.leads()) == {"Alder GmbH", "cedar.example"}
    (one,) = sender.signals("Alder GmbH")
    assert (one["kind"], one["source"]) == ("demo_requested", "inbox crm")

    # Unsigned, stale, changed on the way, and of another inbox.
    other = sender.add("other", "webhook")["secret"]
    for status, made in [
        (401, sender.message("crm", other, told("dogwood.example"), "m4")),
        (401, sender.message("other", secret, told("dogwood.example"), "m4")),
        (401, sender.message("crm", secret, told("dogwood.example"), "m4", webhook_id="m5")),
        (400, sender.message("crm", secret, told("dogwood.example"), "m4", off=-301)),
        (400, sender.message("crm", secret, told("dogwood.example"), "m4", off=301)),
        (400, sender.message("crm", secret, told("dogwood.example"), "m4", webhook_signature="v1")),
        (404, sender.message("nothing", secret, told("dogwood.example"), "m4")),
    ]:
        assert made[0] == status, made
        assert made[1]["status"] == status
    assert sender.turned_away("crm")["its signature is wrong"] >= 1
    assert "dogwood.example" not in sender.leads()

    # Refused for what it says: it may come again once that is put right.
    wrong: list[Any] = [
        {"type": "demo.requested"},
        told("kim.doe@gmail.com"),
        told("elm.example", "email.opened"),
        told("alder.example", at="2099-01-01T00:00:00Z"),
        told("alder.example", at="2026-01-01T00:00:00"),
        [],
    ]
    for bad in wrong:
        status, answer = sender.message("crm", secret, bad, "m6")
        assert status == 400, answer
    refused = sender.shown("crm")["last"][0]
    assert (refused["id"], refused["state"]) == ("m6", "refused")
    assert sender.message("crm", secret, told("alder.example"), "m6") == sent
    states = {one["id"]: one["state"] for one in sender.shown("crm")["last"]}
    assert states == dict.fromkeys(["m1", "m2", "m3", "m6"], "accepted")


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


def test_messages_become_outcomes_and_companies(sender: Sender) -> None:
    won = sender.add("won", "webhook", "--becomes", "outcome", "--map", "company=account.site")
    deal = {
        "account": {"site": "alder.example"},
        "outcome": "Won",
        "value": "900",
        "currency": "EUR",
    }
    assert sender.message("won", won["secret"], deal, "w1") == (200, {"state": "accepted"})
    assert sender.message("won", won["secret"], deal | {"outcome": "eaten"}, "w2")[0] == 400
    missing = deal | {"account": {"site": "nobody.example"}}
    assert sender.message("won", won["secret"], missing, "w3")[0] == 400
    kinds = {one["kind"] for one in sender.signals("Alder GmbH")}
    assert kinds == {"won"}

    options = ("--becomes", "company", "--list", "Fair", "--type", "booth.visited")
    fair = sender.add("fair", "webhook", *options)
    row = {"type": "booth.visited", "data": {"name": "Cedar GmbH", "website": "cedar.example"}}
    left = sender.message("fair", fair["secret"], row | {"type": "other"}, "f0")
    assert left == (200, {"state": "left"})
    for number in (1, 2):
        sent = sender.message("fair", fair["secret"], row, f"f{number}")
        assert sent == (200, {"state": "accepted"})
    more = {"type": "booth.visited", "data": {"name": "Elm AG", "country": "DE"}}
    assert sender.message("fair", fair["secret"], more, "f3")[0] == 200
    (fair_list,) = [
        one
        for one in sender.sluice("lists", "--as", "boss", "--json").json
        if one["name"] == "Fair"
    ]
    assert fair_list["records"] == 2, fair_list


def test_a_form_brings_a_lead_and_its_consent(sender: Sender) -> None:
    thanks = f"{SITE}/thanks?a=1"
    options = ("--origin", f"{SITE}/", "--thanks", thanks, "--consent", CONSENT)
    made = sender.add("demo", "form", *options, "--map", "company=firma")
    assert made["secret"] is None
    fields = {"firma": "Cedar GmbH", "email": "kim@cedar.example", "name": "Kim Doe"}
    status, named, _ = sender.form("demo", **fields, consent="on")
    assert (status, named["Location"]) == (303, thanks)
    assert sender.form("demo", **fields, consent="on")[0] == 303
    (one,) = sender.sluice("contact", "consents", "--as", "boss", "--json").json
    assert (one["point"], one["words"], one["who"]) == ("kim@cedar.example", CONSENT, "Kim Doe")
    assert one["given_at"]
    assert SITE in one["source"]
    kinds = sorted(one["kind"] for one in sender.signals("cedar.example"))
    assert kinds == ["form_submitted", "opted_in"]

    # Without the box the company is a lead all the same; a private address needs the company.
    assert sender.form("demo", firma="Birch GmbH", email="kim@gmail.com", consent="no")[0] == 303
    assert set(sender.leads()) == {"cedar.example", "Birch GmbH"}
    assert len(sender.sluice("contact", "consents", "--as", "boss", "--json").json) == 1

    for expected, says, (status, _, text) in [
        (400, "names no company", sender.form("demo", email="kim@gmail.com")),
        (400, "not complete", sender.form("demo", firma="Fir GmbH", email="kim@")),
        (400, "too long", sender.form("demo", firma="x" * 600)),
        (403, "cannot be sent from here", sender.form("demo", "https://evil.example", firma="Fir")),
        (403, "cannot be sent from here", sender.form("demo", "", firma="Fir GmbH")),
        (403, "cannot be sent from here", sender.form("demo", "null", firma="Fir GmbH")),
        (404, "no such form", sender.form("nothing", firma="Fir GmbH")),
        (413, "cannot be sent", sender.form("demo", firma="x" * 40_000)),
        # A program that fills in everything is thanked, and nothing comes of it.
        (303, "", sender.form("demo", firma="Fir GmbH", confirm_url="https://spam.example")),
    ]:
        assert (status, says in text) == (expected, True), text
    assert set(sender.leads()) == {"cedar.example", "Birch GmbH"}
    assert set(sender.turned_away("demo")) == {"it is from a site that is not named"}


def test_scripts_of_the_named_site_read_the_answer(sender: Sender) -> None:
    sender.add("demo", "form", "--origin", SITE)
    body = urlencode({"company": "<b>Cedar</b> GmbH"}).encode()
    named = {
        "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
        "Accept": "application/json",
    }
    status, answer, text = sender.post("/form/demo", body, {**named, "Origin": SITE})
    assert (status, json.loads(text)) == (200, {"state": "accepted"})
    assert answer["Access-Control-Allow-Origin"] == SITE
    status, answer, text = sender.post("/form/demo", b"a=%ff", {**named, "Origin": SITE})
    assert status == 400
    assert "cannot be read" in json.loads(text)["error"]["message"]
    status, answer, text = sender.post("/form/demo", body, {**named, "Origin": "https://x.example"})
    assert (status, answer["Access-Control-Allow-Origin"]) == (403, None)
    status, answer, text = sender.post("/form/demo", body, {"Origin": SITE, "Referer": SITE})
    assert status == 200


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
    run("user", "remove", "mia", "--as", "boss")
    assert sender.message("crm", made["secret"], told("alder.example"), "m2")[0] == 403


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("Demo", "webhook"), "small letters"),
        (("demo", "mail"), "no kind of inbox"),
        (("demo", "webhook", "--becomes", "lunch"), "cannot become"),
        (("demo", "webhook", "--origin", SITE), "are for forms"),
        (("demo", "webhook", "--becomes", "company"), "--list"),
        (("demo", "webhook", "--list", "Fair"), "--becomes company"),
        (("demo", "webhook", "--becomes", "outcome", "--kind", "won"), "leave out --kind"),
        (("demo", "webhook", "--map", "company"), "--map company=data.domain"),
        (("demo", "webhook", "--map", "lunch=data.lunch"), "no field"),
        (("demo", "webhook", "--map", "company=a b"), "no place"),
        (("demo", "webhook", "--an-hour", "0"), "out of range"),
        (("demo", "webhook", "--an-hour", "99999"), "out of range"),
        (("demo", "form"), "needs the site"),
        (("demo", "form", "--origin", "nordwind"), "no site"),
        (("demo", "form", "--origin", SITE, "--thanks", "https://evil.example/"), "none of"),
        (("demo", "form", "--origin", SITE, "--becomes", "outcome"), "becomes a signal"),
        (("demo", "form", "--origin", SITE, "--kind", "email_opened"), "no interest"),
    ],
)
def test_inboxes_that_cannot_be(sluice: Sluice, arguments: tuple[str, ...], says: str) -> None:
    ended = sluice("inbox", "add", *arguments, code=2)
    assert says in " ".join(ended.err.split())


def test_the_page_adds_rotates_and_removes(
    address: str, queued: Queued, sluice: Sluice, log_in: LogIn
) -> None:
    queued("Alder GmbH", client="north")
    queued("Birch GmbH", client="south")
    mia = log_in("mia", "north", role="manager")
    ole = log_in("ole", "south", role="manager")
    sender = Sender(address, sluice)
    assert "No inbox yet" in mia.get("/inboxes").text
    failed = mia.send(mia.get("/inboxes"), "/inboxes", name="demo", kind="form", consent=CONSENT)
    assert failed.status == 400
    assert "needs the site" in failed.text
    assert CONSENT in failed.text

    made = mia.send(failed, "/inboxes", name="demo", kind="form", origins=SITE, consent=CONSENT)
    assert f'action="{address}/form/demo"' in made.text.replace("&#34;", '"')
    assert "&lt;offers&gt;" in made.text
    assert "<offers>" not in made.html
    assert sender.form("demo", company="Alder GmbH")[0] == 200
    assert sender.form("demo", "https://evil.example")[0] == 403
    shown = mia.get("/inboxes/inbox?name=demo")
    assert "accepted" in shown.text
    assert "it is from a site that is not named" in shown.text

    hook = mia.send(mia.get("/inboxes"), "/inboxes", name="crm", kind="webhook")
    secret = hook.text.partition("shown this once: ")[2].split()[0]
    assert sender.message("crm", secret, told("alder.example"), "m1")[0] == 200
    rotated = mia.send(hook, "/inboxes/rotate", overlap="0")
    assert "shown this once" in rotated.text
    assert secret not in mia.get("/inboxes/inbox?name=crm").html
    assert sender.message("crm", secret, told("alder.example"), "m2")[0] == 401

    # Other clients, and other roles, see nothing of it.
    assert "crm" not in ole.get("/inboxes").text
    for path in ("/inboxes/inbox?name=crm", "/inboxes/inbox?name=demo"):
        assert ole.get(path).status == 404
    key = ole.get("/inboxes").hidden("/logout")
    for path in ("/inboxes/remove", "/inboxes/rotate"):
        assert ole.post(path, {"name": "crm", "sure": "yes", **key}).status in (400, 404)
    for role in ("sdr", "operator", "viewer"):
        other = log_in(f"a{role}", "north", role=role)
        assert other.get("/inboxes").status == 403
        assert other.get("/inboxes/inbox?name=crm").status == 403

    asked = mia.send(rotated, "/inboxes/remove")
    assert "Nothing is taken at /in/crm any more" in asked.text
    gone = mia.send(asked, "/inboxes/remove")
    assert "crm is removed" in gone.text
    assert mia.get("/inboxes/inbox?name=demo&after=x&last=").status == 400
