"""Forms of web sites come in over HTTP, on both databases."""

import json
from collections.abc import Callable
from urllib.parse import urlencode

import pytest

from tests.console.conftest import Sluice
from tests.web.sender import CONSENT, SITE, Sender

Queued = Callable[..., None]


@pytest.fixture
def sender(address: str, queued: Queued, sluice: Sluice) -> Sender:
    queued("Alder GmbH", "Birch GmbH")
    sluice("user", "add", "boss", "--role", "admin")
    return Sender(address, sluice)


FORM = "application/x-www-form-urlencoded; charset=utf-8"


def test_a_form_brings_a_lead_and_its_consent(sender: Sender) -> None:
    thanks = f"{SITE}/thanks?a=1"
    options = ("--origin", f"{SITE}/", "--thanks", thanks, "--consent", CONSENT)
    assert sender.add("demo", "form", *options, "--map", "company=firma")["secret"] is None
    fields = {"firma": "Cedar GmbH", "email": "kim@cedar.example", "name": "Kim Doe"}
    for _ in range(2):
        status, named, _ = sender.form("demo", **fields, consent="on")
        assert (status, named["Location"]) == (303, thanks)
    # Without the box the company is a lead all the same; a private address needs the company.
    assert sender.form("demo", firma="Birch GmbH", email="kim@gmail.com", consent="no")[0] == 303
    assert set(sender.leads()) == {"Cedar GmbH", "Birch GmbH"}
    kinds = sorted(one["kind"] for one in sender.signals("cedar.example"))
    assert kinds == ["form_submitted", "opted_in"]
    (one,) = sender.sluice("contact", "consents", "--as", "boss", "--json").json
    assert (one["point"], one["words"], one["who"]) == ("kim@cedar.example", CONSENT, "Kim Doe")
    assert SITE in one["source"]
    assert one["given_at"]
    # A lead waits for an answer: its card leaves each way to reach it to the channel policy.
    card = sender.sluice("queue", "show", "cedar.example", "--as", "boss", "--json").json
    assert [(way["value"], way["says"]) for way in card["contacts"]] == [("cedar.example", "allow")]


def test_who_leaves_no_address_has_agreed_to_nothing(sender: Sender) -> None:
    sender.add("demo", "form", "--origin", SITE, "--consent", CONSENT)
    # The agency learns that a visitor was told to fill in more, and not what the visitor wrote.
    assert sender.form("demo", email="kim@gmail.com", consent="on")[0] == 400
    assert sender.turned_away("demo") == {"The form names no company.": 1}
    # The number is none that can be called.
    assert sender.form("demo", company="Alder GmbH", phone="12", consent="on")[0] == 200
    assert [one["kind"] for one in sender.signals("Alder GmbH")] == ["form_submitted"]
    assert sender.sluice("contact", "consents", "--as", "boss", "--json").json == []


def test_a_visitor_is_not_told_whom_the_client_knows(sender: Sender) -> None:
    sender.add("demo", "form", "--origin", SITE, "--consent", CONSENT)
    sender.form("demo", company="fir.example")
    sender.sluice("forget", "fir.example", "--yes", "--as", "boss")
    before = sender.shown("demo")["last"]
    for field in ({"company": "www.fir.example"}, {"email": "kim@fir.example", "consent": "on"}):
        status, _, text = sender.form("demo", **field)
        assert (status, "Thank you" in text, "erased" in text) == (200, True, False)
    assert sender.leads() == {}
    assert sender.sluice("contact", "consents", "--as", "boss", "--json").json == []
    came = sender.shown("demo")["last"][: -len(before) or None]
    assert [one["state"] for one in came] == ["refused", "refused"]
    assert all("erased on request" in one["reason"] for one in came)


def test_forms_that_are_not_taken(sender: Sender) -> None:
    sender.add("demo", "form", "--origin", SITE)
    elsewhere = "cannot be sent from here"
    for expected, says, (status, _, text) in [
        (403, elsewhere, sender.form("demo", "https://evil.example", company="Fir")),
        (400, "names no company", sender.form("demo", email="kim@gmail.com")),
        (400, "not complete", sender.form("demo", company="Fir GmbH", email="kim@")),
        (400, "too long", sender.form("demo", company="x" * 600)),
        (400, "cannot be read", sender.form("demo", **{f"f{one}": "x" for one in range(70)})),
        (403, elsewhere, sender.form("demo", "", company="Fir GmbH")),
        (403, elsewhere, sender.form("demo", "null", company="Fir GmbH")),
        (404, "no such form", sender.form("nothing", company="Fir GmbH")),
        (413, "cannot be sent", sender.form("demo", company="x" * 40_000)),
        (
            415,
            "cannot be sent",
            sender.post("/form/demo", b"{}", {"Origin": SITE, "Content-Type": "x"}),
        ),
        # A program that fills in everything is thanked, and nothing comes of it.
        (200, "Thank you", sender.form("demo", company="Fir GmbH", confirm_url="x")),
    ]:
        assert (status, says in text) == (expected, True), text
    assert sender.leads() == {}
    assert "it is from a site that is not named" in sender.turned_away("demo")


def test_scripts_of_the_named_site_read_the_answer(sender: Sender) -> None:
    sender.add("demo", "form", "--origin", SITE)
    body = urlencode({"company": "<b>Cedar</b> GmbH"}).encode()
    named = {"Content-Type": FORM, "Accept": "application/json"}
    status, answer, text = sender.post("/form/demo", body, {**named, "Origin": SITE})
    assert (status, json.loads(text)) == (200, {"state": "accepted"})
    assert answer["Access-Control-Allow-Origin"] == SITE
    status, answer, text = sender.post("/form/demo", b"a=%ff", {**named, "Origin": SITE})
    assert (status, "cannot be read" in json.loads(text)["error"]["message"]) == (400, True)
    foreign = {**named, "Origin": "https://x.example"}
    status, answer, _ = sender.post("/form/demo", body, foreign)
    assert (status, answer["Access-Control-Allow-Origin"]) == (403, None)
    # A browser that hides the origin still says the site.
    assert sender.post("/form/demo", body, {**named, "Referer": f"{SITE}/demo"})[0] == 200


def test_a_visitor_sends_a_bounded_number(sender: Sender) -> None:
    sender.add("demo", "form", "--origin", SITE)
    junk = [sender.form("demo", company="Fir GmbH", confirm_url="x")[0] for _ in range(20)]
    assert junk == [200] * 20
    assert sender.form("demo", company="Fir GmbH")[0] == 429
