"""The profiles in `examples/icps`: what was written down beforehand against what the machine says,
by both evaluators.
"""

import csv
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from intake.read_list import open_reading
from intake.read_options import ReadOptions
from leads.clock import now
from leads.facts import Fact
from leads.values import TechnologyUse
from qualify.bulk.frames import frames_of
from qualify.bulk.vector import evaluate_all
from qualify.check.checking import check
from qualify.decide.evaluate import evaluate
from qualify.profile.icp import Icp, load_icp
from tests.made_facts import fact

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "icps"
FOLDERS = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())


def table(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def icp(folder: str) -> Icp:
    return load_icp((FOLDER / folder / "icp.yaml").read_text("utf-8"), "icp.yaml")


@cache
def companies(folder: str, today: date) -> dict[str, list[Fact]]:
    reading = open_reading(
        str(FOLDER / folder / "companies.csv"), ReadOptions(), source="list:fair", client_id=None
    )
    found = {row.raw["company"]: list(row.facts) for row in reading}
    for row in table(FOLDER / folder / "seen.csv"):
        value = TechnologyUse(row["value"]) if row["attribute"] == "technology" else row["value"]
        seen = today - timedelta(days=int(row["days_ago"]))
        found[row["company"]].append(
            fact(row["attribute"], value, source="site:own.example", method="page", seen=seen)
        )
    return found


def expected() -> list[tuple[str, dict[str, str]]]:
    return [(folder, row) for folder in FOLDERS for row in table(FOLDER / folder / "expected.csv")]


@pytest.mark.parametrize(
    ("folder", "row"), expected(), ids=lambda one: one["company"] if isinstance(one, dict) else one
)
def test_a_company_gets_the_answers_written_down(folder: str, row: dict[str, str]) -> None:
    today = now().date()
    found = evaluate(icp(folder), companies(folder, today)[row["company"]], today)
    said = {one.criterion: one.answer.value for one in found.answers} | {
        "verdict": found.verdict.value,
        "stage": found.stage.value,
    }
    assert {"company": row["company"]} | said == row


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_profile_has_twelve_companies_of_every_verdict_and_nothing_wrong(folder: str) -> None:
    today = now().date()
    held = companies(folder, today)
    assert len(held) == 12
    assert {row["verdict"] for _, row in expected() if _ == folder} == {"fit", "no_fit", "unknown"}
    assert [one for one in check(icp(folder)) if one.level == "problem"] == []
    found = evaluate_all(icp(folder), frames_of(list(held.values())), today)
    assert [found.of(place)[0] for place in range(12)] == [
        evaluate(icp(folder), facts, today).verdict for facts in held.values()
    ]
