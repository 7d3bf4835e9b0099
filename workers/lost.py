"""Finish tasks, or fail when another worker took them over."""

from collections.abc import Sequence

from leads.errors import SluiceError
from leads.store import Tx
from leads.store.ledger import tasks as ledger
from leads.store.ledger.tasks import Claimed


class LostLeaseError(SluiceError):
    """Another worker took these tasks over; the results of this one are not kept."""

    code = "lost_lease"


def finish_or_lose(tx: Tx, claimed: Sequence[Claimed]) -> None:
    """Mark tasks done in the transaction of their results.

    LostLeaseError, which rolls the transaction back, when another worker took some over.
    """
    if len(ledger.finish(tx, claimed)) < len(claimed):
        raise LostLeaseError
