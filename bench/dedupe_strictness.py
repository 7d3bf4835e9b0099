"""Measure precision, recall and the pairs for review of each strictness on lists with known truth.

SLUICE_BENCH_DATA=FOLDER python -m bench.dedupe_strictness [SET]...
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.dedupe_quality import in_review, judge
from bench.dedupe_sets import load
from dedupe.engine import cluster
from dedupe.outcome import Strictness

SETS = (
    "chicago_ecp",
    "ror_companies",
    "synthetic_10k",
    "uk_employers",
    "seats",
    "addresses",
    "suppliers",
    "issuers",
    "100000@11",
)


def measured_strictness(sets: Sequence[str], folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the figures of each level on each set; `stored` is the level of a stored merge."""
    for name in sets:
        records, truth = load(name, folder)
        for level in Strictness:
            for stored in (False, True) if level is Strictness.BALANCED else (False,):
                found = cluster(records, strictness=level, stored=stored)
                precision, recall, f1, _ = judge(found.clusters, truth)
                asked = in_review(found, truth)
                yield {
                    "table": "strictness",
                    "set": name,
                    "level": f"{level}, stored" if stored else str(level),
                    "precision": precision,
                    "recall": recall,
                    "f1": f1,
                    "in_review": asked.share,
                    "reviews": asked.questions,
                    "same": asked.same,
                }


def main() -> None:
    """Print the figures of the named sets, or of all."""
    folder = Path(os.environ["SLUICE_BENCH_DATA"])
    for line in measured_strictness(sys.argv[1:] or SETS, folder):
        print(
            f"{line['set']:14} {line['level']:17} P {line['precision']:.3f} R {line['recall']:.3f}"
            f" F1 {line['f1']:.3f} in review {line['in_review']:.3f}"
            f" ({line['reviews']:,} pairs, {line['same']:,} of them the same)",
            flush=True,
        )


if __name__ == "__main__":
    main()
