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


def domain_spells_other(table: Table, left: Ints, right: Ints) -> Flags:
    """Check for a domain of one row that spells the whole name of the other, and not its own."""
    found = np.zeros(len(left), dtype=bool)
    if not table.texts["domain"]:
        return found
    labels = [text.partition(".")[0].replace("-", "") for text in table.texts["domain"]]
    code_of = {label: at for at, label in enumerate(labels) if len(label) >= _SHORTEST}
    of_domain = np.array([code_of.get(label, MISSING) for label in labels] + [MISSING], np.int32)
    of_name = _labels_of_names(table, code_of)[table.core]
    sizes = table.names.sizes[table.core]
    stated = of_domain[table.several["domain"]]
    for own, other in ((left, right), (right, left)):
        spells = (stated[own] == of_name[other, None]).any(axis=1) & (of_name[other] >= 0)
        as_long = sizes[own] <= sizes[other] + _LONGER_BY
        found |= spells & as_long & (of_name[own] != of_name[other])
    return found


def slips_of_one_domain(table: Table, left: Ints, right: Ints, shared: Flags) -> Flags:
    """Check for names that both nearly spell the first domain, where the two rows share one."""
    found = np.zeros(len(left), dtype=bool)
    stated, names = table.several["domain"], table.names
    chosen = np.flatnonzero(shared)
    for at in chosen[table.core[left[chosen]] != table.core[right[chosen]]].tolist():
        first = stated[left[at], 0]
        if first != stated[right[at], 0]:
            continue
        domain = table.texts["domain"][first]
        label = domain.partition(".")[0].replace("-", "")
        two = [names.squashed[table.core[side[at]]] for side in (left, right)]
        found[at] = len(label) >= _SHORTEST and all(_is_slip_of(name, label) for name in two)
    return found


def _is_slip_of(name: str, label: str) -> bool:
    """Check for a name that differs in one letter from a domain, or in two from a long one."""
    slips = 2 if len(label) > _SHORTEST else 1
    return OSA.distance(name, label, score_cutoff=slips) <= slips


def _labels_of_names(table: Table, code_of: dict[str, int]) -> Codes:
    """Return for each name the label that spells it; -1 if no domain does."""
    names = table.names
    found = np.full(len(names.cores), MISSING, dtype=np.int32)
    for at, (whole, core) in enumerate(zip(names.squashed, names.cores, strict=True)):
        found[at] = code_of.get(whole, MISSING)
        # The words without "and" and "the" are `whole`.
        if found[at] < 0 and " and " in core:
            found[at] = code_of.get(core.replace(" ", ""), MISSING)
    return found
