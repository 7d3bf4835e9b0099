"""A manager decides found sites without a mouse."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import delete

from actions.demo import CLIENT
from leads.settings import load_settings
from leads.store import companies, site_findings
from leads.store.clients import client_of
from leads.store.migrate import open_store
from leads.store.schema import site_finding
from tests.browser.people import People, Site
from tests.made_findings import finding

DOMAINS = ("first.example", "second.example", "third.example")


@pytest.fixture
def names(site: Site) -> Sequence[str]:
    """The companies whose sites wait, the likeliest first."""
    store = open_store(load_settings({"SLUICE_HOME": str(site.home)}).database_url)
    with store.write() as tx:
        client_id = client_of(tx, CLIENT).id
        rows = companies.companies_of(tx, client_id)
        # How many sites of the town are for review is not what this is about.
        tx.execute(delete(site_finding))
        some = sorted(rows, key=lambda one: rows[one].name)[1:4]
        waiting = [
            finding(client_id, one, domain=domain, odds=9.0 - place / 2)
            for place, (one, domain) in enumerate(zip(some, DOMAINS, strict=True))
        ]
        site_findings.put(tx, waiting)
    store.close()
    return [rows[one].name for one in some]


def go(page: Page, key: str) -> None:
    """Press a key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def asks(page: Page, domain: str, name: str) -> None:
    expect(page.locator("h2.asked")).to_have_text(f"Is {domain} the site of {name}?")


def test_sites_are_decided_with_keys_alone(people: People, names: Sequence[str]) -> None:
    page = people.user("mia", "/sites")
    said = page.locator(".said")
    first, second, third = DOMAINS
    asks(page, first, names[0])

    go(page, "u")
    asks(page, second, names[1])
    # Letters that are typed as a reason decide nothing.
    page.keyboard.press("t")
    page.keyboard.type("any funny zeal")
    page.keyboard.press("Escape")
    asks(page, second, names[1])
    go(page, "y")
    expect(said).to_contain_text(f"{names[1]}: {second}")

    asks(page, third, names[2])
    go(page, "n")
    expect(said).to_have_text(f"{names[2]}: not that site")

    go(page, "z")
    expect(said).to_have_text(f"undone: the site of {names[2]} is open again")
    # What was left for later is the first again.
    asks(page, first, names[0])
    go(page, "z")
    expect(said).to_have_text(f"undone: the site of {names[1]} is open again")
    go(page, "u")
    asks(page, second, names[1])
    go(page, "u")
    asks(page, third, names[2])
    go(page, "u")
    expect(page.get_by_text("You left 3 sites for later")).to_be_visible()
