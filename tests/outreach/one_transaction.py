"""Take prospects inside a transaction that a test holds: what it did before is not committed yet."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from leads.store import Tx
from leads.store.direct import Direct
from outreach.card import Card
from outreach.run import leasing
from outreach.run.queue_user import QueueUser
from outreach.run.transactions import Result


@dataclass(frozen=True)
class OneTransaction:
    """Hands out one transaction to read and to write."""

    tx: Tx

    @contextmanager
    def read(self) -> Iterator[Tx]:
        yield self.tx

    def at_once(self, work: Callable[[Direct], Result]) -> Result | None:
        return None

    @contextmanager
    def write(self) -> Iterator[Tx]:
        yield self.tx


def take_next(tx: Tx, user: QueueUser, want: int = 1, *, any_time: bool = False) -> list[Card]:
    """Take prospects as every command does, in this transaction."""
    return leasing.take_next(OneTransaction(tx), user, want, any_time=any_time)
