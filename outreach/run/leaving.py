"""A user leaves a campaign's queue: leases go back, and promised call-backs are anybody's."""

from __future__ import annotations

from dataclasses import dataclass

from leads.store import Tx, leases, promises
from outreach.run.leasing import place_now
from outreach.run.queue_user import QueueUser, log


@dataclass(frozen=True, slots=True)
class Left:
    """What a user left behind in queues."""

    #: Prospects that the user held and that are free again.
    released: int = 0
    #: Promised call-backs that anybody may make at their time.
    shared: int = 0

    def __add__(self, other: Left) -> Left:
        """Add what was left in another queue."""
        return Left(self.released + other.released, self.shared + other.shared)


def leave(tx: Tx, user: QueueUser) -> Left:
    """Return all that a user holds in one campaign, and share the promised call-backs."""
    shared = promises.share(tx, user.campaign_id, user.user)
    released = 0
    for held in leases.live(tx, user.campaign_id, user.user):
        if leases.end(tx, held, "released", place_now(tx, user, held)):
            log(tx, user, "released", held.company_id, "the user left")
            released += 1
    return Left(released, shared)
