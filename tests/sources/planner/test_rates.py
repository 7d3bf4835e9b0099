from __future__ import annotations

import pytest

from sources.planner.offer import Experience, Tally
from sources.planner.rates import PRIOR_END, PRIOR_HIT, Rates


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
