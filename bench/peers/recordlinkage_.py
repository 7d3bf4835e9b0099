"""recordlinkage: sorted neighbours and blocks, Jaro-Winkler and q-grams, ECM; probability 0.5."""

import sys
import warnings
from typing import Any

import pandas
import recordlinkage
from reading import core, folded, or_none, rows_of, write_pairs
from recordlinkage.index import Block, SortedNeighbourhood

EXACT = ("country", "domain", "phone", "postcode")


def frame_of(rows: list[dict[str, str]]) -> pandas.DataFrame:
    names = [core(row["name"]) for row in rows]
    columns: dict[str, list[str] | list[str | None]] = {
        "name": names,
        "beginning": [name.replace(" ", "")[:6] for name in names],
    }
    columns["words"] = [" ".join(sorted(name.split())) for name in names]
    for name in (*EXACT, "city"):
        if name in rows[0]:
            columns[name] = [or_none(row[name]) for row in rows]
    if "address" in rows[0]:
        columns["address"] = [folded(row["address"]) or None for row in rows]
    return pandas.DataFrame(columns)


def candidates(frame: pandas.DataFrame) -> Any:
    index = recordlinkage.Index()
    for name in ("name", "words"):
        index.add(SortedNeighbourhood(name, window=7))
    for name in ("beginning", *(one for one in ("domain", "phone", "address") if one in frame)):
        index.add(Block(name))
    return index.index(frame)


def compared(frame: pandas.DataFrame, pairs: Any) -> Any:
    compare = recordlinkage.Compare()
    compare.string("name", "name", method="jarowinkler", threshold=0.94, label="name")
    compare.string("words", "words", method="qgram", threshold=0.75, label="words")
    for name in (one for one in (*EXACT, "city") if one in frame):
        compare.exact(name, name, label=name)
    if "address" in frame:
        compare.string("address", "address", method="jarowinkler", threshold=0.9, label="address")
    return compare.compute(pairs, frame)


def main() -> None:
    warnings.filterwarnings("ignore")
    rows = rows_of(sys.argv[1])
    frame = frame_of(rows)
    measures = compared(frame, candidates(frame))
    classifier = recordlinkage.ECMClassifier(init="jaro")
    classifier.fit(measures)
    odds = classifier.prob(measures)
    ids = [row["rec_id"] for row in rows]
    write_pairs(
        sys.argv[2],
        ((ids[one], ids[other], score) for (one, other), score in odds.items() if score > 0.05),
    )


if __name__ == "__main__":
    main()
