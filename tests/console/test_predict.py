"""`sluice predict`: what a user sees, without a database."""

import csv
from pathlib import Path

import pytest

from tests.console.conftest import Sluice
from tests.engage.made_deals import deals


def deals_file(folder: Path, *, won: str = "yes", lost: str = "no", opened: int = 0) -> Path:
    cells, is_won = deals()
    path = folder / "deals.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow([*cells, "contract", "result"])
        for place, one in enumerate(is_won):
            row = [some[place] for some in cells.values()]
            writer.writerow([*row, "signed" if one else "", won if one else lost])
        for _ in range(opened):
            writer.writerow(["bakery", "20", "Kelmouth", "", ""])
    return path


def test_the_document_has_its_keys(sluice: Sluice, home: Path, tmp_path: Path) -> None:
    path = deals_file(tmp_path, opened=7)
    found = sluice("predict", path, "--outcome", "result", "--json").json
    wanted = {"n", "won", "auc", "auc_low", "ece", "lift10", "verdict", "why", "ignored"}
    assert wanted <= set(found)
    assert (found["n"], found["open"], found["verdict"]) == (1500, 7, "use")
    assert found["ignored"][0]["column"] == "contract"
    assert isinstance(found["why"], str)
    assert not home.exists(), "no database is made"


def test_people_read_the_verdict_first(sluice: Sluice, tmp_path: Path) -> None:
    path = deals_file(tmp_path)
    text = sluice("predict", path, "--outcome", "result").out
    assert text.startswith("use: the AUC on later rows is 0.")
    assert "contract" in text
    refused = sluice("predict", path, "--outcome", "result", "--after", "industry").out
    assert refused.startswith("refuse: ")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--outcome", "results"), 3, "did you mean 'result'?"),
        (("--outcome", "result", "--time", "day"), 3, "the file has no column 'day'"),
        (("--outcome", "result", "--time", "town"), 2, "which is no time"),
        (("--outcome", "result", "--after", "result"), 2, "'result' is the outcome"),
        (("--outcome", "town"), 2, "which is neither won nor lost"),
        (("--outcome", "result", "--won", "gained"), 2, "no row says 'gained'"),
    ],
)
def test_wrong_columns_are_named(
    sluice: Sluice, tmp_path: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    found = sluice("predict", deals_file(tmp_path), *arguments, code=code)
    assert said in found.err


def test_words_of_won_rows_can_be_named(sluice: Sluice, tmp_path: Path) -> None:
    path = deals_file(tmp_path, won="gained", lost="gone")
    found = sluice("predict", path, "--outcome", "result", "--won", "gained", "--json").json
    assert found["verdict"] == "use"


@pytest.mark.parametrize(
    ("file", "arguments", "verdict", "auc"),
    [
        ("funnel_part.csv", ("won", "--time", "first_contact_date"), "use", 0.64),
        ("bank_part.csv", ("y", "--time", "contact_number", "--after", "duration"), "refuse", 0.43),
        ("bank_part.csv", ("y", "--time", "contact_number"), "use", 0.88),
    ],
)
def test_real_outcomes(
    sluice: Sluice, data: Path, file: str, arguments: tuple[str, ...], verdict: str, auc: float
) -> None:
    found = sluice("predict", data / "outcomes" / file, "--outcome", *arguments, "--json").json
    assert found["verdict"] == verdict
    assert found["auc"] == pytest.approx(auc, abs=0.01)
    if file == "funnel_part.csv":
        assert found["used"] == ["landing_page_id", "origin"]
    elif "--after" not in arguments:
        assert "'duration' carries nearly everything" in found["warnings"][0]
