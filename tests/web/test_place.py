"""The menu, and the client and campaign that every page is about."""

from collections.abc import Callable

import pytest

from actions.actor import Actor, Role
from console.web.navigation import MENU
from tests.console.conftest import Sluice
from tests.web.browser import Browser
from tests.web.conftest import LogIn


def test_a_user_chooses_where_to_work(sluice: Sluice, log_in: LogIn) -> None:
    sluice("client", "add", "nordwind")
    for campaign in ("spring", "autumn"):
        sluice("campaign", "add", campaign, "--client", "nordwind")
    browser = log_in("ann", "nordwind")
    unclear = browser.get("/queue")
    assert "the client has 2 campaigns: autumn, spring" in unclear.text
    assert 'href="/place"' in unclear.html
    shown = browser.get("/place")
    assert "spring" in shown.text

    there = browser.send(shown, "/place", campaign="autumn")
    assert there.path == "/queue"
    assert "you work for nordwind, campaign autumn" in there.text
    # The tab that was open before still chooses, and logs out.
    assert browser.send(shown, "/place", campaign="spring").path == "/queue"
    assert browser.send(shown, "/logout").path == "/login"


def test_a_form_is_refused_where_it_was_not_shown(sluice: Sluice, log_in: LogIn) -> None:
    for client in ("nordwind", "ostsee"):
        sluice("client", "add", client)
        sluice("campaign", "add", "spring", "--client", client)
    mia = log_in("mia", "nordwind", "ostsee", role="manager")
    place = mia.get("/place")
    mia.send(place, "/place", client="nordwind", campaign="spring")
    forms = {
        "/reports/shares": {"part": "weeks", "lasts": "7d"},
        "/profile": {"text": "", "then": "use"},
        "/inboxes": {"name": "demo", "kind": "webhook"},
        "/suppressions": {},
    }
    shown = {path: mia.get(path) for path in forms}
    upload = mia.get("/lists/imports")
    mia.send(place, "/place", client="ostsee", campaign="spring")
    for path, fields in forms.items():
        refused = mia.send(shown[path], path, **fields)
        assert refused.status == 403, path
        assert "about another client or campaign" in refused.text
    sent = mia.upload(upload, "/lists/imports", "fair.csv", b"name\nAlder GmbH\n")
    assert "about another client or campaign" in sent.text
    assert sluice("report", "shares", "--client", "ostsee", "--as", "mia", "--json").json == []
    mia.send(place, "/place", client="nordwind", campaign="spring")
    made = mia.send(shown["/reports/shares"], "/reports/shares", **forms["/reports/shares"])
    assert made.status == 200


def test_another_clients_place_cannot_be_chosen(sluice: Sluice, log_in: LogIn) -> None:
    for client in ("nordwind", "ostsee"):
        sluice("client", "add", client)
        sluice("campaign", "add", "spring", "--client", client)
    browser = log_in("ann", "nordwind")
    shown = browser.get("/place")
    assert "ostsee" not in shown.text
    refused = browser.send(shown, "/place", client="ostsee", campaign="spring")
    assert refused.status == 403
    assert "may not work for the client" in refused.text


@pytest.mark.parametrize(
    ("role", "start"),
    [("sdr", "/queue"), ("operator", "/operations/work"), ("viewer", "/handovers")],
)
def test_the_menu_holds_what_the_role_may_open(role: str, start: str, log_in: LogIn) -> None:
    browser: Browser = log_in("ann", "default", role=role)
    assert browser.get("/").path == start


@pytest.mark.parametrize("role", list(Role))
def test_a_page_opens_for_those_who_may(
    role: Role, queued: Callable[..., None], log_in: LogIn
) -> None:
    queued("Alder Tools GmbH")
    browser = log_in("ann", "default", role=role)
    listed = browser.get("/place").html
    for entry in (one for group in MENU for one in group.entries):
        may = Actor("ann", role).may(entry.right)
        assert (f'href="{entry.path}"' in listed) == may
        # An SDR may look at more than the menu shows.
        if may or role != Role.SDR:
            assert browser.get(entry.path).status == (200 if may else 403), entry


def test_a_client_sees_neither_costs_nor_sdrs(
    queued: Callable[..., None], log_in: LogIn, sluice: Sluice
) -> None:
    queued("Alder Tools GmbH")
    vera = log_in("vera", "default", role="viewer")
    shown = vera.get("/reports/funnel")
    assert "From name to customer" in shown.text
    assert "Cost" not in shown.text
    for path in ("/reports/cost", "/reports/sdrs", "/reports/lists", "/reports/file", "/queue"):
        assert vera.get(path).status == 403
    # On the command line a viewer learns no name that was not handed over.
    refused = sluice("handover", "accept", "alder", "--as", "vera", "--json", code=3).error
    assert refused["message"] == "no hand-over of 'alder' waits for an answer"
    assert "name" in sluice("report", "funnel", "--as", "vera", "--json").out
    sluice("report", "cost", "--as", "vera", code=4)
    everywhere = sluice(
        "user", "add", "vic", "--role", "viewer", "--as", "boss", "--json", code=2
    ).error
    assert "sees that client alone" in everywhere["message"]
