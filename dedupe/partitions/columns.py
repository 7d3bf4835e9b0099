"""Arrow tables of the steps: their schemas, and short ways from and to lists and arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dedupe.arrays import Ints, first_of_each
from dedupe.partitions.flow import BUCKET
from dedupe.record import MatchRecord
from dedupe.table import SINGLE

#: The bits of an id behind those of its bucket.
PLACE_BITS = 32
TEXTS = pa.list_(pa.string())

RECORDS = pa.schema(
    [
        ("key", pa.string()),
        ("name", pa.string()),
        ("aliases", TEXTS),
        ("domains", TEXTS),
        ("phones", TEXTS),
        ("country", pa.string()),
        ("city", pa.string()),
        ("postcode", pa.string()),
        ("street", pa.string()),
        ("register_number", pa.string()),
        ("legal_form", pa.string()),
    ]
)
_STATED: list[tuple[str, pa.DataType]] = [
    ("core", pa.string()),
    *((name, pa.string()) for name in SINGLE),
    ("domain", TEXTS),
    ("phone", TEXTS),
    ("form", TEXTS),
    ("alias", TEXTS),
    ("alias_form", pa.list_(pa.bool_())),
    ("in_full", pa.bool_()),
    #: A hash of everything beside the name, in the order of rows of one name.
    ("content", pa.int64()),
]
#: A row as it is compared.
CONTENTS = pa.schema([(BUCKET, pa.int64()), ("key", pa.string()), *_STATED])
#: Rows of one content; `rows` is their number, `key` the first of their keys.
NODES = pa.schema(
    [(BUCKET, pa.int64()), ("id", pa.int64()), ("key", pa.string()), ("rows", pa.int64()), *_STATED]
)
#: A distinct name and the rows that have it: as their first name, and as another one.
NAMES = pa.schema(
    [
        (BUCKET, pa.int64()),
        ("id", pa.int64()),
        ("core", pa.string()),
        ("own", pa.list_(pa.int64())),
        ("countries", TEXTS),
        ("others", pa.list_(pa.int64())),
    ]
)
PAIRS = pa.schema([(BUCKET, pa.int64()), ("left", pa.int64()), ("right", pa.int64())])
TEXT = pa.schema([("text", pa.string())])


def table_of(schema: pa.Schema, **columns: Any) -> pa.Table:
    """Return a table of a schema from lists and arrays."""
    arrays = [pa.array(columns[one.name], type=one.type) for one in schema]
    return pa.Table.from_arrays(arrays, schema=schema)


def columns_of(records: Sequence[MatchRecord]) -> dict[str, list[Any]]:
    """Return the columns of records, as `RECORDS` has them."""
    return {name: [_plain(getattr(row, name)) for row in records] for name in RECORDS.names}


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def texts(table: pa.Table, name: str) -> list[Any]:
    """Return a column as a list."""
    return list(table.column(name).to_pylist())


def ints(table: pa.Table, name: str) -> Ints:
    """Return a column of numbers as an array that may be written to."""
    return np.array(table.column(name).to_numpy(), dtype=np.int64)


def signed(hashes: NDArray[np.uint64]) -> Ints:
    """Return hashes as signed numbers in the same order: Arrow tables of Spark have no others."""
    return (hashes ^ np.uint64(1 << 63)).view(np.int64)


def unsigned(numbers: Ints) -> NDArray[np.uint64]:
    """Return the hashes of signed numbers."""
    return numbers.view(np.uint64) ^ np.uint64(1 << 63)


def bucket_of(ids: Ints) -> Ints:
    """Return the bucket of each id."""
    return ids >> PLACE_BITS


def as_texts(values: Sequence[str]) -> pa.Table:
    """Return texts as a table, each once and in order."""
    return table_of(TEXT, text=sorted(set(values)))


def pairs_table(left: Ints, right: Ints) -> pa.Table:
    """Return pairs of ids, each once and the smaller first, in the bucket of the smaller."""
    low, high = np.minimum(left, right), np.maximum(left, right)
    order = np.lexsort((high, low))
    low, high = low[order], high[order]
    new = first_of_each(low, high)
    low, high = low[new], high[new]
    return table_of(PAIRS, bucket=bucket_of(low), left=low, right=high)
