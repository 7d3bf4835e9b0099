"""Check that stored verdicts follow from the facts and profiles they name."""

from __future__ import annotations

from actions.queue import Where
from actions.session import Session
from qualify.run.replaying import Different, Replayed, replay, replayed_json

__all__ = ["Different", "Replayed", "replay_verdicts", "replayed_json"]


def replay_verdicts(session: Session, where: Where, *, every: bool = False) -> Replayed:
    """Decide the verdicts in force again and compare; with `every` the superseded ones too."""
    with session.read() as work:
        _, campaign_id = work.campaign(where.client, where.campaign)
        return replay(work.tx, campaign_id, every=every)
