"""Admins and managers set up clients, campaigns and users in the browser."""

import re

from tests.console.conftest import Sluice
from tests.web.browser import Browser, Page
from tests.web.conftest import PASSWORD, LogIn

HOSTILE = "Nord <script>alert(1)</script> & Co"
CLIENT = "/clients/client?name=nordwind"


def check_says(page: Page, *texts: str) -> None:
    for text in texts:
        assert text in page.text


def test_a_client_and_its_campaign_are_set_up(log_in: LogIn, sluice: Sluice) -> None:
    browser = log_in("ada", role="admin")
    made = browser.send(browser.get("/clients"), "/clients", name=HOSTILE)
    check_says(made, HOSTILE, "is added")
    assert HOSTILE not in made.html

    page = browser.send(browser.get("/clients"), "/clients", name="nordwind")
    check_says(browser.send(page, "/clients/country", country="Germany"), "default country: DE")
    slip = browser.send(page, "/clients/country", country="Atlantis")
    assert slip.status == 400
    check_says(browser.send(page, "/clients/contacts", kept="roles"), "contacts: roles, 0 erased")
    asked = browser.send(page, "/clients/strictness", level="careful")
    check_says(asked, "0 companies would be merged into others")
    check_says(browser.send(asked, "/clients/strictness"), "strictness: careful")

    campaign = browser.send(page, "/campaigns/add", name="spring")
    saved = browser.send(
        campaign, "/campaigns", everybody="40", call_hours="mon-fri 9-12", script="Hello {name}"
    )
    check_says(saved, "saved", "Hello {name}")
    shown = sluice("campaign", "show", "spring", "--client", "nordwind", "--as", "ada", "--json")
    assert shown.json["daily_caps"] == {"everybody": 40, "each": None}
    wrong = browser.send(saved, "/campaigns", each="many", script="Hello {nme}")
    check_says(wrong, "'many' is not a number of prospects", "Hello {nme}")


def test_a_user_is_added_linked_changed_and_removed(
    address: str, log_in: LogIn, sluice: Sluice
) -> None:
    browser = log_in("ada", role="admin")
    sluice("client", "add", "nordwind", "--as", "ada")
    alike = browser.send(browser.get("/clients"), "/clients", name="Nord Wind")
    check_says(alike, "there is a client 'nordwind' already")
    page = browser.get("/users")
    slip = browser.send(page, "/users", name="ben", role="viewer")
    check_says(slip, "no client is chosen")
    assert "<option selected>viewer</option>" in slip.html
    made = browser.send(page, "/users", name="ben", role="sdr", client="nordwind")
    check_says(made, "ben is added")

    linked = browser.send(made, "/users/link")
    found = re.search(rf"{address}(/link/[\w-]+)", linked.html)
    assert found
    ben = Browser(address)
    there = ben.send(ben.get(found[1]), found[1], password=PASSWORD, again=PASSWORD)
    check_says(there, "Log out")

    changed = browser.send(made, "/users/rights", role="manager", every_client="yes")
    check_says(changed, "ben: manager")
    assert sluice("user", "show", "ben", "--as", "ada", "--json").json["clients"] is None
    asked = browser.send(changed, "/users/remove")
    check_says(asked, "Remove ben?", "0 prospects return")
    check_says(browser.send(asked, "/users/remove"), "ben is removed")
    assert ben.get("/queue").path == "/login"


def test_rights_of_the_pages_of_an_agency(log_in: LogIn, sluice: Sluice) -> None:
    for client in ("nordwind", "ostsee"):
        sluice("client", "add", client)
    mia, ann = log_in("mia", "ostsee", role="manager"), log_in("ann", "ostsee")
    assert "nordwind" not in mia.get("/clients").text
    key = mia.get("/clients").hidden("/logout")
    for path in (
        CLIENT,
        "/campaigns?client=nordwind&name=spring",
        "/users",
        "/users/user?name=ann",
    ):
        assert mia.get(path).status == 403, path
    tried = (
        ("/clients", {"name": "mine"}),
        ("/clients/country", {"name": "nordwind", "country": "DE"}),
        ("/clients/contacts", {"name": "nordwind", "kept": "persons"}),
        ("/campaigns/add", {"client": "nordwind", "name": "mine"}),
        ("/campaigns", {"client": "nordwind", "name": "mine"}),
        ("/users", {"name": "eve", "role": "admin", "every_client": "yes"}),
        ("/users/link", {"name": "boss"}),
        ("/users/remove", {"name": "ann", "sure": "yes"}),
    )
    for path, fields in tried:
        assert mia.post(path, key | fields).status in (400, 403), path
    assert ann.get("/clients").status == 403
    listed = sluice("client", "list", "--as", "boss", "--json").json
    assert {one["name"] for one in listed} >= {"nordwind", "ostsee"}
    assert "mine" not in {one["name"] for one in listed}
