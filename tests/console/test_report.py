"""Reports of a campaign, on both databases."""

import csv
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from actions.session import open_session
from leads.clock import now
from leads.store.pages import Visit, add_visit
from tests.console.conftest import Sluice, held
from tests.console.made_leads import RULE, make_qualified
from tests.made_clock import MadeClock

pytestmark = pytest.mark.usefixtures("database")

Queued = Callable[..., None]
ICP = "icp: all\nversion: 1\nsuspect:\n  - country: [DE]\n"


def steps(document: dict[str, Any]) -> dict[str, int]:
    return {one["step"]: one["companies"] for one in document["steps"]}


def days(document: dict[str, Any], step: str) -> float | None:
    (found,) = [one for one in document["steps"] if one["step"] == step]
    return None if found["days"] is None else found["days"]["median"]


def run_list(sluice: Sluice, folder: Path, name: str, rows: str, *options: object) -> None:
    (folder / "icp.yaml").write_text(ICP)
    path = folder / f"{name}.csv"
    path.write_text(rows)
    sluice("import", path, "--name", name, *options)
    sluice("run", path, "--icp", folder / "icp.yaml", "--no-crawl")


def test_a_company_is_followed_from_name_to_customer(
    sluice: Sluice, queued: Queued, clock: MadeClock, tmp_path: Path
) -> None:
    queued("Zeta GmbH", "Alpha AG")
    clock.at += timedelta(days=2)
    sluice("queue", "next", "--as", "ann")
    (name,) = held(sluice, "ann")
    sluice("queue", "done", "interested", "--as", "ann")
    found = sluice("report", "funnel", "--by", "sdr", "--json").json
    assert [steps(found)[step] for step in ("name", "prospect", "reached", "lead")] == [2, 2, 1, 1]
    assert days(found, "prospect") == 2.0
    groups = {one["group"]: steps(one)["lead"] for one in found["groups"]}
    assert groups == {"ann": 1, "(nobody)": 0}

    clock.at += timedelta(days=5)
    domain = f"{name.split()[0].lower()}.example"
    make_qualified(sluice)
    sluice("lead", "qualify", domain, *RULE)
    sluice("handover", "send", domain, "-o", "-")
    clock.at += timedelta(days=1)
    sluice("handover", "accept", domain)
    deals = tmp_path / "deals.csv"
    deals.write_text(f"domain,outcome,at,value,currency\n{domain},won,{now():%Y-%m-%d},9000,EUR\n")
    sluice("outcomes", "import", deals, "--profile", "plain")
    found = sluice("report", "funnel", "--json").json
    last = ("handed_over", "accepted", "customer")
    assert [steps(found)[step] for step in last] == [1, 1, 1]
    won = sluice("report", "cost", "--json").json["cost"]
    assert (won["won"], won["sales"]) == ([{"amount": "9000.00", "currency": "EUR"}], 1)
    assert won["why_no_return"] == "too few to say: 1 of at least 5 customers with a value"
    assert days(found, "handed_over") == 1.0
    shown = sluice("report", "funnel").out
    assert "1 of 1: too few to say" in shown
    assert "%)" not in shown.partition("\n")[2].partition("\n")[2]


def test_a_period_counts_what_was_listed_and_what_happened_in_it(
    sluice: Sluice, queued: Queued, clock: MadeClock
) -> None:
    queued("Zeta GmbH")
    clock.at += timedelta(days=10)
    queued("Alpha AG", "Beta AG")
    sluice("queue", "next", "--as", "ann")
    sluice("queue", "done", "interested", "--as", "ann")
    since = f"{now() - timedelta(days=1):%Y-%m-%d}"
    found = sluice("report", "funnel", "--since", since, "--until", f"{now():%Y-%m-%d}", "--json")
    assert steps(found.json)["name"] == 2
    assert {one["step"]: one["in_period"] for one in found.json["steps"]}["lead"] == 1
    weeks = sluice("report", "weeks", "--json").json["weeks"]
    assert sum(one["name"] for one in weeks) == 3
    sluice("report", "funnel", "--since", "2026-01-02", "--until", "2026-01-01", code=2)
    assert "did you mean vendor" in sluice("report", "funnel", "--by", "vendors", code=2).err


def test_lists_and_hours_are_what_a_lead_costs(
    sluice: Sluice, clock: MadeClock, tmp_path: Path
) -> None:
    rows = "name,country\nZeta GmbH,DE\nOmega AG,DE\n"
    run_list(sluice, tmp_path, "fair", rows, "--cost", "900 EUR", "--vendor", "Messe")
    assert sluice("client", "set", "default", "--hour-cost", "45 EUR").out == (
        "cost of an hour: 45.00 EUR\n"
    )
    sluice("client", "set", "default", "--hour-cost", "45", code=2)
    sluice("queue", "next", "--as", "ann")
    clock.at += timedelta(minutes=20)
    sluice("queue", "done", "interested", "--as", "ann")

    found = sluice("report", "cost", "--by", "vendor", "--json").json
    assert found["cost"]["sum"] == [{"amount": "915.00", "currency": "EUR"}]
    assert found["cost"]["per"]["lead"] == [{"amount": "915.00", "currency": "EUR"}]
    assert found["cost"]["per"]["customer"] is None
    assert [one["group"] for one in found["groups"]] == ["Messe"]
    assert found["cost"]["return"] is None
    (ann,) = sluice("report", "sdr", "--json").json["sdrs"]
    assert (ann["reports"], ann["worked"], ann["leads"], ann["hours"]) == (1, 1, 1, 0.33)
    assert ann["cost_per_lead"] == [{"amount": "15.00", "currency": "EUR"}]

    sluice("client", "set", "default", "--hour-cost", "20 USD")
    shown = sluice("report", "cost").out
    assert "Spent: 900.00 EUR + 6.67 USD." in shown
    sluice("client", "set", "default", "--hour-cost", "none")
    assert "The time of SDRs has no cost" in sluice("report", "cost").out


def test_an_hour_with_several_prospects_is_one_hour(
    sluice: Sluice, queued: Queued, clock: MadeClock
) -> None:
    queued("Zeta GmbH", "Alpha AG", "Beta GmbH", "Gamma AG")
    sluice("client", "set", "default", "--hour-cost", "60 EUR")
    sluice("queue", "next", "--n", "4", "--as", "ann")
    for _ in range(4):
        clock.at += timedelta(minutes=3)
        sluice("queue", "done", "interested", "--as", "ann")
    found = sluice("report", "cost", "--json").json["cost"]
    assert (found["hours"], found["sum"]) == (0.2, [{"amount": "12.00", "currency": "EUR"}])
    (ann,) = sluice("report", "sdr", "--json").json["sdrs"]
    assert (ann["hours"], ann["time"]) == (0.2, found["sum"])


def test_only_what_a_customer_bought_is_a_return(sluice: Sluice, queued: Queued) -> None:
    queued("Zeta GmbH", "Alpha AG", "Beta GmbH")
    sluice("signal", "add", "alpha.example", "won", "--value", "5000", "--currency", "EUR")
    found = sluice("report", "cost", "--json").json["cost"]
    assert (found["won"], found["sales"], found["customers_without_value"]) == ([], 0, 0)


def test_a_scorecard_says_what_a_list_was_worth(sluice: Sluice, tmp_path: Path) -> None:
    head = "name,website,country,status\n"
    run_list(
        sluice, tmp_path, "first",
        f"{head}Zeta GmbH,zeta.example,DE,active\nOmega AG,omega.example,DE,dissolved\n",
        "--cost", "100 EUR",
    )  # fmt: skip
    run_list(
        sluice, tmp_path, "second",
        f"{head}Zeta GmbH,zeta.example,DE,\nZETA Gmbh,zeta.example,DE,\n"
        "Kappa SA,kappa.example,FR,\nDelta KG,delta.example,DE,\n",
        "--cost", "50 EUR",
    )  # fmt: skip
    sluice("suppress", "add", "delta.example")
    with open_session() as session, session.store.write() as tx:
        for site, outcome in (("zeta.example", "ok"), ("kappa.example", "unreachable")):
            add_visit(tx, Visit(site=site, outcome=outcome, started_at=now()))

    first, second = sluice("lists", "scorecard", "--json").json
    wanted = {"list": "first", "records": 2, "already_known": 0, "closed": 1, "in_icp": 2}
    assert first | wanted | {"cost_per_prospect": "50.00 EUR"} == first
    wanted = {"records": 4, "companies": 3, "duplicates_inside": 1, "already_known": 1}
    wanted |= {"on_other_lists": 1, "suppressed": 1, "dead_domains": 1, "sites_visited": 2}
    wanted |= {"prospects": 2}
    assert second | wanted | {"cost_per_prospect": "25.00 EUR"} == second
    assert sluice("lists", "scorecard", "second", "--json").json == second
    assert sluice("report", "lists", "--json").json["lists"] == [first, second]
    shown = sluice("lists", "scorecard").out
    assert "first" in shown
    assert "DEAD SITES" in shown
    sluice("lists", "scorecard", "third", code=3)


def test_files_hold_what_the_report_says(sluice: Sluice, queued: Queued, tmp_path: Path) -> None:
    queued("Zeta GmbH")
    file = tmp_path / "weeks.csv"
    sluice("report", "weeks", "-o", file)
    with file.open(encoding="utf-8", newline="") as lines:
        (row,) = csv.DictReader(lines)
    assert row["name"] == "1"
    sluice("report", "weeks", "-o", file, code=4)
    sluice("report", "funnel", "-o", file, "--force")
    assert "of_step_before.share" in file.read_text("utf-8").partition("\n")[0]
    sluice("report", "-o", tmp_path / "all.csv", code=2)
    sluice("report", "-o", tmp_path / "all.pdf", code=2)
    sluice("report", "-o", tmp_path / "none" / "all.html", code=3)
    whole = tmp_path / "all.json"
    said = sluice("report", "-o", whole, "--json")
    made = json.loads(whole.read_text("utf-8"))
    assert made.keys() == said.json.keys() >= {"steps", "cost", "sdrs", "weeks", "lists"}
    assert {one.name for one in tmp_path.glob("*all*")} == {"all.json"}


def test_a_client_sees_no_company_of_another(sluice: Sluice, queued: Queued) -> None:
    queued("Zeta GmbH", client="north")
    queued("Alpha AG", "Beta AG", client="south")
    sluice("user", "add", "boss", "--role", "admin")
    sluice("user", "add", "kim", "--client", "north", "--as", "boss")
    assert steps(sluice("report", "--client", "north", "--as", "kim", "--json").json)["name"] == 1
    sluice("report", "--client", "south", "--as", "kim", code=4)
    sluice("lists", "scorecard", "--client", "south", "--as", "kim", code=4)


def test_an_empty_campaign_has_a_report(sluice: Sluice, tmp_path: Path) -> None:
    sluice("campaign", "add", "empty")
    file = tmp_path / "empty.html"
    sluice("report", "-o", file)
    page = file.read_text("utf-8")
    assert "no lists of prospects yet" in page
    assert "nobody has reported a result yet" in page
    assert "no result" not in sluice("report").err


def test_a_suppressed_lead_that_was_never_in_the_queue_is_closed(
    sluice: Sluice, queued: Queued
) -> None:
    queued("Zeta GmbH")
    for who in ("nova.example", "pure.example"):
        sluice("signal", "add", who, "quote_requested", "--inbound")
    sluice("suppress", "add", "nova.example", "--reason", "asked to stop")
    found = sluice("report", "funnel", "--json").json
    (lead,) = [one for one in found["steps"] if one["step"] == "lead"]
    assert (lead["companies"], lead["still_there"], lead["closed"]) == (2, 1, 1)
