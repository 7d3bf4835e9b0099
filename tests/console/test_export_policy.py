"""Files for tools that contact companies hold no contact point that the channel policy denies."""

import csv
from pathlib import Path

import pytest

from tests.console.conftest import Sluice
from tests.console.open_policy import use_open_policy

ICP = "icp: all\nversion: 1\nsuspect:\n  - country: [AT, DE, GB]\n"
ROWS = (
    "name,country,email,phone\n"
    "Alder GmbH,DE,info@alder.example,+49 30 1234567\n"
    "Birch GmbH,AT,info@birch.example,+43 1 5120099\n"
    "Cedar Ltd,GB,info@cedar.example,+44 20 7946 0999\n"
)
NAMES = ("alder", "birch", "cedar")
GERMAN = (
    "e-mail to a company in DE: deny"
    " (UWG §7(2) no. 2: needs prior express consent, also between businesses)"
)


@pytest.fixture(autouse=True)
def fair(
    sluice: Sluice, tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLUICE_DATABASE_URL", database_url)
    (tmp_path / "icp.yaml").write_text(ICP)
    (tmp_path / "fair.csv").write_text(ROWS)
    sluice("run", tmp_path / "fair.csv", "--icp", tmp_path / "icp.yaml", "--no-crawl")


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("profile", ["lemlist", "instantly"])
def test_a_row_whose_address_is_denied_is_left_out_with_the_rule(
    sluice: Sluice, tmp_path: Path, profile: str
) -> None:
    file = tmp_path / "out.csv"
    said = sluice("export", "--profile", profile, "-o", file, "--json").json
    assert [row["email"] for row in rows_of(file)] == ["info@cedar.example"]
    assert (said["left_out"][GERMAN], said["rows"]) == (1, 1)
    assert any(reason.startswith("e-mail to a company in AT") for reason in said["left_out"])
    assert "alder" not in file.read_text()


def test_a_tool_that_takes_rows_without_the_number_gets_them(
    sluice: Sluice, tmp_path: Path
) -> None:
    file = tmp_path / "out.csv"
    said = sluice("export", "--profile", "apollo", "-o", file)
    phones = {row["Account Name"]: row["Company Phone"] for row in rows_of(file)}
    assert phones == {"Alder GmbH": "+49301234567", "Birch GmbH": "", "Cedar Ltd": "+442079460999"}
    assert "left out of rows: 1 (phone to a company in AT: deny (TKG 2021 §174(1)" in said.err
    kept = sluice("export", "--profile", "spreadsheet", "--json").json
    assert {row["E-mail"] for row in kept} == {f"info@{one}.example" for one in NAMES}


def test_removals_name_those_whose_address_a_policy_denies_now(
    sluice: Sluice, tmp_path: Path
) -> None:
    file = tmp_path / "ours.yaml"
    use_open_policy(sluice, tmp_path)
    sluice("export", "--profile", "lemlist", "-o", tmp_path / "first.csv")
    assert len(rows_of(tmp_path / "first.csv")) == len(NAMES)
    removals = ("export", "--profile", "lemlist", "--removals", "-o", tmp_path / "stop.csv")
    assert sluice(*removals, "--json").json["rows"] == 0

    standard = sluice("policy", "show", "--yaml").out
    assert "policy: open" in standard
    file.write_text(standard.replace("version: 1", "version: 2").replace("allow", "deny"))
    sluice("policy", "use", file)
    sluice(*removals, "--force")
    stopped = {row["email"]: row["removal reason"] for row in rows_of(tmp_path / "stop.csv")}
    assert set(stopped) == {f"info@{one}.example" for one in NAMES}
    assert stopped["info@alder.example"] == "e-mail to a company in DE: deny (us: agreed)"


def test_a_field_says_what_the_policy_says(sluice: Sluice, tmp_path: Path) -> None:
    profile = tmp_path / "mine.yaml"
    profile.write_text(
        "export: mine\nversion: 1\ncolumns:\n  - {column: name, from: name}\n"
        "  - {column: mail, from: email_policy}\n  - {column: call, from: phone_policy}\n"
    )
    rows = sluice("export", "--profile", profile, "--json").json
    assert {row["name"]: (row["mail"], row["call"]) for row in rows} == {
        "Alder GmbH": ("deny", "review"),
        "Birch GmbH": ("deny", "deny"),
        "Cedar Ltd": ("allow", "review"),
    }
    only = sluice("export", "--where", "email_policy=allow", "--json").json
    assert [row["name"] for row in only] == ["Cedar Ltd"]
