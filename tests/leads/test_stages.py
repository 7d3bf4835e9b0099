import pytest

from leads.answers import Answer
from leads.stages import (
    ClosedBy,
    Relationship,
    Stage,
    Verdict,
    fit_stage,
    stage,
)

FITS = (Stage.NAME, Stage.SUSPECT, Stage.PROSPECT, Stage.DISQUALIFIED)


@pytest.mark.parametrize(
    ("verdict", "suspects", "expected"),
    [
        (Verdict.FIT, Answer.YES, Stage.PROSPECT),
        (Verdict.UNKNOWN, Answer.YES, Stage.SUSPECT),
        (Verdict.UNKNOWN, Answer.UNKNOWN, Stage.NAME),
        (Verdict.NO_FIT, Answer.YES, Stage.DISQUALIFIED),
        (Verdict.NO_FIT, Answer.UNKNOWN, Stage.DISQUALIFIED),
        (Verdict.NO_FIT, Answer.NO, Stage.DISQUALIFIED),
    ],
)
def test_the_stage_by_fit_alone(verdict: Verdict, suspects: Answer, expected: Stage) -> None:
    assert fit_stage(verdict, suspects) is expected


@pytest.mark.parametrize(
    ("relationship", "expected"),
    [
        # As long as nothing came of it, the fit decides.
        (Relationship.UNTOUCHED, FITS),
        (Relationship.CONTACTED, FITS),
        # A lead is never demoted by a verdict.
        (Relationship.LEAD, (Stage.LEAD,) * 4),
        (Relationship.QUALIFIED_LEAD, (Stage.QUALIFIED_LEAD,) * 4),
        (Relationship.CUSTOMER, (Stage.QUALIFIED_LEAD,) * 4),
        (Relationship.LOST, (Stage.DISQUALIFIED,) * 4),
    ],
)
def test_the_stage_people_see(relationship: Relationship, expected: tuple[Stage, ...]) -> None:
    assert tuple(stage(fit, relationship) for fit in FITS) == expected
    assert tuple(stage(fit, relationship, ClosedBy.CRITERION) for fit in FITS) == expected


@pytest.mark.parametrize("closed_by", [ClosedBy.DISPOSITION, ClosedBy.SUPPRESSION])
@pytest.mark.parametrize("relationship", list(Relationship))
@pytest.mark.parametrize("fit", FITS)
def test_what_a_person_or_a_suppression_closed_is_closed(
    fit: Stage, relationship: Relationship, closed_by: ClosedBy
) -> None:
    assert stage(fit, relationship, closed_by) is Stage.DISQUALIFIED
