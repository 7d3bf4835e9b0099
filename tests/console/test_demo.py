"""The made-up town comes to what was written down before any engine read it."""

import csv
import os
import socket
from pathlib import Path
from typing import Any

import pytest

from actions.demo_folder import hold_folder
from actions.town import EXPECTED
from leads.lexicon.names.company_names import parse_name
from leads.store import Store, pages, verdicts
from leads.store.campaigns import campaign_of
from leads.store.clients import client_of
from leads.store.companies import companies_of
from leads.store.facts.facts import of_companies
from outreach.run.refresh import statuses_of
from tests.console.conftest import Ran, Sluice


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("town") / "demo"


@pytest.fixture(scope="module")
def outcome(folder: Path) -> dict[str, dict[str, Any]]:
    """What became of each company, by domain, else by the core of its name."""
    from actions.demo import run_demo

    run_demo(folder)
    store = Store(f"sqlite:///{folder / 'sluice.db'}")
    with store.write() as tx:
        client_id = client_of(tx, "town").id
        campaign_id = campaign_of(tx, client_id, None).id
        names = companies_of(tx, client_id)
        facts = of_companies(tx, client_id, list(names))
        rows = verdicts.in_force(tx, campaign_id, list(names))
        statuses = statuses_of(
            tx,
            client_id,
            campaign_id,
            list(names),
            (folder / "suppression.key").read_bytes().strip(),
        )
        found = {}
        for one, row in rows.items():
            domains = sorted({str(fact.value) for fact in facts[one] if fact.attribute == "domain"})
            visit = pages.last_visit(tx, domains[0]) if domains else None
            held = (
                "excluded"
                if statuses[one].contact.excluded
                else "suppressed"
                if statuses[one].contact.suppressed
                else ""
            )
            answers = {each["criterion"]: (each["answer"], each["reason"]) for each in row.answers}
            key = domains[0] if domains else parse_name(names[one].name).core
            found[key] = {
                "stage": row.fit_stage,
                "held_back": held,
                "crawl": visit.outcome if visit else "",
                "answers": answers,
            }
    store.close()
    return found


EXPECTATIONS = list(csv.DictReader(EXPECTED.read_text("utf-8").splitlines()))
CRITERIA = ("sector", "turnover", "employees", "windows", "management")


@pytest.mark.parametrize("expected", EXPECTATIONS, ids=[row["company"] for row in EXPECTATIONS])
def test_a_firm_of_the_town(outcome: dict[str, dict[str, Any]], expected: dict[str, str]) -> None:
    found = outcome[expected["domain"] or parse_name(expected["company"]).core]
    # The site of a company that may not be contacted is not visited, so it stays a suspect.
    stage = "suspect" if expected["held_back"] else expected["asked"] or expected["stage"]
    assert (found["stage"], found["held_back"]) == (stage, expected["held_back"]), expected["why"]
    # What the lists disqualify is not visited either. What only a visit shows stays unknown.
    visited = bool(found["crawl"])
    assert not (visited and expected["held_back"])
    if visited:
        assert found["crawl"] == expected["crawl"], expected["why"]
    for criterion in CRITERIA:
        answer, reason = found["answers"][criterion]
        allowed = possible(expected, criterion, visited=visited)
        assert answer in allowed, f"{criterion}: {reason} ({expected['why']})"


def possible(expected: dict[str, str], criterion: str, *, visited: bool) -> set[str]:
    """The answers that a criterion may have: what was unknown may be known from sources."""
    answer = expected[criterion]
    if expected["asked"] and answer == "unknown":
        return {"yes", "no", "unknown"}
    return {answer} if visited else {answer, "unknown"}


def test_no_firm_is_missing_or_invented(outcome: dict[str, dict[str, Any]]) -> None:
    wanted = {row["domain"] or parse_name(row["company"]).core for row in EXPECTATIONS}
    assert {key for key in outcome if key not in wanted} == {
        parse_name("Bäckerei Krümelmann").core
    } & set(outcome)
    assert wanted <= set(outcome)


def test_what_the_demo_tells(
    sluice: Sluice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: Ran = sluice("demo", "--home", tmp_path / "demo")
    for said in (
        "prospect",
        "spent: 0.40 EUR of 1.00 EUR",
        "verdicts settled: 5 of 24",
        "The first prospects",
        "What stayed unknown",
        "decided by technology",
        "The sites of firms that a list only names",
        "Tiegelbrand Gussformen GmbH: found tiegelbrand-gussformen.example",
        "Hollerbusch Drahtwaren GmbH: for review hollerbusch-drahtwaren.example",
        "would settle it: a person's word: the legal form is another one",
        "Walkmühle Papierwaren GmbH: left open",
        "would settle it: a person's word: the page is no company's",
        "queue next",
    ):
        assert said in ran.out
    told = sluice("demo", "--home", tmp_path / "demo", "--json").json
    assert told["run"]["queued"] >= 9
    assert told["asked"]["settled"] == 5
    # Nothing that is asked later leaves this machine: every source rests.
    monkeypatch.setenv("SLUICE_HOME", str(tmp_path / "demo"))
    assert len(sluice("enrich", "limits", "--client", "town", "--json").json["resting"]) > 8


def test_the_demo_leaves_strange_folders_alone(sluice: Sluice, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    assert sluice("demo", "--home", tmp_path, code=4).err
    assert (tmp_path / "letter.txt").exists()


def test_a_demo_that_is_served_keeps_its_folder(sluice: Sluice, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    with hold_folder(folder):
        (folder / "sluice.db").write_text("of the server")
        error = sluice("demo", "--home", folder, "--json", code=4).error
        assert error["message"] == (
            f"another demo runs or is served in {folder} (process {os.getpid()})"
        )
        assert error["hint"] == "end it with Ctrl-C, or name another folder with --home"
        assert (folder / "sluice.db").read_text() == "of the server"


def test_a_taken_port_is_told_before_the_run(sluice: Sluice, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        error = sluice("demo", "--home", folder, "--serve", "--port", port, "--json", code=6).error
    assert f"cannot listen on 127.0.0.1 port {port}" in error["message"]
    assert [one.name for one in folder.iterdir()] == [".demo"]
