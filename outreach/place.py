"""Where a company belongs: in the queue, or out of it with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

FITS = "it fits the profile"
ASKS = "a suspect with questions that only asking answers"
#: Why a company is in the queue; any other reason of an entry says why it must not be there.
WELCOME = frozenset({FITS, ASKS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """All that decides about a company's place."""

    #: `fit`, `no_fit`, `unknown`; None before the first verdict.
    verdict: str | None = None
    fit_stage: str = "name"
    asks: bool = False
    why_not: str = ""
    relationship: str = "untouched"
    relationship_reason: str = ""
    reopens_at: datetime | None = None
    excluded: str | None = None
    suppressed: str | None = None
    #: Why it counts no more: it was merged, or no list names it.
    over: str | None = None


@dataclass(frozen=True, slots=True)
class Belongs:
    """`ready` with the reason and the moment it may be handed out, or `out` or `done` with the
    reason.
    """

    state: str
    reason: str
    not_before: datetime | None = None


def fits(standing: Standing) -> bool:
    """Whether the profile alone would put the company into the queue."""
    return standing.verdict == "fit" or (
        standing.verdict == "unknown" and standing.fit_stage == "suspect" and standing.asks
    )


def belongs(standing: Standing) -> Belongs:
    """The first rule that speaks: what must not happen, then what a person said, then what the
    profile says.
    """
    if standing.over:
        return Belongs("out", standing.over)
    if standing.suppressed:
        return Belongs("out", f"suppressed: {standing.suppressed}")
    if standing.excluded:
        return Belongs("out", f"excluded: {standing.excluded}")
    if standing.relationship in ("lead", "qualified_lead", "customer"):
        return Belongs(
            "done",
            f"a {standing.relationship.replace('_', ' ')} now: {standing.relationship_reason}",
        )
    if standing.relationship == "lost" and standing.reopens_at is None:
        return Belongs("done", standing.relationship_reason)
    if standing.verdict == "fit":
        return Belongs("ready", FITS, standing.reopens_at)
    if fits(standing):
        return Belongs("ready", ASKS, standing.reopens_at)
    return Belongs("out", standing.why_not or "no verdict yet")
