"""A table of some nodes of a list, with what the whole list tells."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np
import pyarrow as pa

from dedupe.arrays import MISSING, Codes
from dedupe.names_table import tabulate_part
from dedupe.partitions.columns import ints, texts
from dedupe.read_rows import MOST_VALUES
from dedupe.table import SEVERAL, SINGLE, Table
from dedupe.whole_list import WholeList


def part_table(nodes: pa.Table, whole: WholeList) -> Table:
    """Return nodes, which are in the order of their ids, as a table; its keys are the ids."""
    count = len(nodes)
    first, others = texts(nodes, "core"), texts(nodes, "alias")
    owners = np.repeat(np.arange(count), list(map(len, others)))
    flat = list(chain.from_iterable(others))
    forms = list(chain.from_iterable(texts(nodes, "alias_form")))
    cores = sorted({*first, *flat})
    codes = {core: at for at, core in enumerate(cores)}
    columns = {name: _coded(texts(nodes, name)) for name in SINGLE}
    lists = {name: _coded_lists(texts(nodes, name)) for name in SEVERAL}
    core = np.array([codes[one] for one in first], dtype=np.int32)
    names = tabulate_part(cores, whole.words, whole.initials)
    every = np.arange(count, dtype=np.int32)
    return Table(
        keys=ints(nodes, "id").tolist(),
        node_of=every,
        row_of=every,
        names=names,
        core=core,
        in_full=np.array(texts(nodes, "in_full"), dtype=bool),
        alias_nodes=owners.astype(np.int32),
        alias_cores=np.array([codes[one] for one in flat], dtype=np.int32),
        alias_forms=np.array(forms, dtype=bool),
        single={name: columns[name][1] for name in SINGLE},
        several={name: lists[name][1] for name in SEVERAL},
        texts={
            "core": cores,
            **{name: found[0] for name, found in (*columns.items(), *lists.items())},
        },
        counts=whole.counts,
        whole_words=whole.words,
    )


def _coded(values: Sequence[str]) -> tuple[list[str], Codes]:
    """Return the sorted texts of a column, and the code of each row; -1 for an empty one."""
    every = sorted({*values} - {""})
    codes = {text: at for at, text in enumerate(every)} | {"": MISSING}
    return every, np.array([codes[text] for text in values], dtype=np.int32)


def _coded_lists(rows: Sequence[Sequence[str]]) -> tuple[list[str], Codes]:
    every = sorted({text for row in rows for text in row})
    codes = {text: at for at, text in enumerate(every)}
    width = max(max((len(row) for row in rows), default=1), 1)
    table = np.full((len(rows), min(width, MOST_VALUES)), MISSING, dtype=np.int32)
    for at, row in enumerate(rows):
        for place, text in enumerate(row):
            table[at, place] = codes[text]
    return every, table


def part_names(nodes: pa.Table) -> tuple[list[str], Codes, Codes, list[str]]:
    """Return the first names of nodes, the name and city of each, and the cities as written."""
    cores, of_node = _coded(texts(nodes, "core"))
    cities, city = _coded(texts(nodes, "city_as_written"))
    return cores, of_node, city, cities
