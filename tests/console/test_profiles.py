"""Profiles on the command line: their words, what is wrong with them, and why a company stands
where it stands.
"""

from pathlib import Path

import pytest

from tests.console.conftest import Sluice

ICP = """
icp: makers
version: 1
suspect: [{employees: {at_least: 20}}]
prospect: [{uses: [python]}]
score: [{points: 30, employees: {at_least: 100}}, {points: 10, country: [DE]}]
grades: {A: 75, B: 25}
"""
FAIR = (
    "Company;Website;Country;Employees;Technologies\nNordwind"
    " GmbH;nordwind.example;Germany;120;Python\nOstsee GmbH;;Germany;30;\n"
)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "fair.csv").write_text(FAIR, "utf-8")
    (tmp_path / "icp.yaml").write_text(ICP, "utf-8")
    return tmp_path


def test_words_are_listed_and_explained(sluice: Sluice) -> None:
    known = sluice("icp", "words", "--json").json
    assert {"dentists", "manufacturing", "saas"} <= {*known["industry"], "saas"}
    assert "dach" in known["country"]
    assert "NACE 2.1 86.23" in sluice("icp", "words", "dentists").out
    assert [one["field"] for one in sluice("icp", "words", "erp", "--json").json] == ["uses"]
    assert (
        "did you mean dentists"
        in sluice("icp", "words", "dentits", "--json", code=3).error["message"]
    )


def test_a_contradiction_is_named_and_fails(sluice: Sluice, files: Path) -> None:
    (files / "bad.yaml").write_text(
        "icp: x\nversion: 1\nsuspect: [{employees: {at_least: 20}}, {employees: {at_most: 5}}]",
        "utf-8",
    )
    found = sluice("icp", "check", files / "bad.yaml", "--json", code=1)
    assert found.json["remarks"] == [
        {
            "level": "problem",
            "criterion": "employees-2",
            "message": "contradicts employees: no company can have a yes to both",
        }
    ]
    assert sluice("icp", "check", files / "icp.yaml", "--json").json["remarks"] == []


def test_a_verdict_is_explained_to_the_last_point(sluice: Sluice, files: Path) -> None:
    sluice("run", files / "fair.csv", "--icp", files / "icp.yaml", "--no-crawl")
    made = sluice("icp", "explain", "ostsee", "--json").json
    assert (made["verdict"], made["stage"], made["grade"]) == (
        "unknown",
        "suspect",
        {"worst": "B", "best": "B"},
    )
    assert sum(line["worst"] for line in made["ledger"]) == made["score"]["worst"] == 25
    assert [(one["criterion"], one["by"]) for one in made["raises"]] == [("employees-2", 75)]
    assert [
        (line["from"], line["to"], line["cause"], line["version"]) for line in made["history"]
    ] == [("name", "suspect", "first decision", 1)]
    assert made["answers"][0]["facts"][0]["quote"] == "Employees: 30"
    shown = sluice("icp", "explain", "nordwind.example").out
    assert "✓ python" not in shown
    assert "Score 100, grade A" in shown


def test_another_profile_can_be_tried_on_a_company(sluice: Sluice, files: Path) -> None:
    sluice("run", files / "fair.csv", "--icp", files / "icp.yaml", "--no-crawl")
    (files / "other.yaml").write_text(
        "icp: other\nversion: 9\nsuspect: [{employees: {at_least: 100}}]", "utf-8"
    )
    made = sluice("icp", "explain", "ostsee", "--icp", files / "other.yaml", "--json").json
    assert (made["icp"], made["version"], made["verdict"], made["stored"]) == (
        "other",
        9,
        "no_fit",
        None,
    )
    sluice("icp", "explain", "nowhere", code=3)


def test_stored_verdicts_follow_from_their_facts(sluice: Sluice, files: Path) -> None:
    sluice("run", files / "fair.csv", "--icp", files / "icp.yaml", "--no-crawl")
    sluice("queue", "answer", "ostsee", "technology", "yes", "--as", "ann")
    sluice("queue", "answer", "ostsee", "technology", "release", "--as", "ann")
    assert sluice("icp", "replay", "--json").json == {
        "verdicts": 2,
        "same": 2,
        "by_other_versions": 0,
        "different": [],
    }
    # Superseded ones rest on facts that were taken back since, and still come out as they did.
    assert sluice("icp", "replay", "--every", "--json").json["same"] == 4


def test_a_verdict_that_was_tampered_with_is_found(sluice: Sluice, files: Path, home: Path) -> None:
    import sqlite3

    sluice("run", files / "fair.csv", "--icp", files / "icp.yaml", "--no-crawl")
    with sqlite3.connect(home / "sluice.db") as database:
        database.execute("UPDATE verdict SET verdict = 'no_fit' WHERE verdict = 'fit'")
    database.close()
    found = sluice("icp", "replay", "--json", code=1)
    assert [one["changed"] for one in found.json["different"]] == [["verdict"]]


def test_a_profile_is_written_from_answers_and_nothing_is_overwritten(
    sluice: Sluice, tmp_path: Path
) -> None:
    target = tmp_path / "dental.yaml"
    sluice("icp", "new", "dental", "-o", target, stdin="dentits\ndentists\nGB\n\n\n3+\n\n\n\n")
    assert sluice("icp", "check", target, "--json").json["criteria"][2] == {
        "section": "suspect",
        "id": "sites",
        "attributes": ["sites"],
        "asks": "number of sites is at least 3",
    }
    sluice("icp", "new", "dental", "-o", target, "--set", "country=DE", code=4)
    assert "country: [DE]" in sluice("icp", "new", "x", "--set", "country=DE", "-o", "-").out
    assert (
        "did you mean industry"
        in sluice(
            "icp", "new", "x", "--set", "industri=dentists", "-o", "-", "--json", code=2
        ).error["message"]
    )
    sluice("icp", "new", "x", "--set", "turnover=5", "-o", "-", code=2)
    assert sluice("icp", "schema").json["required"] == ["icp", "version"]


def test_a_profile_is_told_where_its_verdicts_roll_up(sluice: Sluice, files: Path) -> None:
    for kind in ("group", "site"):
        (files / f"{kind}.yaml").write_text(
            ICP.replace("version: 1", f"version: 1\ncompany_is: {kind}").replace("makers", kind),
            "utf-8",
        )
        assert (
            f"warning: company_is is {kind}"
            in sluice("qualify", files / "fair.csv", "--icp", files / f"{kind}.yaml").err
        )
        assert ("warning: company_is" in sluice("icp", "use", files / f"{kind}.yaml").err) == (
            kind == "site"
        )
    assert "sluice dedupe relate" in sluice("icp", "check", files / "group.yaml").out


def test_a_version_never_goes_back(sluice: Sluice, files: Path) -> None:
    for version, people, code in ((3, 20, 0), (2, 20, 4), (3, 20, 0), (3, 21, 4), (4, 20, 0)):
        (files / "v.yaml").write_text(
            f"icp: x\nversion: {version}\nsuspect: [{{employees: {{at_least: {people}}}}}]", "utf-8"
        )
        told = sluice("icp", "use", files / "v.yaml", "--json", code=code)
        if code:
            assert told.error["hint"] in (
                "save your changes as version 4",
                "raise its version: the next free one is 4",
            )
