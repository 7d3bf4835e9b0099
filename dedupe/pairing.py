"""From blocking to node pairs: compare names once, then give each node pair its best name pair."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from dedupe.alias_match import by_another_name
from dedupe.arrays import Flags, Floats, Ints, distinct, groups
from dedupe.attributes import (
    compare_attributes,
    foreign_form,
    forms_apart,
    forms_seldom_changed,
)
from dedupe.block import Blocked, pair_code
from dedupe.compare_names import NamePairs, compare_names, join, promising
from dedupe.counted import bearers
from dedupe.domain_spells import domain_spells_other, slips_of_one_domain
from dedupe.name_bearers import Bearing, in_one_country
from dedupe.one_word_names import doubled_or_cut, initials_in_front, may_be_two_names, name_behind
from dedupe.pairs import Pairs
from dedupe.shared_names import another_behind
from dedupe.surnames import two_surnames
from dedupe.table import Table
from dedupe.telling_words import OwnWords, complete_names, own_words

#: For each name, at most this many nodes are paired with those of another name, and those of one
#: country; attributes find the rest.
NODES_A_NAME = 6
#: Stands for the surprise of pairs that are no initials, which is never used.
_LEAST_SURPRISE = np.float32(-99)
#: Names that nearly spell the domain of both are spelled at least this much alike.
_AS_DOMAIN = np.float32(0.95)
#: Name pairs compared before hopeless ones are dropped; bounds the memory, not the work.
_CHUNK = 1_000_000


def pair_up(
    table: Table, blocked: Blocked, step: Callable[[int, int], None] = lambda _done, _of: None
) -> Pairs:
    """Compare the names that blocking paired, and pair the nodes that have them."""
    count, names = len(table), len(table.names.cores)
    left, right = blocked.nodes // count, blocked.nodes % count
    core_codes = pair_code(table.core[left], table.core[right], names)
    same_core = table.core[left] == table.core[right]
    shared_name = np.where(same_core, table.core[left], shared_alias(table, left, right))
    asked = distinct(core_codes[shared_name < 0])
    compared = _compare(table, distinct(np.r_[blocked.names, asked]), asked, step)
    codes = pair_code(compared.left, compared.right, names)
    by_name = np.flatnonzero(
        np.isin(codes, blocked.names, assume_unique=True) & promising(compared)
    )
    name_left, name_right, of_names = paired_bearers(Bearing.of(table), by_name, compared)
    # A name that both have needs no name pair: it is encoded as -1 minus its code.
    of_blocked = np.where(
        shared_name >= 0, -1 - shared_name.astype(np.int64), np.searchsorted(codes, core_codes)
    )
    return measured_pairs(
        table,
        compared,
        np.r_[name_left, left],
        np.r_[name_right, right],
        np.r_[of_names, of_blocked],
    )


def _compare(table: Table, every: Ints, asked: Ints, step: Callable[[int, int], None]) -> NamePairs:
    """Compare name pairs that attributes ask for or that are promising on their own."""
    names = len(table.names.cores)
    parts: list[NamePairs] = []
    for start in range(0, max(len(every), 1), _CHUNK):
        step(start, len(every))
        part = every[start : start + _CHUNK]
        needed = np.isin(part, asked, assume_unique=True)
        compared = compare_names(table.names, part // names, part % names, needed)
        parts.append(compared.take(promising(compared) | needed))
    return join(parts)


def paired_bearers(table: Bearing, chosen: Ints, compared: NamePairs) -> tuple[Ints, Ints, Ints]:
    """Return node pairs for name pairs, with the index of the name pair."""
    nodes = np.r_[np.arange(len(table.core), dtype=np.int64), table.alias_nodes]
    cores = np.r_[table.core, table.alias_cores]
    order = np.lexsort((nodes, cores))
    nodes = nodes[order]
    starts, sizes = groups(cores[order])
    start_of, every = (np.zeros(table.names, dtype=np.int64) for _ in range(2))
    present = cores[order][starts]
    start_of[present], every[present] = starts, sizes
    size_of = np.minimum(every, NODES_A_NAME)
    left, right = compared.left[chosen], compared.right[chosen]
    times = size_of[left] * size_of[right]
    pair = np.repeat(np.arange(len(chosen)), times)
    place = np.arange(len(pair)) - np.repeat(np.cumsum(times) - times, times)
    wide = size_of[right][pair]
    many = chosen[np.maximum(every[left], every[right]) > NODES_A_NAME]
    more = in_one_country(table, compared.left[many], compared.right[many])
    return (
        np.r_[nodes[start_of[left][pair] + place // wide], more.left],
        np.r_[nodes[start_of[right][pair] + place % wide], more.right],
        np.r_[chosen[pair], many[more.pair]],
    )


def shared_alias(table: Table, left: Ints, right: Ints) -> Ints:
    """Return the name both nodes share where it is an alias of one; -1 elsewhere."""
    shared = np.full(len(left), -1, dtype=np.int64)
    aliases: dict[int, set[int]] = {}
    for node, core in zip(table.alias_nodes.tolist(), table.alias_cores.tolist(), strict=True):
        aliases.setdefault(node, set()).add(core)

    def names_of(node: int) -> set[int]:
        return {int(table.core[node])} | aliases.get(node, set())

    with_alias = np.isin(left, table.alias_nodes) | np.isin(right, table.alias_nodes)
    for at in np.flatnonzero(with_alias).tolist():
        both = names_of(int(left[at])) & names_of(int(right[at]))
        shared[at] = max(both, key=lambda core: (float(table.names.totals[core]), core), default=-1)
    return shared


def measured_pairs(
    table: Table, compared: NamePairs, left: Ints, right: Ints, of_names: Ints
) -> Pairs:
    """Return each node pair once, with its best name pair and its attributes compared."""
    left, right, of_names = _once(table, compared, left, right, of_names)
    same = of_names < 0
    name = np.where(same, -1 - of_names, 0)
    pair = np.where(same, -1, of_names)
    letters = table.names.sizes
    rarest = _heaviest_word(table)[name]
    over = _or_none(compared.left_over)[pair], _or_none(compared.right_over)[pair]
    kinds = _own_words(table, compared, left, right, pair)
    names = (
        np.where(same, name, np.append(compared.left, -1)[pair]),
        np.where(same, name, np.append(compared.right, -1)[pair]),
    )
    alias = by_another_name(table, left, right, names)
    two_short_names = may_be_two_names(table, left, right)
    spelling = np.where(same, np.float32(1), _or_none(compared.spelling)[pair])
    stands = compare_attributes(table, left, right)
    shared = (stands["domain"] > 0) & (stands["country"] >= 0)
    slips = slips_of_one_domain(table, left, right, shared)
    spelling = np.where(slips, np.maximum(spelling, _AS_DOMAIN), spelling)
    forms = partial(_where_forms_differ, table, left, right, stands["form"])
    complete = table.in_full | complete_names(table.names)[table.core]
    return Pairs(
        left=left,
        right=right,
        same_name=same,
        by_alias=alias.times,
        alias_in_full=alias.in_full,
        alias_says_enough=alias.says_enough,
        shared=np.where(same, table.names.totals[name], _or_none(compared.shared)[pair]),
        rarest=np.where(same, rarest, _or_none(compared.rarest)[pair]),
        rarest_exact=np.where(same, rarest, _or_none(compared.rarest_exact)[pair]),
        least_over=np.minimum(*over),
        most_over=np.maximum(*over),
        least_own=_or_none(compared.least_own)[pair],
        spelling=spelling,
        letters=np.minimum(letters[table.core[left]], letters[table.core[right]]).astype(
            np.float32
        ),
        numbers_differ=_or_none(compared.numbers_differ)[pair] > 0,
        number_only_once=_or_none(compared.number_only_once)[pair] > 0,
        initials=_or_none(compared.initials)[pair] > 0,
        surprise=_or_none(np.maximum(compared.surprise, _LEAST_SURPRISE))[pair],
        opposites=_or_none(compared.opposites)[pair] > 0,
        everywhere=table.names.everywhere[table.core[left]]
        & table.names.everywhere[table.core[right]],
        local=table.names.local[table.core[left]] & table.names.local[table.core[right]],
        left_words=table.names.lengths[table.core[left]],
        right_words=table.names.lengths[table.core[right]],
        left_initials=initials_in_front(table, left, kinds.left),
        right_initials=initials_in_front(table, right, kinds.right),
        two_short_names=two_short_names,
        doubled_or_cut=doubled_or_cut(table, left, right, two_short_names),
        name_behind=name_behind(table, left, right, kinds),
        another_behind=another_behind(table, left, right, kinds),
        two_surnames=two_surnames(table.names, *names),
        domain_spells=domain_spells_other(table, left, right),
        left_kinds=kinds.left,
        right_kinds=kinds.right,
        in_full=complete[left] & complete[right],
        left_form=table.in_full[left],
        right_form=table.in_full[right],
        forms_apart=forms(forms_apart),
        forms_seldom_changed=forms(forms_seldom_changed),
        foreign_form=forms(foreign_form),
        stands=stands,
    )


def _where_forms_differ(
    table: Table,
    left: Ints,
    right: Ints,
    stand: Floats,
    check: Callable[[Table, Ints, Ints], Flags],
) -> Flags:
    """Check the pairs whose legal forms differ; few do, and nobody asks about the others."""
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


def _once(
    table: Table, compared: NamePairs, left: Ints, right: Ints, of_names: Ints
) -> tuple[Ints, Ints, Ints]:
    """Return each pair of different nodes once, with the index of its best name pair."""
    differ = left != right
    code, of_names = pair_code(left[differ], right[differ], len(table)), of_names[differ]
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
    first = np.r_[True, code[1:] != code[:-1]] if len(code) else np.zeros(0, dtype=bool)
    code = code[first]
    return code // len(table), code % len(table), of_names[first]


def _or_none(values: Floats | Flags) -> Floats:
    """Append a zero, which index -1 then finds."""
    return np.append(values, np.float32(0)).astype(np.float32, copy=False)
