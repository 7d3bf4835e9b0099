from __future__ import annotations

import pytest

from sources.planner.learning import Lessons
from sources.planner.offer import Experience, Tally
from sources.planner.rates import PRIOR_END, PRIOR_HIT, Rates


def lessons() -> Lessons:
    one = Lessons()
    one.learn("a", "NO", ["employees", "turnover"], found=True, answered=["employees"], ended_by=[])
    one.learn("a", "NO", ["employees"], found=True, answered=["employees"], ended_by=["employees"])
    one.learn("a", None, ["employees"], found=False, answered=[], ended_by=[])
    return one


def test_counts_what_was_answered_and_what_ended() -> None:
    known = lessons().experience
    assert known.hits == {
        ("a", "NO", ""): Tally(2, 2),
        ("a", "NO", "employees"): Tally(2, 2),
        ("a", "NO", "turnover"): Tally(0, 1),
        ("a", "", ""): Tally(0, 1),
        ("a", "", "employees"): Tally(0, 1),
    }
    assert known.ends == {"employees": Tally(1, 2)}


def test_later_lessons_leave_an_experience_as_it_was() -> None:
    taught = lessons()
    before = taught.experience
    taught.learn("a", "NO", ["employees"], found=True, answered=[], ended_by=[])
    assert before.hits["a", "NO", "employees"] == Tally(2, 2)


def test_nothing_learned_is_the_prior() -> None:
    rates = Rates(Experience())
    assert rates.hit("a", "NO", "employees") == PRIOR_HIT
    assert rates.found("a", None) == PRIOR_HIT
    assert rates.end("employees") == PRIOR_END


@pytest.mark.parametrize(
    ("yes", "of", "low", "high"),
    [(1, 1, 0.5, 0.75), (90, 100, 0.85, 0.9), (0, 100, 0.0, 0.05)],
)
def test_few_questions_move_a_rate_little(yes: int, of: int, low: float, high: float) -> None:
    rates = Rates(Experience(hits={("a", "NO", "employees"): Tally(yes, of)}))
    assert low <= rates.hit("a", "NO", "employees") <= high


def test_a_new_country_is_drawn_to_its_source() -> None:
    rates = Rates(
        Experience(
            hits={("a", "NO", "employees"): Tally(95, 100), ("b", "NO", "employees"): Tally(5, 100)}
        )
    )
    assert rates.hit("a", "SE", "employees") > 0.8
    assert rates.hit("b", "SE", "employees") < 0.2
    assert rates.hit("b", "SE", "turnover") < 0.2
    assert rates.hit("c", "SE", "employees") == PRIOR_HIT
