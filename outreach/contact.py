"""May a campaign contact a company? The one rule, with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from leads.stages import ClosedBy, Relationship, Stage, stage


class Barrier(StrEnum):
    """Why a company must not be contacted; the first that applies counts."""

    #: It is part of another company now, or no list names it any more.
    LEFT = "left"
    SUPPRESSED = "suppressed"
    #: It is on a list of customers, open deals or competitors.
    EXCLUDED = "excluded"
    #: Its signals speak against it.
    DISQUALIFIED = "disqualified"
    #: It is a lead or a customer: the campaign has handed it over.
    HANDED_OVER = "handed_over"
    #: A disposition closed it.
    CLOSED = "closed"
    #: It was worked lately for another client of the agency.
    HELD = "held"
    #: The channel policy leaves no way to it.
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True, kw_only=True)
class SuppressedBy:
    """The suppression of one of a company's keys."""

    #: What was suppressed, or its kind when that was erased.
    subject: str
    by: str
    at: datetime
    level: str
    reason: str = ""
    #: When it lifts by itself; None: only a person ends it.
    until: datetime | None = None

    def __str__(self) -> str:
        text = f"{self.subject}, by {self.by} on {self.at.date()} for {self.level}"
        if self.until:
            text = f"{text} until {self.until:%Y-%m-%d}"
        return f"{text} ({self.reason})" if self.reason else text


@dataclass(frozen=True, slots=True)
class SuppressedSpelling:
    """A suppressed name, in its normal form, that one of a company's names is a spelling of."""

    #: None: it comes from another client.
    form: str | None = None

    def __str__(self) -> str:
        shown = f" ({self.form})" if self.form else ""
        return f"its name is a spelling of one that is suppressed{shown}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactFacts:
    """Everything that decides whether a campaign may contact a company."""

    #: Why the company does not count any more; None when it does.
    left: str | None = None
    suppressed: SuppressedBy | SuppressedSpelling | None = None
    #: The list that excludes it.
    excluded: str | None = None
    #: The scoring file by which its signals put it out.
    disqualified: str | None = None
    relationship: Relationship = Relationship.UNTOUCHED
    relationship_reason: str = ""
    reopens_at: datetime | None = None
    #: Who promised to call then, and from when anybody may keep the promise.
    promised_by: str | None = None
    shared_at: datetime | None = None
    #: Until when it is held because it was worked for another client.
    held_until: datetime | None = None
    #: Why no channel may reach it, and what would; None when one may, or nobody looked.
    unreachable: str | None = None


@dataclass(frozen=True, slots=True)
class ContactDecision:
    """Whether a campaign may contact a company, and if not, why."""

    #: None: it may be contacted.
    barrier: Barrier | None = None
    reason: str = ""
    #: Not before this moment.
    not_before: datetime | None = None

    @property
    def allowed(self) -> bool:
        """Whether the company may be contacted."""
        return self.barrier is None

    @property
    def site_may_be_visited(self) -> bool:
        """Whether its site is worth a visit: it may be contacted, is worked on elsewhere, or may state
        a contact point that opens a channel.
        """
        return self.barrier not in _NO_VISIT


#: All that a client may know of the others' work.
WORKED_LATELY = "worked lately by this agency"
_DISQUALIFY = (Barrier.SUPPRESSED, Barrier.EXCLUDED, Barrier.DISQUALIFIED)
_NO_VISIT = (Barrier.LEFT, Barrier.CLOSED, *_DISQUALIFY)
_HANDED_OVER = (Relationship.LEAD, Relationship.QUALIFIED_LEAD, Relationship.CUSTOMER)


def may_contact(facts: ContactFacts) -> ContactDecision:
    """Decide whether a company may be contacted."""
    if facts.left:
        return ContactDecision(Barrier.LEFT, facts.left)
    if facts.suppressed:
        return ContactDecision(Barrier.SUPPRESSED, f"suppressed: {facts.suppressed}")
    if facts.excluded:
        return ContactDecision(Barrier.EXCLUDED, f"excluded: {facts.excluded}")
    if facts.disqualified and facts.relationship is not Relationship.CUSTOMER:
        why = f"disqualified: its signals speak against it, by {facts.disqualified}"
        return ContactDecision(Barrier.DISQUALIFIED, why)
    if facts.relationship in _HANDED_OVER:
        now_a = facts.relationship.replace("_", " ")
        return ContactDecision(Barrier.HANDED_OVER, f"a {now_a} now: {facts.relationship_reason}")
    if facts.relationship is Relationship.LOST and facts.reopens_at is None:
        return ContactDecision(Barrier.CLOSED, facts.relationship_reason)
    if facts.unreachable:
        return ContactDecision(Barrier.UNREACHABLE, facts.unreachable)
    held = _held_until(facts)
    if held is not None:
        reason = f"held until {held.day} {held:%b %Y}: {WORKED_LATELY}"
        return ContactDecision(Barrier.HELD, reason, held)
    return ContactDecision(not_before=facts.reopens_at)


def outside_reason(decision: ContactDecision, facts: ContactFacts, result: str | None) -> str:
    """The reason as files for others give it: without notes, and without who worked the company;
    `result` is what the last contact came to.
    """
    came_to = f": {result.replace('_', ' ')}" if result else ""
    if decision.barrier is Barrier.SUPPRESSED:
        return _suppressed_outside(facts.suppressed)
    if decision.barrier is Barrier.HANDED_OVER:
        return f"a {facts.relationship.replace('_', ' ')} now{came_to}"
    if decision.barrier is Barrier.CLOSED:
        return f"closed{came_to or ' by a report'}"
    return decision.reason


def _suppressed_outside(by: SuppressedBy | SuppressedSpelling | None) -> str:
    """The day, and the reason that a person wrote on purpose; a report's has the note in it."""
    if not isinstance(by, SuppressedBy):
        return "suppressed"
    words = "" if by.reason.endswith(f", said {by.by}") else by.reason
    return f"suppressed since {by.at.date()}{f' ({words})' if words else ''}"


def _held_until(facts: ContactFacts) -> datetime | None:
    """Until when it is held; what a company was promised is kept all the same."""
    if facts.held_until is None or facts.promised_by is not None:
        return None
    waits_longer = facts.reopens_at is not None and facts.reopens_at >= facts.held_until
    return None if waits_longer else facts.held_until


def stage_seen(fit: Stage, facts: ContactFacts) -> Stage:
    """The stage people see: a company that is suppressed, excluded or out by its signals is
    disqualified, then the relationship decides, then the profile.
    """
    barred = may_contact(facts).barrier in _DISQUALIFY
    return stage(fit, facts.relationship, ClosedBy.SUPPRESSION if barred else None)
