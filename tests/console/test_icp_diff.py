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


def test_a_table_is_read_with_the_options_of_qualify(sluice: Sluice, files: Path) -> None:
    table = files / "old.csv"
    rows = "Firma;Kopfzahl\nMöwe GmbH;30\n;9\n"
    table.write_bytes(rows.encode("cp1252"))
    over = ("icp", "diff", files / "v1.yaml", files / "v2.yaml", "--on", table)
    told = ("--encoding", "cp1252", "--map", "name=Firma", "--map", "employees=Kopfzahl")
    assert "--encoding" in sluice(*over, code=2).err
    done = sluice(*over, *told, code=5)
    assert "such as Möwe GmbH" in done.out
    assert "rejected, 1 row: " in done.err
    assert "1 row was rejected" in done.err
    assert f"correct {table}: the notes above" in done.err
    assert sluice(*over, *told, "--json", code=5).out.count("Möwe GmbH") == 1
    stored = ("icp", "diff", files / "v1.yaml", files / "v2.yaml", "--sheet", "2")
    assert "add --on FILE" in sluice(*stored, code=2).err


def test_an_amount_without_a_currency_is_told(sluice: Sluice, files: Path) -> None:
    table = files / "amounts.csv"
    table.write_text("Company;Revenue\nNordwind GmbH;5000000\n", "utf-8")
    over = ("icp", "diff", files / "v1.yaml", files / "v2.yaml", "--on", table)
    assert "--currency" in sluice(*over).err
    assert "--currency" not in sluice(*over, "--currency", "EUR").err


def test_the_way_to_put_b_in_force_is_named_where_there_is_one(
    sluice: Sluice, campaign: Path
) -> None:
    v1, v2, fair = campaign / "v1.yaml", campaign / "v2.yaml", campaign / "fair.csv"
    used = f"put makers version 2 in force with `sluice icp use {v2}`"
    assert used in sluice("icp", "diff", "current", v2).err
    assert used in sluice("icp", "diff", v1, v2, "--on", fair).err

    changed = campaign / "changed.yaml"
    changed.write_text(ICP.format(version=1, size=20), "utf-8")
    other = campaign / "other.yaml"
    other.write_text(v2.read_text("utf-8").replace("makers", "doers"), "utf-8")
    assert f"use {other} --campaign makers`" in sluice("icp", "diff", "current", other).err
    assert f"use {other}`" in sluice("icp", "diff", v1, other).err
    for a, b in ((v1, v1), (v2, v1), (v2, "current"), ("current", changed), (v2, "1")):
        assert "in force" not in sluice("icp", "diff", a, b).err
    for a, b in ((v1, v1), (v2, v1), (v1, changed), ("current", changed)):
        assert "in force" not in sluice("icp", "diff", a, b, "--on", fair).err
