"""string_grouper: cosine of letter trigrams of names, default threshold 0.8; names only."""

import sys

import pandas
from reading import core, rows_of, write_pairs
from string_grouper import match_strings


def main() -> None:
    rows = rows_of(sys.argv[1])
    names = pandas.Series([core(row["name"]) for row in rows], name="name")
    ids = pandas.Series([row["rec_id"] for row in rows], name="id")
    found = match_strings(names, master_id=ids, min_similarity=0.6, max_n_matches=20)
    left, right = (
        next(name for name in found.columns if name.startswith(f"{side}_id"))
        for side in ("left", "right")
    )
    found = found[found[left] < found[right]]
    write_pairs(sys.argv[2], zip(found[left], found[right], found["similarity"], strict=True))


if __name__ == "__main__":
    main()
