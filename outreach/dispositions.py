"""What can come of a lease, as a table: what it does to the relationship, when the company comes
again, and whether it is suppressed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import get_close_matches

from leads.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What follows from one disposition."""

    name: str
    meaning: str
    #: How the company stands with the campaign afterwards; None: as before.
    relationship: str | None
    #: When it is handed out again, unless the SDR names a time; None: only a person reopens it.
    again_after: timedelta | None = None
    #: After this many attempts it is closed as lost.
    max_attempts: int | None = None
    suppresses: bool = False


RULES = {
    rule.name: rule
    for rule in (
        Rule(
            name="no_answer",
            meaning="nobody answered",
            relationship=None,
            again_after=timedelta(hours=4),
            max_attempts=5,
        ),
        Rule(
            name="call_back",
            meaning="asked to be called again (--at)",
            relationship="contacted",
            again_after=timedelta(days=1),
        ),
        Rule(
            name="not_interested",
            meaning="spoke with us and does not want it (--at to try again)",
            relationship="lost",
        ),
        Rule(name="interested", meaning="showed interest: a lead now", relationship="lead"),
        Rule(
            name="do_not_contact",
            meaning="must not be contacted again, whatever list names it",
            relationship="lost",
            suppresses=True,
        ),
        Rule(
            name="wrong_data",
            meaning="the card is wrong: number, name or company (say what in --note)",
            relationship="lost",
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a disposition does, decided."""

    relationship: str | None
    reason: str
    again_at: datetime | None
    suppresses: bool


def rule(name: str) -> Rule:
    """The rule of that name, dashes or underscores; UsageError with the nearest word otherwise."""
    wanted = name.strip().lower().replace("-", "_").replace(" ", "_")
    if wanted in RULES:
        return RULES[wanted]
    near = get_close_matches(wanted, RULES, 1)
    raise UsageError(
        f"{name!r} is no disposition",
        f"did you mean {near[0]}?" if near else f"one of {', '.join(RULES)}",
    )


def settle(given: Rule, attempts: int, note: str, now: datetime, at: datetime | None) -> Outcome:
    """What follows from a disposition after so many attempts; `at` is when the SDR wants the
    company back.
    """
    said = given.name.replace("_", " ") + (f": {note}" if note else "")
    if (
        at is not None
        and given.again_after is None
        and not (given.relationship == "lost" and not given.suppresses)
    ):
        raise UsageError(f"{given.name} ends the matter, so --at has no meaning", "leave --at out")
    if given.max_attempts is not None and attempts >= given.max_attempts and at is None:
        return Outcome("lost", f"{said} ({attempts} times)", None, suppresses=False)
    again = at or (now + given.again_after if given.again_after else None)
    return Outcome(given.relationship, said, again, given.suppresses)
