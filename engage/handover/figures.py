"""Count hand-overs: how many the client took, and what the refused ones have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from leads.shares import Share


@dataclass(frozen=True, slots=True)
class Taken:
    """How many of the answered hand-overs with one reply the client took."""

    question: str
    reply: str
    answered: int
    accepted: int

    @property
    def share(self) -> Share:
        """The part that was taken."""
        return Share(self.accepted, self.answered)


@dataclass(frozen=True, slots=True)
class Figures:
    """The hand-overs of a campaign, counted."""

    sent: int
    open: int
    overdue: int
    accepted: int
    rejected: int
    #: By the code of the reason, the most frequent first.
    reasons: Mapping[str, int]
    by_reply: Sequence[Taken]

    @property
    def share(self) -> Share:
        """The part of the answered ones that was taken."""
        return Share(self.accepted, self.accepted + self.rejected)


def figures(rows: Sequence[tuple[str, str, Mapping[str, str]]], overdue: int) -> Figures:
    """Count rows of state, reason and checklist."""
    states, reasons = Counter[str](), Counter[str]()
    answered, taken = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for state, reason, checklist in rows:
        states[state] += 1
        if state == "rejected":
            reasons[reason] += 1
        if state != "open":
            answered.update(checklist.items())
        if state == "accepted":
            taken.update(checklist.items())
    by_reply = [
        Taken(question, reply, count, taken[question, reply])
        for (question, reply), count in sorted(answered.items())
    ]
    return Figures(
        sent=len(rows),
        open=states["open"],
        overdue=overdue,
        accepted=states["accepted"],
        rejected=states["rejected"],
        reasons=dict(reasons.most_common()),
        by_reply=by_reply,
    )
