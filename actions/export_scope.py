"""Whose companies an export holds, and how they are read."""

from __future__ import annotations

from actions.session import Transaction
from actions.where import Where
from engage.run.interest import interests
from leads.clock import now
from leads.store import profiles
from outreach.run.exporting import ExportScope
from qualify.profile.grades import grade
from qualify.run.profiles import profile_of


def export_scope(work: Transaction, where: Where) -> ExportScope:
    """The scope of an export of one campaign."""
    client_id, campaign_id = work.campaign(where.client, where.campaign)
    stored = profiles.in_force(work.tx, campaign_id)
    grades = profile_of(stored).grades if stored else ()
    at = now()
    return ExportScope(
        client_id=client_id,
        campaign_id=campaign_id,
        secret=work.session.secret,
        grade_of=lambda score: grade(grades, score),
        interests_of=lambda tx, some: interests(tx, client_id, campaign_id, some, at),
        today=at.date(),
    )
