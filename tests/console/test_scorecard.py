"""The scorecard of a list names what is not known in words."""

from pathlib import Path

import pytest

from tests.console.conftest import Sluice

ICP = "icp: all\nversion: 1\nsuspect:\n  - country: [DE]\n"


def lines(sluice: Sluice) -> dict[str, str]:
    shown = sluice("lists", "scorecard", "fair").out
    return dict(line.split(": ", 1) for line in shown.splitlines())


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("country", ["DE", "FR"])
def test_an_unknown_cost_is_said_and_can_be_stated(
    sluice: Sluice, tmp_path: Path, country: str
) -> None:
    (tmp_path / "icp.yaml").write_text(ICP)
    (tmp_path / "fair.csv").write_text(f"name,country\nZeta GmbH,{country}\nOmega AG,{country}\n")
    sluice("run", tmp_path / "fair.csv", "--icp", tmp_path / "icp.yaml", "--no-crawl")
    said = sluice("lists", "scorecard", "fair")
    assert "None" not in said.out
    assert (lines(sluice)["cost"], lines(sluice)["cost per prospect"]) == ("not stated", "unknown")
    assert "`sluice import FILE --name fair --cost '1,200 EUR'` states it" in said.err

    sluice("import", tmp_path / "fair.csv", "--name", "fair", "--cost", "900 EUR")
    per_prospect = "450.00 EUR" if country == "DE" else "no prospect yet"
    found = lines(sluice)
    assert (found["cost"], found["cost per prospect"]) == ("900.00 EUR", per_prospect)
    assert all(value.strip() for value in found.values())
    assert sluice("lists", "scorecard", "fair", "--json").json["cost"] == "900.00 EUR"


@pytest.mark.usefixtures("database")
def test_only_companies_found_to_fit_are_in_the_icp(sluice: Sluice, tmp_path: Path) -> None:
    (tmp_path / "icp.yaml").write_text(ICP)
    rows = "Zeta GmbH,zeta.example,DE\nKappa SA,kappa.example,FR\n"
    (tmp_path / "fair.csv").write_text(f"name,website,country\n{rows}")
    sluice("run", tmp_path / "fair.csv", "--icp", tmp_path / "icp.yaml", "--no-crawl")
    sluice("signal", "add", "kappa.example", "call_answered")
    sluice("signal", "add", "omega.example", "demo_requested", "--inbound")
    steps = ("in_icp", "prospects", "reached", "leads")
    cards = {one["list"]: one for one in sluice("lists", "scorecard", "--json").json}
    assert [cards["fair"][step] for step in steps] == [1, 1, 1, 0]
    assert [cards["sluice-inbound"][step] for step in steps] == [0, 0, 1, 1]

    found = {one["step"]: one for one in sluice("report", "funnel", "--json").json["steps"]}
    counted = {step: (one["companies"], one["implied"]) for step, one in found.items()}
    assert (counted["suspect"], counted["prospect"]) == ((3, 2), (3, 2))
    assert (counted["name"], counted["reached"], counted["lead"]) == ((3, 0), (2, 0), (1, 0))
    assert "only because they came to a later step: 2 as suspects, 2 as prospects" in (
        " ".join(sluice("report", "funnel").out.split())
    )


@pytest.mark.usefixtures("database")
def test_rows_that_were_not_compared_yet_are_no_duplicates(sluice: Sluice, tmp_path: Path) -> None:
    (tmp_path / "icp.yaml").write_text(ICP)
    (tmp_path / "fair.csv").write_text("name,country\nZeta GmbH,DE\nZETA Gmbh,DE\nOmega AG,DE\n")
    run = ("run", tmp_path / "fair.csv", "--icp", tmp_path / "icp.yaml", "--no-crawl")
    sluice("ops", "pause")
    sluice(*run, code=1)
    assert "the queue is empty" in sluice("queue", "stats").err
    found = lines(sluice)
    assert (found["records"], found["companies"], found["duplicates inside"]) == ("3", "0", "0")

    sluice("ops", "resume")
    sluice(*run)
    found = lines(sluice)
    assert (found["records"], found["companies"], found["duplicates inside"]) == ("3", "2", "1")
