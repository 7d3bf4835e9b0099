"""The dispositions of a lease, as a table: what each does to the relationship, when the company
comes back, and whether it is suppressed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import get_close_matches

from leads.errors import UsageError
from outreach.times import check_again


@dataclass(frozen=True, slots=True, kw_only=True)
class DispositionRule:
    """What follows from one disposition."""

    name: str
    meaning: str
    #: The relationship afterwards; None: unchanged.
    relationship: str | None
    #: When it comes back, unless the SDR names a time; None: only a person reopens it.
    again_after: timedelta | None = None
    #: After this many attempts it is closed as lost.
    max_attempts: int | None = None
    suppresses: bool = False
    #: Whether the company was promised to be called at that time, by this user.
    promises: bool = False

    @property
    def takes_time(self) -> bool:
        """Whether the SDR may name a time to try again."""
        if self.suppresses:
            return False
        return self.again_after is not None or self.relationship == "lost"


RULES = {
    rule.name: rule
    for rule in (
        DispositionRule(
            name="no_answer",
            meaning="nobody answered",
            relationship=None,
            again_after=timedelta(hours=4),
            max_attempts=5,
        ),
        DispositionRule(
            name="call_back",
            meaning="asked to be called again (--at)",
            relationship="contacted",
            again_after=timedelta(days=1),
            promises=True,
        ),
        DispositionRule(
            name="not_interested",
            meaning="spoke with us and declined (--at to try again)",
            relationship="lost",
        ),
        DispositionRule(
            name="interested", meaning="showed interest: a lead now", relationship="lead"
        ),
        DispositionRule(
            name="do_not_contact",
            meaning="must not be contacted again, whichever list names it",
            relationship="lost",
            suppresses=True,
        ),
        DispositionRule(
            name="wrong_data",
            meaning="the card is wrong: number, name or company (say what in --note)",
            relationship="lost",
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one disposition changes."""

    relationship: str | None
    reason: str
    again_at: datetime | None
    suppresses: bool
    promises: bool = False


def rule(name: str) -> DispositionRule:
    """The rule of that name, with dashes or underscores; UsageError otherwise."""
    wanted = name.strip().lower().replace("-", "_").replace(" ", "_")
    if wanted in RULES:
        return RULES[wanted]
    near = get_close_matches(wanted, RULES, 1)
    raise UsageError(
        f"{name!r} is not a disposition",
        f"did you mean {near[0]}?" if near else f"one of {', '.join(RULES)}",
    )


def outcome_of(
    given: DispositionRule, attempts: int, note: str, now: datetime, at: datetime | None
) -> Outcome:
    """What a disposition changes after this many attempts; `at` is when the SDR wants the company
    back.
    """
    reason = given.name.replace("_", " ") + (f": {note}" if note else "")
    if at is not None and not given.takes_time:
        raise UsageError(f"--at cannot be used with {given.name}", "leave --at out")
    if at is not None:
        check_again(at, now)
    if given.max_attempts is not None and attempts >= given.max_attempts and at is None:
        return Outcome("lost", f"{reason} ({attempts} times)", None, suppresses=False)
    again = at or (now + given.again_after if given.again_after else None)
    return Outcome(given.relationship, reason, again, given.suppresses, given.promises)
