"""`sluice sites show|dead|reread|prune`, on both databases."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import actions.rereading
import enrich.run
from actions.rereading import start_reread
from actions.session import open_session
from enrich.document import Document
from enrich.extract import try_extract
from enrich.extracted import ExtractedFact
from leads.clock import now
from leads.store import pages, site_states
from leads.store.pages import StoredPage, Visit
from leads.values import Range
from tests.console.conftest import Sluice
from workers.inline import work_off_own

pytestmark = pytest.mark.usefixtures("database")

SITE = "nordwind.example"
BODY = b"<p>Nordwind GmbH has 120 employees.</p><a href='tel:+493012345'>call</a>"


def visit(*bodies: bytes, days_ago: float = 1, outcome: str = "ok", site: str = SITE) -> None:
    at = now() - timedelta(days=days_ago)
    brought = tuple(
        StoredPage(
            url=f"https://{site}/{place}",
            kind="about",
            status=200,
            headers=(),
            body=body,
            fetched_at=at,
        )
        for place, body in enumerate(bodies)
    )
    with open_session() as session, session.store.write() as tx:
        pages.add_visit(tx, Visit(site=site, outcome=outcome, started_at=at, pages=brought))


def die(site: str) -> None:
    """Let a site fail each time it is due."""
    at = now() - timedelta(days=60)
    for _ in range(6):
        visit(site=site, outcome="unreachable", days_ago=(now() - at) / timedelta(days=1))
        with open_session() as session, session.store.read() as tx:
            state = site_states.of(tx, site)
            assert state
            at = state.due_at


@pytest.fixture
def new_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules that find another headcount and no phone."""

    def found(document: Document) -> tuple[ExtractedFact, ...]:
        kept = [
            one
            for one in try_extract(document).facts
            if one.attribute not in ("phone", "employees")
        ]
        return (*kept, ExtractedFact("employees", Range(130, 130), "130", "text", 0.9))

    monkeypatch.setattr("enrich.reading.EXTRACTORS", (found,))
    for module in (enrich.run, actions.rereading):
        monkeypatch.setattr(module, "rules_version", lambda _fingerprints=None: "new")


def reread(sluice: Sluice, *options: str) -> dict[str, Any]:
    found: dict[str, Any] = sluice("sites", "reread", *options, "--json").json
    return found


def counts(found: dict[str, Any]) -> dict[str, tuple[int, int, int]]:
    """New, gone and changed facts, by attribute."""
    return {one["attribute"]: (one["new"], one["gone"], one["changed"]) for one in found["changes"]}


def test_show_tells_the_pages_and_when_the_site_is_due(sluice: Sluice) -> None:
    visit(BODY, days_ago=9)
    visit(BODY, days_ago=2)
    found = sluice("sites", "show", SITE, "--json").json
    assert (found["state"], found["outcome"], found["failing"]) == ("answers", "ok", None)
    (page,) = found["pages"]
    assert page["since"] < page["seen_at"]
    assert sluice("sites", "show", SITE).out.startswith(f"{SITE}: answers\n")
    missing = sluice("sites", "show", "other.example", "--json", code=3)
    assert missing.error["message"] == "other.example was never visited"


def test_a_dead_site_is_listed_with_its_evidence(sluice: Sluice) -> None:
    die("gone.example")
    visit(site="slow.example", outcome="timeout")
    (dead,) = sluice("sites", "dead", "--json").json
    assert dead["site"] == "gone.example"
    assert dead["failing"]["attempts"] == 6
    assert dead["failing"]["days"] > 30
    assert "6 attempts over" in sluice("sites", "dead").out
    assert "does not answer since" in sluice("sites", "show", "slow.example").out
    assert sluice("sites", "show", "gone.example").out.startswith("gone.example: dead since ")
    assert sluice("sites", "dead", "--after", "gone.example", "--json").json == []


def test_identical_rules_change_nothing(sluice: Sluice) -> None:
    visit(BODY)
    first = reread(sluice, SITE)
    assert {one["attribute"] for one in first["changes"]} >= {"employees", "phone", "coverage"}
    again = reread(sluice, "--all")
    assert (again["sites"], again["pages"], again["outdated"]) == (1, 1, 0)
    assert again["changes"] == []


@pytest.mark.usefixtures("database")
def test_new_rules_are_rehearsed_and_then_used(
    sluice: Sluice, request: pytest.FixtureRequest
) -> None:
    visit(BODY)
    reread(sluice, "--all")
    request.getfixturevalue("new_rules")
    expected = {"employees": (1, 1, 1), "phone": (0, 1, 0)}
    for _ in range(2):
        tried = reread(sluice, "--all", "--dry-run")
        assert (tried["outdated"], counts(tried)) == (1, expected)
    done = reread(sluice, "--all")
    assert counts(done) == expected
    (example,) = done["changes"][0]["examples"]
    assert (example["site"], example["before"], example["after"]) == (SITE, "120", "130")
    (example,) = done["changes"][1]["examples"]
    assert (example["before"], example["after"]) == ("+493012345", None)
    assert done["changes"] == tried["changes"]
    assert reread(sluice, "--all")["changes"] == []


@pytest.mark.usefixtures("database")
def test_the_last_reading_is_reported_afterwards(
    sluice: Sluice, request: pytest.FixtureRequest
) -> None:
    assert "never read again" in sluice("sites", "reread", "--last", "--json", code=3).err
    visit(BODY)
    reread(sluice, "--all")
    request.getfixturevalue("new_rules")
    reread(sluice, "--all")
    last = reread(sluice, "--last")
    assert counts(last) == {"employees": (1, 1, 1), "phone": (0, 1, 0)}
    assert (last["sites"], last["outdated"], last["waiting"]) == (1, 1, 0)
    text = sluice("sites", "reread", "--last")
    assert f"employees of {SITE}: 120 → 130" in text.out
    assert sluice("sites", "reread", "--last", "--all", "--json", code=2).error


def test_pages_read_by_rules_of_the_user_are_not_outdated(
    sluice: Sluice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = tmp_path / "rules.json"
    rules.write_text(json.dumps({"Quorvian Shop": {"html": "quorvian-shop"}}))
    monkeypatch.setenv("SLUICE_FINGERPRINTS", str(rules))
    visit(BODY)
    reread(sluice, "--all")
    assert reread(sluice, "--last")["outdated"] == 1
    with open_session() as session:
        assert start_reread(session).outdated == 0


@pytest.mark.usefixtures("database")
def test_workers_finish_what_a_person_started(
    sluice: Sluice, request: pytest.FixtureRequest
) -> None:
    for number in range(3):
        visit(BODY, site=f"site{number}.example")
    reread(sluice, "--all")
    request.getfixturevalue("new_rules")
    with open_session() as session:
        started = start_reread(session)
    assert (started.sites, started.outdated) == (3, 3)
    before = reread(sluice, "--last")
    assert (before["waiting"], before["changes"]) == (3, [])
    with open_session() as other:
        work_off_own(replace(other.context(), trace_id=session.trace_id))
    last = reread(sluice, "--last")
    assert (last["waiting"], counts(last)["employees"]) == (0, (3, 3, 3))


def test_reread_names_what_is_missing(sluice: Sluice) -> None:
    assert (
        sluice("sites", "reread", "--json", code=2).error["hint"] == "name one domain, or use --all"
    )
    unknown = sluice("sites", "reread", "other.example", "--json", code=3)
    assert unknown.error["message"] == "no page of other.example is kept"


def test_prune_drops_what_a_dry_run_counts(sluice: Sluice) -> None:
    visit(BODY, days_ago=300)
    visit(BODY + b" of later", days_ago=200)
    visit(BODY + b" of now", days_ago=1)
    for options in (("--dry-run",), ()):
        found = sluice("sites", "prune", *options, "--json").json
        assert (found["before"]["pages"], found["before"]["replaced"]) == (3, 2)
        assert (found["dropped"]["pages"], found["dropped"]["bodies"]) == (1, 1)
    assert "dropped: 0 pages, 0.0 MB in 0 bodies" in sluice("sites", "prune").out


def test_a_store_over_its_limit_is_named_with_the_way_out(
    sluice: Sluice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("actions.page_store._SIZES", {})
    monkeypatch.setattr("leads.store.page_store.packed_bytes", lambda _tx: 3_500_000)
    assert "page store" not in sluice("ops", "status").out
    (fine,) = [one for one in sluice("doctor", "--json").json if one["check"] == "page store"]
    assert fine == {
        "check": "page store",
        "ok": True,
        "found": "3.5 of 20,000 MB, within its limit",
        "cure": "",
    }
    monkeypatch.setenv("SLUICE_PAGE_STORE_MB", "3")
    shown = sluice("ops", "status").out
    assert "page store: 3.5 of 3 MB, over its limit" in shown
    assert "`sluice sites prune --also-current`" in shown
    assert sluice("ops", "status", "--json").json["page_store"]["is_over"] is True
    ran = sluice("doctor", "--json", code=1)
    assert "over its limit" in ran.out
