"""Pairs that match by another name of one of them: an alias, a former name, a trading name."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from dedupe.arrays import Flags, Floats, Ints
from dedupe.table import Table


class AliasMatch(NamedTuple):
    """What is known of the other names that two nodes match by; all true if there are none."""

    #: For how many of the two nodes the compared name is not the first.
    times: Floats
    #: Both names have a legal form.
    in_full: Flags
    #: Few others can have the names: each has a form or two words, or shortens its first name.
    says_enough: Flags


def by_another_name(table: Table, left: Ints, right: Ints, names: tuple[Ints, Ints]) -> AliasMatch:
    """Look at the names that pairs match by; `names` are the two compared, in either order."""
    mine, theirs = table.core[left], table.core[right]
    is_other = [(core != names[0]) & (core != names[1]) for core in (mine, theirs)]
    in_full, says_enough = (np.ones(len(left), dtype=bool) for _ in range(2))
    stated, abbreviated = _forms_of_aliases(table), _abbreviated(table)
    for at in np.flatnonzero(is_other[0] | is_other[1]).tolist():
        two = int(names[0][at]), int(names[1][at])
        for node, other in ((int(left[at]), is_other[0][at]), (int(right[at]), is_other[1][at])):
            own = int(table.core[node])
            name = next((one for one in two if (node, one) in stated), own) if other else own
            has_form = stated[node, name] if name != own else bool(table.in_full[node])
            in_full[at] &= has_form
            says_enough[at] &= has_form or _is_specific(table, name, own, abbreviated)
    return AliasMatch(is_other[0].astype(np.float32) + is_other[1], in_full, says_enough)


def _forms_of_aliases(table: Table) -> dict[tuple[int, int], bool]:
    """Return for each node and other name whether the name states a legal form."""
    pairs = zip(table.alias_nodes.tolist(), table.alias_cores.tolist(), strict=True)
    return dict(zip(pairs, table.alias_forms.tolist(), strict=True))


def _abbreviated(table: Table) -> set[tuple[int, int]]:
    """Return the pairs of a short name and a long one that it may abbreviate, in both orders."""
    acronyms = table.names.acronyms
    short, long = acronyms.short.tolist(), acronyms.long.tolist()
    return {*zip(short, long, strict=True), *zip(long, short, strict=True)}


def _is_specific(table: Table, name: int, own: int, abbreviated: set[tuple[int, int]]) -> bool:
    """Check for two words or more, or for a short form of the company's own, longer name."""
    names = table.names
    if names.lengths[name] > 1:
        return True
    if name == own:
        return False
    words = set(names.cores[name].split())
    return words < set(names.cores[own].split()) or (name, own) in abbreviated
