"""What follows from each disposition: when the company comes back, how it stands then, whether it
is suppressed, and what that says about the data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from difflib import get_close_matches

from leads.errors import UsageError
from outreach.times import check_again


@dataclass(frozen=True, slots=True, kw_only=True)
class DispositionRule:
    """What follows from one disposition."""

    name: str
    meaning: str
    #: The key at the desk.
    key: str | None = None
    #: False: nobody was spoken to, and the attempt counts.
    reached: bool = True
    #: The relationship afterwards; None: unchanged.
    relationship: str | None = None
    #: When it comes back, unless the user names a time; None: only a person reopens it.
    again_after: timedelta | None = None
    #: Whether the company was promised to be called at that time, by this user.
    promises: bool = False
    #: `when`, `note`: what the user must state.
    needs: frozenset[str] = frozenset()
    #: After so many in a row on a channel, what `then` names happens.
    attempts: Mapping[str, int] = field(default_factory=dict)
    then: str | None = None
    #: The kind of signal that is recorded.
    signal: str | None = None
    #: The level at which the company is suppressed.
    suppresses: str | None = None
    #: For how long, unless the user names a time; None: until a person ends it.
    suppressed_for: timedelta | None = None
    #: Attributes whose value on the card is wrong.
    wrong: tuple[str, ...] = ()
    #: Attributes that the company's word speaks against.
    contradicts: tuple[str, ...] = ()
    #: False: it only follows from another one.
    chosen: bool = True

    @property
    def takes_time(self) -> bool:
        """Whether the user may name a time to try again."""
        if self.suppresses:
            return self.suppressed_for is not None
        comes_back = self.again_after is not None or "when" in self.needs
        return comes_back or self.relationship == "lost"


@dataclass(frozen=True, slots=True)
class Dispositions:
    """One version of the dispositions of a client, or those that come with the product."""

    name: str
    version: int
    rules: Mapping[str, DispositionRule]

    def rule(self, name: str) -> DispositionRule:
        """The rule of that name, with dashes or underscores; UsageError for what nobody reports."""
        wanted = name.strip().lower().replace("-", "_").replace(" ", "_")
        chosen = [one.name for one in self.rules.values() if one.chosen]
        if wanted in chosen:
            return self.rules[wanted]
        near = get_close_matches(wanted, chosen, 1)
        raise UsageError(
            f"{name!r} is not a disposition",
            f"did you mean {near[0]}?" if near else f"one of {', '.join(chosen)}",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a user reports, and the attempts before."""

    note: str = ""
    #: When the user wants the company back.
    at: datetime | None = None
    channel: str = "phone"
    #: What was reported before, oldest first: the disposition and the channel.
    before: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one disposition changes."""

    relationship: str | None
    reason: str
    again_at: datetime | None
    #: The level at which the company is suppressed.
    suppresses: str | None = None
    #: When that is over; None: a person ends it.
    suppressed_until: datetime | None = None
    promises: bool = False
    signal: str | None = None


def outcome_of(
    every: Dispositions, given: DispositionRule, report: Report, now: datetime
) -> Outcome:
    """What a disposition changes; UsageError when something is missing or cannot be."""
    _check(given, report, now)
    reason = given.name.replace("_", " ") + (f": {report.note}" if report.note else "")
    limit = given.attempts.get(report.channel)
    count = attempts(every, given, report)
    if limit and count % limit == 0 and report.at is None and given.then:
        last = every.rules[given.then]
        reason = f"{reason} ({count} times: {last.name.replace('_', ' ')})"
        return _outcome(last, reason, now, None)
    return _outcome(given, reason, now, report.at)


def attempts(every: Dispositions, given: DispositionRule, report: Report) -> int:
    """How often the same was reported on this channel since somebody was reached, this time
    included.
    """
    count = 1
    for name, channel in reversed(report.before):
        known = every.rules.get(name)
        if known is not None and known.reached:
            break
        count += (name, channel) == (given.name, report.channel)
    return count


def _check(given: DispositionRule, report: Report, now: datetime) -> None:
    if report.at is not None and not given.takes_time:
        raise UsageError(f"--at cannot be used with {given.name}", "leave --at out")
    if report.at is not None:
        check_again(report.at, now)
    if "when" in given.needs and report.at is None:
        raise UsageError(f"{given.name} needs a date", "name it with --at, such as --at 2027-09-01")
    if "note" in given.needs and not report.note:
        raise UsageError(f"{given.name} needs a note", "write it with --note")


def _outcome(rule: DispositionRule, reason: str, now: datetime, at: datetime | None) -> Outcome:
    length = rule.suppressed_for or rule.again_after
    again = at or (now + length if length else None)
    return Outcome(
        relationship=rule.relationship,
        reason=reason,
        again_at=again,
        suppresses=rule.suppresses,
        suppressed_until=again if rule.suppressed_for else None,
        promises=rule.promises,
        signal=rule.signal,
    )
