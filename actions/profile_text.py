"""The text of the profile in force for a campaign."""

from __future__ import annotations

from dataclasses import dataclass

from actions.actor import Right
from actions.session import Session
from actions.where import Where
from leads.errors import NoCampaignError
from leads.store import profiles


@dataclass(frozen=True, slots=True)
class ProfileText:
    """A profile as it was written."""

    name: str
    version: int
    text: str


def profile_text(session: Session, where: Where) -> ProfileText | None:
    """The profile in force; None when there is no campaign, or it has none yet."""
    with session.read(Right.MANAGE) as work:
        try:
            _, campaign_id = work.campaign(where.client, where.campaign)
        except NoCampaignError:
            return None
        found = profiles.in_force(work.tx, campaign_id)
    return ProfileText(found.name, found.version, found.content) if found else None
