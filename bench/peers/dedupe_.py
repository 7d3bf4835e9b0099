"""dedupe 3 with six hundred labels (200 matches, 400 non-matches); threshold 0.5.

The labels come from the truth of the set, as a user would give them. All other tools, including
Sluice, get none.
"""

import io
import json
import sys
from importlib import import_module
from itertools import combinations
from typing import Any

from reading import core, folded, or_none, rows_of, write_pairs

# The library in this program's own environment: a type checker would take our package of that name.
dedupe = import_module("dedupe")
Row = dict[str, str]
Record = dict[str, str | None]


def records_of(rows: list[Row]) -> dict[int, Record]:
    records: dict[int, Record] = {}
    for at, row in enumerate(rows):
        record: Record = {"name": core(row["name"])}
        for name in ("country", "city", "domain", "phone"):
            if name in row:
                record[name] = or_none(row[name])
        if "address" in row:
            record["address"] = folded(row["address"]) or None
        records[at] = record
    return records


def variables(row: Row) -> list[Any]:
    found = [dedupe.variables.ShortString("name")]
    found += [
        dedupe.variables.Exact(name, has_missing=True)
        for name in ("country", "domain")
        if name in row
    ]
    return found + [
        dedupe.variables.ShortString(name, has_missing=True)
        for name in ("city", "phone", "address")
        if name in row
    ]


def labelled(records: dict[int, Record], ids: list[str], file: str) -> io.StringIO:
    place = {key: at for at, key in enumerate(ids)}
    told: dict[str, list[dict[str, Any]]] = {"match": [], "distinct": []}
    for row in rows_of(file):
        pair = [records[place[row["left"]]], records[place[row["right"]]]]
        told["match" if row["same"] == "1" else "distinct"].append(
            {"__class__": "tuple", "__value__": pair}
        )
    return io.StringIO(json.dumps(told))


def main() -> None:
    rows = rows_of(sys.argv[1])
    records, ids = records_of(rows), [row["rec_id"] for row in rows]
    matcher = dedupe.Dedupe(variables(rows[0]), num_cores=1)
    matcher.prepare_training(
        records,
        training_file=labelled(records, ids, sys.argv[3]),
        sample_size=1500,
        blocked_proportion=0.9,
    )
    matcher.train(recall=0.95, index_predicates=False)
    groups = matcher.partition(records, threshold=0.5)
    write_pairs(
        sys.argv[2],
        ((ids[one], ids[other], 1.0) for keys, _ in groups for one, other in combinations(keys, 2)),
    )


if __name__ == "__main__":
    main()
