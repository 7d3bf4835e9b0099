"""Where a step opens its transactions: a store has short ones of its own for each part."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

from leads.store import Tx
from leads.store.direct import Direct

Result = TypeVar("Result")


class Transactions(Protocol):
    """What opens transactions that read and that write; a `Store` does."""

    def read(self) -> AbstractContextManager[Tx]:
        """Open a transaction that sees one snapshot."""

    def at_once(self, work: Callable[[Direct], Result]) -> Result | None:
        """What a short work returns that may write, on the driver's own connection; None: there is
        no transaction that is not part of another.
        """

    def write(self) -> AbstractContextManager[Tx]:
        """Open a transaction that may write."""
