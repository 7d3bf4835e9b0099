"""Where a step opens its transactions: a store has short ones of its own for each part."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from leads.store import Tx
from leads.store.direct import Direct


class Transactions(Protocol):
    """What opens transactions that read and that write; a `Store` does."""

    def read(self) -> AbstractContextManager[Tx]:
        """Open a transaction that sees one snapshot."""

    def direct(self) -> AbstractContextManager[Direct | None]:
        """Open a short transaction that may write, on the driver's own connection; None: there is
        none that is not part of another.
        """

    def write(self) -> AbstractContextManager[Tx]:
        """Open a transaction that may write."""
