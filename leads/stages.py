"""Stages: what people see of one company in one campaign, derived from the verdict and the
relationship.
"""

from __future__ import annotations

from enum import StrEnum

from leads.answers import Answer


class Verdict(StrEnum):
    """Whether a company fits a profile."""

    FIT = "fit"
    NO_FIT = "no_fit"
    UNKNOWN = "unknown"


class Relationship(StrEnum):
    """How a company stands with a campaign."""

    UNTOUCHED = "untouched"
    CONTACTED = "contacted"
    LEAD = "lead"
    QUALIFIED_LEAD = "qualified_lead"
    CUSTOMER = "customer"
    LOST = "lost"

    @property
    def is_before_lead(self) -> bool:
        """Whether a company may still become a lead: nothing is decided about it."""
        return self in (Relationship.UNTOUCHED, Relationship.CONTACTED)


#: From the least far to the furthest; a lost one is further than one that is merely open.
_PROGRESS = (
    Relationship.UNTOUCHED,
    Relationship.CONTACTED,
    Relationship.LOST,
    Relationship.LEAD,
    Relationship.QUALIFIED_LEAD,
    Relationship.CUSTOMER,
)


def furthest(one: Relationship, other: Relationship) -> Relationship:
    """The relationship that a company keeps when two companies are merged."""
    return max(one, other, key=_PROGRESS.index)


class Stage(StrEnum):
    """The ladder from a name on a list to a qualified lead, and the way off it."""

    NAME = "name"
    SUSPECT = "suspect"
    PROSPECT = "prospect"
    LEAD = "lead"
    QUALIFIED_LEAD = "qualified_lead"
    DISQUALIFIED = "disqualified"


class ClosedBy(StrEnum):
    """What closed a company for a campaign."""

    CRITERION = "criterion"
    DISPOSITION = "disposition"
    SUPPRESSION = "suppression"


#: Stages that a relationship alone decides, whatever the verdict: a lead is never demoted by one.
#: The ladder has no rung for a customer: the furthest one stands, and the relationship says the
#: rest.
_BY_RELATIONSHIP = {
    Relationship.LEAD: Stage.LEAD,
    Relationship.QUALIFIED_LEAD: Stage.QUALIFIED_LEAD,
    Relationship.CUSTOMER: Stage.QUALIFIED_LEAD,
    Relationship.LOST: Stage.DISQUALIFIED,
}


def fit_stage(verdict: Verdict, suspects: Answer) -> Stage:
    """The stage by fit alone: `suspects` is the answer to all suspect criteria together."""
    if verdict is Verdict.NO_FIT:
        return Stage.DISQUALIFIED
    if verdict is Verdict.FIT:
        return Stage.PROSPECT
    return Stage.SUSPECT if suspects is Answer.YES else Stage.NAME


def stage(
    fit: Stage,
    relationship: Relationship = Relationship.UNTOUCHED,
    closed_by: ClosedBy | None = None,
) -> Stage:
    """The stage people see: what a person or a suppression closed is disqualified, then the
    relationship decides, then the fit.
    """
    if closed_by in (ClosedBy.DISPOSITION, ClosedBy.SUPPRESSION):
        return Stage.DISQUALIFIED
    return _BY_RELATIONSHIP.get(relationship, fit)
