"""The menu, and the client and campaign that every page is about."""

import pytest

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


@pytest.mark.parametrize(("role", "start"), [("sdr", "/queue"), ("operator", "/operations/work")])
def test_the_menu_holds_what_the_role_may_open(role: str, start: str, log_in: LogIn) -> None:
    browser: Browser = log_in("ann", role=role)
    assert browser.get("/").path == start
