"""Put a scoring file in force for a campaign, and explain the score of a company."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from actions.actor import Right
from actions.follow_up import WorkedOff, work_off
from actions.scoring_files import CheckedScoring, usable_scoring
from actions.session import Session
from actions.where import Where
from engage.run import rules
from engage.run.explaining import Explained, explain
from engage.run.preview import Preview, preview
from engage.score.ledger import Line
from engage.score.results import Result
from engage.scoring.scoring import Scoring
from leads.changes import ScoringChanged
from leads.errors import UsageError
from leads.store import company_search

__all__ = [
    "ExplainedScore",
    "Line",
    "Moved",
    "Result",
    "UsedScoring",
    "explain_score",
    "use_scoring",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedScoring:
    """A scoring file that is in force now, or would be in a dry run."""

    checked: CheckedScoring
    changed: bool
    preview: Preview
    #: None in a dry run.
    work: WorkedOff | None


@dataclass(frozen=True, slots=True)
class Moved:
    """What moved a score since a moment."""

    since: datetime
    engagement: int
    temperature: str
    sum: float
    #: The points of signals since then, as they are now.
    gained: float
    #: What the older points have lost since then; negative points that faded make it smaller.
    faded: float
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedScore:
    """Why a company has its score."""

    company_id: UUID
    company: str
    scoring: Scoring
    at: datetime
    explained: Explained
    #: None: no moment was named.
    moved: Moved | None


def use_scoring(session: Session, path: str, where: Where, *, dry_run: bool = False) -> UsedScoring:
    """Put a file in force for a campaign, and score its companies."""
    checked = usable_scoring(path)
    with session.read(Right.MANAGE) as work:
        found = preview(work.tx, *work.campaign(where.client, where.campaign), checked.scoring)
    with session.write(Right.MANAGE, dry_run=dry_run) as work:
        client_id, campaign_id = work.campaign(where.client, where.campaign)
        changed = rules.use(
            work.tx, client_id, campaign_id, checked.file, checked.text, work.actor.name
        )
        if changed and not dry_run:
            work.follow([ScoringChanged(client_id, campaign_id)])
    return UsedScoring(
        checked=checked,
        changed=changed,
        preview=found,
        work=None if dry_run else work_off(session),
    )


def explain_score(
    session: Session, where: Where, company: str, at: datetime, since: datetime | None = None
) -> ExplainedScore:
    """Explain the score that a company has at a moment, and what moved it since another."""
    if since is not None and since >= at:
        raise UsageError("--since is not before the time of the score", "name an earlier time")
    with session.read() as work:
        client_id, campaign_id = work.campaign(where.client, where.campaign)
        scoring = rules.read(rules.file_needed(work.tx, campaign_id))
        found = company_search.find(work.tx, client_id, company)
        ids = (client_id, campaign_id, found.id)
        now_is = explain(work.tx, *ids, scoring, at)
        before = explain(work.tx, *ids, scoring, since) if since else None
    return ExplainedScore(
        company_id=found.id,
        company=found.name,
        scoring=scoring,
        at=at,
        explained=now_is,
        moved=_moved(now_is, before, since) if before and since else None,
    )


def _moved(now_is: Explained, before: Explained, since: datetime) -> Moved:
    fresh = [line for line in now_is.lines if line.at > since]
    gained = round(sum(line.now for line in fresh), 6)
    return Moved(
        since=since,
        engagement=before.result.engagement,
        temperature=before.result.temperature,
        sum=before.result.sum,
        gained=gained,
        faded=round(before.result.sum + gained - now_is.result.sum, 6),
        lines=fresh,
    )
