"""What the card shows beside the company: lists, sisters, contact points, the script."""

from pathlib import Path

import pytest

from tests.console.conftest import Sluice

ICP = "icp: all\nversion: 1\nsuspect:\n  - country: [DE]\n"


@pytest.fixture
def fair(database: str, sluice: Sluice, tmp_path: Path) -> None:
    (tmp_path / "icp.yaml").write_text(ICP)
    (tmp_path / "fair.csv").write_text(
        "name,website,country,phone,Stand,Hall,Contact person\n"
        "Alder GmbH,alder.example,DE,+49 30 1234567,B12,4,Kim Doe\n"
        "Birch GmbH,birch.example,DE,+49 30 7654321,\x1b[31mC7,,Sam Roe\n"
    )
    sluice("run", tmp_path / "fair.csv", "--icp", tmp_path / "icp.yaml", "--no-crawl")


@pytest.mark.usefixtures("fair")
def test_columns_that_no_fact_holds_are_shown_but_no_persons(sluice: Sluice) -> None:
    text = sluice("queue", "show", "Alder GmbH").out
    assert "Stand: B12 (list fair)" in text
    assert "Hall: 4 (list fair)" in text
    assert "Kim" not in text
    assert "\x1b" not in sluice("queue", "show", "Birch GmbH").out
    cells = sluice("queue", "show", "Birch GmbH", "--json").json["list_cells"]
    assert [cell["header"] for cell in cells] == ["Stand"]


@pytest.mark.usefixtures("fair")
def test_contact_points_say_whether_they_may_be_used(sluice: Sluice) -> None:
    contacts = sluice("queue", "show", "Alder GmbH", "--json").json["contacts"]
    assert [(one["channel"], one["value"], one["allowed"]) for one in contacts] == [
        ("phone", "+49301234567", True),
        ("web", "alder.example", True),
    ]
    sluice("suppress", "add", "alder.example")
    barred = sluice("queue", "show", "Alder GmbH", "--json").json["contacts"]
    assert {one["allowed"] for one in barred} == {False}
    assert "suppressed" in barred[0]["why"]
    assert "Do not use: +49301234567, alder.example" in sluice("queue", "show", "Alder GmbH").out


@pytest.mark.usefixtures("fair")
def test_sister_companies_and_who_works_them(sluice: Sluice) -> None:
    sluice("dedupe", "relate", "Birch GmbH", "part_of", "Alder GmbH")
    held = sluice("queue", "next", "--as", "ann", "--json").json["company"]["name"]
    other = "Birch GmbH" if held == "Alder GmbH" else "Alder GmbH"
    text = sluice("queue", "show", other).out
    assert f"{held} is" in text
    assert "ann works it now" in text
    (sister,) = sluice("queue", "show", other, "--json").json["sisters"]
    assert (sister["name"], sister["held_by"]) == (held, "ann")


@pytest.mark.usefixtures("fair")
def test_the_script_is_filled_in_on_every_card(sluice: Sluice, tmp_path: Path) -> None:
    file = tmp_path / "say.txt"
    file.write_text("Hello, {user} here.\nAre you {name} in {city}?\n")
    sluice("campaign", "set", "all", "--script", file)
    text = sluice("queue", "next", "--as", "ann").out
    assert "Say\n  Hello, ann here.\n  Are you Alder GmbH in [city unknown]?" in text
    file.write_text("Hello\n{nmae}")
    refused = sluice("campaign", "set", "all", "--script", file, code=2).err
    assert f"{file}:2: there is no field {{nmae}}" in refused
    assert "did you mean {name}?" in refused
    assert sluice("campaign", "set", "all", "--script", tmp_path / "no.txt", code=3).err
    sluice("campaign", "set", "all", "--script", "-", stdin="")
    assert sluice("queue", "show", "Alder GmbH", "--json").json["script"] is None
