"""Contacts that pages name: kept as each client wants, followed from visit to visit, never again
after erasure.
"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from actions.session import open_session
from leads.changes import PagesStored
from leads.clock import now
from leads.store import pages
from leads.store.pages import StoredPage, Visit
from tests.console.conftest import Sluice
from tests.console.test_forget import holding
from workers.inline import work_off_own
from workers.pipeline import follow

SITE = "alder.example"
IMPRINT = "<p>Alder GmbH</p><p>Geschäftsführer: Kim Doe, Jo Smith</p><p>einkauf@alder.example</p>"
TEAM = "<h3>Kim Doe</h3><p>Head of buying</p><p>kim.doe@alder.example</p>"
ICP = "icp: all\nversion: 1\nsuspect:\n  - country: [DE]\n"
EINKAUF = "einkauf@alder.example"

Visited = Callable[..., None]


@pytest.fixture
def visited(database: str, sluice: Sluice, tmp_path: Path) -> Visited:
    """Visit the site of a company of a list."""
    (tmp_path / "icp.yaml").write_text(ICP)
    (tmp_path / "fair.csv").write_text(f"name,website,country\nAlder GmbH,{SITE},DE\n")

    def run(imprint: str, team: str = "", minutes_ago: int = 5) -> None:
        at = now() - timedelta(minutes=minutes_ago)
        bodies = {"imprint": imprint, "about": team}
        stored = tuple(
            StoredPage(
                url=f"https://{SITE}/{kind}",
                kind=kind,
                status=200,
                headers=(),
                body=f"<html><body>{body}</body></html>".encode(),
                fetched_at=at,
            )
            for kind, body in bodies.items()
        )
        with open_session() as session:
            context = session.context()
            with context.store.write() as tx:
                pages.add_visit(tx, Visit(site=SITE, outcome="ok", started_at=at, pages=stored))
                follow(tx, [PagesStored((SITE,))], context.trace_id)
            work_off_own(context, ["enrich"])

    return run


def listed(sluice: Sluice) -> dict[str, tuple[str, str]]:
    """Role and page of each contact, by name or address."""
    found = sluice("contact", "list", "--json").json
    return {
        one["name"] or one["email"]: (one["role"], one["page_url"].removeprefix(f"https://{SITE}/"))
        for one in found
    }


def keep(sluice: Sluice, tmp_path: Path, which: str) -> None:
    sluice("client", "set", "default", "--contacts", which)
    sluice("run", tmp_path / "fair.csv", "--icp", tmp_path / "icp.yaml", "--no-crawl")


@pytest.mark.parametrize(
    ("which", "names"),
    [("none", set()), ("roles", {EINKAUF}), ("persons", {EINKAUF, "Kim Doe", "Jo Smith"})],
)
def test_a_client_gets_what_it_keeps(
    sluice: Sluice, visited: Visited, tmp_path: Path, database: str, which: str, names: set[str]
) -> None:
    keep(sluice, tmp_path, which)
    visited(IMPRINT, TEAM)
    assert set(listed(sluice)) == names
    if which != "persons":
        contacts = [one for one in holding(database, ["kim"]) if one.startswith("contact.")]
        assert contacts == []


def test_pages_that_are_kept_are_read_again_when_more_contacts_are_wanted(
    sluice: Sluice, visited: Visited, tmp_path: Path
) -> None:
    keep(sluice, tmp_path, "none")
    visited(IMPRINT, TEAM)
    assert listed(sluice) == {}

    want = ("client", "set", "default", "--contacts")
    tried = sluice(*want, "roles", "--dry-run", "--json").json["contacts"]
    assert tried == {"contacts": "roles", "erased": 0, "sites_read_again": 1}
    assert listed(sluice) == {}

    assert sluice(*want, "roles").out.strip() == (
        "contacts: roles, 0 contacts erased; stored pages of 1 site are read again"
    )
    assert set(listed(sluice)) == {EINKAUF}
    sluice(*want, "persons")
    assert set(listed(sluice)) == {EINKAUF, "Kim Doe", "Jo Smith"}
    assert sluice(*want, "persons", "--json").json["contacts"]["sites_read_again"] == 0
    assert "read again" not in sluice(*want, "roles").out
    assert set(listed(sluice)) == {EINKAUF}


def test_a_contact_of_a_page_has_source_page_basis_and_day_and_its_card(
    sluice: Sluice, visited: Visited, tmp_path: Path
) -> None:
    keep(sluice, tmp_path, "persons")
    visited(IMPRINT, TEAM)
    (kim,) = [one for one in sluice("contact", "list", "--json").json if one["name"] == "Kim Doe"]
    assert (kim["email"], kim["role"]) == ("kim.doe@alder.example", "managing director")
    assert (kim["source"], kim["page_url"]) == (f"site:{SITE}", f"https://{SITE}/imprint")
    assert (kim["company"], kim["basis"][:19]) == ("Alder GmbH", "legitimate interest")
    assert kim["notice_due_at"] is not None
    shown = sluice("queue", "show", "Alder GmbH").out
    assert f"(https://{SITE}/imprint, tell where you have it from at the first contact, by" in shown
    letter = sluice("source-of", "kim.doe@alder.example").out
    assert f"The public page https://{SITE}/imprint" in letter


def test_a_later_visit_keeps_the_days_and_drops_who_left(
    sluice: Sluice, visited: Visited, tmp_path: Path
) -> None:
    keep(sluice, tmp_path, "persons")
    visited(IMPRINT, TEAM, minutes_ago=9)
    before = {one["name"]: one["id"] for one in sluice("contact", "list", "--json").json}
    sluice("contact", "notice", "kim.doe@alder.example")
    visited("<p>Geschäftsführer: Kim Doe</p>", TEAM, minutes_ago=1)
    (kim,) = sluice("contact", "list", "--json").json
    assert (kim["id"], kim["noticed_at"] is not None) == (before["Kim Doe"], True)


def test_who_was_erased_does_not_come_back_from_a_page(
    sluice: Sluice, visited: Visited, tmp_path: Path, database: str
) -> None:
    keep(sluice, tmp_path, "persons")
    visited(IMPRINT, TEAM, minutes_ago=9)
    sluice("forget", "Kim Doe", "--person", "--yes")
    visited(IMPRINT, TEAM, minutes_ago=1)
    assert set(listed(sluice)) == {EINKAUF, "Jo Smith"}


def test_contacts_of_pages_follow_the_company(
    sluice: Sluice, visited: Visited, tmp_path: Path, database: str
) -> None:
    keep(sluice, tmp_path, "persons")
    visited(IMPRINT)
    assert len(sluice("queue", "show", "Alder GmbH", "--json").json["people"]) == len(
        listed(sluice)
    )
    sluice("lists", "undo", "fair")
    assert listed(sluice) == {}
    sluice("import", tmp_path / "fair.csv")
    visited(IMPRINT, minutes_ago=1)
    assert set(listed(sluice)) == {EINKAUF, "Kim Doe", "Jo Smith"}
    sluice("forget", "Alder GmbH", "--yes")
    assert listed(sluice) == {}
    assert holding(database, ["kim doe", "jo smith"]) == []
