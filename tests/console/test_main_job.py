"""The main job as a user runs it: lists in, a queue out, on both databases."""

import json
import re
from pathlib import Path

import pytest

import workers.tasks
from tests.console.conftest import Ran, Sluice

ICP = """
icp: makers
version: 1
company_is: legal_entity
suspect:
  - country: [DE, AT]
  - employees: {at_least: 20}
prospect:
  - uses: [python]
    if_unknown: wait
must_not:
  - status: [dissolved, insolvent]
score:
  - {points: 30, employees: {at_least: 100}}
  - {points: 20, country: [DE]}
"""

FAIR = """Company;Website;Country;Employees;Technologies;Contact person
Nordwind Maschinenbau GmbH;https://www.nordwind.example;Germany;120;Python, PHP;A. Person
Nordwind-Maschinenbau;nordwind.example;DE;;;
Südlicht Anlagen AG;suedlicht.example;Deutschland;20-50;Ruby;
Ostsee Pumpen GmbH;ostsee.example;Germany;;Python;
Westtor SARL;westtor.example;France;200;Python;
Kleinod e.K.;kleinod.example;Austria;3;Python;
Alpenglas GmbH;alpenglas.example;Austria;15-25;Python;

;nameless.example;Germany;50;Python;
"""

REGISTER = [
    {
        "name": "Alpenglas Gesellschaft mbH",
        "website": "alpenglas.example",
        "country": "AT",
        "employees": 22,
        "status": "active",
    },
    {
        "name": "Bergwerk Software GmbH",
        "website": "bergwerk.example",
        "country": "AT",
        "employees": "51-200",
        "technologies": "python",
    },
    {
        "name": "Talstation GmbH",
        "website": "talstation.example",
        "country": "DE",
        "employees": "51-200",
        "status": "insolvent",
    },
]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "icp.yaml").write_text(ICP, "utf-8")
    (tmp_path / "fair.csv").write_text(FAIR, "utf-8")
    (tmp_path / "register.jsonl").write_text("\n".join(map(json.dumps, REGISTER)), "utf-8")
    return tmp_path


pytestmark = pytest.mark.usefixtures("database")


def run(sluice: Sluice, files: Path, code: int = 5) -> Ran:
    return sluice(
        "run",
        files / "fair.csv",
        files / "register.jsonl",
        "--icp",
        files / "icp.yaml",
        "--no-crawl",
        "--json",
        code=code,
    )


def test_the_counts_of_a_run(sluice: Sluice, files: Path) -> None:
    found = run(sluice, files).json
    assert found.pop("seconds") >= 0
    assert found == {
        "records": {"in": 12, "on_companies": 10, "rejected": 1, "blank": 1, "erased": 0},
        "companies": 8,
        "duplicates": 2,
        "stages": {
            "name": 1,
            "suspect": 1,
            "prospect": 3,
            "lead": 0,
            "qualified_lead": 0,
            "disqualified": 3,
        },
        "waiting": {"employees": 1, "technology": 1},
        "excluded": 0,
        "suppressed": 0,
        "queued": 3,
        "unreachable": 0,
        "failed": 0,
        "waiting_tasks": 0,
        "review_pairs": 0,
        "strictness": "balanced",
        "sites_searched": {},
    }


def test_rejected_rows_are_in_a_file_with_their_reason(
    sluice: Sluice, files: Path, home: Path
) -> None:
    run(sluice, files)
    (rejects,) = (home / "rejects").iterdir()
    lines = rejects.read_text("utf-8").splitlines()
    assert len(lines) == 2
    assert "nameless.example" in lines[1]
    assert "no name" in lines[1]


def test_the_same_run_again_changes_nothing(sluice: Sluice, files: Path) -> None:
    first, second = run(sluice, files).json, run(sluice, files).json
    assert {**first, "seconds": 0} == {**second, "seconds": 0}
    counts = sluice("import", files / "fair.csv", "--json", code=5).json
    assert (
        counts["imported"],
        counts["updated"],
        counts["duplicate"],
        counts["rejected"],
        counts["blank"],
    ) == (0, 0, 7, 1, 1)
    assert counts["rows"] == 9
    (one,) = [each for each in sluice("lists", "--json").json if each["name"] == "fair"]
    assert (one["records"], one["companies"]) == (7, 6)


def test_personal_columns_are_named_and_dropped(sluice: Sluice, files: Path) -> None:
    said = run(sluice, files).err
    assert "dropped: Contact person" in said
    shown = sluice("dedupe", "explain", "Nordwind", "--json", code=None)
    assert "A. Person" not in shown.out + shown.err


def test_the_best_prospect_comes_first_with_its_evidence(sluice: Sluice, files: Path) -> None:
    run(sluice, files)
    card = sluice("queue", "next", "--as", "ann", "--json").json
    assert card["company"]["name"] == "Nordwind Maschinenbau GmbH"
    assert card["stage"] == "prospect"
    assert card["score"] == {"worst": 100, "best": 100}
    answers = {one["criterion"]: one for one in card["why"]}
    assert answers["technology"]["answer"] == "yes"
    (evidence,) = answers["technology"]["evidence"]
    assert evidence["source"] == "list:fair"
    assert "Python" in evidence["quote"]
    again = sluice("queue", "next", "--as", "ann", "--json").json
    assert again["company"] == card["company"], "asking twice never hoards"
    other = sluice("queue", "next", "--as", "ben", "--json").json
    assert other["company"]["name"] == "Bergwerk Software GmbH"


def test_a_customers_list_excludes_until_it_is_replaced(sluice: Sluice, files: Path) -> None:
    run(sluice, files)
    (files / "customers.csv").write_text(
        "name,domain\nNordwind,nordwind.example\nBergwerk,bergwerk.example\n", "utf-8"
    )
    sluice("import", files / "customers.csv", "--role", "customers")
    found = run(sluice, files).json
    assert (found["excluded"], found["queued"]) == (2, 1)
    assert (
        sluice("queue", "next", "--as", "ann", "--json")
        .json["company"]["name"]
        .startswith("Alpenglas")
    )
    (files / "customers.csv").write_text("name,domain\nNordwind,nordwind.example\n", "utf-8")
    assert (
        sluice("import", files / "customers.csv", "--role", "customers", "--json").json["withdrawn"]
        == 1
    )
    assert run(sluice, files).json["excluded"] == 1


def test_do_not_contact_holds_under_another_spelling(sluice: Sluice, files: Path) -> None:
    run(sluice, files)
    sluice("queue", "next", "--as", "ann")
    said = sluice(
        "queue", "done", "do_not_contact", "--as", "ann", "--note", "asked us to stop", "--json"
    ).json
    assert (said["company"], said["suppressed"]) == ("Nordwind Maschinenbau GmbH", True)
    sluice("lists", "undo", "fair")
    (files / "friday.csv").write_text(
        "name,country,employees,technologies\nNORDWIND Maschinenbau Gesellschaft"
        " mbH,DE,140,python\nFlachland AG,DE,140,python\n",
        "utf-8",
    )
    found = sluice(
        "run", files / "friday.csv", "--icp", files / "icp.yaml", "--no-crawl", "--json"
    ).json
    assert (found["suppressed"], found["queued"]) == (1, 1)
    names = [row["name"] for row in sluice("queue", "show", "--json").json]
    assert not [name for name in names if "nordwind" in name.lower()]
    assert sluice("suppress", "check", "Nordwind-Maschinenbau", "--json").json["suppressed"] is True


def test_a_merge_is_taken_back_and_the_word_is_remembered(sluice: Sluice, files: Path) -> None:
    run(sluice, files)
    before = sluice("dedupe", "explain", "alpenglas.example", "--json").json
    assert len(before["records"]) == 2
    sluice("dedupe", "split", "alpenglas.example", "--reason", "two firms")
    assert (
        len(sluice("dedupe", "explain", str(before["company"]["id"]), "--json").json["records"])
        == 1
    )
    assert run(sluice, files).json["companies"] == 9
    sluice("dedupe", "merge", *[row["company_id"] for row in _companies(sluice, "Alpenglas")])
    assert run(sluice, files).json["companies"] == 8


def _companies(sluice: Sluice, name: str) -> list[dict[str, str]]:
    said = sluice("dedupe", "explain", name, code=2).err
    return [{"company_id": found} for found in re.findall(r"\(([0-9a-f-]{36})\)", said)]


def test_undoing_an_import_takes_everything_of_it_back(sluice: Sluice, files: Path) -> None:
    run(sluice, files)
    counts = sluice("lists", "undo", "fair", "--json").json
    assert counts == {"list": "fair", "ended": 7, "restored": 0}
    assert sluice("qualify", "--json").json["companies"] == 3
    assert [row["name"] for row in sluice("queue", "show", "--json").json] == [
        "Bergwerk Software GmbH"
    ]
    assert sluice("lists", "undo", "fair", code=4).err


def test_a_corrected_row_replaces_the_record(sluice: Sluice, files: Path) -> None:
    run(sluice, files)
    (files / "fair.csv").write_text(
        FAIR.replace("Westtor SARL;westtor.example;France", "Westtor SARL;westtor.example;Germany"),
        "utf-8",
    )
    counts = sluice("import", files / "fair.csv", "--json", code=5).json
    assert (counts["imported"], counts["updated"], counts["duplicate"]) == (0, 1, 6)
    assert run(sluice, files).json["stages"]["prospect"] == 4
    sluice("lists", "undo", "fair")
    assert sluice("qualify", "--json").json["stages"]["prospect"] == 3


def test_a_dry_run_tells_the_truth_and_keeps_nothing(sluice: Sluice, files: Path) -> None:
    ran = sluice("import", files / "fair.csv", "--dry-run", "--json", code=5)
    dry = ran.json
    assert (ran.error["message"], "there" in ran.error["hint"]) == (
        "some rows would be rejected",
        False,
    )
    assert sluice("lists", "--json").json == []
    wet = sluice("import", files / "fair.csv", "--json", code=5).json
    assert {**dry, "dry_run": False} == wet


def test_one_client_does_not_see_another(sluice: Sluice, files: Path) -> None:
    sluice(
        "run",
        files / "fair.csv",
        "--icp",
        files / "icp.yaml",
        "--no-crawl",
        "--new-client",
        "--client",
        "north",
        "--json",
        code=5,
    )
    found = sluice(
        "run",
        files / "register.jsonl",
        "--icp",
        files / "icp.yaml",
        "--no-crawl",
        "--new-client",
        "--client",
        "south",
        "--json",
    ).json
    assert (found["companies"], found["duplicates"]) == (3, 0)
    assert json.dumps(sluice("lists", "--client", "south", "--json").json).count("fair") == 0


def test_a_used_version_with_other_criteria_is_refused(sluice: Sluice, files: Path) -> None:
    run(sluice, files)
    (files / "icp.yaml").write_text(ICP.replace("at_least: 20", "at_least: 200"), "utf-8")
    refused = sluice("icp", "use", files / "icp.yaml", "--json", code=4).error
    assert "used before" in refused["message"]
    (files / "icp.yaml").write_text(
        ICP.replace("at_least: 20", "at_least: 200").replace("version: 1", "version: 2"), "utf-8"
    )
    sluice("icp", "use", files / "icp.yaml")
    assert sluice("campaign", "show", "makers", "--json").json["by_fit"].get("prospect", 0) == 0
    (files / "icp.yaml").write_text(ICP, "utf-8")
    assert "older" in sluice("icp", "use", files / "icp.yaml", code=4).err


@pytest.mark.parametrize(
    ("errors", "failed", "waiting"),
    [pytest.param(5, 0, 8, id="tried again later"), pytest.param(1, 8, 0, id="given up")],
)
def test_counts_that_are_not_final_say_so(
    sluice: Sluice,
    files: Path,
    monkeypatch: pytest.MonkeyPatch,
    errors: int,
    failed: int,
    waiting: int,
) -> None:
    def fail(*_: object) -> list[object]:
        raise ValueError("broken")

    monkeypatch.setitem(workers.tasks.WORK, "queue", fail)
    monkeypatch.setattr("leads.store.ledger.failures.MAX_ERRORS", errors)
    ended = run(sluice, files, code=1)
    assert (ended.json["failed"], ended.json["waiting_tasks"], ended.json["queued"]) == (
        failed,
        waiting,
        0,
    )
    assert f"{waiting} wait" in ended.error["message"]
