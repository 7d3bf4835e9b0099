"""Pairs that match by another name of one of them: an alias, a former name, a trading name."""

from __future__ import annotations

import numpy as np

from dedupe.arrays import Flags, Floats, Ints
from dedupe.table import Table


def by_another_name(
    table: Table, left: Ints, right: Ints, names: tuple[Ints, Ints]
) -> tuple[Floats, Flags]:
    """Count for how many of two nodes a compared name is not the first; check if names say enough.

    `names` are the two compared names of each pair, in either order. A name says enough if few others
    can have it: it has a legal form or two words, or is a short form of its company's first name.
    """
    mine, theirs = table.core[left], table.core[right]
    other_left = (mine != names[0]) & (mine != names[1])
    other_right = (theirs != names[0]) & (theirs != names[1])
    says_enough = np.ones(len(left), dtype=bool)
    stated = dict(
        zip(
            zip(table.alias_nodes.tolist(), table.alias_cores.tolist(), strict=True),
            table.alias_forms.tolist(),
            strict=True,
        )
    )
    for at in np.flatnonzero(other_left | other_right).tolist():
        two = int(names[0][at]), int(names[1][at])
        for node, is_other in ((int(left[at]), other_left[at]), (int(right[at]), other_right[at])):
            own = int(table.core[node])
            name = own if not is_other else next((one for one in two if (node, one) in stated), own)
            form = bool(table.in_full[node]) if name == own else stated[node, name]
            if not form and not _is_specific(table, name, own):
                says_enough[at] = False
    return other_left.astype(np.float32) + other_right, says_enough


def _is_specific(table: Table, name: int, own: int) -> bool:
    """Check for two words or more, or for a short form of the company's own, longer name."""
    names = table.names
    if names.lengths[name] > 1:
        return True
    if name == own:
        return False
    words = set(names.cores[name].split())
    if words < set(names.cores[own].split()):
        return True
    surprise = names.acronyms.surprise_of(np.array([name]), np.array([own]), len(names.cores))
    return bool(surprise[0] > -np.inf)
