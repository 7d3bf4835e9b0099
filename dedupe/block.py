"""Blocking: choose the pairs worth comparing, by several keys, each with a size cap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np

from dedupe.arrays import MISSING, Codes, Ints, distinct, groups, order_of
from dedupe.names_table import Names
from dedupe.shared_codes import shared_codes
from dedupe.table import Table
from dedupe.typos import typo_codes

#: Keys with more names than this are long blocks: only neighbours are compared.
LONG_LIST = 200_000
#: Words in more names than this are not treated as misspelled.
_OFTEN = 8
#: Keys where sharing the value only means being near each other.
NEAR = frozenset(("spelling order", "order of the ends", "slip of the pen"))


@dataclass(frozen=True, slots=True)
class KeyResult:
    """Result of one key: the number of pairs, and its largest value with that value's row count."""

    key: str
    pairs: int
    largest: int
    value: str


@dataclass(frozen=True, slots=True)
class Blocked:
    """Candidate pairs of names and of nodes (each once, smaller first), and the result of each
    key.
    """

    names: Ints
    nodes: Ints
    found: tuple[KeyResult, ...]


def pair_code(left: Ints | Codes, right: Ints | Codes, count: int) -> Ints:
    """Encode pairs as single numbers, smaller member first."""
    low, high = np.minimum(left, right).astype(np.int64), np.maximum(left, right).astype(np.int64)
    return low * count + high


def pairs_in_blocks(
    codes: Codes | Ints, members: Ints | Codes, count: int, cap: int, window: int
) -> tuple[Ints, int, int]:
    """Return all pairs with the same code, the largest block size, and its code (0 and -1 if none).

    In blocks above `cap`, only members at most `window` apart are paired. The order of the members
    defines who is near. Code -1 means no block.
    """
    shares = [
        _pairs_of(codes, members, order, count, Cap(cap, window)) for order in shared_codes(codes)
    ]
    if not shares:
        return np.empty(0, np.int64), 0, -1
    _, largest, value = max(shares, key=lambda share: share[1])
    return _union([pairs for pairs, _, _ in shares]), largest, value


def _pairs_of(
    codes: Codes | Ints, members: Ints | Codes, order: Ints, count: int, cap: Cap
) -> tuple[Ints, int, int]:
    """Return the pairs among the positions in `order`, and the largest block with its code."""
    starts, sizes = groups(codes[order])
    ends = np.repeat(starts + sizes, sizes)
    reach = np.repeat(np.where(sizes <= cap.most, sizes - 1, cap.window), sizes)
    position = np.flatnonzero(reach > 0)
    chosen = members[order]
    pairs: list[Ints] = []
    for distance in range(1, max(cap) + 1):
        position = position[(position + distance < ends[position]) & (distance <= reach[position])]
        if not len(position):
            break
        left, right = chosen[position], chosen[position + distance]
        pairs.append(pair_code(left, right, count)[left != right])
    largest = int(sizes.argmax())
    return _union(pairs), int(sizes[largest]), int(codes[order[starts[largest]]])


class Block(NamedTuple):
    """One blocking key: codes and members, cap and window for `pairs_in_blocks`, texts of the
    codes.
    """

    key: str
    codes: Ints
    members: Ints
    cap: int
    window: int
    texts: list[str]


def candidates(table: Table) -> Blocked:
    """Return every pair that at least one key finds."""
    found: list[KeyResult] = []
    names = table.names
    by_name = _found(found, len(names.cores), names, name_keys(names))
    by_node = _found(found, len(table), names, node_keys(table))
    return Blocked(by_name, by_node, tuple(found))


def _found(found: list[KeyResult], count: int, names: Names, keys: Iterator[Block]) -> Ints:
    """Return the pairs of several keys and append their results to the report."""
    # By `map`, as a loop would keep each block while the next one is made.
    return _union(list(map(partial(_pairs, found, count, names), keys)))


def _union(several: list[Ints]) -> Ints:
    return distinct(np.concatenate(several)) if several else np.empty(0, np.int64)


def _pairs(found: list[KeyResult], count: int, names: Names, block: Block) -> Ints:
    """Return the pairs of one key and append its result to the report."""
    every, largest, value = pairs_in_blocks(
        block.codes, block.members, count, block.cap, block.window
    )
    pairs = near(block.key, every, count, names)
    found.append(
        KeyResult(
            block.key,
            len(pairs),
            largest,
            block.texts[value] if 0 <= value < len(block.texts) else "",
        )
    )
    return pairs


def near(key: str, pairs: Ints, count: int, names: Names) -> Ints:
    """For neighbour keys, keep only pairs whose spelling may be alike."""
    return pairs[names.spelled_alike(pairs // count, pairs % count)] if key in NEAR else pairs


class Cap(NamedTuple):
    """The most members of a block that are all paired, and how far apart others may be."""

    most: int
    window: int


def caps_of(names: int) -> dict[str, Cap]:
    """Return the cap of each key in a list of so many distinct names."""
    long = names > LONG_LIST
    return {
        "word": Cap(20 if long else 40, 2),
        "two words": Cap(12 if long else 25, 3),
        "first six letters": Cap(12, 3),
        "spelling order": Cap(1, 3),
        "order of the ends": Cap(1, 2),
        "slip of the pen": Cap(8, 1),
        "initials": Cap(2, 0),
        "domain": Cap(30, 3),
        "phone": Cap(30, 3),
        "register number": Cap(30, 3),
        "house number and street": Cap(30, 3),
        "name": Cap(12, 4),
    }


def name_keys(names: Names) -> Iterator[Block]:
    """Return the keys over distinct names."""
    caps = caps_of(len(names.cores))
    yield from _word_keys(names, caps)
    yield from _spelling_keys(names, caps)
    codes, owners, _ = slip_codes(names)
    yield Block("slip of the pen", codes, owners, *caps["slip of the pen"], [])
    short, long_ = names.acronyms.short, names.acronyms.long
    both = np.tile(np.arange(len(short)), 2)
    yield Block("initials", both, np.r_[short, long_], *caps["initials"], [])


def _word_keys(names: Names, caps: dict[str, Cap]) -> Iterator[Block]:
    tokens = shared_tokens(names)
    owners = np.tile(np.arange(len(tokens)), 3)
    yield Block("word", tokens.T.ravel(), owners, *caps["word"], names.vocabulary)
    yield Block("two words", *_two_words(names, tokens, caps["word"].most), *caps["two words"], [])


def _spelling_keys(names: Names, caps: dict[str, Cap]) -> Iterator[Block]:
    spelled, everyone = names.squashed, np.zeros(len(names.cores), np.int64)
    order = order_of(spelled)
    firsts = _codes([spelled[at][:6] for at in order.tolist()])
    yield Block("first six letters", firsts, order, *caps["first six letters"], [])
    yield Block("spelling order", everyone, order, *caps["spelling order"], [])
    by_end = order_of([text[::-1] for text in spelled])
    yield Block("order of the ends", everyone, by_end, *caps["order of the ends"], [])


def slip_codes(names: Names) -> tuple[Ints, Ints, Ints]:
    """Return codes shared by names with a rare word that is one typo apart, the names, the words."""
    tokens = names.tokens[:, :3]
    owner, place = np.nonzero(
        (tokens >= 0) & (np.append(names.frequencies, _OFTEN + 1)[tokens] <= _OFTEN)
    )
    found = tokens[owner, place].astype(np.int64)
    codes, at = typo_codes(names.vocabulary, found)
    return codes, owner[at], found[at]


def shared_tokens(names: Names) -> Ints:
    """Return the three heaviest words of each name that also occur in another name."""
    tokens = names.tokens
    shared = np.append(names.frequencies, 0)[tokens] > 1
    order = np.argsort(~shared, axis=1, kind="stable")[:, :3]
    return np.where(
        np.take_along_axis(shared, order, 1), np.take_along_axis(tokens, order, 1), MISSING
    ).astype(np.int64)


def _two_words(names: Names, tokens: Ints, cap: int) -> tuple[Ints, Ints]:
    """Return codes of two words, and the names that have both."""
    size = len(names.vocabulary) + 1
    found = list(two_words(names, tokens, cap))
    codes = [np.minimum(one, other) * size + np.maximum(one, other) for _, one, other in found]
    return np.concatenate(codes), np.concatenate([owner for owner, _, _ in found])


def two_words(names: Names, tokens: Ints, cap: int) -> Iterator[tuple[Ints, Ints, Ints]]:
    """Yield names and two of their words, where single words are too common to be keys."""
    borne = np.append(names.frequencies, 0)
    for first, second in ((0, 1), (0, 2), (1, 2)):
        left, right = tokens[:, first], tokens[:, second]
        owner = np.flatnonzero((borne[left] > cap) & (borne[right] > cap))
        yield owner, left[owner], right[owner]


def _codes(texts: list[str]) -> Ints:
    """Number sorted texts consecutively; -1 for texts too short to be a key."""
    if not texts:
        return np.empty(0, np.int64)
    every = np.array(texts)
    numbered = np.cumsum(np.append(False, every[1:] != every[:-1]))
    return np.where(np.strings.str_len(every) > 4, numbered, MISSING)


def node_keys(table: Table) -> Iterator[Block]:
    """Return the keys over nodes. Nodes are sorted by name, so neighbours have similar names."""
    everyone = np.arange(len(table), dtype=np.int64)
    caps = caps_of(len(table.names.cores))
    for name in ("domain", "phone"):
        column = table.several[name].astype(np.int64)
        width = column.shape[1]
        yield Block(
            name, column.T.ravel(), np.tile(everyone, width), *caps[name], table.texts[name]
        )
    yield Block(
        "register number",
        table.single["register_number"].astype(np.int64),
        everyone,
        *caps["register number"],
        table.texts["register_number"],
    )
    number, street = (
        table.single["street_number"].astype(np.int64),
        table.single["street_name"].astype(np.int64),
    )
    place = np.where(number >= 0, number * (len(table.texts["street_name"]) + 1) + street, MISSING)
    yield Block("house number and street", place, everyone, *caps["house number and street"], [])
    owners = np.r_[everyone, table.alias_nodes.astype(np.int64)]
    cores = np.r_[table.core, table.alias_cores].astype(np.int64)
    yield Block("name", cores, owners, *caps["name"], table.names.cores)
