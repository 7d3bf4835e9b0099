"""Web domains that spell a name: a misspelled or cut-off name may have the domain of the whole."""

from __future__ import annotations

import numpy as np
from rapidfuzz.distance import OSA

from dedupe.arrays import MISSING, Codes, Flags, Ints
from dedupe.table import Table

#: A shorter label is the domain of many companies.
_SHORTEST = 6
#: A name with at most this many letters more may be the same name with a slip. A longer name is of
#: a daughter, which has the domain of its group.
_LONGER_BY = 2
#: The letters of "and", which a name is compared without.
_AND = 3


def domain_spells_other(table: Table, left: Ints, right: Ints) -> Flags:
    """Check for a domain of one row that spells the whole name of the other, and not its own."""
    found = np.zeros(len(left), dtype=bool)
    if not table.texts["domain"]:
        return found
    texts = table.texts["domain"]
    lengths = np.fromiter(map(len, map(_label, texts)), dtype=np.int64, count=len(texts))
    lengths = np.append(np.where(lengths >= _SHORTEST, lengths, MISSING), MISSING)
    sizes = table.names.sizes[table.core]
    stated = table.several["domain"]
    differ = table.core[left] != table.core[right]
    for own, other in ((left, right), (right, left)):
        for place in range(stated.shape[1]):
            at = np.flatnonzero(differ & (lengths[stated[own, place]] > 0))
            label = lengths[stated[own[at], place]]
            mine, theirs = sizes[own[at]], sizes[other[at]]
            fits = (label == theirs) | (label == theirs + _AND)
            at = at[fits & (mine <= theirs + _LONGER_BY)]
            at = at[_spell(table, stated[own[at], place], other[at])]
            at = at[~_spell(table, stated[own[at], place], own[at])]
            found[at] = True
    return found


def _label(domain: str) -> str:
    """Return what stands before the first dot of a domain, without hyphens."""
    return domain.partition(".")[0].replace("-", "")


def _spell(table: Table, domains: Codes, nodes: Ints) -> Flags:
    """Check which domains' labels are the words of a node's name, with "and" and "the" or without."""
    cores = table.core[nodes].tolist()
    spelled, written = table.names.squashed, table.names.cores
    # Keeping the labels of all domains would take as much memory as the domains.
    labels = map(_label, map(table.texts["domain"].__getitem__, domains.tolist()))
    whole = (
        spelled[core] == label
        or (" and " in written[core] and written[core].replace(" ", "") == label)
        for core, label in zip(cores, labels, strict=True)
    )
    return np.fromiter(whole, dtype=bool, count=len(nodes))


def slips_of_one_domain(table: Table, left: Ints, right: Ints, shared: Flags) -> Flags:
    """Check for names that both nearly spell the first domain, where the two rows share one."""
    found = np.zeros(len(left), dtype=bool)
    stated, names = table.several["domain"], table.names
    chosen = np.flatnonzero(shared)
    for at in chosen[table.core[left[chosen]] != table.core[right[chosen]]].tolist():
        first = stated[left[at], 0]
        if first != stated[right[at], 0]:
            continue
        label = _label(table.texts["domain"][first])
        two = [names.squashed[table.core[side[at]]] for side in (left, right)]
        found[at] = len(label) >= _SHORTEST and all(_is_slip_of(name, label) for name in two)
    return found


def _is_slip_of(name: str, label: str) -> bool:
    """Check for a name that differs in one letter from a domain, or in two from a long one."""
    slips = 2 if len(label) > _SHORTEST else 1
    return OSA.distance(name, label, score_cutoff=slips) <= slips
