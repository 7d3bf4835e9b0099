"""What another profile would change, counted over a client's companies or a table, and nothing
written.
"""

from pathlib import Path

import pytest

from tests.console.conftest import Sluice

ICP = (
    "icp: makers\nversion: {version}\nsuspect: [{{employees: {{at_least: {size}}}}}]\nprospect:"
    " [{{id: python, uses: [python]}}]\n"
)
FAIR = """Company;Website;Employees;Technologies
Nordwind GmbH;nordwind.example;120;Python
Ostsee GmbH;ostsee.example;30;Python
Westtor AG;westtor.example;11-50;Python
Talstation GmbH;talstation.example;;Python
Kleinod GmbH;kleinod.example;3;Python
Bergwerk GmbH;bergwerk.example;400;
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "fair.csv").write_text(FAIR, "utf-8")
    for version, size in ((1, 10), (2, 35)):
        (tmp_path / f"v{version}.yaml").write_text(ICP.format(version=version, size=size), "utf-8")
    return tmp_path


@pytest.fixture
def campaign(
    database_url: str, monkeypatch: pytest.MonkeyPatch, files: Path, sluice: Sluice
) -> Path:
    monkeypatch.setenv("SLUICE_DATABASE_URL", database_url)
    sluice("run", files / "fair.csv", "--icp", files / "v1.yaml", "--no-crawl")
    return files


def test_who_enters_leaves_and_becomes_unknown(sluice: Sluice, campaign: Path) -> None:
    made = sluice("icp", "diff", "current", campaign / "v2.yaml", "--json").json
    assert (made["from"]["verdicts"], made["to"]["verdicts"]) == (
        {"no_fit": 1, "unknown": 2, "fit": 3},
        {"no_fit": 2, "unknown": 3, "fit": 1},
    )
    assert made["changes"]["leaves"] == {
        "companies": 1,
        "by_criterion": {"employees": 1},
        "examples": ["Ostsee GmbH"],
    }
    assert made["changes"]["becomes_unknown"] == {
        "companies": 1,
        "by_criterion": {"employees": 1},
        "examples": ["Westtor AG"],
    }
    back = sluice("icp", "diff", campaign / "v2.yaml", "current", "--json").json
    assert back["changes"]["enters"] == {
        "companies": 2,
        "by_criterion": {"employees": 2},
        "examples": ["Ostsee GmbH", "Westtor AG"],
    }
    assert sluice("icp", "explain", "ostsee", "--json").json["version"] == 1


def test_versions_used_before_are_named_by_their_number(sluice: Sluice, campaign: Path) -> None:
    sluice("icp", "use", campaign / "v2.yaml", "--campaign", "makers")
    made = sluice("icp", "diff", "1", "2", "--json").json
    assert (
        made["from"]["version"],
        made["to"]["version"],
        made["changes"]["leaves"]["companies"],
    ) == (1, 2, 1)
    assert sluice("icp", "diff", "1", "current", "--json").json == made
    assert sluice("icp", "diff", campaign / "v1.yaml", "2", "--json").json == made
    missing = sluice("icp", "diff", "1", "7", "--json", code=3).error
    assert "version 7" in missing["message"]
    assert "makers version 1, makers version 2" in missing["hint"]


def test_a_told_answer_counts(sluice: Sluice, campaign: Path) -> None:
    sluice("queue", "answer", "Bergwerk GmbH", "python", "yes", "--as", "ann")
    made = sluice("icp", "diff", "current", campaign / "v2.yaml", "--json").json
    assert (made["from"]["verdicts"]["fit"], made["to"]["verdicts"]["fit"]) == (4, 2)


def test_a_table_needs_no_store(sluice: Sluice, files: Path) -> None:
    made = sluice(
        "icp", "diff", files / "v1.yaml", files / "v2.yaml", "--on", files / "fair.csv", "--json"
    ).json
    assert (made["companies"], made["changes"]["leaves"]["companies"]) == (6, 1)
    shown = sluice(
        "icp", "diff", files / "v1.yaml", files / "v2.yaml", "--on", files / "fair.csv"
    ).out
    assert "1 would become unknown" in " ".join(shown.split())


def test_the_profile_in_force_is_compared_over_a_table(sluice: Sluice, campaign: Path) -> None:
    table = campaign / "later.csv"
    table.write_text(FAIR.split("Westtor")[0], "utf-8")
    for named in ("current", "1"):
        made = sluice("icp", "diff", named, campaign / "v2.yaml", "--on", table, "--json").json
        assert (made["companies"], made["changes"]["leaves"]["examples"]) == (2, ["Ostsee GmbH"])
    missing = sluice("icp", "diff", "7", campaign / "v2.yaml", "--on", table, code=3)
    assert "7" in missing.err


def test_the_same_profile_changes_nothing(sluice: Sluice, files: Path) -> None:
    made = sluice(
        "icp", "diff", files / "v1.yaml", files / "v1.yaml", "--on", files / "fair.csv", "--json"
    ).json
    assert (made["stages"], made["score_moved"]) == ([], 0)
    assert not any(change["companies"] for change in made["changes"].values())
    sluice("icp", "diff", "current", files / "v1.yaml", code=3)
