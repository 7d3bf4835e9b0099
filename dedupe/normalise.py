"""Turn rows into a table: code each value once, collapse equal rows, sort by content."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from dedupe.arrays import MISSING, ODD, Coder, Codes, Flags, Ints, mixed
from dedupe.corpus import Corpus
from dedupe.names_table import Names, names_of_places, tabulate, with_places
from dedupe.read_names import Alias, ReadNames, read_names
from dedupe.read_rows import MOST_VALUES, phone_end, read_several, read_single
from dedupe.record import Decisions, MatchRecord
from dedupe.table import SEVERAL, SINGLE, Table
from dedupe.text_hashes import Hashes, hashes_of, hashes_of_both, hashes_of_codes


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
    names, aliases, countries = read_names(records, coders["core"], step, corpus)
    columns = {"core": names.cores} | read_single(records, coders, countries, names.parts)
    lists = {
        "domain": read_several(coders["domain"], [record.domains for record in records]),
        "phone": read_several(
            coders["phone"],
            [tuple(map(phone_end, record.phones)) if record.phones else () for record in records],
        ),
        "form": read_several(coders["form"], names.forms),
    }
    return _settle(records, decisions, coders, columns, lists, aliases, names, corpus)


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
    for name, coder in coders.items():
        texts[name], finals[name] = coder.settled()
        table = columns if name in columns else lists
        table[name] = finals[name][table[name]]

    alias_rows, alias_codes = _settle_aliases(aliases, finals["core"])
    apart = _kept_apart(records, decisions, alias_rows, alias_codes)
    singles = [columns[name] for name in SINGLE]
    several = [column for name in SEVERAL for column in _in_full_width(lists[name])]
    # By what rows state, and not by codes, which depend on the other rows that are compared.
    order = _stated({**columns, **lists}, texts) if corpus else None
    node_of, first = _collapse([columns["core"], *singles, *several, apart], order)

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
        alias_nodes=node_of[alias_rows] if aliases else np.empty(0, np.int32),
        alias_cores=alias_codes.astype(np.int32),
        alias_forms=np.array([alias.has_form for alias in aliases], dtype=bool),
        single={name: columns[name][first] for name in SINGLE},
        several={name: lists[name][first] for name in SEVERAL},
        texts=texts,
        placed=placed,
        places=read.places,
        corpus=corpus,
    )


def _placed(
    names: Names, of_node: Codes, city: Codes, cities: list[str], corpus: Corpus | None
) -> Flags:
    """Check for words that name the place of most companies that have them."""
    if corpus:
        return np.isin(hashes_of(names.vocabulary), corpus.placed)
    return names_of_places(names, of_node, city, cities)


def _settle_aliases(aliases: list[Alias], final_cores: Codes) -> tuple[Ints, Codes]:
    """Return the row of each alias, and the final code of its core."""
    rows = np.array([alias.row for alias in aliases], dtype=np.int64)
    if not aliases:
        return rows, np.empty(0, np.int32)
    return rows, final_cores[np.array([alias.core for alias in aliases], dtype=np.int64)]


def _kept_apart(
    records: Sequence[MatchRecord], decisions: Decisions, alias_rows: Ints, alias_codes: Codes
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
        # Mix before adding: otherwise two and three would equal one and four.
        codes = alias_codes.astype(np.uint64) + np.uint64(1)
        np.add.at(marks, alias_rows, mixed(codes).astype(np.int64))
    return marks


def _in_full_width(table: Codes) -> list[Codes]:
    """Return the columns of a table, and missing ones up to the most: the order depends on them."""
    missing = np.full(len(table), MISSING, dtype=table.dtype)
    return [*table.T, *([missing] * (MOST_VALUES - table.shape[1]))]


def _stated(columns: dict[str, Codes], texts: dict[str, list[str]]) -> Hashes:
    """Return a hash of the values of each row."""
    found = np.zeros(len(columns["core"]), dtype=np.uint64)
    for name, column in columns.items():
        several = [column] if column.ndim == 1 else _in_full_width(column)
        for codes in several:
            found = hashes_of_both(found, hashes_of_codes(texts[name], codes))
    return found


def _collapse(columns: Sequence[Codes | Ints], before: Hashes | None = None) -> tuple[Codes, Codes]:
    """Return the node of each row and one row of each node; nodes are numbered by content.

    `before` is equal for rows of equal content; nodes with one name are put in its order.
    """
    if not len(columns[0]):
        return np.empty(0, np.int32), np.empty(0, np.int32)
    content = np.zeros(len(columns[0]), dtype=np.uint64)
    for column in columns:
        content = (content ^ column.astype(np.uint64)) * ODD
        content ^= content >> np.uint64(29)
    keys = (content, columns[0]) if before is None else (content, before, columns[0])
    order = np.lexsort(keys)
    new = np.zeros(len(order), dtype=bool)
    new[0] = True
    for column in columns:
        if (column != column[0]).any():
            new[1:] |= column[order[1:]] != column[order[:-1]]
    node_of = np.empty(len(order), dtype=np.int32)
    node_of[order] = np.cumsum(new, dtype=np.int32) - 1
    return node_of, order[new].astype(np.int32)
