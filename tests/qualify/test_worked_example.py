"""The worked example in `examples/worked`: what was written down by hand against what the machine
says.
"""

import csv
from pathlib import Path

import pytest

from intake.read_list import open_reading
from intake.read_options import ReadOptions
from leads.clock import now
from leads.facts import Fact
from leads.values import TechnologyUse
from qualify.decide.decision import Decision
from qualify.decide.evaluate import evaluate
from qualify.profile.icp import load_icp
from tests.made_facts import fact

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "worked"
CRITERIA = (
    "sector",
    "turnover",
    "employees",
    "windows",
    "technology",
    "status",
    "employees-2",
    "country",
)


def table(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def listed(name: str) -> dict[str, list[Fact]]:
    """The facts of each row of a list, by the company's name as the list has it."""
    reading = open_reading(str(FOLDER / name), ReadOptions(), source=f"list:{name}", client_id=None)
    return {row.raw["company"]: list(row.facts) for row in reading}


def told() -> dict[str, list[Fact]]:
    facts: dict[str, list[Fact]] = {}
    for row in table("told.csv"):
        use = TechnologyUse(row["technology"], row["in_use"] == "yes")
        facts.setdefault(row["company"], []).append(
            fact("technology", use, source="user:ann", method="told", seen=now().date())
        )
    return facts


def outcome(found: Decision) -> dict[str, str]:
    answers = {one.criterion: one.answer.value for one in found.answers}
    shown = {
        "verdict": found.verdict.value,
        "stage": found.stage.value,
        "asks": "yes" if found.asks else "no",
    }
    return answers | shown | {"worst": str(found.score.worst), "best": str(found.score.best)}


def decided(*sources: dict[str, list[Fact]]) -> dict[str, dict[str, str]]:
    icp = load_icp((FOLDER / "icp.yaml").read_text(encoding="utf-8"), "icp.yaml")
    together = {
        name: [one for source in sources for one in source.get(name, [])] for name in sources[0]
    }
    return {name: outcome(evaluate(icp, facts, now().date())) for name, facts in together.items()}


@pytest.fixture(scope="module")
def alone() -> dict[str, dict[str, str]]:
    return decided(listed("companies.csv"))


@pytest.fixture(scope="module")
def with_more() -> dict[str, dict[str, str]]:
    return decided(listed("companies.csv"), listed("second-list.csv"), told())


@pytest.mark.parametrize("expected", table("expected.csv"), ids=lambda row: row["company"])
def test_what_the_list_alone_says(
    alone: dict[str, dict[str, str]], expected: dict[str, str]
) -> None:
    assert alone[expected.pop("company")] | {"row": expected["row"]} == expected


@pytest.mark.parametrize(
    "expected", table("expected-with-more.csv"), ids=lambda row: row["company"]
)
def test_what_all_sources_together_say(
    with_more: dict[str, dict[str, str]], expected: dict[str, str]
) -> None:
    assert with_more[expected.pop("company")] | {"row": expected["row"]} == expected


def test_every_criterion_is_shown_with_every_answer() -> None:
    rows = table("expected.csv") + table("expected-with-more.csv")
    assert {(criterion, row[criterion]) for criterion in CRITERIA for row in rows} == {
        (criterion, answer) for criterion in CRITERIA for answer in ("yes", "no", "unknown")
    }
    assert {(row["verdict"], row["stage"]) for row in rows} == {
        ("fit", "prospect"),
        ("unknown", "suspect"),
        ("unknown", "name"),
        ("no_fit", "disqualified"),
    }


def test_the_rows_are_those_of_the_list() -> None:
    assert [(row["row"], row["company"]) for row in table("expected.csv")] == [
        (str(number), row["company"]) for number, row in enumerate(table("companies.csv"), 1)
    ]
