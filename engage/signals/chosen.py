"""Choose signals by their kinds."""

from __future__ import annotations

from collections.abc import Set

import numpy as np

from engage.signals.kinds import Kinds
from engage.signals.table import Flags, SignalTable


def which_kinds(table: SignalTable, kinds: Kinds, names: Set[str]) -> Flags:
    """Which of the table's words for kinds name one of these kinds."""
    return np.array([kinds.name_of(word) in names for word in table.kinds], dtype=np.bool_)
