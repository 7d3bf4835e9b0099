"""The score line by line: the lines always sum up to the score; grades name it; what would raise
it.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.answers import Answer
from leads.errors import UsageError
from qualify.decide.decision import CriterionAnswer
from qualify.decide.score import score
from qualify.decide.score_ledger import ledger, raises
from qualify.profile.criteria import Criterion, Section, Within
from qualify.profile.grades import grade
from qualify.profile.icp import load_icp
from qualify.words.reasons import NO_REASON
from tests.made_decisions import decide
from tests.made_facts import fact, people

ANY = Within("employees", people(1, None), "any")


def lines(pairs: list[tuple[int, Answer]]) -> tuple[list[Criterion], list[CriterionAnswer]]:
    criteria = [
        Criterion(f"c{place}", ANY, points=points) for place, (points, _) in enumerate(pairs)
    ]
    answers = [
        CriterionAnswer(
            criterion=f"c{place}",
            section=Section.SCORE,
            answer=answer,
            reason=NO_REASON,
            facts=(),
            attributes=(),
            asks=False,
            question="",
        )
        for place, (_, answer) in enumerate(pairs)
    ]
    return criteria, answers


@given(st.lists(st.tuples(st.integers(-1000, 1000), st.sampled_from(Answer)), max_size=9))
def test_the_lines_sum_up_to_the_score(pairs: list[tuple[int, Answer]]) -> None:
    criteria, answers = lines(pairs)
    found, total = ledger(criteria, answers), score(criteria, [one.answer for one in answers])
    assert (sum(one.worst for one in found), sum(one.best for one in found)) == (
        total.worst,
        total.best,
    )
    assert all(one.by >= 0 for one in raises(criteria, answers))


def test_a_ledger_as_people_read_it() -> None:
    profile = (
        "score: [{points: 30, employees: {at_least: 50}}, {points: 20, country: [DE]}, {points:"
        " -10, country: [DE], id: minus}]"
    )
    found = decide(profile, fact("country", "DE", number=4))
    rows = [
        (one.criterion, one.worst, one.best, len(one.facts))
        for one in ledger(load(profile).score, found.answers)
    ]
    assert rows == [("employees", 0, 60, 0), ("country", 40, 40, 1), ("minus", -20, -20, 1)]
    assert [(one.criterion, one.by) for one in raises(load(profile).score, found.answers)] == [
        ("employees", 60),
        ("minus", 20),
    ]


def load(sections: str):  # type: ignore[no-untyped-def]
    return load_icp(f"icp: x\nversion: 1\n{sections}", "icp.yaml")


@pytest.mark.parametrize(
    ("points", "name"), [(100, "A"), (80, "A"), (79, "B"), (60, "B"), (59, None), (0, None)]
)
def test_a_grade_begins_at_its_least_score(points: int, name: str | None) -> None:
    assert grade(load("suspect: [{country: [DE]}]\ngrades: {A: 80, B: 60}").grades, points) == name


@pytest.mark.parametrize(
    "grades", ["{A: 60, B: 80}", "{A: 60, B: 60}", "{A: 101}", "{A: x}", "{}", "[A, B]", "{'': 5}"]
)
def test_bands_that_make_no_sense_are_refused(grades: str) -> None:
    with pytest.raises(UsageError, match="grades"):
        load(f"suspect: [{{country: [DE]}}]\ngrades: {grades}")
