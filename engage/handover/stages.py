"""The stages of a lead: where it goes next, and where that is in the funnel."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from leads.answers import Answer


class LeadStage(StrEnum):
    """The stages from the least far to the furthest; a rejected lead waits in `nurture`."""

    UNQUALIFIED = "unqualified"
    NURTURE = "nurture"
    MQL = "mql"
    SQL = "sql"
    OPPORTUNITY = "opportunity"
    CUSTOMER = "customer"


_ORDER = list(LeadStage)
#: How the cause of a move begins that signals alone explain.
BY_SIGNALS = "its signals qualify it as"
_FUNNEL = {
    LeadStage.UNQUALIFIED: "MOFU",
    LeadStage.NURTURE: "MOFU",
    LeadStage.MQL: "MOFU",
    LeadStage.SQL: "BOFU",
    LeadStage.OPPORTUNITY: "BOFU",
    LeadStage.CUSTOMER: "BOFU",
}


def funnel(stage: LeadStage | None) -> str:
    """The part of the funnel: TOFU for who is no lead yet, MOFU to MQL, BOFU from SQL on."""
    return "TOFU" if stage is None else _FUNNEL[stage]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a machine knows of a lead when it decides on the stage."""

    is_customer: bool
    #: Whether the checklist meets the client's rule.
    meets_rule: Answer
    #: The qualifications that its signals give it.
    qualifications: Collection[str]
    #: Whether it raised its hand, or an answer came, after it entered its stage.
    is_new: bool = True
    #: Whether an answer came after it entered its stage.
    is_answered: bool = True
    #: Whether its signals suppress or disqualify it.
    is_out: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """The stage that a lead enters, and why."""

    stage: LeadStage
    cause: str


def ways_to(stage: LeadStage, ways: Mapping[LeadStage, Sequence[str]]) -> set[str]:
    """The qualifications that lead to a stage or further."""
    found = set[str]()
    for one, names in ways.items():
        if _ORDER.index(one) >= _ORDER.index(stage):
            found.update(names)
    return found


def next_move(
    stage: LeadStage, evidence: Evidence, ways: Mapping[LeadStage, Sequence[str]]
) -> Move | None:
    """Where a machine moves a lead: only forward, and out of nurture only for something new, by the
    checklist only for a new answer.

    `ways` are the qualifications that lead to a stage.
    """
    best = _furthest(stage, evidence, ways)
    if best is None or _ORDER.index(best.stage) <= _ORDER.index(stage):
        return None
    waits = evidence.is_out or (stage is LeadStage.NURTURE and not evidence.is_new)
    return None if waits and best.stage is not LeadStage.CUSTOMER else best


def _furthest(
    stage: LeadStage, evidence: Evidence, ways: Mapping[LeadStage, Sequence[str]]
) -> Move | None:
    if evidence.is_customer:
        return Move(LeadStage.CUSTOMER, "won")
    # The client has rejected what the answers so far say.
    counts = stage is not LeadStage.NURTURE or evidence.is_answered
    if counts and evidence.meets_rule is Answer.YES:
        return Move(LeadStage.SQL, "the checklist meets the client's rule")
    for one in (LeadStage.SQL, LeadStage.MQL):
        met = [name for name in ways.get(one, ()) if name in evidence.qualifications]
        if met:
            return Move(one, f"{BY_SIGNALS} {met[0]}")
    return None
