"""Answers of companies, as an SDR writes them down: decided anew at once, kept until released,
shown on a lease.
"""

from pathlib import Path

import pytest

from tests.console.conftest import Sluice

ICP = """
icp: makers
version: {version}
suspect:
  - employees: {{at_least: {size}}}
prospect:
  - id: windows
    uses: [windows-estate]
    if_unknown: ask
"""
FAIR = (
    "Company;Website;Employees\nNordwind GmbH;nordwind.example;120\nOstsee GmbH;ostsee.example;30\n"
)


@pytest.fixture(autouse=True)
def campaign(
    database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sluice: Sluice
) -> Path:
    monkeypatch.setenv("SLUICE_DATABASE_URL", database_url)
    (tmp_path / "fair.csv").write_text(FAIR, "utf-8")
    (tmp_path / "icp.yaml").write_text(ICP.format(version=1, size=20), "utf-8")
    sluice("run", tmp_path / "fair.csv", "--icp", tmp_path / "icp.yaml", "--no-crawl")
    return tmp_path


def test_an_answer_makes_a_prospect_and_its_release_a_suspect(sluice: Sluice) -> None:
    told = sluice(
        "queue", "answer", "Nordwind GmbH", "windows", "yes", "--as", "ann", "--json"
    ).json
    assert (told["stage"], told["verdict"], len(told["facts"])) == ("prospect", "fit", 2)
    assert "✓ windows: ann was told yes on" in sluice("queue", "show", "Nordwind GmbH").out
    released = sluice(
        "queue", "answer", "Nordwind GmbH", "windows", "release", "--as", "bob", "--json"
    ).json
    assert (released["stage"], len(released["facts"])) == ("suspect", 2)
    sluice("queue", "answer", "Nordwind GmbH", "windows", "release", "--as", "bob", code=3)


def test_a_no_takes_a_free_prospect_out_and_leaves_a_held_one_with_a_note(sluice: Sluice) -> None:
    held = sluice("queue", "next", "--as", "ann", "--json").json["company"]["name"]
    free = "Ostsee GmbH" if held == "Nordwind GmbH" else "Nordwind GmbH"
    for company in (held, free):
        assert (
            sluice("queue", "answer", company, "windows", "no", "--as", "bob", "--json").json[
                "stage"
            ]
            == "disqualified"
        )
    assert "Not in the queue: windows: bob was told no" in sluice("queue", "show", free).out
    card = sluice("queue", "next", "--as", "ann", "--json").json
    assert (card["company"]["name"], card["queue"]["state"]) == (held, "leased")
    assert card["queue"]["note"].startswith("windows: bob was told no")


def test_another_version_asks_anew_only_what_it_changed(sluice: Sluice, campaign: Path) -> None:
    sluice("queue", "answer", "Ostsee GmbH", "windows", "yes", "--as", "ann")
    (campaign / "icp.yaml").write_text(ICP.format(version=2, size=50), "utf-8")
    sluice("icp", "use", campaign / "icp.yaml")
    shown = sluice("queue", "show", "Ostsee GmbH").out
    assert "✓ windows: ann was told yes" in shown
    assert "✗ employees: headcount 30" in shown


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("Nowhere AG", "windows", "yes"), 3),
        (("Ostsee GmbH", "windos", "yes"), 3),
        (("Ostsee GmbH", "windows", "perhaps"), 2),
        (("Ostsee GmbH", "employees", "yes", "--value", "3"), 2),
    ],
)
def test_bad_answers_are_refused_with_the_way_out(
    sluice: Sluice, arguments: tuple[str, ...], code: int
) -> None:
    assert sluice("queue", "answer", *arguments, "--as", "ann", "--json", code=code).error["hint"]
