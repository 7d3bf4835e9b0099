"""Offer companies as parts of a group: one has the name of the other and an arm, a trade or a place."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import numpy as np

from dedupe.arrays import Flags, Ints
from dedupe.clustering import Clustering
from dedupe.data_files import document
from dedupe.record import Key
from dedupe.table import Table
from dedupe.word_kinds import Kind
from dedupe.words import DISTINCTIVE

#: What a part of a group may have in its name besides the group's name.
_OF_PARTS = Kind.ARM | Kind.TRADE | Kind.PLACE | Kind.NOTHING | Kind.WHOLE
_TELLING = Kind.ARM | Kind.TRADE | Kind.PLACE


class Offer(NamedTuple):
    """A company that may be part of another, by one row of each."""

    part: Key
    whole: Key
    odds: float


class _Found(NamedTuple):
    part: int
    whole: int
    #: How much the names share, and how likely the two are one company.
    shared: float
    odds: float


@cache
def _wholes() -> frozenset[str]:
    """Return the words that a group's own name may have and its parts lack."""
    return frozenset(document("group_words.yaml")["wholes"])


def group_offers(found: Clustering) -> list[Offer]:
    """Return for each company the one that it may be part of, without what people decided."""
    best: dict[int, _Found] = {}
    apart = _decided(found)
    for one in _candidates(found):
        part, whole = int(found.of_node[one.part]), int(found.of_node[one.whole])
        rank = (one.shared, one.odds, -one.whole)
        if frozenset((part, whole)) in apart or not _may_belong(found.table, one):
            continue
        before = best.get(part)
        if before is None or rank > (before.shared, before.odds, -before.whole):
            best[part] = one
    return [_offer(found, one) for one in best.values() if not _mutual(found, best, one)]


def _mutual(found: Clustering, best: dict[int, _Found], one: _Found) -> bool:
    """Check for two companies that are offered as parts of each other: the lighter name loses."""
    part, whole = int(found.of_node[one.part]), int(found.of_node[one.whole])
    other = best.get(whole)
    return other is not None and int(found.of_node[other.whole]) == part and whole < part


def _offer(found: Clustering, one: _Found) -> Offer:
    keys, row_of = found.table.keys, found.table.row_of
    return Offer(keys[int(row_of[one.part])], keys[int(row_of[one.whole])], one.odds)


def _decided(found: Clustering) -> set[frozenset[int]]:
    """Return the pairs of companies that a person called different."""
    rows, clusters = found.row_of, found.of_node[found.table.node_of]
    return {
        frozenset((int(clusters[rows[one]]), int(clusters[rows[other]])))
        for one, other in found.decisions.different
        if one in rows and other in rows
    }


def _candidates(found: Clustering) -> Iterable[_Found]:
    """Yield compared pairs of two companies of which one has the other's name and more."""
    compared, names = found.compared, found.table.names
    left, right = compared.left, compared.right
    cores = found.table.core[left], found.table.core[right]
    longer = names.lengths[cores[0]].astype(np.int64) - names.lengths[cores[1]]
    chosen = np.flatnonzero((longer != 0) & (found.of_node[left] != found.of_node[right]))
    swap = longer[chosen] < 0
    more = np.where(swap, right[chosen], left[chosen])
    less = np.where(swap, left[chosen], right[chosen])
    kept = _contained(found.table, more, less)
    for at in np.flatnonzero(kept).tolist():
        of_group = _as_group(found.table, int(more[at]), int(less[at]))
        if of_group is not None:
            odds = float(compared.odds[chosen[at]])
            shared = float(names.totals[found.table.core[less[at]]])
            yield _Found(*of_group, shared, odds)


def _contained(table: Table, more: Ints, less: Ints) -> Flags:
    """Check which shorter names have a distinctive brand, and all of their words in the longer."""
    names = table.names
    longer, shorter = names.tokens[table.core[more]], names.tokens[table.core[less]]
    first = shorter[:, 0] if shorter.size else np.empty(0, np.int32)
    brand = (first >= 0) & (np.append(names.kinds, 0)[first] == Kind.BRAND)
    distinctive = np.append(names.weights, 0)[first] >= DISTINCTIVE
    kept = brand & distinctive & ~names.everywhere[table.core[less]]
    kept[kept] = (longer[kept] == first[kept, None]).any(axis=1)
    at = np.flatnonzero(kept)
    inside = (shorter[at, :, None] == longer[at, None, :]).any(axis=2) | (shorter[at] < 0)
    kept[at] = inside.all(axis=1)
    return np.asarray(kept)


def _as_group(table: Table, more: int, less: int) -> tuple[int, int] | None:
    """Return the part and the whole of two companies, given by their nodes; None for neither."""
    names = table.names
    tokens, stem = (
        {code for code in names.tokens[table.core[node]].tolist() if code >= 0}
        for node in (more, less)
    )
    extra = tokens - stem
    kinds = [int(names.kinds[code]) for code in extra]
    if any(kind & ~_OF_PARTS & ~Kind.COMPOUND for kind in kinds):
        return None
    if any(names.vocabulary[code] in _wholes() for code in extra):
        return less, more
    return (more, less) if any(kind & _TELLING for kind in kinds) else None


def _may_belong(table: Table, one: _Found) -> bool:
    """Check that nothing states two companies without a relation.

    The same name in two places is chance, unless both names are complete: a group's parts have
    places and domains of their own.
    """
    both = (one.part, one.whole)
    domains = [set(table.several["domain"][node].tolist()) - {-1} for node in both]
    if domains[0] & domains[1]:
        return True
    if all(table.in_full[node] for node in both):
        return not all(domains) or _begin_alike(table, domains)
    return not all(domains) and not any(
        _differ(table, attribute, both) for attribute in ("country", "city")
    )


def _begin_alike(table: Table, domains: list[set[int]]) -> bool:
    """Check for a domain of each side that begins as the other does."""
    labels = [[table.texts["domain"][code].partition(".")[0] for code in side] for side in domains]
    return any(a.startswith(b) or b.startswith(a) for a in labels[0] for b in labels[1])


def _differ(table: Table, attribute: str, both: tuple[int, int]) -> bool:
    one, other = (int(table.single[attribute][node]) for node in both)
    return one >= 0 and other >= 0 and one != other
