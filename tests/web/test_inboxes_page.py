"""The page of inboxes, and inboxes that cannot be."""

import re
from collections.abc import Callable
from html import unescape

import pytest

from tests.console.conftest import Sluice
from tests.web.conftest import LogIn
from tests.web.sender import CONSENT, DONE, SITE, Sender, told

Queued = Callable[..., None]


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


def test_the_page_adds_forms_and_shows_what_came(
    address: str, queued: Queued, sluice: Sluice, log_in: LogIn
) -> None:
    queued("Alder GmbH", client="north")
    mia, sender = log_in("mia", "north", role="manager"), Sender(address, sluice)
    assert "No inbox yet" in mia.get("/inboxes").text
    failed = mia.send(mia.get("/inboxes"), "/inboxes", name="demo", kind="form", consent=CONSENT)
    assert (failed.status, "needs the site" in failed.text) == (400, True)
    assert CONSENT in failed.text

    made = mia.send(failed, "/inboxes", name="demo", kind="form", origins=SITE, consent=CONSENT)
    assert f'action="{address}/form/demo"' in made.text
    assert "&lt;offers&gt;" in made.text
    assert "<offers>" not in made.html
    sent = [sender.form("demo", company="Alder GmbH"), sender.form("demo", "https://evil.example")]
    assert [one[0] for one in sent] == [200, 403]
    shown = mia.get("/inboxes/inbox?name=demo").text
    for text in ("accepted", "it is from a site that is not named"):
        assert text in shown


def test_the_page_rotates_and_removes_for_its_client_only(
    address: str, queued: Queued, sluice: Sluice, log_in: LogIn
) -> None:
    queued("Alder GmbH", client="north")
    queued("Birch GmbH", client="south")
    mia, ole = log_in("mia", "north", role="manager"), log_in("ole", "south", role="manager")
    sender = Sender(address, sluice)
    hook = mia.send(mia.get("/inboxes"), "/inboxes", name="crm", kind="webhook")
    secret = hook.text.partition("shown this once: ")[2].split()[0]
    assert sender.message("crm", secret, told("alder.example"), "m1") == DONE
    theirs = [ole.get("/inboxes"), ole.get("/inboxes/inbox?name=crm")]
    assert [one.status for one in theirs] == [200, 404]
    assert "m1" not in theirs[0].text + theirs[1].text
    key = theirs[0].hidden("/logout")
    tried = [
        ole.post(path, {"name": "crm", "sure": "yes", **key}).status
        for path in ("/inboxes/remove", "/inboxes/rotate")
    ]
    assert set(tried) <= {400, 404}
    rotated = mia.send(hook, "/inboxes/rotate", overlap="0")
    assert "shown this once" in rotated.text
    assert secret not in mia.get("/inboxes/inbox?name=crm").html
    assert sender.message("crm", secret, told("alder.example"), "m2")[0] == 401
    asked = mia.send(rotated, "/inboxes/remove")
    assert "Nothing is taken at /in/crm any more" in asked.text
    assert "crm is removed" in mia.send(asked, "/inboxes/remove").text


@pytest.mark.parametrize("role", ["sdr", "operator", "viewer"])
def test_other_roles_see_no_inboxes(sluice: Sluice, log_in: LogIn, role: str) -> None:
    sluice("client", "add", "north")
    browser = log_in("kim", "north", role=role)
    for path in ("/inboxes", "/inboxes/inbox?name=crm"):
        assert browser.get(path).status == 403


def test_what_came_in_is_shown_page_by_page(
    address: str, queued: Queued, sluice: Sluice, log_in: LogIn
) -> None:
    queued("Alder GmbH", client="north")
    mia, sender = log_in("mia", "north", role="manager"), Sender(address, sluice)
    made = mia.send(
        mia.get("/inboxes"), "/inboxes", name="crm", kind="webhook", types="demo.requested"
    )
    secret = made.text.partition("shown this once: ")[2].split()[0]
    for number in range(52):
        sent = sender.message("crm", secret, told("alder.example", "left"), f"m{number}")
        assert sent == (200, {"state": "left"})
    first = mia.get("/inboxes/inbox?name=crm")
    (link,) = re.findall(r'href="([^"]+)" rel="next"', first.html)
    second = mia.get(unescape(link))
    shown = [re.findall(r"<code>(m\d+)</code>", one.html) for one in (first, second)]
    assert [len(one) for one in shown] == [50, 2]
    assert len({*shown[0], *shown[1]}) == 52
    assert mia.get("/inboxes/inbox?name=crm&after=x&last=").status == 400
