"""Where a step opens its transactions: a store has short ones of its own for each part."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from leads.store import Tx


class Transactions(Protocol):
    """What opens transactions that read and that write; a `Store` does."""

    def read(self) -> AbstractContextManager[Tx]:
        """Open a transaction that sees one snapshot."""

    def write(self) -> AbstractContextManager[Tx]:
        """Open a transaction that may write."""
