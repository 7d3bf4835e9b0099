"""When a site is visited again: by its age, after a failure, and once it is stated dead."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2b

from leads.revisits import base_age
from leads.visit_outcomes import PASSING, Outcome

#: A site visited within this time is not visited again because a question is open.
FRESH = timedelta(days=30)
#: How long a failing site waits after each failure in a row; after one more it is dead. One that
#: asks to be left alone is left at least so long.
GAPS = (
    timedelta(hours=1),
    timedelta(days=1),
    timedelta(days=3),
    timedelta(days=10),
    timedelta(days=30),
)
#: What a verdict says of the age of facts counts for this time: a verdict is decided again sooner.
SAID_FOR = timedelta(days=60)
#: A dead site is tried again after this time.
DEAD = timedelta(days=180)
#: No verdict wants facts that are younger.
FRESHEST = timedelta(hours=19)
#: What a site asks for is granted up to this time.
LONGEST_WAIT = timedelta(days=30)
#: The last part of a wait, over which sites are spread.
SPREAD = 0.2
#: Sites that asked to be left alone for a time come back within so long after it.
AFTER_WAIT = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteState:
    """What the visits to one site came to so far."""

    site: str
    last_at: datetime
    outcome: str
    reason: str = ""
    #: The last visit that the site answered.
    answered_at: datetime | None = None
    #: Failed attempts in a row, those that came when they were due; and since when.
    failed: int = 0
    failing_since: datetime | None = None
    #: Visits in a row that it asked to put off, those that came when they were due.
    refused: int = 0
    #: When it was stated dead.
    dead_at: datetime | None = None
    #: How old its facts may be for the verdicts that rest on them, and when one last said so.
    age_days: int | None = None
    age_at: datetime | None = None
    due_at: datetime

    def age(self, at: datetime) -> timedelta:
        """How old its facts may be."""
        if self.age_days is None or self.age_at is None or at - self.age_at > SAID_FOR:
            return base_age()
        return min(timedelta(days=self.age_days), base_age())

    def is_due(self, at: datetime) -> bool:
        """Whether its time has come, whatever asks for it."""
        return at >= self.due_at

    def is_stale(self, at: datetime) -> bool:
        """Whether an open question is a reason to visit it: an answer of a month ago is old, and a
        site that fails or asked for peace is left until it is due.
        """
        is_left = self.failed or self.refused
        return self.is_due(at) or (not is_left and at - self.last_at >= FRESH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visited:
    """How one visit ended."""

    site: str
    at: datetime
    outcome: str
    reason: str = ""
    #: The site asked not to be visited before: it is busy, not dead.
    not_before: datetime | None = None


def after(before: SiteState | None, visit: Visited) -> SiteState:
    """The state of a site after one more visit; a visit older than the last one changes nothing."""
    if before is not None and visit.at < before.last_at:
        return before
    if visit.not_before is not None and visit.outcome != Outcome.OK:
        return _refused(before, visit, _granted(visit, visit.not_before))
    if visit.outcome in PASSING:
        return _failed(before, visit)
    age = before.age(visit.at) if before else base_age()
    answered = _answered(before, visit, visit.at + spread(visit.site, age))
    if visit.not_before is None:
        return answered
    # It brought pages first: nothing is missing before their age, so it rests longer, not less. A
    # long wait is noted, so that no verdict makes it due sooner.
    until = _granted(visit, visit.not_before)
    is_long = until > visit.at + FRESHEST
    return replace(answered, refused=int(is_long), due_at=max(until, answered.due_at))


def rested_on(state: SiteState, age: timedelta, at: datetime) -> SiteState:
    """The state of a site after a verdict said how old its facts may be; the shortest age counts."""
    if age > state.age(at) or age >= base_age():
        return state
    due_at = state.due_at
    is_left = state.failed or state.refused
    if not is_left and state.answered_at is not None and state.due_at > state.answered_at:
        due_at = min(due_at, state.answered_at + spread(state.site, age))
    return replace(state, age_days=age.days, age_at=at, due_at=due_at)


def _granted(visit: Visited, asked: datetime) -> datetime:
    """The moment a site asked for, within bounds."""
    until = min(max(asked, visit.at + GAPS[0]), visit.at + LONGEST_WAIT)
    return until + AFTER_WAIT * share(visit.site)


def _refused(before: SiteState | None, visit: Visited, until: datetime) -> SiteState:
    """Leave a site alone as long as it asked, and longer each time; it is busy, not dead, and not
    alive again either.
    """
    state = before or _answered(None, visit, visit.at)
    # A visit before its time, such as one that a person asked for, says nothing about a row.
    is_one_more = not state.refused or state.is_due(visit.at)
    refused = state.refused + is_one_more
    gap = GAPS[min(refused, len(GAPS)) - 1]
    return replace(
        state,
        last_at=visit.at,
        outcome=visit.outcome,
        reason=visit.reason,
        answered_at=visit.at,
        refused=refused,
        due_at=max(until, visit.at + spread(visit.site, gap)),
    )


def _answered(before: SiteState | None, visit: Visited, due_at: datetime) -> SiteState:
    return SiteState(
        site=visit.site,
        last_at=visit.at,
        outcome=visit.outcome,
        reason=visit.reason,
        answered_at=visit.at,
        age_days=before.age_days if before else None,
        age_at=before.age_at if before else None,
        due_at=due_at,
    )


def _failed(before: SiteState | None, visit: Visited) -> SiteState:
    state = before or _answered(None, visit, visit.at)
    # An attempt before its time, such as one that a person asked for, does not bring death nearer.
    if state.failed and not state.is_due(visit.at):
        return replace(state, last_at=visit.at, outcome=visit.outcome, reason=visit.reason)

    failed = state.failed + 1
    is_dead = failed > len(GAPS) or state.dead_at is not None
    gap = DEAD if is_dead else GAPS[failed - 1]
    return replace(
        state,
        last_at=visit.at,
        outcome=visit.outcome,
        reason=visit.reason,
        answered_at=before.answered_at if before else None,
        failed=failed,
        failing_since=state.failing_since or visit.at,
        dead_at=(state.dead_at or visit.at) if is_dead else None,
        due_at=visit.at + spread(visit.site, gap),
    )


def spread(site: str, wait: timedelta) -> timedelta:
    """A wait, shortened by up to a fifth: always the same for one site, another for the next."""
    return wait * (1 - SPREAD * share(site))


def share(site: str) -> float:
    """A number from 0 to 1 that is drawn by the name of a site."""
    return int.from_bytes(blake2b(site.encode(), digest_size=8).digest()) / 2**64
