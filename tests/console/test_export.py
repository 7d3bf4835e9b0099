"""`sluice export`: what a user gets, on both databases."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pandas
import pytest
from python_calamine import CalamineWorkbook

from tests.console.conftest import Ran, Sluice
from tests.console.open_policy import use_open_policy

pytestmark = pytest.mark.usefixtures("database")

ICP = """icp: all
version: 1
suspect:
  - country: [DE]
score:
  - {points: 10, employees: {at_least: 20}}
"""
ROWS = (
    "name,website,country,employees,phone,email",
    "Zeta GmbH,zeta.example,DE,30,+49 30 2345678,info@zeta.example",
    "+Plus <script> GmbH,formula.example,DE,40,,info@formula.example",
    "Alpha Ltd,alpha.example,GB,50,,",
    "Beta AG,beta.example,DE,10,,",
)

Run = Callable[..., Ran]


@pytest.fixture
def run(sluice: Sluice, tmp_path: Path) -> Run:
    (tmp_path / "icp.yaml").write_text(ICP)

    def imported(name: str, *rows: str) -> Ran:
        path = tmp_path / f"{name}.csv"
        path.write_text("\n".join(rows) + "\n")
        return sluice("run", path, "--icp", tmp_path / "icp.yaml", "--no-crawl", "--json")

    return imported


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def names(sluice: Sluice, *more: object) -> set[str]:
    return {row["name"] for row in sluice("export", "--json", *more).json}


def test_the_contract_of_the_plain_profile(sluice: Sluice, run: Run) -> None:
    run("fair", *ROWS)
    found = {row["name"]: row for row in sluice("export", "--profile", "plain", "--json").json}
    assert set(found) == {"Zeta GmbH", "+Plus <script> GmbH", "Beta AG"}
    row = found["Zeta GmbH"]
    assert row["domain"] == "zeta.example"
    assert row["stage"] == "prospect"
    assert row["fit"] == {"worst": 100, "best": 100, "grade": None}
    assert row["engagement"] is None
    assert row["temperature"] is None
    assert row["reason"] == "it fits the profile"
    assert len(row["company_id"]) == 36


def test_files_of_every_format_hold_the_same_rows(sluice: Sluice, run: Run, tmp_path: Path) -> None:
    run("fair", *ROWS)
    use_open_policy(sluice, tmp_path)
    for ending in ("csv", "xlsx", "jsonl", "parquet"):
        said = sluice("export", "--profile", "lemlist", "-o", tmp_path / f"out.{ending}")
        assert "2 companies exported" in said.err
        assert "left out: 1 (no email, which lemlist needs): Beta AG" in said.err

    expected = {"info@zeta.example", "info@formula.example"}
    sheet = CalamineWorkbook.from_path(str(tmp_path / "out.xlsx")).get_sheet_by_index(0).to_python()
    lines = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    assert {row["email"] for row in rows_of(tmp_path / "out.csv")} == expected
    assert {str(row[0]) for row in sheet[1:]} == expected
    assert {json.loads(line)["email"] for line in lines} == expected
    assert set(pandas.read_parquet(tmp_path / "out.parquet")["email"]) == expected


def test_stages_are_chosen_by_name(sluice: Sluice, run: Run) -> None:
    run("fair", *ROWS)
    assert names(sluice, "--stage", "disqualified") == {"Alpha Ltd"}
    assert names(sluice, "--stage", "all") == {
        "Zeta GmbH",
        "+Plus <script> GmbH",
        "Beta AG",
        "Alpha Ltd",
    }
    reason = sluice("export", "--stage", "disqualified", "--json").json[0]["reason"]
    assert "country" in reason
    wrong = sluice("export", "--stage", "prospcet", "--json", code=2)
    assert "did you mean prospect" in wrong.error["message"]


def test_a_suppressed_company_is_left_out_and_counted(
    sluice: Sluice, run: Run, tmp_path: Path
) -> None:
    run("fair", *ROWS)
    sluice("suppress", "add", "zeta.example")
    for stage in ("prospect", "all", "disqualified"):
        assert "Zeta GmbH" not in names(sluice, "--stage", stage)
    said = sluice("export", "-o", tmp_path / "out.csv", "--json").json
    assert said["left_out"] == {"suppressed": 1}
    assert said["rows"] == 2


def test_conditions_limit_and_queue(sluice: Sluice, run: Run) -> None:
    run("fair", *ROWS)
    assert names(sluice, "--where", "employees_low>=35") == {"+Plus <script> GmbH"}
    assert names(sluice, "--where", "domain=beta.example") == {"Beta AG"}
    # The queue is worked by score, so the small firm comes last.
    queued = [row["name"] for row in sluice("export", "--queue", "--json").json]
    assert queued == [row["name"] for row in sluice("queue", "show", "--json").json]
    assert queued[-1] == "Beta AG"
    assert len(sluice("export", "--queue", "--limit", "1", "--json").json) == 1


def test_new_changed_and_removals(sluice: Sluice, run: Run, tmp_path: Path) -> None:
    run("fair", *ROWS)
    sluice("export", "--profile", "hubspot", "-o", tmp_path / "first.csv")
    again = sluice("export", "--profile", "hubspot", "--new", "-o", tmp_path / "a.csv", "--json")
    assert again.json["rows"] == 0

    run("more", ROWS[0], "Gamma GmbH,gamma.example,DE,60,,")
    run("fair", *(row.replace("+49 30 2345678", "+49 30 9999999") for row in ROWS))
    sluice("export", "--profile", "hubspot", "--new", "-o", tmp_path / "new.csv")
    assert [row["Company name"] for row in rows_of(tmp_path / "new.csv")] == ["Gamma GmbH"]
    sluice("export", "--profile", "hubspot", "--changed", "-o", tmp_path / "changed.csv")
    assert [row["Company name"] for row in rows_of(tmp_path / "changed.csv")] == ["Zeta GmbH"]

    sluice("suppress", "add", "zeta.example", "--reason", "asked by phone")
    sluice("export", "--profile", "hubspot", "--removals", "-o", tmp_path / "stop.csv")
    (stop,) = rows_of(tmp_path / "stop.csv")
    assert stop["Company Domain Name"] == "zeta.example"
    assert "asked by phone" in stop["removal reason"]
    # Named once: the tool has been told.
    told = sluice(
        "export", "--profile", "hubspot", "--removals", "-o", tmp_path / "b.csv", "--json"
    )
    assert told.json["rows"] == 0
    kinds = [row["kind"] for row in sluice("export", "log", "--json").json]
    assert kinds[:2] == ["removals", "removals"]


def test_a_dry_run_writes_and_logs_nothing(sluice: Sluice, run: Run, tmp_path: Path) -> None:
    run("fair", *ROWS)
    said = sluice("export", "-o", tmp_path / "out.csv", "--dry-run")
    assert "3 companies would be exported" in said.err
    assert not (tmp_path / "out.csv").exists()
    assert sluice("export", "log", "--json").json == []


def test_a_failed_export_is_not_logged(sluice: Sluice, run: Run, tmp_path: Path) -> None:
    run("fair", *ROWS)
    (tmp_path / "small.yaml").write_text(
        "export: small\nversion: 1\nmax_rows: 1\ncolumns:\n  - {column: name, from: name}\n"
    )
    (tmp_path / "out-2.csv").write_text("mine")
    output = tmp_path / "out.csv"
    profile = tmp_path / "small.yaml"
    failed = sluice("export", "--profile", profile, "-o", output, "--json", code=4)
    assert "out-2.csv exists already" in failed.error["message"]
    assert sluice("export", "log", "--json").json == []
    assert not output.exists()

    done = sluice("export", "--profile", profile, "-o", output, "--force", "--json").json
    assert [Path(one).name for one in done["files"]] == ["out-1.csv", "out-2.csv", "out-3.csv"]


def test_a_hostile_name_comes_back_from_every_file(
    sluice: Sluice, run: Run, tmp_path: Path
) -> None:
    run("fair", *ROWS)
    for profile in ("plain", "spreadsheet"):
        for ending in ("csv", "xlsx", "jsonl"):
            path = tmp_path / f"{profile}.{ending}"
            sluice("export", "--profile", profile, "-o", path)
            client = f"{profile}-{ending}"
            sluice("client", "add", client)
            sluice("run", path, "--icp", tmp_path / "icp.yaml", "--no-crawl", "--client", client)
            found = names(sluice, "--client", client, "--stage", "all")
            assert "+Plus <script> GmbH" in found, (profile, ending)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "no file is named"),
        (("-o", "out.doc"), "the ending of the name is no known format"),
        (("--json", "--profile", "hubspto"), "there is no export profile 'hubspto'"),
        (("--json", "--where", "size=3"), "there is no field 'size'"),
        (("--json", "--new", "--changed"), "exclude each other"),
        (("--json", "--removals", "--stage", "all"), "whatever their stage"),
        (("--json", "--since", "soon"), "is not a date or time"),
    ],
)
def test_bad_options_are_refused(
    sluice: Sluice, run: Run, arguments: tuple[str, ...], message: str
) -> None:
    run("fair", *ROWS)
    assert message in sluice("export", *arguments, code=None).err


def test_an_sdr_may_not_export(sluice: Sluice, run: Run) -> None:
    run("fair", *ROWS)
    sluice("user", "add", "boss", "--role", "admin")
    sluice("user", "add", "ann", "--role", "sdr", "--as", "boss")
    refused = sluice("export", "--json", "--as", "ann", code=4)
    assert "may not export companies" in refused.error["message"]


def test_profiles_are_listed_shown_and_checked(sluice: Sluice, tmp_path: Path) -> None:
    listed = [row["profile"] for row in sluice("export", "profiles", "--json").json]
    assert "hubspot" in listed
    for name in listed:
        path = tmp_path / f"{name}.yaml"
        path.write_text(sluice("export", "show", name).out)
        assert sluice("export", "check", path, "--json").json["profile"] == name
    assert "employees_band" in sluice("export", "fields").out
