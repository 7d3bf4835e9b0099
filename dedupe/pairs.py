"""Pairs of nodes with everything the features look at: their best pair of names, and how their attributes stand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dedupe.arrays import Codes, Flags, Floats, Ints, groups
from dedupe.block import Blocked, pair_code, pairs_in_blocks
from dedupe.compare_names import NamePairs, compare_names
from dedupe.normalise import Table

#: Of each name at most this many nodes are paired with those of another name; attributes bring the others together.
_NODES_A_NAME = 6
ATTRIBUTES = ("country", "city", "postcode", "street", "domain", "phone", "register_number", "form")


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of nodes; every array has one entry a pair."""

    left: Ints
    right: Ints
    #: The same name, or the measures of the likest pair of names.
    same_name: Flags
    #: Weight of the shared name, of the weightiest word shared, and of what is left over on each side.
    shared: Floats
    rarest: Floats
    rarest_exact: Floats
    #: Letters of the shorter name.
    letters: Floats
    least_over: Floats
    most_over: Floats
    spelling: Floats
    numbers_differ: Flags
    number_only_once: Flags
    initials: Flags
    #: By attribute: 1 both have it alike, -1 both have it and differ, 0 missing.
    states: dict[str, Floats]
    #: By attribute where it agrees: how telling the value is, 1 for one that few names share, towards 0 for one that many do.
    telling: dict[str, Floats]

    def __len__(self) -> int:
        return len(self.left)

    def take(self, chosen: Ints | Flags) -> Pairs:
        """Some of the pairs."""
        plain = {name: getattr(self, name)[chosen] for name in self.__slots__ if name not in ("states", "telling")}
        return Pairs(
            **plain,
            states={name: values[chosen] for name, values in self.states.items()},
            telling={name: values[chosen] for name, values in self.telling.items()},
        )

    @property
    def alike(self) -> Floats:
        """Twice the shared weight over the weight of both names (Dice), 0 to 1."""
        whole = 2 * self.shared + self.least_over + self.most_over
        return np.where(self.same_name, np.float32(1), 2 * self.shared / np.maximum(whole, np.float32(1e-6)))

    @property
    def contained(self) -> Floats:
        """The shared weight over the weight of the lighter name, 0 to 1."""
        return np.where(self.same_name, np.float32(1), self.shared / np.maximum(self.shared + self.least_over, np.float32(1e-6)))


def pair_up(table: Table, blocked: Blocked) -> Pairs:
    """Compare the names that blocking brought together, and pair the nodes that bear them."""
    count, names = len(table), len(table.names.cores)
    by_node_left, by_node_right = blocked.nodes // count, blocked.nodes % count
    core_codes = pair_code(table.core[by_node_left], table.core[by_node_right], names)
    different = table.core[by_node_left] != table.core[by_node_right]
    every = np.unique(np.r_[blocked.names, core_codes[different]])
    compared = compare_names(table.names, every // names, every % names)
    promising = np.isin(every, blocked.names, assume_unique=True) & _promising(compared)
    left, right, of_names = _bearers(table, np.flatnonzero(promising), compared)
    # Pairs that share a name have no pair of different names; -1 stands for the same name.
    of_blocked = np.where(different, np.searchsorted(every, core_codes), -1)
    shared_alias = _share_a_name(table, by_node_left, by_node_right)
    of_blocked = np.where(shared_alias, -1, of_blocked)
    return _measured(table, compared, np.r_[left, by_node_left], np.r_[right, by_node_right], np.r_[of_names, of_blocked])


def _promising(compared: NamePairs) -> Flags:
    """Whether any attribute could still make a match of these names."""
    over = np.minimum(compared.left_over, compared.right_over)
    contained = compared.shared / np.maximum(compared.shared + over, 1e-6)
    return np.asarray(((contained > 0.5) & (compared.rarest > 1.5)) | (compared.spelling > 0.8) | compared.initials)


def _bearers(table: Table, chosen: Ints, compared: NamePairs) -> tuple[Ints, Ints, Ints]:
    """Pairs of nodes for pairs of names, with the index of the pair of names."""
    nodes = np.r_[np.arange(len(table), dtype=np.int64), table.alias_nodes]
    cores = np.r_[table.core, table.alias_cores]
    order = np.lexsort((nodes, cores))
    nodes = nodes[order]
    starts, sizes = groups(cores[order])
    start_of, size_of = (np.zeros(len(table.names.cores), dtype=np.int64) for _ in range(2))
    present = cores[order][starts]
    start_of[present], size_of[present] = starts, np.minimum(sizes, _NODES_A_NAME)
    left, right = compared.left[chosen], compared.right[chosen]
    times = size_of[left] * size_of[right]
    pair = np.repeat(np.arange(len(chosen)), times)
    place = np.arange(len(pair)) - np.repeat(np.cumsum(times) - times, times)
    wide = size_of[right][pair]
    return nodes[start_of[left][pair] + place // wide], nodes[start_of[right][pair] + place % wide], chosen[pair]


def _share_a_name(table: Table, left: Ints, right: Ints) -> Flags:
    """Whether an alias of one node is a name of the other."""
    if not len(table.alias_nodes):
        return np.zeros(len(left), dtype=bool)
    nodes = np.r_[np.arange(len(table), dtype=np.int64), table.alias_nodes.astype(np.int64)]
    cores = np.r_[table.core, table.alias_cores].astype(np.int64)
    order = np.lexsort((nodes, cores))
    starts, sizes = groups(cores[order])
    several = sizes > 1
    codes = np.repeat(starts[several], sizes[several])
    members = nodes[order][np.isin(np.repeat(starts, sizes), codes)]
    shared = pairs_in_blocks(codes, members, len(table), 12, 4)
    return np.isin(pair_code(left, right, len(table)), shared)


def _measured(table: Table, compared: NamePairs, left: Ints, right: Ints, of_names: Ints) -> Pairs:
    """Each pair of nodes once, with its likest pair of names, and its attributes compared."""
    ends_differ = left != right
    left, right, of_names = left[ends_differ], right[ends_differ], of_names[ends_differ]
    code = pair_code(left, right, len(table))
    whole = compared.shared + compared.left_over + compared.right_over
    likeness = np.where(of_names < 0, np.float32(2), _or_none(compared.shared / np.maximum(whole, 1e-6) + compared.spelling)[of_names])
    order = np.lexsort((-likeness, code))
    first = order[np.r_[True, code[order][1:] != code[order][:-1]]] if len(order) else order
    code, of_names = code[first], of_names[first]
    left, right = code // len(table), code % len(table)
    same = of_names < 0
    own = table.names.totals[table.core[left]]
    over = _or_none(compared.left_over)[of_names], _or_none(compared.right_over)[of_names]
    rarest_own = table.names.weights[table.names.tokens[table.core[left], 0]]

    def of(values: Floats | Flags, when_same: float = 0.0) -> Floats:
        return np.where(same, np.float32(when_same), _or_none(values)[of_names]).astype(np.float32)

    states, telling = compare_attributes(table, left, right)
    letters = np.fromiter(map(len, table.names.squashed), dtype=np.int32, count=len(table.names.squashed))[table.core]
    return Pairs(
        left=left,
        right=right,
        same_name=same,
        shared=np.where(same, own, of(compared.shared)).astype(np.float32),
        rarest=np.where(same, rarest_own, of(compared.rarest)).astype(np.float32),
        rarest_exact=np.where(same, rarest_own, of(compared.rarest_exact)).astype(np.float32),
        letters=np.minimum(letters[left], letters[right]).astype(np.float32),
        least_over=np.where(same, 0, np.minimum(*over)).astype(np.float32),
        most_over=np.where(same, 0, np.maximum(*over)).astype(np.float32),
        spelling=of(compared.spelling, 1.0),
        numbers_differ=of(compared.numbers_differ).astype(bool),
        number_only_once=of(compared.number_only_once).astype(bool),
        initials=of(compared.initials).astype(bool),
        states=states,
        telling=telling,
    )


def _or_none(values: Floats | Flags) -> Floats:
    """The values with a nought behind them, which is what the index -1 finds."""
    return np.append(values, np.float32(0)).astype(np.float32)


def compare_attributes(table: Table, left: Ints, right: Ints) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """How each attribute stands between the nodes of each pair, and how telling the shared value is."""
    states: dict[str, Floats] = {}
    telling: dict[str, Floats] = {}
    for name in ("country", "city", "postcode", "register_number"):
        column = table.single[name]
        states[name] = _state(column[left], column[right])
        telling[name] = _spread(column, left) if name in ("country", "city") else _telling(table, column[:, None], left)
    for name in ("domain", "phone", "form"):
        column = table.several[name]
        mine, theirs = column[left], column[right]
        shared = ((mine[:, :, None] == theirs[:, None, :]) & (mine[:, :, None] >= 0)).any(axis=(1, 2))
        both = (mine[:, 0] >= 0) & (theirs[:, 0] >= 0)
        states[name] = np.where(shared, 1, np.where(both, -1, 0)).astype(np.float32)
        telling[name] = _telling(table, column, left)
    states["street"], telling["street"] = _streets(table, left, right)
    return states, telling


def _state(mine: Codes, theirs: Codes) -> Floats:
    return np.where((mine < 0) | (theirs < 0), 0, np.where(mine == theirs, 1, -1)).astype(np.float32)


def _spread(column: Codes, left: Ints) -> Floats:
    """0 for a value that all have, towards 1 for one that few have; short lists count as if they were spread."""
    known = column[column >= 0]
    share = (np.bincount(known, minlength=1) + 2) / (len(known) + 20)
    return np.asarray(np.clip(-np.log(share[column[left]]) / 4, 0, 1), dtype=np.float32)


def _telling(table: Table, column: Codes, left: Ints) -> Floats:
    """1 for a value that up to three names share, less for each doubling beyond."""
    values = column.ravel().astype(np.int64)
    cores = np.repeat(table.core.astype(np.int64), column.shape[1])
    distinct = np.unique((values * len(table.names.cores) + cores)[values >= 0])
    names_with = np.bincount(distinct // len(table.names.cores), minlength=int(values.max(initial=0)) + 2)
    count = np.maximum(names_with[column[left]].min(axis=1, initial=1 << 30, where=column[left] >= 0), 1)
    return np.asarray(1 / (1 + np.log2(np.maximum(count / 3, 1))), dtype=np.float32)


def _streets(table: Table, left: Ints, right: Ints) -> tuple[Floats, Floats]:
    """Streets agree when house number and the street's name do (or one name begins the other)."""
    number, name = table.single["street_number"], table.single["street_name"]
    texts = table.texts["street_name"]
    both = (number[left] >= 0) & (number[right] >= 0)
    same_number = number[left] == number[right]
    near = np.zeros(len(left), dtype=bool)
    for at in np.flatnonzero(both & same_number & (name[left] != name[right])).tolist():
        one, other = texts[name[left[at]]], texts[name[right[at]]]
        near[at] = min(len(one), len(other)) >= 3 and (one.startswith(other) or other.startswith(one) or one[:5] == other[:5])
    agree = both & same_number & ((name[left] == name[right]) | near)
    place = np.where(number >= 0, number.astype(np.int64) * (len(texts) + 1) + name, -1)
    codes = np.unique(place, return_inverse=True)[1].astype(np.int32)
    codes = np.where(place < 0, np.int32(-1), codes)
    return np.where(agree, 1, np.where(both, -1, 0)).astype(np.float32), _telling(table, codes[:, None], left)
