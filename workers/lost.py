"""Finish tasks, or learn that somebody else does them now."""

from collections.abc import Sequence

from leads.errors import SluiceError
from leads.store import Tx
from leads.store.ledger import tasks as ledger
from leads.store.ledger.tasks import Claimed


class LostLeaseError(SluiceError):
    """Another worker took these tasks over; what was done for them here is not kept."""

    code = "lost_lease"


def finish_or_lose(tx: Tx, claimed: Sequence[Claimed]) -> None:
    """Mark tasks done in the transaction of their results; LostLeaseError, which undoes it, when
    some are no longer ours.
    """
    if len(ledger.finish(tx, claimed)) < len(claimed):
        raise LostLeaseError
