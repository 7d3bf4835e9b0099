"""Measure pairs of nodes: the best name pair of each, and the attributes that they state."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from dedupe.alias_match import by_another_name
from dedupe.arrays import Codes, Flags, Floats, Ints, first_of_each
from dedupe.attributes import (
    compare_attributes,
    foreign_form,
    forms_apart,
    forms_seldom_changed,
)
from dedupe.block import pair_code
from dedupe.compare_names import NamePairs
from dedupe.counted import bearers
from dedupe.domain_spells import domain_spells_other, slips_of_one_domain
from dedupe.names_table import Names
from dedupe.one_word_names import doubled_or_cut, initials_in_front, may_be_two_names, name_behind
from dedupe.pairs import Pairs
from dedupe.shared_names import another_behind
from dedupe.surnames import two_surnames
from dedupe.table import Table
from dedupe.telling_words import OwnWords, complete_names, own_words

#: The surprise of pairs that are no initials: so low that it counts for nothing.
_LEAST_SURPRISE = np.float32(-99)
#: Names that nearly spell the domain of both are spelled at least this much alike.
_AS_DOMAIN = np.float32(0.95)


class FoundPairs(NamedTuple):
    """Pairs of nodes, each with the place of its name pair."""

    left: Ints
    right: Ints
    #: -1 minus the code of a name that both nodes have: it needs no name pair.
    of_names: Ints


def measured_pairs(table: Table, compared: NamePairs, found: FoundPairs) -> Pairs:
    """Measure pairs of nodes, each of which is there once: their names and their attributes."""
    return with_attributes(table, found, measured_names(table, compared, found))


def with_attributes(table: Table, found: FoundPairs, by_name: dict[str, Any]) -> Pairs:
    """Measure the attributes of pairs whose names are measured."""
    left, right, _ = found
    stands = compare_attributes(table, left, right)
    shared = (stands["domain"] > 0) & (stands["country"] >= 0)
    slips = slips_of_one_domain(table, left, right, shared)
    by_name["spelling"][slips] = np.maximum(by_name["spelling"][slips], _AS_DOMAIN)
    forms = partial(_where_forms_differ, table, left, right, stands["form"])
    complete = table.in_full | complete_names(table.names)[table.core]
    return Pairs(
        left=left,
        right=right,
        **by_name,
        domain_spells=domain_spells_other(table, left, right),
        in_full=complete[left] & complete[right],
        left_form=table.in_full[left],
        right_form=table.in_full[right],
        forms_apart=forms(forms_apart),
        forms_seldom_changed=forms(forms_seldom_changed),
        foreign_form=forms(foreign_form),
        stands=stands,
    )


def measured_names(table: Table, compared: NamePairs, found: FoundPairs) -> dict[str, Any]:
    """Return what the best names of each pair say, by the name of the attribute of `Pairs`."""
    left, right, of_names = found
    same = of_names < 0
    pair = np.where(same, -1, of_names)
    kinds = _own_words(table, compared, left, right, pair)
    two_short_names = may_be_two_names(table, left, right)
    return {
        **_of_best_names(table, compared, left, right, of_names),
        "same_name": same,
        "shared": np.where(
            same, table.names.totals[_shared(of_names)], _or_none(compared.shared)[pair]
        ),
        **_rarest(table, compared, of_names),
        **_left_over(compared, pair),
        "spelling": np.where(same, np.float32(1), _or_none(compared.spelling)[pair]),
        "numbers_differ": _or_none(compared.numbers_differ)[pair] > 0,
        "number_only_once": _or_none(compared.number_only_once)[pair] > 0,
        "initials": _or_none(compared.initials)[pair] > 0,
        "surprise": _or_none(np.maximum(compared.surprise, _LEAST_SURPRISE))[pair],
        "opposites": _or_none(compared.opposites)[pair] > 0,
        **_of_first_names(table.names, table.core[left], table.core[right]),
        "left_initials": initials_in_front(table, left, kinds.left),
        "right_initials": initials_in_front(table, right, kinds.right),
        "two_short_names": two_short_names,
        "doubled_or_cut": doubled_or_cut(table, left, right, two_short_names),
        "name_behind": name_behind(table, left, right, kinds),
        "another_behind": another_behind(table, left, right, kinds),
        "left_kinds": kinds.left,
        "right_kinds": kinds.right,
    }


def _shared(of_names: Ints) -> Ints:
    """Return the code of the name that both have; 0 where they differ."""
    return np.where(of_names < 0, -1 - of_names, 0)


def _of_best_names(
    table: Table, compared: NamePairs, left: Ints, right: Ints, of_names: Ints
) -> dict[str, Any]:
    """Look at the two names themselves: are they other names, and are they two surnames."""
    same, name = of_names < 0, _shared(of_names)
    pair = np.where(same, -1, of_names)
    names = (
        np.where(same, name, np.append(compared.left, -1)[pair]),
        np.where(same, name, np.append(compared.right, -1)[pair]),
    )
    alias = by_another_name(table, left, right, names)
    return {
        "by_alias": alias.times,
        "alias_in_full": alias.in_full,
        "alias_says_enough": alias.says_enough,
        "two_surnames": two_surnames(table.names, *names),
    }


def _rarest(table: Table, compared: NamePairs, of_names: Ints) -> dict[str, Any]:
    same = of_names < 0
    pair = np.where(same, -1, of_names)
    of_name = _heaviest_word(table)[_shared(of_names)]
    return {
        "rarest": np.where(same, of_name, _or_none(compared.rarest)[pair]),
        "rarest_exact": np.where(same, of_name, _or_none(compared.rarest_exact)[pair]),
    }


def _left_over(compared: NamePairs, pair: Ints) -> dict[str, Any]:
    over = _or_none(compared.left_over)[pair], _or_none(compared.right_over)[pair]
    return {
        "least_over": np.minimum(*over),
        "most_over": np.maximum(*over),
        "least_own": _or_none(compared.least_own)[pair],
    }


def _of_first_names(names: Names, mine: Codes, theirs: Codes) -> dict[str, Any]:
    letters = np.minimum(names.sizes[mine], names.sizes[theirs])
    return {
        "letters": letters.astype(np.float32),
        "everywhere": names.everywhere[mine] & names.everywhere[theirs],
        "local": names.local[mine] & names.local[theirs],
        "left_words": names.lengths[mine],
        "right_words": names.lengths[theirs],
    }


def _where_forms_differ(
    table: Table,
    left: Ints,
    right: Ints,
    stand: Floats,
    check: Callable[[Table, Ints, Ints], Flags],
) -> Flags:
    """Check the pairs whose legal forms differ; False for the others."""
    found = np.zeros(len(left), dtype=bool)
    differ = np.flatnonzero(stand < 0)
    if len(differ):
        found[differ] = check(table, left[differ], right[differ])
    return found


def _own_words(table: Table, compared: NamePairs, left: Ints, right: Ints, pair: Ints) -> OwnWords:
    """Return the kinds of the words that the other name lacks; none for a shared name."""
    names = np.append(compared.left, 0)[pair], np.append(compared.right, 0)[pair]
    none = np.zeros(1, np.uint8)
    own = np.append(compared.left_own, none)[pair], np.append(compared.right_own, none)[pair]
    return own_words(table, (left, right), names, own)


def _heaviest_word(table: Table) -> Floats:
    """Return each name's heaviest word weight; less if many different rows have the name."""
    names = table.names
    rows, nodes = bearers(table)
    rarity = np.log(max(nodes, 10_000) / np.maximum(rows / 3, 1))
    heaviest = np.append(names.weights, np.float32(0))[names.tokens[:, 0]]
    return np.minimum(heaviest, rarity).astype(np.float32)


def once(table: Table, compared: NamePairs, found: FoundPairs) -> FoundPairs:
    """Return each pair of different nodes once, in order, with its best name pair."""
    differ = found.left != found.right
    code = pair_code(found.left[differ], found.right[differ], len(table))
    of_names = found.of_names[differ]
    whole = compared.shared + compared.left_over + compared.right_over
    similarity = _or_none(compared.shared / np.maximum(whole, 1e-6) + compared.spelling)
    order = np.lexsort(
        (
            of_names,
            np.where(of_names < 0, np.float32(-2), -similarity[np.maximum(of_names, -1)]),
            code,
        )
    )
    code, of_names = code[order], of_names[order]
    first = first_of_each(code)
    code = code[first]
    return FoundPairs(code // len(table), code % len(table), of_names[first])


def _or_none(values: Floats | Flags) -> Floats:
    """Append a zero, which index -1 then finds."""
    return np.append(values, np.float32(0)).astype(np.float32, copy=False)
