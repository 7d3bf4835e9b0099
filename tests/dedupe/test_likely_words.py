"""Words of a few pairs of names are compared as those of many are."""

import numpy as np

from dedupe.compare_names import compare_names
from dedupe.names_table import tabulate

CORES = [
    *(f"{first} {last}" for first in ("nordwind", "nordwid", "quorvian") for last in ("a", "gas")),
    *("quorvian technology", "quorvian technlgy", "quorvain tech", "tarnwick of ostwick on sea"),
    *(f"tarnwick {word} ostwick" for word in ("maschinenbau", "masch", "maschinebau", "works")),
    *(f"zyppel {at} ab cd ef gh ij kl" for at in range(20)),
]


def test_a_few_pairs_measure_what_they_do_among_many() -> None:
    names = tabulate(sorted(CORES))
    left, right = np.triu_indices(len(names.cores), 1)
    needed = np.ones(len(left), dtype=bool)
    every = compare_names(names, left, right, needed)
    assert len(every) > 500
    for start in range(0, len(left), 200):
        some = slice(start, start + 200)
        few = compare_names(names, left[some], right[some], needed[some])
        for measure in every.__slots__:
            assert np.array_equal(getattr(few, measure), getattr(every, measure)[some]), measure
