"""Where a company belongs, case by case: what must not happen first, then what a person said, then
the profile.
"""

from datetime import UTC, datetime
from typing import TypedDict

import pytest

from outreach.place import Standing, belongs, fits

LATER = datetime(2030, 1, 1, tzinfo=UTC)


class Fit(TypedDict):
    verdict: str
    fit_stage: str


FIT: Fit = {"verdict": "fit", "fit_stage": "prospect"}


@pytest.mark.parametrize(
    ("standing", "state"),
    [
        pytest.param(Standing(), "out", id="no verdict yet"),
        pytest.param(Standing(**FIT), "ready", id="it fits"),
        pytest.param(
            Standing(verdict="unknown", fit_stage="suspect"),
            "out",
            id="a suspect that waits for a fact",
        ),
        pytest.param(
            Standing(verdict="unknown", fit_stage="suspect", asks=True),
            "ready",
            id="a suspect that waits for an answer",
        ),
        pytest.param(
            Standing(verdict="unknown", fit_stage="name", asks=True),
            "out",
            id="a mere name is not asked",
        ),
        pytest.param(
            Standing(verdict="no_fit", fit_stage="disqualified"), "out", id="it does not fit"
        ),
        pytest.param(Standing(**FIT, excluded="a customer"), "out", id="a customer"),
        pytest.param(Standing(**FIT, suppressed="asked us to stop"), "out", id="suppressed"),
        pytest.param(
            Standing(**FIT, over="it is part of another company now"),
            "out",
            id="part of another company",
        ),
        pytest.param(Standing(**FIT, relationship="lead"), "done", id="a lead is worked elsewhere"),
        pytest.param(Standing(**FIT, relationship="lost"), "done", id="only a person reopens it"),
        pytest.param(
            Standing(**FIT, relationship="lost", reopens_at=LATER),
            "ready",
            id="its date reopens it",
        ),
        pytest.param(
            Standing(verdict="no_fit", relationship="lead"),
            "done",
            id="a lead is not demoted by a verdict",
        ),
        pytest.param(
            Standing(**FIT, relationship="lead", suppressed="asked us to stop"),
            "out",
            id="suppression beats a lead",
        ),
    ],
)
def test_where_a_company_belongs(standing: Standing, state: str) -> None:
    found = belongs(standing)
    assert found.state == state
    assert found.reason or state == "done"


def test_what_comes_again_waits_for_its_time() -> None:
    assert belongs(Standing(**FIT, relationship="contacted", reopens_at=LATER)).not_before == LATER


def test_a_suppression_does_not_change_what_fits() -> None:
    assert fits(Standing(**FIT, suppressed="asked us to stop"))
