"""Turn rows into a table: code each value once, collapse equal rows, sort by content."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedupe.arrays import ODD, Coder, Codes, Flags, Ints, first_of_each, mixed
from dedupe.corpus import Corpus
from dedupe.list_counts import places_of
from dedupe.names_table import Names, names_of_places, tabulate, with_places
from dedupe.parts_of_names import Around
from dedupe.read_names import Alias, ReadNames, read_names
from dedupe.read_rows import phone_end, read_several, read_single
from dedupe.record import Decisions, MatchRecord
from dedupe.table import SEVERAL, SINGLE, Table
from dedupe.text_hashes import hashes_of


def normalise(
    records: Sequence[MatchRecord],
    decisions: Decisions,
    step: Callable[[int], None] = lambda _: None,
    corpus: Corpus | None = None,
) -> Table:
    """Code every value, collapse equal rows, and sort everything by content.

    With a corpus, names are read and weighed as in the list that it counts.
    """
    coders = {name: Coder() for name in ("core", *SINGLE, *SEVERAL)}
    around = around_of(corpus) if corpus else None
    names, aliases, columns, lists = read_columns(records, coders, step, around)
    return _settle(records, decisions, coders, columns, lists, aliases, names, corpus)


def around_of(corpus: Corpus) -> Around:
    """Return what a counted list tells about a name: only the places of its rows are known."""
    return Around(corpus.places, frozenset(), frozenset(), frozenset(), {})


def read_columns(
    records: Sequence[MatchRecord],
    coders: dict[str, Coder],
    step: Callable[[int], None] = lambda _: None,
    around: Around | None = None,
) -> tuple[ReadNames, list[Alias], dict[str, Codes], dict[str, Codes]]:
    """Return what each row states, in provisional codes: its names, and one or several values."""
    names, aliases, countries = read_names(records, coders["core"], step, around)
    columns = {"core": names.cores} | read_single(records, coders, countries, names.parts)
    lists = {
        "domain": read_several(coders["domain"], [record.domains for record in records]),
        "phone": read_several(
            coders["phone"],
            [tuple(map(phone_end, record.phones)) if record.phones else () for record in records],
        ),
        "form": read_several(coders["form"], names.forms),
    }
    return names, aliases, columns, lists


def _settle(
    records: Sequence[MatchRecord],
    decisions: Decisions,
    coders: dict[str, Coder],
    columns: dict[str, Codes],
    lists: dict[str, Codes],
    aliases: list[Alias],
    read: ReadNames,
    corpus: Corpus | None,
) -> Table:
    """Assign final codes, and one node for each distinct content."""
    texts: dict[str, list[str]] = {}
    finals: dict[str, Codes] = {}
    for name in list(coders):
        # What a coder knows takes as much memory as the texts.
        texts[name], finals[name] = coders.pop(name).settled()
        table = columns if name in columns else lists
        table[name] = finals[name][table[name]]

    alias_rows, alias_codes = _settle_aliases(aliases, finals["core"])
    apart = kept_apart(records, decisions, alias_rows, hashes_of(texts["core"])[alias_codes])
    node_of, first = _collapse(columns, lists, texts, apart)

    others = _other_names(node_of[alias_rows], alias_codes, aliases)
    names = tabulate(texts["core"], read.foreign, corpus)
    cities = columns["city_as_written"][first], texts["city_as_written"]
    placed = _placed(names, columns["core"][first], *cities, corpus)
    return Table(
        keys=[record.key for record in records],
        node_of=node_of,
        row_of=first,
        names=with_places(names, placed),
        core=columns["core"][first],
        in_full=np.bincount(node_of[~read.in_full], minlength=len(first)) == 0,
        alias_nodes=others.nodes,
        alias_cores=others.cores,
        alias_forms=others.has_form,
        single={name: columns[name][first] for name in SINGLE},
        several={name: lists[name][first] for name in SEVERAL},
        texts=texts,
        placed=placed,
        places=read.places,
        counts=corpus.counts if corpus else None,
    )


def _placed(
    names: Names, of_node: Codes, city: Codes, cities: list[str], corpus: Corpus | None
) -> Flags:
    """Check for words that name the place of most companies that have them."""
    if corpus:
        return places_of(corpus.placed, hashes_of(names.vocabulary)) >= 0
    return names_of_places(names, of_node, city, cities)


def _settle_aliases(aliases: list[Alias], final_cores: Codes) -> tuple[Ints, Codes]:
    """Return the row of each alias, and the final code of its core."""
    rows = np.array([alias.row for alias in aliases], dtype=np.int64)
    if not aliases:
        return rows, np.empty(0, np.int32)
    return rows, final_cores[np.array([alias.core for alias in aliases], dtype=np.int64)]


class _OtherNames(NamedTuple):
    """The other names of nodes, in order and each once, and whether a row has it with a form."""

    nodes: Codes
    cores: Codes
    has_form: Flags


def _other_names(nodes: Codes, cores: Codes, aliases: Sequence[Alias]) -> _OtherNames:
    """Return each other name of each node once: its rows state the same ones."""
    has_form = np.array([alias.has_form for alias in aliases], dtype=bool)
    order = np.lexsort((~has_form, cores, nodes))
    nodes, cores, has_form = nodes[order], cores[order], has_form[order]
    new = first_of_each(nodes, cores)
    return _OtherNames(nodes[new], cores[new].astype(np.int32), has_form[new])


def kept_apart(
    records: Sequence[MatchRecord],
    decisions: Decisions,
    alias_rows: Ints,
    aliases: NDArray[np.uint64],
) -> Ints:
    """Mark rows that must stay separate nodes: decided by people, or with other names."""
    marks = np.zeros(len(records), dtype=np.int64)
    decided = {key for pair in (*decisions.same, *decisions.different) for key in pair}
    if decided:
        order = {key: at + 1 for at, key in enumerate(sorted(decided, key=str))}
        marks += np.fromiter(
            (order.get(record.key, 0) for record in records), dtype=np.int64, count=len(records)
        )
    if len(alias_rows):
        np.add.at(marks, alias_rows, mixed(aliases).astype(np.int64))
    return marks


def _collapse(
    columns: dict[str, Codes], lists: dict[str, Codes], texts: dict[str, list[str]], apart: Ints
) -> tuple[Codes, Codes]:
    """Return the node of each row and one row of each node.

    Nodes are in the order of their names, and of a hash of what else they state. The hash is of
    texts, so that nodes have the same order in every list that they are in.
    """
    core = columns["core"]
    if len(core) < 2:
        only = np.zeros(len(core), dtype=np.int32)
        return only, only
    content = content_of(columns, lists, texts, apart)
    order = np.lexsort((content, core))
    new = np.zeros(len(order), dtype=bool)
    new[0] = True
    after, before = order[1:], order[:-1]
    for name, table in (columns | lists).items():
        if texts[name]:
            for column in table.reshape(len(table), -1).T:
                new[1:] |= column[after] != column[before]
    new[1:] |= apart[after] != apart[before]
    node_of = np.empty(len(order), dtype=np.int32)
    node_of[order] = np.cumsum(new, dtype=np.int32) - 1
    return node_of, order[new].astype(np.int32)


def content_of(
    columns: dict[str, Codes], lists: dict[str, Codes], texts: dict[str, list[str]], apart: Ints
) -> NDArray[np.uint64]:
    """Return a hash of what each row states beside its name."""
    content = apart.astype(np.uint64)
    for name in (*SINGLE, *SEVERAL):
        if texts[name]:
            hashes = hashes_of([*texts[name], ""])
            table = columns[name][:, None] if name in columns else lists[name]
            stated = hashes[table[:, 0]]
            for more in table.T[1:]:
                stated += mixed(hashes[more])
            content ^= stated
        content *= ODD
        content ^= content >> np.uint64(29)
    return content
