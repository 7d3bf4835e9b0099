"""Say in words which signals make a score, and what moved it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from engage.score.ledger import Line
from engage.score.results import Result
from engage.scoring.scoring import Scoring
from leads.interest import InterestMove

#: Signals that a sentence names.
_NAMED = 3


def reason(lines: Sequence[Line], scoring: Scoring) -> str:
    """Name the signals that weigh the most, with their points when they happened."""
    by = f"{scoring.name} version {scoring.version}"
    if not lines:
        return f"no signal that {by} counts"
    ranked = sorted(lines, key=lambda one: (-abs(one.now), one.at))
    named = [f"{_said(one, scoring)} {one.points:+g}" for one in ranked[:_NAMED]]
    more = f" and {len(lines) - _NAMED} more" if len(lines) > _NAMED else ""
    return f"{', '.join(named)}{more}, by {by}"


def moved(
    now_is: Result, before: Result, since: datetime, lines: Sequence[Line], scoring: Scoring
) -> InterestMove:
    """Say what moved a score since a moment; `lines` are the ledger as it is now."""
    fresh = [line for line in lines if line.at > since]
    gained = round(sum(line.now for line in fresh), 6)
    return InterestMove(
        since=since,
        engagement_before=before.engagement,
        temperature_before=before.temperature,
        gained=gained,
        faded=round(before.sum + gained - now_is.sum, 6),
        why=_why(now_is, before, since, fresh, scoring),
    )


def _why(
    now_is: Result, before: Result, since: datetime, fresh: Sequence[Line], scoring: Scoring
) -> str:
    change = now_is.engagement - before.engagement
    how = f"{change:+d}" if change else "unchanged"
    latest = [_said(one, scoring) for one in sorted(fresh, key=lambda one: one.at)[-_NAMED:]]
    if latest:
        because = "; ".join(reversed(latest))
    else:
        because = "no new signal, and older points fade" if change else "no new signal"
    return f"{how} since {since:%Y-%m-%d}: {because}"


def words(kind: str, scoring: Scoring) -> str:
    """What happened in a signal of this kind."""
    found = scoring.kinds.by_name.get(kind)
    return found.meaning if found else kind.replace("_", " ")


def _said(line: Line, scoring: Scoring) -> str:
    return f"{words(line.signal, scoring)} on {line.at:%Y-%m-%d}"
