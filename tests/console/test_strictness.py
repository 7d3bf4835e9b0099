"""How sure a merge must be: the columns that tell it, and the setting of a client."""

from pathlib import Path

import pytest

from tests.console.conftest import Sluice, rows_of

LEVELS = ("careful", "balanced", "greedy")
ROWS = """\
name,country,city
Zyxwell Robotics GmbH,DE,Berlin
ZYXWELL ROBOTICS,DE,Berlin
Quorvian Paper,GB,Exton
Quorvian Paper Mills,GB,Exton
Prismol Labs,,
Prismol Laboratories Research,,
Hollerith Dental,,Exton
Hollerith,,Exton
Vandelso,,
Vandelsoo,,
Vandelso Boats,,
Nothing In Common,FR,Paris
"""


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    file = tmp_path / "rows.csv"
    file.write_text(ROWS, encoding="utf-8")
    return file


def test_each_row_has_its_score_and_the_rows_to_compare_by_eye(
    sluice: Sluice, rows: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.csv"
    report = sluice("cluster", rows, "-o", out, "--json").json
    found = rows_of(out)
    assert list(found[0])[3:] == ["cluster_id", "score", "reason", "review_with"]

    cluster_of = {str(at): row["cluster_id"] for at, row in enumerate(found, 1)}
    for row in found:
        check_row(row, cluster_of)

    asked = {
        frozenset((row["cluster_id"], cluster_of[one])) for row in found for one in partners(row)
    }
    assert len(asked) == report["review_pairs"] > 0
    text = sluice("cluster", rows, "-o", out, "--force").out
    assert f"{report['review_pairs']:,} pair" in text
    assert "to review" in text


def check_row(row: dict[str, str], cluster_of: dict[str, str]) -> None:
    size = list(cluster_of.values()).count(row["cluster_id"])
    assert (row["score"] == "") is (size == 1)
    assert not row["score"] or 0.5 < float(row["score"]) <= 1
    assert all(cluster_of[one] != row["cluster_id"] for one in partners(row))


def partners(row: dict[str, str]) -> list[str]:
    return row["review_with"].split("; ") if row["review_with"] else []


def test_a_stricter_level_merges_less_and_only_what_a_laxer_one_merges(
    sluice: Sluice, rows: Path, tmp_path: Path
) -> None:
    together = []
    for level in LEVELS:
        out = tmp_path / f"{level}.csv"
        report = sluice("cluster", rows, "-o", out, "--strictness", level, "--json").json
        assert report["strictness"] == level
        ids = [row["cluster_id"] for row in rows_of(out)]
        together.append(
            {(one, other) for one, a in enumerate(ids) for other, b in enumerate(ids) if a == b}
        )
    careful, balanced, greedy = together
    assert careful <= balanced <= greedy
    assert careful < greedy


def test_a_row_without_a_match_names_the_rows_to_compare_by_eye(
    sluice: Sluice, rows: Path, tmp_path: Path
) -> None:
    left, out = tmp_path / "left.csv", tmp_path / "out.csv"
    left.write_text("name\nVandelso Ships\nZyxwell Robotics\nUnheard Of\n")
    held: dict[str, list[str]] = {}
    for level in LEVELS:
        options = ["--strictness", level, "--force", "--json"]
        report = sluice("link", left, rows, "-o", out, *options).json
        found = rows_of(out)
        assert report["review_pairs"] == sum(len(partners(row)) for row in found)
        assert not [row for row in found if row["match_id"] and row["review_with"]]
        held[level] = [row["name"] for row in found if row["match_id"] or row["review_with"]]
    assert set(held["careful"]) <= set(held["balanced"]) <= set(held["greedy"])
    assert "Zyxwell Robotics" in held["careful"]
    assert "Unheard Of" not in held["greedy"]


def test_an_unknown_level_is_named_before_anything_is_read(
    sluice: Sluice, rows: Path, tmp_path: Path
) -> None:
    told = ["--strictness", "strict", "--json"]
    for command in (
        ("cluster", tmp_path / "none.csv", "-o", "-"),
        ("link", tmp_path / "none.csv", rows, "-o", "-"),
        ("import", tmp_path / "none.csv"),
        ("run", tmp_path / "none.csv", "--icp", tmp_path / "none.yaml"),
        ("client", "set", "default"),
    ):
        error = sluice(*command, *told, code=2).error
        assert error["message"] == "there is no strictness named 'strict'"
        assert error["hint"] == "use one of: careful, balanced, greedy"


@pytest.mark.usefixtures("database")
def test_a_client_keeps_the_level_of_an_import(sluice: Sluice, rows: Path) -> None:
    assert sluice("import", rows, "--json").json["strictness"] == "balanced"
    balanced = sluice("dedupe", "run", "--json").json["companies"]

    assert sluice("import", rows, "--strictness", "greedy", "--json").json["strictness"] == "greedy"
    assert sluice("client", "show", "default", "--json").json["strictness"] == "greedy"
    assert sluice("import", rows, "--json").json["strictness"] == "greedy"
    assert sluice("dedupe", "run", "--json").json["companies"] < balanced


@pytest.mark.usefixtures("database")
def test_a_dry_run_counts_what_setting_the_level_then_does(sluice: Sluice, rows: Path) -> None:
    sluice("import", rows)
    before = sluice("dedupe", "run", "--json").json["companies"]
    tried = ["client", "set", "default", "--strictness", "greedy"]

    would = sluice(*tried, "--dry-run", "--json").json
    assert (would["before"], would["strictness"]) == ("balanced", "greedy")
    merged = would["would_change"]["merged"]
    assert f"would merge {merged}" in sluice(*tried, "--dry-run").out
    assert sluice("dedupe", "run", "--json").json["companies"] == before

    assert sluice(*tried).out == "strictness: greedy, before balanced\n"
    assert sluice("dedupe", "run", "--json").json["companies"] == before - merged < before

    back = ["client", "set", "default", "--strictness", "balanced", "--json"]
    assert sluice(*back).json["before"] == "greedy"
    assert sluice("dedupe", "run", "--json").json["companies"] == before


@pytest.mark.usefixtures("database")
def test_a_run_sets_the_level_too(sluice: Sluice, rows: Path, tmp_path: Path) -> None:
    icp = tmp_path / "icp.yaml"
    icp.write_text("icp: all\nversion: 1\nsuspect:\n  - country: [DE]\n")
    run = ["run", rows, "--icp", icp, "--no-crawl", "--json"]
    balanced = sluice(*run).json
    greedy = sluice(*run, "--strictness", "greedy").json
    assert (balanced["strictness"], greedy["strictness"]) == ("balanced", "greedy")
    assert greedy["companies"] < balanced["companies"]
